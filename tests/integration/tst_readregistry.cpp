// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"
#include "core/session/readimagejob.h"
#include "core/session/readtagdetailsjob.h"
#include "core/transfer/downloadblobjob.h"
#include "support/outcome.h"
#include "support/realregistry.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Priority = Session::Priority;

/// Reads from a real registry what skopeo has put there; skopeo says what it is.
class TestReadRegistry : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void listsWhatWasPushed();
    void resolvesTagsToTheSameDigests_data();
    void resolvesTagsToTheSameDigests();
    void readsTheSameBytes_data();
    void readsTheSameBytes();
    void seesTheSamePlatforms();
    void readsTheSameConfiguration();
    void downloadsTheSameLayers();
    void saysWhatIsNotThere();
    void letsNobodyInWithoutThePassword();

private:
    /// Fills \a registry: "source" by hand, and from there "pushed" by skopeo.
    static void fill(RealRegistry &registry);
    [[nodiscard]] static QString image(const RealRegistry &registry, const QString &name)
    {
        return u"docker://"_s + registry.host() + u'/' + name;
    }
    [[nodiscard]] ProcessResult inspect(const QString &tag, const QStringList &options) const
    {
        return runProcess(u"skopeo"_s, QStringList{u"inspect"_s, u"--tls-verify=false"_s} + options
                                           + QStringList{image(*m_registry, u"pushed:"_s + tag)});
    }
    [[nodiscard]] Reference tag(const QString &name) const { return *Tag::parse(name); }
    static QStringList namesOf(ListNamesJob *job);

    const RepositoryName m_repository = *RepositoryName::parse(u"pushed");
    Network m_network;
    std::unique_ptr<RealRegistry> m_registry;
    std::unique_ptr<RegistrySession> m_session;
};

void TestReadRegistry::initTestCase()
{
    if (!RealRegistry::isInstalled())
        QSKIP("docker-registry is not here; tests/run.sh fetches it");
    if (QStandardPaths::findExecutable(u"skopeo"_s).isEmpty())
        QSKIP("skopeo is not here");
    m_registry = std::make_unique<RealRegistry>();
    QVERIFY2(m_registry->failure().isEmpty(), qPrintable(m_registry->failure()));
    fill(*m_registry);
    m_session = std::make_unique<RegistrySession>(
        m_network, *RegistryAddress::parse(m_registry->host()), u"http"_s);
}

void TestReadRegistry::cleanupTestCase()
{
    m_session.reset();
    m_registry.reset();
}

void TestReadRegistry::fill(RealRegistry &registry)
{
    QJsonArray entries;
    for (const QString &architecture : {u"amd64"_s, u"arm64"_s}) {
        const QString digest =
            registry.push(u"source"_s, architecture,
                          {"layer of " + architecture.toUtf8(), QByteArray(400'000, 'x')});
        const auto answer = registry.request("GET", u"/v2/source/manifests/"_s + digest);
        entries.append(
            QJsonObject{{u"mediaType"_s, u"application/vnd.oci.image.manifest.v1+json"_s},
                        {u"digest"_s, digest},
                        {u"size"_s, answer.body.size()},
                        {u"platform"_s,
                         QJsonObject{{u"os"_s, u"linux"_s}, {u"architecture"_s, architecture}}}});
    }
    const QByteArray index =
        QJsonDocument(QJsonObject{{u"schemaVersion"_s, 2},
                                  {u"mediaType"_s, u"application/vnd.oci.image.index.v1+json"_s},
                                  {u"manifests"_s, entries}})
            .toJson();
    QCOMPARE(registry
                 .request("PUT", u"/v2/source/manifests/multi"_s, index,
                          "application/vnd.oci.image.index.v1+json")
                 .status,
             201);
    const auto copy = [&](const QString &from, const QString &to, const QStringList &options) {
        const auto copied = runProcess(
            u"skopeo"_s, QStringList{u"--insecure-policy"_s, u"copy"_s, u"--src-tls-verify=false"_s,
                                     u"--dest-tls-verify=false"_s}
                             + options
                             + QStringList{image(registry, u"source:"_s + from),
                                           image(registry, u"pushed:"_s + to)});
        QVERIFY2(copied.exitStatus == 0, copied.errors.constData());
    };
    copy(u"multi"_s, u"multi"_s, {u"--all"_s});
    copy(u"amd64"_s, u"oci"_s, {u"--format"_s, u"oci"_s});
    copy(u"amd64"_s, u"docker"_s, {u"--format"_s, u"v2s2"_s});
    copy(u"amd64"_s, u"docker-again"_s, {u"--format"_s, u"v2s2"_s});
}

QStringList TestReadRegistry::namesOf(ListNamesJob *job)
{
    QStringList names;
    connect(job, &ListNamesJob::namesListed, job,
            [&names](const QStringList &page) { names += page; });
    const auto summary = outcomeOf<ListSummary>(job);
    if (!summary || summary->incomplete)
        return {u"(incomplete)"_s};
    names.sort();
    return names;
}

void TestReadRegistry::listsWhatWasPushed()
{
    QCOMPARE(namesOf(m_session->listRepositories()), (QStringList{u"pushed"_s, u"source"_s}));
    const auto judged = runProcess(
        u"skopeo"_s, {u"list-tags"_s, u"--tls-verify=false"_s, image(*m_registry, u"pushed"_s)});
    QStringList tags = QJsonDocument::fromJson(judged.output)["Tags"_L1].toVariant().toStringList();
    tags.sort();
    QCOMPARE(tags.size(), qsizetype(4));
    QCOMPARE(namesOf(m_session->listTags(m_repository)), tags);
}

void TestReadRegistry::resolvesTagsToTheSameDigests_data()
{
    QTest::addColumn<QString>("tag");
    QTest::addColumn<QString>("mediaType");
    QTest::newRow("index") << u"multi"_s << u"application/vnd.oci.image.index.v1+json"_s;
    QTest::newRow("OCI") << u"oci"_s << u"application/vnd.oci.image.manifest.v1+json"_s;
    QTest::newRow("Docker") << u"docker"_s
                            << u"application/vnd.docker.distribution.manifest.v2+json"_s;
}

void TestReadRegistry::resolvesTagsToTheSameDigests()
{
    QFETCH(const QString, tag);
    QFETCH(const QString, mediaType);
    const auto judged = inspect(tag, {u"--raw"_s});
    QVERIFY2(judged.exitStatus == 0, judged.errors.constData());
    const auto found =
        outcomeOf(m_session->resolve(m_repository, this->tag(tag), Priority::Interactive));
    QVERIFY2(found, found ? "" : qPrintable(found.error().message));
    QCOMPARE(found->digest, Digest::ofBytes(judged.output));
    QCOMPARE(found->size, judged.output.size());
    QCOMPARE(found->mediaType.toString(), mediaType);
}

void TestReadRegistry::readsTheSameBytes_data()
{
    resolvesTagsToTheSameDigests_data();
}

void TestReadRegistry::readsTheSameBytes()
{
    QFETCH(const QString, tag);
    QFETCH(const QString, mediaType);
    const auto judged = inspect(tag, {u"--raw"_s});
    const Digest digest = Digest::ofBytes(judged.output);
    for (const Reference &reference : {this->tag(tag), Reference(digest)}) {
        const auto manifest =
            outcomeOf(m_session->fetchManifest(m_repository, reference, Priority::Interactive));
        QVERIFY2(manifest, manifest ? "" : qPrintable(manifest.error().message));
        QCOMPARE(manifest->bytes, judged.output);
        QCOMPARE(manifest->digest, digest);
        QCOMPARE(manifest->mediaType.toString(), mediaType);
    }
}

void TestReadRegistry::seesTheSamePlatforms()
{
    const auto details = outcomeOf(
        new ReadTagDetailsJob(*m_session, m_repository, tag(u"multi"_s), Priority::Interactive));
    QVERIFY(details);
    QCOMPARE(details->platformNames(), (QStringList{u"linux/amd64"_s, u"linux/arm64"_s}));
    QCOMPARE(details->created, QDateTime(QDate(2025, 3, 1), QTime(12, 0), Qt::UTC));
}

void TestReadRegistry::readsTheSameConfiguration()
{
    const auto judged = inspect(u"docker"_s, {u"--config"_s, u"--raw"_s});
    QVERIFY2(judged.exitStatus == 0, judged.errors.constData());
    const auto image = outcomeOf(new ReadImageJob(*m_session, m_repository, tag(u"docker"_s)));
    QVERIFY(image);
    QCOMPARE(image->configBytes, judged.output);
    QCOMPARE(image->config->platform.toString(), u"linux/amd64"_s);
}

void TestReadRegistry::downloadsTheSameLayers()
{
    const QTemporaryDir ours;
    const QTemporaryDir theirs;
    const auto copied =
        runProcess(u"skopeo"_s, {u"--insecure-policy"_s, u"copy"_s, u"--src-tls-verify=false"_s,
                                 image(*m_registry, u"pushed:oci"_s), u"dir:"_s + theirs.path()});
    QVERIFY2(copied.exitStatus == 0, copied.errors.constData());
    const auto image = outcomeOf(new ReadImageJob(*m_session, m_repository, tag(u"oci"_s)));
    QVERIFY(image);
    const QList<Descriptor> layers = image->manifest.image()->layers;
    QCOMPARE(layers.size(), qsizetype(2));
    for (const Descriptor &layer : layers) {
        const QString path = ours.filePath(layer.digest.encoded());
        const auto downloaded = outcomeOf(
            new DownloadBlobJob(*m_session, {m_repository, layer.digest, layer.size, path}));
        QVERIFY2(downloaded, downloaded ? "" : qPrintable(downloaded.error().message));
        QFile mine(path);
        QFile judged(theirs.filePath(layer.digest.encoded()));
        QVERIFY(mine.open(QIODevice::ReadOnly) && judged.open(QIODevice::ReadOnly));
        QCOMPARE(mine.readAll(), judged.readAll());
        const auto present = outcomeOf(m_session->blobExists(m_repository, layer.digest));
        QVERIFY(present);
        QVERIFY(present->exists);
        QCOMPARE(present->size, layer.size);
    }
}

void TestReadRegistry::saysWhatIsNotThere()
{
    const Digest unknown = Digest::ofBytes("unknown");
    for (const Reference &reference : {tag(u"unknown"_s), Reference(unknown)}) {
        const auto found =
            outcomeOf(m_session->resolve(m_repository, reference, Priority::Interactive));
        QVERIFY(!found);
        QCOMPARE(found.error().kind, Error::Kind::NotFound);
    }
    const auto present = outcomeOf(m_session->blobExists(m_repository, unknown));
    QVERIFY(present);
    QVERIFY(!present->exists);
    const auto tags =
        outcomeOf<ListSummary>(m_session->listTags(*RepositoryName::parse(u"unknown")));
    QVERIFY(!tags);
    QCOMPARE(tags.error().kind, Error::Kind::NotFound);
}

void TestReadRegistry::letsNobodyInWithoutThePassword()
{
    RealRegistry registry({.hasPassword = true});
    QVERIFY2(registry.failure().isEmpty(), qPrintable(registry.failure()));
    const QString digest = registry.push(u"a"_s, u"1"_s, {"layer"});
    QVERIFY(!digest.isEmpty());
    const auto resolve = [&](const Credentials &credentials) {
        RegistrySession session(m_network, *RegistryAddress::parse(registry.host()), u"http"_s);
        session.setCredentials(credentials);
        return outcomeOf(
            session.resolve(*RepositoryName::parse(u"a"), tag(u"1"_s), Priority::Interactive));
    };
    for (const Credentials &wrong : {Credentials(), Credentials{u"demo"_s, Secret("wrong")},
                                     Credentials{u"nobody"_s, Secret("secret")}}) {
        const auto refused = resolve(wrong);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, Error::Kind::Unauthorized);
    }
    const auto found = resolve({u"demo"_s, Secret("secret")});
    QVERIFY2(found, found ? "" : qPrintable(found.error().message));
    QCOMPARE(found->digest.toString(), digest);
}

QTEST_GUILESS_MAIN(TestReadRegistry)
#include "tst_readregistry.moc"
