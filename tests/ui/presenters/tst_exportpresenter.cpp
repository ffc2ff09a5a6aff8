// SPDX-License-Identifier: Apache-2.0
#include "core/layout/layoutsession.h"
#include "core/layout/openlayoutjob.h"
#include "core/registry/registrysession.h"
#include "support/outcome.h"
#include "support/testimages.h"
#include "support/testlayout.h"
#include "support/uitest.h"
#include "ui/presenters/exportpresenter.h"

#include <QSignalSpy>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestExportPresenter : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void namesTheImage();
    void knowsTheSizeOfAnImage();
    void knowsThePlatformsOfAnIndex();
    void knowsTheSizeOfSeveralPlatforms();
    void offersNamesOfTheSameOnce();
    void countsOnceWhatSeveralShare();
    void offersPlatformsThatAllHave();
    void namesTheFirstOfSeveral();
    void namesWhatComesFromFiles_data();
    void namesWhatComesFromFiles();
    void knowsTheLayersThatSomebodyChose();
    void readsOnceAtATime();
    void tellsWhyNothingIsKnown();

private:
    [[nodiscard]] std::unique_ptr<ExportPresenter> presenter(const QList<Reference> &images) const
    {
        return std::make_unique<ExportPresenter>(m_session, *RepositoryName::parse(u"team/app"),
                                                 images);
    }

    Network m_network;
    std::unique_ptr<FakeRegistry> m_registry;
    std::shared_ptr<RegistrySession> m_session;
};

void TestExportPresenter::init()
{
    m_session.reset();
    m_registry = std::make_unique<FakeRegistry>();
    m_registry->addRepository(u"team/app"_s);
    m_session = std::make_shared<RegistrySession>(
        m_network, *RegistryAddress::parse(m_registry->host()), u"http"_s);
}

void TestExportPresenter::namesTheImage()
{
    const auto byTag = presenter({*Tag::parse(u"1.0")});
    QCOMPARE(byTag->title(), u"team/app:1.0"_s);
    QCOMPARE(byTag->sources().first().toString(), QString(m_registry->host() + "/team/app:1.0"_L1));
    const Digest digest = Digest::ofBytes("x");
    const auto byDigest = presenter({digest});
    QCOMPARE(byDigest->title(), QString("team/app@"_L1 + digest.toString()));
    QCOMPARE(byDigest->sources().first().digest, digest);
}

void TestExportPresenter::knowsTheSizeOfAnImage()
{
    TestImages::addImage(*m_registry, u"team/app"_s, u"1.0"_s,
                         {.layers = {QByteArray(1000, 'a'), QByteArray(2000, 'b')}});
    const auto known = presenter({*Tag::parse(u"1.0")});
    QVERIFY(known->choices().isEmpty());
    known->read();
    QTRY_COMPARE(known->choices().size(), qsizetype(1));
    QVERIFY(!known->choices().first().platform);
    QVERIFY(known->choices().first().bytes > 3000); // With its documents.
}

void TestExportPresenter::knowsThePlatformsOfAnIndex()
{
    TestImages::addIndex(*m_registry, u"team/app"_s, u"1.0"_s);
    const auto known = presenter({*Tag::parse(u"1.0")});
    known->read();
    QTRY_COMPARE(known->choices().size(), qsizetype(3));
    QCOMPARE(known->choices().at(1).platform, Platform::parse(u"linux/amd64"_s));
    QCOMPARE(known->choices().at(2).platform, Platform::parse(u"linux/arm64"_s));
}

void TestExportPresenter::knowsTheSizeOfSeveralPlatforms()
{
    TestImages::addIndex(*m_registry, u"team/app"_s, u"1.0"_s,
                         {u"amd64"_s, u"arm64"_s, u"s390x"_s});
    const auto known = presenter({*Tag::parse(u"1.0")});
    QVERIFY(!known->canTakeSeveral());
    known->read();
    QTRY_COMPARE(known->choices().size(), qsizetype(4));
    QVERIFY(known->canTakeSeveral());
    const qint64 two =
        known->sizeFor({*Platform::parse(u"linux/arm64"_s), *Platform::parse(u"linux/s390x"_s)});
    QVERIFY(two > known->choices().at(2).bytes && two < known->choices().at(0).bytes);
    QCOMPARE(known->sizeFor({*Platform::parse(u"plan9/mips"_s)}), qint64(-1));
    // Of all of them together, an image that is in no index is none.
    TestImages::addImage(*m_registry, u"team/app"_s, u"2.0"_s);
    const auto both = presenter({*Tag::parse(u"1.0"), *Tag::parse(u"2.0")});
    both->read();
    QTRY_COMPARE(both->choices().size(), qsizetype(4));
    QVERIFY(!both->canTakeSeveral());
}

void TestExportPresenter::offersNamesOfTheSameOnce()
{
    TestImages::addIndex(*m_registry, u"team/app"_s, u"1.0"_s,
                         {u"amd64"_s, u"arm64"_s, u"arm64/v8"_s});
    const auto known = presenter({*Tag::parse(u"1.0")});
    known->read();
    QTRY_COMPARE(known->choices().size(), qsizetype(3));
    const auto &choice = known->choices().at(2);
    QCOMPARE(choice.platform, Platform::parse(u"linux/arm64"_s));
    QVERIFY(choice.allBytes > 2 * choice.bytes); // Both; the first is what comes alone.
    QCOMPARE(known->choices().at(1).allBytes, known->choices().at(1).bytes);
    QCOMPARE(known->sizeFor({*Platform::parse(u"linux/amd64"_s), *choice.platform}),
             known->choices().first().bytes);
}

void TestExportPresenter::countsOnceWhatSeveralShare()
{
    const QByteArray shared(100'000, 's');
    TestImages::addImage(*m_registry, u"team/app"_s, u"1.0"_s,
                         {.layers = {shared}, .contents = {"s"}});
    TestImages::addImage(*m_registry, u"team/app"_s, u"2.0"_s,
                         {.layers = {shared, "more"}, .contents = {"s", "more"}});
    const auto known = presenter({*Tag::parse(u"1.0"), *Tag::parse(u"2.0")});
    known->read();
    QTRY_COMPARE(known->choices().size(), qsizetype(1));
    QVERIFY(!known->hasSeveralPlatforms());
    QVERIFY(known->choices().first().bytes > 100'000);
    QVERIFY(known->choices().first().bytes < 110'000);
}

void TestExportPresenter::offersPlatformsThatAllHave()
{
    TestImages::addIndex(*m_registry, u"team/app"_s, u"1.0"_s);
    TestImages::addImage(*m_registry, u"team/app"_s, u"2.0"_s);
    // An index with one of the two platforms.
    const QByteArray child =
        TestImages::image(*m_registry, u"team/app"_s, {.architecture = u"arm64"_s});
    const Digest digest =
        m_registry->addManifest(u"team/app"_s, u"child"_s, child, MediaType::ociManifest());
    const QByteArray entry =
        R"({"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":")"
        + digest.toString().toLatin1() + R"(","size":)" + QByteArray::number(child.size())
        + R"(,"platform":{"os":"linux","architecture":"arm64"}})";
    m_registry->addManifest(u"team/app"_s, u"arm"_s,
                            R"({"schemaVersion":2,"manifests":[)" + entry + "]}",
                            MediaType::ociIndex());
    const auto known = presenter({*Tag::parse(u"1.0"), *Tag::parse(u"2.0"), *Tag::parse(u"arm")});
    known->read();
    QTRY_COMPARE(known->choices().size(), qsizetype(2));
    QVERIFY(known->hasSeveralPlatforms());
    QCOMPARE(known->choices().at(1).platform, Platform::parse(u"linux/arm64"_s));
}

void TestExportPresenter::namesTheFirstOfSeveral()
{
    QList<Reference> tags;
    for (int i = 1; i <= 30; ++i)
        tags.append(*Tag::parse(u"%1.0"_s.arg(i)));
    const auto several = presenter(tags);
    QVERIFY(several->title().startsWith("team/app:1.0 "_L1));
    QVERIFY(several->title().contains("29"_L1));
    QCOMPARE(several->listing().count(u'\n'), 20);
    QVERIFY(several->listing().startsWith("team/app:1.0\nteam/app:2.0\n"_L1));
    QCOMPARE(several->sources().size(), qsizetype(30));
}

void TestExportPresenter::knowsTheLayersThatSomebodyChose()
{
    const auto layer = [](const QByteArray &content, int number) {
        return LayerChoice{*Tag::parse(u"1.0"),
                           {MediaType::parse(u"application/vnd.oci.image.layer.v1.tar+gzip"_s),
                            Digest::ofBytes(content), 1000},
                           number,
                           Digest::ofBytes("arm64")};
    };
    ExportPresenter known(m_session, *RepositoryName::parse(u"team/app"),
                          {layer("a", 1), layer("c", 3)});
    QCOMPARE(known.title(), u"team/app:1.0, layers 1, 3"_s);
    QCOMPARE(known.fileName(), u"app_1.0_layers"_s);
    QCOMPARE(known.layers(), QList<qsizetype>({1, 3}));
    QCOMPARE(known.choices().size(), qsizetype(1));
    QCOMPARE(known.choices().first().bytes, 2000);
    QCOMPARE(known.sources().size(),
             qsizetype(1)); // The image that was shown, and no other platform.
    QCOMPARE(known.sources().first().reference(), Reference(Digest::ofBytes("arm64")));
    known.read();
    QVERIFY(m_registry->requests().isEmpty());
}

void TestExportPresenter::readsOnceAtATime()
{
    TestImages::addImage(*m_registry, u"team/app"_s, u"1.0"_s);
    const auto known = presenter({*Tag::parse(u"1.0")});
    const QSignalSpy changed(known.get(), &ExportPresenter::changed);
    known->read();
    known->read();
    QTRY_COMPARE(changed.size(), qsizetype(1));
    QCOMPARE(m_registry->count("GET", u"/manifests/"_s), qsizetype(1));
}

void TestExportPresenter::tellsWhyNothingIsKnown()
{
    const auto known = presenter({*Tag::parse(u"missing")});
    const QSignalSpy failed(known.get(), &ExportPresenter::failed);
    known->read();
    QTRY_COMPARE(failed.size(), qsizetype(1));
    QVERIFY(known->choices().isEmpty());
}

void TestExportPresenter::namesWhatComesFromFiles_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("source");
    QTest::newRow("a tag alone") << u"2.0"_s << u"localhost/my-layout:2.0"_s;
    QTest::newRow("a reference") << u"reg.lab:5000/team/app:1"_s << u"reg.lab:5000/team/app:1"_s;
}

void TestExportPresenter::namesWhatComesFromFiles()
{
    QFETCH(const QString, name);
    QFETCH(const QString, source);
    TestLayout layout;
    FakeRegistry maker;
    layout.save(maker, u"a"_s, {{name, TestImages::addImage(maker, u"a"_s, u"1"_s)}});
    const auto files = outcomeOf(new OpenLayoutJob(layout.path()));
    QVERIFY(files);
    const LayoutImage image = (*files)->names().images().first();
    const ExportPresenter presenter(*files, image.repository, {image.reference});
    QCOMPARE(presenter.sources().first().toString(), source);
}

LONGSHORE_UI_TEST(TestExportPresenter)
#include "tst_exportpresenter.moc"
