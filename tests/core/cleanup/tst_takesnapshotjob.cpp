// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/takesnapshotjob.h"
#include "support/fakeconnection.h"
#include "support/heldrequests.h"
#include "support/outcome.h"
#include "support/testimages.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

class TestTakeSnapshotJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void saysWhatEveryTagPointsTo();
    void namesTheTagsInTheOrderOfPeople();
    void looksAtEveryTagWithTheWholeAcceptList();
    void remembersTagsThatVanishedMeanwhile();
    void looksIntoIndexes();
    void looksIntoIndexesWithinIndexes();
    void doesNotMissWhatIsMissingAlready();
    void isIncompleteWhenAPageIsMissing();
    void isIncompleteWhenSomethingCannotBeRead_data();
    void isIncompleteWhenSomethingCannotBeRead();
    void isIncompleteWhenAnIndexIsNone();
    void isIncompleteWhenIndexesAreNestedWithoutEnd();
    void isIncompleteWhenTheListHoldsWhatIsNoTag();
    void failsWhenTheRepositoryCannotBeListed();
    void countsTags();
    void endsWhenCancelled();

private:
    [[nodiscard]] TakeSnapshotJob *job()
    {
        return new TakeSnapshotJob(m_connection->session, *RepositoryName::parse(u"a"));
    }
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }
    /// An index with one entry, which is an index too.
    Digest addIndexOf(const QString &tag, const Digest &inner);

    std::unique_ptr<FakeConnection> m_connection;
};

void TestTakeSnapshotJob::init()
{
    m_connection = std::make_unique<FakeConnection>();
}

Digest TestTakeSnapshotJob::addIndexOf(const QString &tag, const Digest &inner)
{
    return registry().addManifest(u"a"_s, tag,
                                  R"({"schemaVersion":2,"manifests":[{"size":9,"mediaType":")"
                                  R"(application/vnd.oci.image.index.v1+json","digest":")"
                                      + inner.toString().toLatin1() + R"("}]})",
                                  MediaType::ociIndex());
}

void TestTakeSnapshotJob::saysWhatEveryTagPointsTo()
{
    registry().behaviour.pageSize = 2;
    const Digest one = TestImages::addImage(registry(), u"a"_s, u"1"_s, {.layers = {"1"}});
    const Digest two = TestImages::addImage(registry(), u"a"_s, u"2"_s, {.layers = {"2"}});
    registry().setTag(u"a"_s, u"latest"_s, two);
    const QDateTime before = QDateTime::currentDateTimeUtc();
    const auto snapshot = outcomeOf<RepositorySnapshot>(job());
    QVERIFY(snapshot);
    QVERIFY(!snapshot->incomplete);
    QVERIFY(snapshot->taken >= before);
    QCOMPARE(snapshot->repository.toString(), u"a"_s);
    QCOMPARE(snapshot->tags.size(), qsizetype(3));
    QCOMPARE(snapshot->find(*Tag::parse(u"1"))->digest, one);
    QCOMPARE(snapshot->find(*Tag::parse(u"1"))->mediaType, MediaType::ociManifest());
    QCOMPARE(snapshot->tagsOf(two), (QList<Tag>{*Tag::parse(u"2"), *Tag::parse(u"latest")}));
    QVERIFY(snapshot->goneTags.isEmpty());
    QVERIFY(snapshot->children.isEmpty());
}

void TestTakeSnapshotJob::namesTheTagsInTheOrderOfPeople()
{
    for (const QString &tag : {u"v1.10"_s, u"v1.9"_s, u"v1.10-rc.1"_s})
        TestImages::addImage(registry(), u"a"_s, tag);
    const auto snapshot = outcomeOf<RepositorySnapshot>(job());
    QVERIFY(snapshot);
    QStringList names;
    for (const auto &[tag, manifest] : snapshot->tags)
        names.append(tag.toString());
    QCOMPARE(names, (QStringList{u"v1.9"_s, u"v1.10-rc.1"_s, u"v1.10"_s}));
}

void TestTakeSnapshotJob::looksAtEveryTagWithTheWholeAcceptList()
{
    // DEL-09: with less, docker-registry answers with the digest of something else.
    for (int i = 0; i < 40; ++i)
        TestImages::addImage(registry(), u"a"_s, QString::number(i));
    QVERIFY(outcomeOf<RepositorySnapshot>(job()));
    QCOMPARE(registry().count("HEAD"), qsizetype(40));
    for (const TestRequest &request : registry().requests()) {
        if (request.method == "HEAD")
            QCOMPARE(request.header("accept"), MediaType::manifestAccept());
    }
}

void TestTakeSnapshotJob::remembersTagsThatVanishedMeanwhile()
{
    TestImages::addImage(registry(), u"a"_s, u"here"_s); // LST-19
    registry().setTag(u"a"_s, u"gone"_s, Digest::ofBytes("gone"));
    const auto snapshot = outcomeOf<RepositorySnapshot>(job());
    QVERIFY(snapshot);
    QCOMPARE(snapshot->goneTags, QList<Tag>{*Tag::parse(u"gone")});
    QCOMPARE(snapshot->tags.size(), qsizetype(1));
    QVERIFY(!snapshot->incomplete);
}

void TestTakeSnapshotJob::looksIntoIndexes()
{
    const Digest index = TestImages::addIndex(registry(), u"a"_s, u"multi"_s);
    registry().setTag(u"a"_s, u"same"_s, index);
    TestImages::addImage(registry(), u"a"_s, u"single"_s);
    const auto snapshot = outcomeOf<RepositorySnapshot>(job());
    QVERIFY(snapshot);
    QCOMPARE(snapshot->children.size(), qsizetype(1));
    const QByteArray arm = TestImages::image(registry(), u"a"_s, {.architecture = u"arm64"_s});
    QCOMPARE(snapshot->children.value(index).size(), qsizetype(3)); // The attestation too.
    QVERIFY(snapshot->children.value(index).contains(Digest::ofBytes(arm)));
    QCOMPARE(registry().count("GET", index.toString()), qsizetype(1));
}

void TestTakeSnapshotJob::looksIntoIndexesWithinIndexes()
{
    const Digest inner = TestImages::addIndex(registry(), u"a"_s, {});
    const Digest middle = addIndexOf({}, inner);
    const Digest outer = addIndexOf(u"outer"_s, middle);
    const auto snapshot = outcomeOf<RepositorySnapshot>(job());
    QVERIFY(snapshot);
    QVERIFY(!snapshot->incomplete);
    const QList<Digest> made = snapshot->children.value(outer);
    QCOMPARE(made.size(), qsizetype(5)); // Two indexes and what is in the innermost.
    QVERIFY(made.contains(middle) && made.contains(inner));
    QVERIFY(made.contains(
        Digest::ofBytes(TestImages::image(registry(), u"a"_s, {.architecture = u"arm64"_s}))));
    QCOMPARE(snapshot->children.size(), qsizetype(1)); // The others have no tag.
}

void TestTakeSnapshotJob::doesNotMissWhatIsMissingAlready()
{
    const Digest outer = addIndexOf(u"outer"_s, Digest::ofBytes("lost"));
    const auto snapshot = outcomeOf<RepositorySnapshot>(job());
    QVERIFY(snapshot);
    QVERIFY(!snapshot->incomplete);
    QCOMPARE(snapshot->children.value(outer), QList<Digest>{Digest::ofBytes("lost")});
}

void TestTakeSnapshotJob::isIncompleteWhenAPageIsMissing()
{
    registry().behaviour.pageSize = 1; // DEL-25
    TestImages::addImage(registry(), u"a"_s, u"1"_s);
    TestImages::addImage(registry(), u"a"_s, u"2"_s);
    registry().intercept([](const TestRequest &request, const TestConnection &connection) {
        const bool isSecond = !request.query(u"last"_s).isEmpty();
        if (isSecond)
            connection.answer({403});
        return isSecond;
    });
    const auto snapshot = outcomeOf<RepositorySnapshot>(job());
    QVERIFY(snapshot);
    QVERIFY(snapshot->incomplete);
    QCOMPARE(snapshot->incomplete->kind, Kind::Forbidden);
    QCOMPARE(snapshot->tags.size(), qsizetype(1));
}

void TestTakeSnapshotJob::isIncompleteWhenSomethingCannotBeRead_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("status");
    const QString tag = u"/manifests/multi"_s;
    const QString digest = u"/manifests/sha256:"_s;
    QTest::newRow("a tag, server error") << QByteArray("HEAD") << tag << 500;
    QTest::newRow("a tag, too many requests") << QByteArray("HEAD") << tag << 429;
    QTest::newRow("an index, not allowed") << QByteArray("GET") << digest << 403;
    QTest::newRow("an index, gone") << QByteArray("GET") << digest << 404;
    QTest::newRow("an index, something else") << QByteArray("GET") << digest << 200;
}

void TestTakeSnapshotJob::isIncompleteWhenSomethingCannotBeRead()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QString, path);
    QFETCH(const int, status);
    TestImages::addIndex(registry(), u"a"_s, u"multi"_s);
    TestImages::addImage(registry(), u"a"_s, u"single"_s);
    registry().failNext(method, path, {status, R"({"schemaVersion":2,"manifests":[]})"}, 100);
    const auto snapshot = outcomeOf<RepositorySnapshot>(job());
    QVERIFY(snapshot);
    QVERIFY(snapshot->incomplete);
    QVERIFY(snapshot->find(*Tag::parse(u"single")));
}

void TestTakeSnapshotJob::isIncompleteWhenAnIndexIsNone()
{
    const Digest image = TestImages::addImage(registry(), u"a"_s, u"liar"_s);
    registry().intercept([image](const TestRequest &request, const TestConnection &connection) {
        if (!request.path().contains(u"/manifests/"_s))
            return false;
        TestAnswer answer{200, R"({"schemaVersion":2,"config":{"mediaType":"x/y","size":1,)"
                               R"("digest":")"
                                   + image.toString().toLatin1() + R"("},"layers":[]})"};
        const Digest digest = Digest::ofBytes(answer.body);
        const bool isHead = request.method == "HEAD";
        answer.isHead = isHead;
        answer.headers = {
            {"Docker-Content-Digest", digest.toString().toLatin1()},
            {"Content-Type",
             (isHead ? MediaType::ociIndex() : MediaType::ociManifest()).toString().toLatin1()}};
        connection.answer(answer);
        return true;
    });
    const auto snapshot = outcomeOf<RepositorySnapshot>(job());
    QVERIFY(snapshot);
    QVERIFY(snapshot->incomplete);
    QCOMPARE(snapshot->incomplete->kind, Kind::Protocol);
}

void TestTakeSnapshotJob::isIncompleteWhenIndexesAreNestedWithoutEnd()
{
    Digest index = TestImages::addIndex(registry(), u"a"_s, u"inner"_s);
    for (int depth = 0; depth < 20; ++depth)
        index = addIndexOf(u"outer"_s, index);
    const auto snapshot = outcomeOf<RepositorySnapshot>(job());
    QVERIFY(snapshot);
    QVERIFY(snapshot->incomplete);
    QCOMPARE(snapshot->incomplete->kind, Kind::TooLarge);
}

void TestTakeSnapshotJob::isIncompleteWhenTheListHoldsWhatIsNoTag()
{
    TestImages::addImage(registry(), u"a"_s, u"1"_s); // LST-12
    registry().setTag(u"a"_s, u"../1"_s, Digest::ofBytes("x"));
    const auto snapshot = outcomeOf<RepositorySnapshot>(job());
    QVERIFY(snapshot);
    QVERIFY(snapshot->incomplete);
    QCOMPARE(registry().count("HEAD"), qsizetype(1));
}

void TestTakeSnapshotJob::failsWhenTheRepositoryCannotBeListed()
{
    const auto snapshot = outcomeOf<RepositorySnapshot>(job());
    QVERIFY(!snapshot);
    QCOMPARE(snapshot.error().kind, Kind::NotFound);
}

void TestTakeSnapshotJob::countsTags()
{
    for (int i = 0; i < 3; ++i)
        TestImages::addImage(registry(), u"a"_s, QString::number(i));
    TakeSnapshotJob *counting = job();
    QList<std::pair<qint64, qint64>> seen;
    connect(counting, &Job::progressChanged, this, [&](qint64 done, qint64 total) {
        seen.append({done, total});
    });
    QVERIFY(outcomeOf<RepositorySnapshot>(counting));
    QCOMPARE(seen, (QList<std::pair<qint64, qint64>>{{1, 3}, {2, 3}, {3, 3}}));
}

void TestTakeSnapshotJob::endsWhenCancelled()
{
    TestImages::addImage(registry(), u"a"_s, u"1"_s);
    const HeldRequests held(registry(), "HEAD", u"/manifests/"_s);
    TakeSnapshotJob *snapshot = job();
    std::optional<Result<RepositorySnapshot>> outcome;
    snapshot->then(this, [&](const auto &result) { outcome = result; });
    snapshot->start();
    QTRY_COMPARE(held.count(), qsizetype(1));
    snapshot->cancel();
    QTRY_VERIFY(outcome);
    QVERIFY(outcome->error().isCancelled());
}

QTEST_GUILESS_MAIN(TestTakeSnapshotJob)
#include "tst_takesnapshotjob.moc"
