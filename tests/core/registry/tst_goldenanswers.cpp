// SPDX-License-Identifier: Apache-2.0
#include "support/outcome.h"
#include "support/recordedregistry.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;
using Requests = RecordedRegistry::Requests;

/// What we make of the pings, lists and manifests that docker-registry 2.8.2 has answered.
class TestGoldenAnswers : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_connection = std::make_unique<RecordedConnection>(); }
    void cleanup() { QCOMPARE(registry().complaint(), QString()); }
    void pings();
    void listsRepositories_data();
    void listsRepositories();
    void listsTags_data();
    void listsTags();
    void readsManifests_data();
    void readsManifests();
    void readsWhatTheRegistryHasConverted();
    void refusesWhatIsCut();
    void tellsWhyThereIsNoManifest_data();
    void tellsWhyThereIsNoManifest();
    void findsNoReferrersWhereNobodyListsThem();
    void storesManifests_data();
    void storesManifests();
    void tellsWhyAManifestIsNotStored_data();
    void tellsWhyAManifestIsNotStored();

private:
    [[nodiscard]] RecordedRegistry &registry() const { return m_connection->registry; }
    [[nodiscard]] RegistrySession &session() const { return m_connection->session; }
    [[nodiscard]] const RepositoryName &repository() const { return m_connection->repository; }
    [[nodiscard]] Result<Manifest> fetch(const Reference &reference) const
    {
        return outcomeOf(
            session().fetchManifest(repository(), reference, Session::Priority::Interactive));
    }
    struct Listing
    {
        QStringList names;
        Result<ListSummary> summary;
    };
    static Listing list(ListNamesJob *job);
    /// One whose digest the recorded one has: it was put there.
    [[nodiscard]] Manifest manifest(const QString &label) const;

    std::unique_ptr<RecordedConnection> m_connection;
};

TestGoldenAnswers::Listing TestGoldenAnswers::list(ListNamesJob *job)
{
    QStringList names;
    connect(job, &ListNamesJob::namesListed, job, [&](const QStringList &page) { names += page; });
    auto summary = outcomeOf<ListSummary>(job);
    return {names, summary};
}

Manifest TestGoldenAnswers::manifest(const QString &label) const
{
    const auto answer = registry().answer(label);
    return *parseManifest(answer.body,
                          MediaType::parse(QString::fromLatin1(answer.header("Content-Type"))));
}

void TestGoldenAnswers::pings()
{
    registry().play({u"ping"_s});
    const auto answer = outcomeOf<PingAnswer>(session().ping());
    QVERIFY(answer);
    QCOMPARE(answer->signIn, PingAnswer::SignIn::NotNeeded);
    QCOMPARE(answer->apiVersion, u"registry/2.0"_s);
    registry().play({u"ping"_s});
    QVERIFY(outcomeOf(session().checkSignIn()));
}

void TestGoldenAnswers::listsRepositories_data()
{
    QTest::addColumn<QStringList>("answers");
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<QStringList>("queries");
    const QStringList all{u"cat/r0"_s, u"cat/r1"_s,  u"cat/r2"_s, u"cat/r3"_s,
                          u"cat/r4"_s, u"probe/a"_s, u"probe/b"_s};
    QTest::newRow("all at once") << QStringList{u"catalog"_s} << all << QStringList{u"?n=1000"_s};
    QTest::newRow("page by page")
        << QStringList{u"catalog n=2"_s, u"catalog last"_s, u"catalog n=0"_s}
        << QStringList{u"cat/r0"_s, u"cat/r1"_s, u"cat/r4"_s, u"probe/a"_s}
        << QStringList{u"?n=1000"_s, u"?last=cat%2Fr1&n=2"_s, u"?last=probe%2Fa&n=2"_s};
    QTest::newRow("a size that is refused") << QStringList{u"catalog n=1001"_s, u"catalog"_s} << all
                                            << QStringList{u"?n=1000"_s, QString()};
}

void TestGoldenAnswers::listsRepositories()
{
    QFETCH(const QStringList, answers);
    QFETCH(const QStringList, queries);
    registry().play(answers);
    const Listing listing = list(session().listRepositories());
    QVERIFY(listing.summary);
    QVERIFY(!listing.summary->incomplete);
    QCOMPARE(listing.summary->invalidCount, qsizetype(0));
    QTEST(listing.names, "names");
    QStringList asked;
    for (const QString &query : queries)
        asked.append("GET /v2/_catalog"_L1 + query);
    QCOMPARE(registry().requestLines(), asked);
}

void TestGoldenAnswers::listsTags_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<QStringList>("names");
    QTest::newRow("unsorted") << u"tags"_s
                              << QStringList{u"s2"_s, u"oci"_s, u"idx"_s, u"list"_s, u"s2b"_s};
    QTest::newRow("of one page, whatever is asked for")
        << u"tags n=1"_s << QStringList{u"s2"_s, u"oci"_s, u"idx"_s, u"list"_s, u"s2b"_s};
    QTest::newRow("behind a deletion")
        << u"tags after"_s << QStringList{u"oci"_s, u"idx"_s, u"list"_s};
    QTest::newRow("null") << u"tags after all"_s << QStringList();
}

void TestGoldenAnswers::listsTags()
{
    QFETCH(const QString, answer);
    registry().play({answer});
    const Listing listing = list(session().listTags(repository()));
    QVERIFY(listing.summary);
    QVERIFY(!listing.summary->incomplete);
    QTEST(listing.names, "names");
}

void TestGoldenAnswers::readsManifests_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<MediaType>("type");
    QTest::addColumn<QString>("digest");
    const auto row = [](const char *name, const QString &type, const char *digest) {
        QTest::newRow(name) << QString::fromLatin1(name) << MediaType::parse(type)
                            << "sha256:"_L1 + QLatin1StringView(digest);
    };
    row("s2", u"application/vnd.docker.distribution.manifest.v2+json"_s,
        "add9685769f2920fde447e7c482c753fb864f5a0ae941eb3adf9733662f92413");
    row("oci", u"application/vnd.oci.image.manifest.v1+json"_s,
        "114cabac519da030dd3fb3e126126c4db87310d3988a937e77f1e44ead44e5fb");
    row("idx", u"application/vnd.oci.image.index.v1+json"_s,
        "b554d2f4480bc00a405ffa23a5c5740688709cf623462c7d40fa85ca03a56d80");
    row("list", u"application/vnd.docker.distribution.manifest.list.v2+json"_s,
        "70b90f87aa9aa8b0140689afce553e6473b916d9272d57310df4aefff5e6d6bb");
}

void TestGoldenAnswers::readsManifests()
{
    QFETCH(const QString, name);
    const QString get = u"GET %1, all types"_s.arg(name);
    registry().play({get, u"HEAD %1, all types"_s.arg(name)});
    const auto manifest = fetch(*Tag::parse(name));
    QVERIFY2(manifest, manifest ? "" : qPrintable(manifest.error().message));
    QTEST(manifest->mediaType, "type");
    QTEST(manifest->digest.toString(), "digest");
    QCOMPARE(manifest->bytes, registry().answer(get).body);
    const bool isIndex = manifest->mediaType.kind() == MediaType::Kind::ImageIndex;
    QVERIFY(isIndex ? manifest->index() != nullptr : manifest->image() != nullptr);
    // HEAD says the same of it.
    const auto resolved = outcomeOf(
        session().resolve(repository(), *Tag::parse(name), Session::Priority::Interactive));
    QVERIFY(resolved);
    QCOMPARE(*resolved, manifest->descriptor());
}

void TestGoldenAnswers::readsWhatTheRegistryHasConverted()
{
    // The digest that it names is that of the payload; nothing is stored under it.
    registry().play({u"GET s2, no type"_s, u"HEAD s2, no type"_s});
    const auto manifest = fetch(*Tag::parse(u"s2"));
    QVERIFY2(manifest, manifest ? "" : qPrintable(manifest.error().message));
    QCOMPARE(manifest->mediaType.kind(), MediaType::Kind::SignedManifest);
    QCOMPARE(manifest->digest.toString().toLatin1(),
             registry().answer(u"GET s2, no type"_s).header("Docker-Content-Digest"));
    QVERIFY(manifest->digest != Digest::ofBytes(manifest->bytes));
    const auto resolved = outcomeOf(
        session().resolve(repository(), *Tag::parse(u"s2"), Session::Priority::Interactive));
    QVERIFY(resolved);
    QCOMPARE(resolved->digest, manifest->digest);
}

void TestGoldenAnswers::refusesWhatIsCut()
{
    // D2: asked for the list by its digest with a shorter Accept, it sends an image of it.
    registry().play({u"GET s2, all types"_s}, Requests::Any);
    const Digest list = manifest(u"GET list, all types"_s).digest;
    const auto other = fetch(list);
    QVERIFY(!other);
    QCOMPARE(other.error().kind, Kind::DigestMismatch);
}

void TestGoldenAnswers::tellsWhyThereIsNoManifest_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("words");
    QTest::newRow("unknown") << u"unknown repo manifest"_s << Kind::NotFound
                             << u"MANIFEST_UNKNOWN"_s << u"manifest unknown"_s;
    QTest::newRow("of a type that was not asked for")
        << u"GET idx, no type"_s << Kind::NotFound << u"MANIFEST_UNKNOWN"_s
        << u"OCI index found, but accept header does not support OCI indexes"_s;
    QTest::newRow("no such address")
        << u"unknown route"_s << Kind::NotFound << QString() << u"404 page not found"_s;
    QTest::newRow("what it does not understand")
        << u"bad digest"_s << Kind::Protocol << u"UNKNOWN"_s << u"unknown error"_s;
    QTest::newRow("not modified, which nobody asked")
        << u"GET oci if it changed"_s << Kind::Protocol << QString() << QString();
}

void TestGoldenAnswers::tellsWhyThereIsNoManifest()
{
    QFETCH(const QString, answer);
    QFETCH(const QString, words);
    registry().play({answer}, Requests::Any);
    const auto manifest = fetch(*Tag::parse(u"latest"));
    QVERIFY(!manifest);
    QTEST(manifest.error().kind, "kind");
    QTEST(manifest.error().serverCode, "code");
    if (registry().answer(answer).status >= 400)
        QCOMPARE(manifest.error().httpStatus, registry().answer(answer).status);
    const QString said = manifest.error().message + u' ' + manifest.error().detail;
    QVERIFY2(said.contains(words), qPrintable(said));
}

void TestGoldenAnswers::findsNoReferrersWhereNobodyListsThem()
{
    registry().play({u"referrers"_s, u"unknown repo manifest"_s}, Requests::Any);
    const auto referrers = outcomeOf(session().listReferrers(repository(), Digest::ofBytes("x")));
    QVERIFY(referrers);
    QVERIFY(referrers->isEmpty());
}

void TestGoldenAnswers::storesManifests_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<QString>("stored");
    QTest::newRow("schema 2") << u"PUT schema2"_s << u"GET s2, all types"_s;
    QTest::newRow("OCI") << u"PUT oci"_s << u"GET oci, all types"_s;
    QTest::newRow("index") << u"PUT index"_s << u"GET idx, all types"_s;
    QTest::newRow("list") << u"PUT list"_s << u"GET list, all types"_s;
}

void TestGoldenAnswers::storesManifests()
{
    QFETCH(const QString, answer);
    QFETCH(const QString, stored);
    registry().play({answer});
    const Manifest pushed = manifest(stored);
    const QString name = QString::fromLatin1(registry().answer(answer).path).section(u'/', -1);
    const auto result = outcomeOf(session().pushManifest(repository(), *Tag::parse(name), pushed));
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QCOMPARE(result->digest, pushed.digest);
    QVERIFY(!result->listError);
    QCOMPARE(registry().requests().first().body, pushed.bytes);
}

void TestGoldenAnswers::tellsWhyAManifestIsNotStored_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("words");
    QTest::newRow("another type") << u"PUT mismatch ct"_s << u"MANIFEST_INVALID"_s
                                  << u"manifest invalid"_s;
    QTest::newRow("too large") << u"PUT too large"_s << u"MANIFEST_INVALID"_s
                               << u"manifest invalid"_s;
    QTest::newRow("without a blob")
        << u"PUT unknown blob"_s << u"MANIFEST_BLOB_UNKNOWN"_s
        << u"blob unknown to registry: sha256:%1"_s.arg(QString(64, u'1'));
}

void TestGoldenAnswers::tellsWhyAManifestIsNotStored()
{
    QFETCH(const QString, answer);
    QFETCH(const QString, words);
    registry().play({answer});
    const QString name = QString::fromLatin1(registry().answer(answer).path).section(u'/', -1);
    const auto result = outcomeOf(
        session().pushManifest(repository(), *Tag::parse(name), manifest(u"GET oci, all types"_s)));
    QVERIFY(!result);
    QTEST(result.error().serverCode, "code");
    QCOMPARE(result.error().httpStatus, 400);
    const QString said = result.error().message + u' ' + result.error().detail;
    QVERIFY2(said.contains(words), qPrintable(said));
}

QTEST_GUILESS_MAIN(TestGoldenAnswers)
#include "tst_goldenanswers.moc"
