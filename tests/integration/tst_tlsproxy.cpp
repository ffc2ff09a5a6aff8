// SPDX-License-Identifier: Apache-2.0
#include "core/http/tlssettings.h"
#include "core/registry/registrysession.h"
#include "core/transfer/filecontent.h"
#include "core/transfer/uploadblobjob.h"
#include "support/outcome.h"
#include "support/realregistry.h"
#include "support/testproxy.h"
#include "support/tlslistener.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

/// A real registry that speaks plain HTTP behind a proxy that speaks TLS for it and does not tell:
/// every place that it names is wrong.
class TestTlsProxy : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void uploads_data();
    void uploads();
    void pushesAndLists();

private:
    [[nodiscard]] std::shared_ptr<FileContent> content() const
    {
        return *FileContent::open(m_folder.filePath(u"blob"_s), CancelFlag(false));
    }

    const TestCertificate m_certificate{{}};
    const RepositoryName m_repository = *RepositoryName::parse(u"team/app");
    QTemporaryDir m_folder;
    Network m_network;
    std::unique_ptr<RealRegistry> m_registry;
    std::unique_ptr<TestProxy> m_proxy;
    std::unique_ptr<RegistrySession> m_session;
};

void TestTlsProxy::initTestCase()
{
    if (!RealRegistry::isInstalled())
        QSKIP("docker-registry is not here; tests/run.sh fetches it");
    QFile file(m_folder.filePath(u"blob"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(300'000, 'x'));
    m_registry = std::make_unique<RealRegistry>();
    QVERIFY2(m_registry->failure().isEmpty(), qPrintable(m_registry->failure()));
    m_proxy = std::make_unique<TestProxy>(TlsListener::showing(m_certificate),
                                          m_registry->host().section(u':', 1).toUShort());
    HttpSettings settings;
    settings.tls =
        std::make_shared<TlsSettings>(TlsSettings{.authorities = {m_certificate.certificate()}});
    m_session = std::make_unique<RegistrySession>(
        m_network, *RegistryAddress::parse(u"127.0.0.1:%1"_s.arg(m_proxy->port())), u"https"_s,
        settings);
}

void TestTlsProxy::uploads_data()
{
    QTest::addColumn<qint64>("partSize");
    QTest::newRow("whole") << qint64(0);
    QTest::newRow("in parts") << qint64(100'000);
}

void TestTlsProxy::uploads()
{
    QFETCH(qint64, partSize);
    const auto repository = *RepositoryName::parse(u"parts-of-%1"_s.arg(partSize));
    const auto uploaded =
        outcomeOf(new UploadBlobJob(*m_session, {repository, content(), {}, partSize}));
    QVERIFY2(uploaded, uploaded ? "" : qPrintable(uploaded.error().message));
    QCOMPARE(uploaded->how, UploadedBlob::How::Uploaded);
    const auto found = outcomeOf(m_session->blobExists(repository, content()->digest()));
    QVERIFY(found && found->exists);
}

void TestTlsProxy::pushesAndLists()
{
    const auto pushed = outcomeOf(m_session->pushManifest(
        m_repository, *Tag::parse(u"1"),
        *parseManifest(R"({"schemaVersion":2,"mediaType":)"
                       R"("application/vnd.oci.image.index.v1+json","manifests":[]})",
                       {})));
    QVERIFY2(pushed, pushed ? "" : qPrintable(pushed.error().message));
    const auto tags = outcomeOf(m_session->listTags(m_repository));
    QVERIFY(tags && tags->count == 1);
    const auto repositories = outcomeOf(m_session->listRepositories());
    QVERIFY(repositories && !repositories->incomplete);
}

QTEST_GUILESS_MAIN(TestTlsProxy)
#include "tst_tlsproxy.moc"
