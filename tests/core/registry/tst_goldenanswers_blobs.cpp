// SPDX-License-Identifier: Apache-2.0
#include "core/registry/canceluploadjob.h"
#include "core/registry/finishuploadjob.h"
#include "core/registry/queryuploadjob.h"
#include "core/registry/sendblobpartjob.h"
#include "support/openupload.h"
#include "support/recordedregistry.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;
using Requests = RecordedRegistry::Requests;

namespace {

class MemorySink final : public ByteSink
{
public:
    Result<Done> begin(qint64 offset, qint64 total) override
    {
        start = {offset, total};
        return Done();
    }
    Result<Done> write(QByteArrayView bytes) override
    {
        received += bytes.toByteArray();
        return Done();
    }
    Result<Done> finish() override { return Done(); }

    QByteArray received;
    std::pair<qint64, qint64> start{-1, -1};
};

} // namespace

/// What we make of the blobs and uploads that docker-registry 2.8.2 has answered.
class TestGoldenAnswersBlobs : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_connection = std::make_unique<RecordedConnection>(); }
    void cleanup() { QCOMPARE(registry().complaint(), QString()); }
    void looksForBlobs();
    void readsAWholeBlob();
    void readsFromAnOffset_data();
    void readsFromAnOffset();
    void tellsWhyThereIsNoBlob_data();
    void tellsWhyThereIsNoBlob();
    void beginsAnUpload_data();
    void beginsAnUpload();
    void mountsABlob();
    void sendsAPart();
    void asksHowFarAnUploadIs_data();
    void asksHowFarAnUploadIs();
    void tellsThatAnUploadIsGone_data();
    void tellsThatAnUploadIsGone();
    void finishesAnUpload_data();
    void finishesAnUpload();
    void tellsThatTheDigestIsWrong();
    void givesUpAnUpload();

private:
    [[nodiscard]] RecordedRegistry &registry() const { return m_connection->registry; }
    [[nodiscard]] RegistrySession &session() const { return m_connection->session; }
    [[nodiscard]] UploadTarget target() const
    {
        return {session().urls(), m_connection->repository};
    }
    /// As the answer \a label says.
    [[nodiscard]] UploadSession upload(const QString &label) const
    {
        return {QUrl::fromEncoded(registry().answer(label).header("Location"))};
    }

    const Digest m_digest = Digest::ofBytes("monolithic");
    std::unique_ptr<RecordedConnection> m_connection;
};

void TestGoldenAnswersBlobs::looksForBlobs()
{
    registry().play({u"blob HEAD"_s, u"blob HEAD 404"_s}, Requests::Any);
    const auto there = outcomeOf(session().blobExists(m_connection->repository, m_digest));
    QVERIFY(there && there->exists);
    QCOMPARE(there->size, 10);
    const auto missing = outcomeOf(session().blobExists(m_connection->repository, m_digest));
    QVERIFY(missing && !missing->exists);
}

void TestGoldenAnswersBlobs::readsAWholeBlob()
{
    registry().play({u"blob GET"_s});
    const auto bytes = outcomeOf(session().fetchBlob(
        m_connection->repository, {MediaType(), m_digest, 10}, Session::Priority::Interactive));
    QVERIFY(bytes);
    QCOMPARE(*bytes, "monolithic");
}

void TestGoldenAnswersBlobs::readsFromAnOffset_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<qint64>("start");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("the rest") << u"range 3-"_s << qint64(3) << QByteArray("olithic");
    QTest::newRow("everything after all")
        << u"if-range mismatch"_s << qint64(0) << QByteArray("monolithic");
}

void TestGoldenAnswersBlobs::readsFromAnOffset()
{
    QFETCH(const QString, answer);
    QFETCH(const qint64, start);
    registry().play({answer});
    const auto sink = std::make_shared<MemorySink>();
    QVERIFY(outcomeOf(session().readBlobPart(m_connection->repository, m_digest, sink, 3)));
    QCOMPARE(sink->start, std::pair(start, qint64(10)));
    QTEST(sink->received, "bytes");
    QCOMPARE(registry().requests().first().header("range"), "bytes=3-");
}

void TestGoldenAnswersBlobs::tellsWhyThereIsNoBlob_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("code");
    QTest::newRow("unknown") << u"blob 404"_s << Kind::NotFound << u"BLOB_UNKNOWN"_s;
    QTest::newRow("a manifest") << u"manifest as blob"_s << Kind::NotFound << u"BLOB_UNKNOWN"_s;
    QTest::newRow("no digest") << u"blob bad digest"_s << Kind::Protocol << u"DIGEST_INVALID"_s;
    // It announces ten bytes and closes the connection.
    QTest::newRow("Q17 beyond the end") << u"range beyond"_s << Kind::Protocol << QString();
    QTest::newRow("several parts") << u"range multi"_s << Kind::Protocol << QString();
    QTest::newRow("not modified") << u"if-none-match"_s << Kind::Protocol << QString();
}

void TestGoldenAnswersBlobs::tellsWhyThereIsNoBlob()
{
    QFETCH(const QString, answer);
    registry().play({answer}, Requests::Any);
    const auto sink = std::make_shared<MemorySink>();
    const auto read =
        outcomeOf(session().readBlobPart(m_connection->repository, m_digest, sink, 10));
    QVERIFY(!read);
    QTEST(read.error().kind, "kind");
    QTEST(read.error().serverCode, "code");
    if (registry().answer(answer).status >= 400)
        QCOMPARE(read.error().httpStatus, registry().answer(answer).status);
    QCOMPARE(sink->received, QByteArray());
}

void TestGoldenAnswersBlobs::beginsAnUpload_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<bool>("asksForMount");
    QTest::newRow("simple") << u"POST"_s << false;
    QTest::newRow("in place of a mount without a source") << u"mount without from"_s << true;
    QTest::newRow("in place of a mount from nowhere") << u"mount bad from"_s << true;
}

void TestGoldenAnswersBlobs::beginsAnUpload()
{
    QFETCH(const QString, answer);
    QFETCH(const bool, asksForMount);
    registry().play({answer}, Requests::Any);
    std::optional<StartUploadJob::Mount> mount;
    if (asksForMount)
        mount = StartUploadJob::Mount{m_digest};
    const auto started = outcomeOf(new StartUploadJob(session().client(), target(), mount));
    QVERIFY2(started, started ? "" : qPrintable(started.error().message));
    QVERIFY(!started->isMounted);
    QCOMPARE(started->session.location.toEncoded(), registry().answer(answer).header("Location"));
    QCOMPARE(started->session.received, std::optional<qint64>(0)); // "0-0" of nothing at all.
    QCOMPARE(started->session.smallestPart, 0);
}

void TestGoldenAnswersBlobs::mountsABlob()
{
    registry().play({u"mount ok"_s});
    const UploadTarget other{session().urls(), *RepositoryName::parse(u"probe/b")};
    const auto started = outcomeOf(new StartUploadJob(
        session().client(), other, StartUploadJob::Mount{m_digest, m_connection->repository}));
    QVERIFY(started);
    QVERIFY(started->isMounted);
}

void TestGoldenAnswersBlobs::sendsAPart()
{
    // Before the first body it is asked how the registry wants a sign-in.
    registry().play({u"ping"_s, u"PATCH 0-4"_s});
    const auto sent = outcomeOf(new SendBlobPartJob(session().client(), target(), upload(u"POST"_s),
                                                    {0, OpenUpload::source("hello")}));
    QVERIFY2(sent, sent ? "" : qPrintable(sent.error().message));
    QCOMPARE(sent->received, std::optional<qint64>(5));
    QCOMPARE(sent->location, upload(u"PATCH 0-4"_s).location);
    QVERIFY(sent->location != upload(u"POST"_s).location);
    QCOMPARE(registry().requests().last().header("content-range"), "0-4");
}

void TestGoldenAnswersBlobs::asksHowFarAnUploadIs_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("answer");
    QTest::addColumn<qint64>("received");
    QTest::newRow("nothing yet") << u"POST"_s << u"status fresh"_s << qint64(0);
    QTest::newRow("a part") << u"PATCH 0-4"_s << u"status"_s << qint64(5);
    QTest::newRow("D9 a part that was added at the wrong place")
        << u"PATCH wrong range"_s << u"then status with the good one"_s << qint64(10);
}

void TestGoldenAnswersBlobs::asksHowFarAnUploadIs()
{
    QFETCH(const QString, before);
    QFETCH(const QString, answer);
    QFETCH(const qint64, received);
    registry().play({answer});
    const auto answered =
        outcomeOf(new QueryUploadJob(session().client(), target(), upload(before)));
    QVERIFY2(answered, answered ? "" : qPrintable(answered.error().message));
    QCOMPARE(answered->received, std::optional(received));
    QCOMPARE(answered->location, upload(answer).location);
    QCOMPARE(registry().requestLines().first(),
             "GET "_L1
                 + upload(before).location.toString(QUrl::FullyEncoded | QUrl::RemoveScheme
                                                    | QUrl::RemoveAuthority));
}

void TestGoldenAnswersBlobs::tellsThatAnUploadIsGone_data()
{
    QTest::addColumn<QString>("answer");
    QTest::newRow("D8 its place has moved") << u"PATCH with stale location"_s;
    QTest::newRow("without its state") << u"no _state"_s;
    QTest::newRow("D9 after a wrong digest") << u"status after wrong digest"_s;
}

void TestGoldenAnswersBlobs::tellsThatAnUploadIsGone()
{
    QFETCH(const QString, answer);
    registry().play({answer}, Requests::Any);
    const auto asked =
        outcomeOf(new QueryUploadJob(session().client(), target(), upload(u"POST"_s)));
    QVERIFY(!asked);
    QCOMPARE(asked.error().kind, Kind::NotFound);
    QCOMPARE(asked.error().serverCode, u"BLOB_UPLOAD_INVALID"_s);
}

void TestGoldenAnswersBlobs::finishesAnUpload_data()
{
    QTest::addColumn<QString>("begun");
    QTest::addColumn<QString>("answer");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("whole") << u"POST for a whole blob"_s << u"PUT whole blob"_s
                           << QByteArray("monolithic");
    QTest::newRow("empty") << u"POST for an empty blob"_s << u"PUT empty blob"_s << QByteArray();
}

void TestGoldenAnswersBlobs::finishesAnUpload()
{
    QFETCH(const QString, begun);
    QFETCH(const QString, answer);
    QFETCH(const QByteArray, bytes);
    registry().play({u"ping"_s, answer});
    const auto finished =
        outcomeOf(new FinishUploadJob(session().client(), target(), upload(begun),
                                      Digest::ofBytes(bytes), OpenUpload::source(bytes)));
    QVERIFY2(finished, finished ? "" : qPrintable(finished.error().message));
    QVERIFY(finished->isConfirmed);
    QCOMPARE(registry().requests().last().query(u"digest"_s), Digest::ofBytes(bytes).toString());
    QVERIFY(registry().requests().last().target.startsWith(
        upload(begun).location.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority)));
}

void TestGoldenAnswersBlobs::tellsThatTheDigestIsWrong()
{
    for (const QString &answer : {u"PUT wrong digest"_s, u"PUT without digest"_s}) {
        registry().play({answer}, Requests::Any);
        const auto finished = outcomeOf(
            new FinishUploadJob(session().client(), target(), upload(u"POST 2"_s), m_digest, {}));
        QVERIFY(!finished);
        QCOMPARE(finished.error().serverCode, u"DIGEST_INVALID"_s);
    }
}

void TestGoldenAnswersBlobs::givesUpAnUpload()
{
    const auto cancel = [this] {
        return outcomeOf(new CancelUploadJob(session().client(), target(), upload(u"POST 3"_s)));
    };
    registry().play({u"DELETE"_s, u"DELETE again"_s});
    QVERIFY(cancel());
    const auto again = cancel();
    QVERIFY(!again);
    QCOMPARE(again.error().serverCode, u"BLOB_UPLOAD_UNKNOWN"_s);
}

QTEST_GUILESS_MAIN(TestGoldenAnswersBlobs)
#include "tst_goldenanswers_blobs.moc"
