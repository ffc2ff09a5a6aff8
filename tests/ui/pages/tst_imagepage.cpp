// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"
#include "support/testimages.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/pages/imagepage.h"

#include <QComboBox>
#include <QLabel>
#include <QTableView>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// What the journeys of the window do not show.
class TestImagePage : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void namesThePlatformThatIsShownWhenAnotherIsMissing();
    void forgetsWhatItSaidOfAnotherPlatform();
    void staysNarrowWhateverAPlatformIsCalled();
    void showsTenThousandLayers();
    void titlesItselfByTagOrDigest();

private:
    void open(const QString &tag);
    [[nodiscard]] QComboBox &platforms() const
    {
        return child<QComboBox>(*m_page, u"platformChoice"_s);
    }
    void choose(int row)
    {
        platforms().setCurrentIndex(row);
        emit platforms().activated(row);
    }
    [[nodiscard]] QWidget &message() const { return child<QWidget>(*m_page, u"messageBar"_s); }

    Network m_network;
    std::unique_ptr<FakeRegistry> m_registry;
    std::shared_ptr<RegistrySession> m_session;
    std::unique_ptr<ImagePage> m_page;
};

void TestImagePage::init()
{
    m_registry = std::make_unique<FakeRegistry>();
    m_session = std::make_shared<RegistrySession>(
        m_network, *RegistryAddress::parse(m_registry->host()), u"http"_s);
}

void TestImagePage::cleanup()
{
    m_page.reset();
    m_session.reset();
    m_registry.reset();
}

void TestImagePage::open(const QString &tag)
{
    m_page = std::make_unique<ImagePage>(
        Place{u"1"_s, *RepositoryName::parse(u"app"_s), *Tag::parse(tag)}, m_session);
    m_page->resize(900, 500);
    m_page->show();
    m_page->reload();
    QTRY_VERIFY(m_page->isLoaded());
}

void TestImagePage::namesThePlatformThatIsShownWhenAnotherIsMissing()
{
    TestImages::addIndex(*m_registry, u"app"_s, u"1"_s);
    open(u"1"_s);
    const int shown = platforms().currentIndex();
    const int other = 1 - shown;
    m_registry->failNext("GET", platforms().itemData(other).toString(), {404, {}, {}});
    choose(other);
    QTRY_VERIFY(message().isVisible());
    QCOMPARE(platforms().currentIndex(), shown);
}

void TestImagePage::forgetsWhatItSaidOfAnotherPlatform()
{
    TestImages::addIndex(*m_registry, u"app"_s, u"1"_s);
    m_registry->failNext("GET", u"/blobs/"_s, {404, {}, {}});
    open(u"1"_s);
    QVERIFY(message().isVisible());
    choose(1 - platforms().currentIndex());
    QTRY_VERIFY(!message().isVisible());
}

void TestImagePage::staysNarrowWhateverAPlatformIsCalled()
{
    const QByteArray image = TestImages::image(*m_registry, u"app"_s);
    const Digest digest = m_registry->addManifest(u"app"_s, {}, image, MediaType::ociManifest());
    const QByteArray index =
        R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[)"
        R"({"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":")"
        + digest.toString().toUtf8() + R"(","size":)" + QByteArray::number(image.size())
        + R"(,"platform":{"os":")" + QByteArray(500, 'W') + R"(","architecture":"<b>x</b>"}}]})";
    m_registry->addManifest(u"app"_s, u"1"_s, index, MediaType::ociIndex());
    open(u"1"_s);
    QCOMPARE(platforms().count(), 1);
    QVERIFY(m_page->minimumSizeHint().width() < 900);
    QCOMPARE(WidgetChecks::labelsWithMarkup(*m_page), QStringList());
}

void TestImagePage::showsTenThousandLayers()
{
    QByteArray layers;
    for (int i = 0; i < 10'000; ++i)
        layers +=
            (i > 0 ? "," : "")
            + QByteArray(R"({"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":")")
            + Digest::ofBytes(QByteArray::number(i)).toString().toUtf8() + R"(","size":1})";
    const Descriptor config = m_registry->addBlob(u"app"_s, "{}");
    m_registry->addManifest(
        u"app"_s, u"1"_s,
        R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":)"
        R"({"mediaType":"application/vnd.oci.image.config.v1+json","digest":")"
            + config.digest.toString().toUtf8() + R"(","size":2},"layers":[)" + layers + "]}",
        MediaType::ociManifest());
    open(u"1"_s);
    const auto &table = child<QTableView>(*m_page, u"layers"_s);
    QCOMPARE(table.model()->rowCount(), 10'000);
    QCOMPARE(m_page->summary(), u"10000 layers"_s);
}

void TestImagePage::titlesItselfByTagOrDigest()
{
    const RepositoryName app = *RepositoryName::parse(u"app"_s);
    QCOMPARE(ImagePage({u"1"_s, app, *Tag::parse(u"1.0"_s)}, m_session).title(), u"app:1.0"_s);
    const Digest digest = Digest::ofBytes("x");
    QCOMPARE(ImagePage({u"1"_s, app, digest}, m_session).title(), "app@"_L1 + digest.shortText());
}

LONGSHORE_UI_TEST(TestImagePage)
#include "tst_imagepage.moc"
