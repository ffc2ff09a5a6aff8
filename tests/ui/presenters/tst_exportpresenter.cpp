// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"
#include "support/testimages.h"
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
    void readsOnceAtATime();
    void tellsWhyNothingIsKnown();

private:
    [[nodiscard]] std::unique_ptr<ExportPresenter> presenter(const Reference &reference) const
    {
        return std::make_unique<ExportPresenter>(m_session, *RepositoryName::parse(u"team/app"),
                                                 reference);
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
    const auto byTag = presenter(*Tag::parse(u"1.0"));
    QCOMPARE(byTag->title(), u"team/app:1.0"_s);
    QCOMPARE(byTag->source().toString(), QString(m_registry->host() + "/team/app:1.0"_L1));
    const Digest digest = Digest::ofBytes("x");
    const auto byDigest = presenter(digest);
    QCOMPARE(byDigest->title(), QString("team/app@"_L1 + digest.toString()));
    QCOMPARE(byDigest->source().digest, digest);
}

void TestExportPresenter::knowsTheSizeOfAnImage()
{
    TestImages::addImage(*m_registry, u"team/app"_s, u"1.0"_s,
                         {.layers = {QByteArray(1000, 'a'), QByteArray(2000, 'b')}});
    const auto known = presenter(*Tag::parse(u"1.0"));
    QVERIFY(known->choices().isEmpty());
    known->read();
    QTRY_COMPARE(known->choices().size(), qsizetype(1));
    QVERIFY(!known->choices().first().platform);
    QVERIFY(known->choices().first().bytes > 3000); // With its documents.
}

void TestExportPresenter::knowsThePlatformsOfAnIndex()
{
    TestImages::addIndex(*m_registry, u"team/app"_s, u"1.0"_s);
    const auto known = presenter(*Tag::parse(u"1.0"));
    known->read();
    QTRY_COMPARE(known->choices().size(), qsizetype(3));
    QCOMPARE(known->choices().at(1).platform, Platform::parse(u"linux/amd64"_s));
    QCOMPARE(known->choices().at(2).platform, Platform::parse(u"linux/arm64"_s));
}

void TestExportPresenter::readsOnceAtATime()
{
    TestImages::addImage(*m_registry, u"team/app"_s, u"1.0"_s);
    const auto known = presenter(*Tag::parse(u"1.0"));
    const QSignalSpy changed(known.get(), &ExportPresenter::changed);
    known->read();
    known->read();
    QTRY_COMPARE(changed.size(), qsizetype(1));
    QCOMPARE(m_registry->count("GET", u"/manifests/"_s), qsizetype(1));
}

void TestExportPresenter::tellsWhyNothingIsKnown()
{
    const auto known = presenter(*Tag::parse(u"missing"));
    const QSignalSpy failed(known.get(), &ExportPresenter::failed);
    known->read();
    QTRY_COMPARE(failed.size(), qsizetype(1));
    QVERIFY(known->choices().isEmpty());
}

LONGSHORE_UI_TEST(TestExportPresenter)
#include "tst_exportpresenter.moc"
