// SPDX-License-Identifier: Apache-2.0
#include "core/registry/listreferrersjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// Manifests that refer to others, and the list of them where the registry keeps none.
class TestPushManifestJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void listsWhatRefersToAnother();
    void leavesTheListToARegistryThatKeepsOne();
    void listsWhatTheRegistryListsUnderAnother_data();
    void listsWhatTheRegistryListsUnderAnother();
    void listsNothingThatRefersToNothing();
    void addsToTheListAndKeepsTheRest();
    void listsNothingTwice();
    void listsArtifactsOfTheFormerForm();
    void takesTheTypeOfTheConfiguration();
    void keepsWhatOthersWriteMeanwhile_data();
    void keepsWhatOthersWriteMeanwhile();
    void leavesATagAloneThatIsNoList();

private:
    /// A manifest that refers to m_subject, unlike every other of another name.
    [[nodiscard]] Manifest referrer(const QString &name, const QString &artifactType) const;
    Result<PushedManifest> push(const Manifest &manifest)
    {
        return outcomeOf(
            m_connection->session.pushManifest(m_repository, manifest.digest, manifest));
    }
    [[nodiscard]] QList<Descriptor> listed()
    {
        const auto list = outcomeOf(m_connection->session.listReferrers(m_repository, m_subject));
        return list ? *list : QList<Descriptor>();
    }
    [[nodiscard]] QStringList listedDigests()
    {
        QStringList digests;
        for (const Descriptor &entry : listed())
            digests.append(entry.digest.toString());
        return digests;
    }
    void writeList(const QList<Manifest> &referrers);

    std::unique_ptr<FakeConnection> m_connection;
    const RepositoryName m_repository = *RepositoryName::parse(u"a");
    const Digest m_subject = Digest::ofBytes("subject");
};

void TestPushManifestJob::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_connection->registry.addRepository(u"a"_s);
}

Manifest TestPushManifestJob::referrer(const QString &name, const QString &artifactType) const
{
    const QString type = u"application/vnd.oci.image.manifest.v1+json"_s;
    QJsonObject document{
        {u"schemaVersion"_s, 2},
        {u"mediaType"_s, type},
        {u"config"_s, QJsonObject{{u"mediaType"_s, u"application/x.config"_s},
                                  {u"digest"_s, m_subject.toString()},
                                  {u"size"_s, 2}}},
        {u"layers"_s, QJsonArray()},
        {u"subject"_s,
         QJsonObject{{u"mediaType"_s, type}, {u"digest"_s, m_subject.toString()}, {u"size"_s, 7}}},
        {u"annotations"_s, QJsonObject{{u"name"_s, name}}}};
    if (!artifactType.isEmpty())
        document.insert(u"artifactType"_s, artifactType);
    return *parseManifest(QJsonDocument(document).toJson(), {});
}

void TestPushManifestJob::writeList(const QList<Manifest> &referrers)
{
    QJsonArray entries;
    for (const Manifest &manifest : referrers)
        entries.append(QJsonObject{{u"mediaType"_s, manifest.mediaType.toString()},
                                   {u"digest"_s, manifest.digest.toString()},
                                   {u"size"_s, manifest.bytes.size()}});
    const QJsonObject list{{u"schemaVersion"_s, 2},
                           {u"mediaType"_s, MediaType::ociIndex().toString()},
                           {u"annotations"_s, QJsonObject{{u"kept"_s, u"yes"_s}}},
                           {u"manifests"_s, entries}};
    m_connection->registry.addManifest(u"a"_s, referrersTag(m_subject).toString(),
                                       QJsonDocument(list).toJson(), MediaType::ociIndex());
}

void TestPushManifestJob::listsWhatRefersToAnother()
{
    const Manifest manifest = referrer(u"one"_s, u"application/x.sbom"_s);
    const auto pushed = push(manifest);
    QVERIFY2(pushed, pushed ? "" : qPrintable(pushed.error().message));
    QVERIFY(!pushed->listError);
    const auto list = listed();
    QCOMPARE(list.size(), 1);
    QCOMPARE(list.first().digest, manifest.digest);
    QCOMPARE(list.first().size, manifest.bytes.size());
    QCOMPARE(list.first().artifactType, u"application/x.sbom"_s);
    QCOMPARE(list.first().annotations.value(u"name"_s), u"one"_s);
}

void TestPushManifestJob::leavesTheListToARegistryThatKeepsOne()
{
    m_connection->registry.behaviour.listsReferrers = true;
    QVERIFY(push(referrer(u"one"_s, {})));
    QCOMPARE(m_connection->registry.tags(u"a"_s), QStringList());
}

void TestPushManifestJob::listsWhatTheRegistryListsUnderAnother_data()
{
    QTest::addColumn<QByteArray>("subject");
    QTest::newRow("another") << Digest::ofBytes("another").toString().toLatin1();
    QTest::newRow("no digest") << QByteArray("true");
}

void TestPushManifestJob::listsWhatTheRegistryListsUnderAnother()
{
    QFETCH(const QByteArray, subject);
    const Manifest manifest = referrer(u"one"_s, {});
    const QByteArray name = manifest.digest.toString().toLatin1();
    m_connection->registry.failNext(
        "PUT", u"/manifests/"_s,
        {201, {}, {{"Docker-Content-Digest", name}, {"OCI-Subject", subject}}});
    QVERIFY(push(manifest));
    QCOMPARE(m_connection->registry.tags(u"a"_s), QStringList{referrersTag(m_subject).toString()});
}

void TestPushManifestJob::listsNothingThatRefersToNothing()
{
    const auto manifest = parseManifest(
        R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]})",
        {});
    QVERIFY(manifest);
    QVERIFY(push(*manifest));
    QCOMPARE(m_connection->registry.tags(u"a"_s), QStringList());
    QCOMPARE(m_connection->registry.requests().size(), 1);
}

void TestPushManifestJob::addsToTheListAndKeepsTheRest()
{
    const Manifest one = referrer(u"one"_s, {});
    const Manifest two = referrer(u"two"_s, {});
    writeList({one});
    QVERIFY(push(two));
    QCOMPARE(listedDigests(), QStringList({one.digest.toString(), two.digest.toString()}));
    QVERIFY(m_connection->registry.requests().at(2).header("if-match").startsWith("\"sha256:"));
    QVERIFY(m_connection->registry.requests().at(2).body.contains(R"("kept":"yes")"));
}

void TestPushManifestJob::listsNothingTwice()
{
    const Manifest one = referrer(u"one"_s, {});
    QVERIFY(push(one));
    m_connection->registry.forgetRequests();
    QVERIFY(push(one));
    QCOMPARE(listedDigests(), QStringList{one.digest.toString()});
    QCOMPARE(m_connection->registry.count("PUT"), 1); // Only the manifest itself.
}

void TestPushManifestJob::listsArtifactsOfTheFormerForm()
{
    // Of the release candidates of image-spec 1.1: without a configuration.
    const QString type = u"application/vnd.oci.artifact.manifest.v1+json"_s;
    const QJsonObject document{
        {u"mediaType"_s, type},
        {u"artifactType"_s, u"application/x.sbom"_s},
        {u"blobs"_s, QJsonArray()},
        {u"subject"_s, QJsonObject{{u"mediaType"_s, MediaType::ociManifest().toString()},
                                   {u"digest"_s, m_subject.toString()},
                                   {u"size"_s, 7}}},
        {u"annotations"_s, QJsonObject{{u"name"_s, u"one"_s}}}};
    const Manifest artifact = *parseManifest(QJsonDocument(document).toJson(), {});
    QVERIFY(!artifact.image() && !artifact.index());
    const auto pushed = push(artifact);
    QVERIFY2(pushed, pushed ? "" : qPrintable(pushed.error().message));
    QVERIFY(!pushed->listError);
    const auto list = listed();
    QCOMPARE(list.size(), 1);
    QCOMPARE(list.first().digest, artifact.digest);
    QCOMPARE(list.first().mediaType.toString(), type);
    QCOMPARE(list.first().artifactType, u"application/x.sbom"_s);
    QCOMPARE(list.first().annotations.value(u"name"_s), u"one"_s);
}

void TestPushManifestJob::takesTheTypeOfTheConfiguration()
{
    QVERIFY(push(referrer(u"one"_s, {})));
    QCOMPARE(listed().first().artifactType, u"application/x.config"_s);
}

void TestPushManifestJob::keepsWhatOthersWriteMeanwhile_data()
{
    QTest::addColumn<bool>("knowsCondition");
    QTest::newRow("the registry minds If-Match") << true;
    QTest::newRow("the registry does not") << false;
}

void TestPushManifestJob::keepsWhatOthersWriteMeanwhile()
{
    QFETCH(bool, knowsCondition);
    const Manifest one = referrer(u"one"_s, {});
    const Manifest two = referrer(u"two"_s, {});
    const Manifest three = referrer(u"three"_s, {});
    writeList({one});
    bool isFirst = true;
    m_connection->registry.intercept(
        [&](const TestRequest &request, const TestConnection &connection) {
            const bool isList = request.path().endsWith(referrersTag(m_subject).toString());
            if (request.method != "PUT" || !isList || !std::exchange(isFirst, false))
                return false;
            if (!knowsCondition) {
                TestRequest unconditional = request;
                unconditional.headers.remove("if-match");
                m_connection->registry.answerNormally(unconditional, connection);
            }
            writeList({one, three}); // Another client, right before or right after us.
            return !knowsCondition;
        });
    const auto pushed = push(two);
    QVERIFY(pushed);
    QVERIFY2(!pushed->listError, pushed->listError ? qPrintable(pushed->listError->message) : "");
    QCOMPARE(listedDigests(),
             QStringList({one.digest.toString(), three.digest.toString(), two.digest.toString()}));
}

void TestPushManifestJob::leavesATagAloneThatIsNoList()
{
    const QString tag = referrersTag(m_subject).toString();
    const Manifest other = referrer(u"other"_s, {});
    m_connection->registry.addManifest(u"a"_s, tag, other.bytes, other.mediaType);
    const auto pushed = push(referrer(u"one"_s, {}));
    QVERIFY(pushed); // The manifest itself is there.
    QVERIFY(pushed->listError);
    QCOMPARE(pushed->listError->kind, Error::Kind::Unsupported);
    const auto found = outcomeOf(m_connection->session.resolve(m_repository, *Tag::parse(tag),
                                                               Session::Priority::Interactive));
    QVERIFY(found);
    QCOMPARE(found->digest, other.digest);
}

QTEST_GUILESS_MAIN(TestPushManifestJob)
#include "tst_pushmanifestjob.moc"
