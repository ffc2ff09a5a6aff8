// SPDX-License-Identifier: Apache-2.0
#include "core/registry/blobexistsjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

class TestBlobExistsJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void knowsTheSizeWithoutReading();
    void saysThatABlobIsNotThere();
    void takesARedirectForAnAnswer();
    void knowsNoSizeThatTheServerDoesNotTell();
    void asksByGetWhereThereIsNoHead_data();
    void asksByGetWhereThereIsNoHead();
    void readsNothingWhereThereIsNoHead();
    void takesARefusalForNoAnswer_data();
    void takesARefusalForNoAnswer();
    void signsIn();

private:
    [[nodiscard]] Result<BlobPresence> ask(const Digest &digest)
    {
        return outcomeOf(m_connection->session.blobExists(*RepositoryName::parse(u"a"), digest));
    }
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }

    std::unique_ptr<FakeConnection> m_connection;
    const Digest m_digest = Digest::ofBytes("hello");
};

void TestBlobExistsJob::init()
{
    m_connection = std::make_unique<FakeConnection>();
    registry().addBlob(u"a"_s, "hello");
}

void TestBlobExistsJob::knowsTheSizeWithoutReading()
{
    const auto presence = ask(m_digest);
    QVERIFY(presence);
    QVERIFY(presence->exists);
    QCOMPARE(presence->size, qint64(5));
    QCOMPARE(registry().requestLines(), QStringList{"HEAD /v2/a/blobs/"_L1 + m_digest.toString()});
}

void TestBlobExistsJob::saysThatABlobIsNotThere()
{
    const auto presence = ask(Digest::ofBytes("another"));
    QVERIFY(presence);
    QVERIFY(!presence->exists);
    QCOMPARE(presence->size, qint64(-1));
}

void TestBlobExistsJob::takesARedirectForAnAnswer()
{
    TestServer store; // Which would refuse HEAD.
    registry().behaviour.blobRedirect = store.url(u"/store"_s);
    const auto presence = ask(m_digest);
    QVERIFY(presence);
    QVERIFY(presence->exists);
    QCOMPARE(presence->size, qint64(-1));
    QVERIFY(store.requests().isEmpty());
}

void TestBlobExistsJob::knowsNoSizeThatTheServerDoesNotTell()
{
    registry().intercept([](const TestRequest &, const TestConnection &connection) {
        connection.sendRaw("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
        connection.close();
        return true;
    });
    const auto presence = ask(m_digest);
    QVERIFY(presence);
    QVERIFY(presence->exists);
    QCOMPARE(presence->size, qint64(-1));
}

void TestBlobExistsJob::asksByGetWhereThereIsNoHead_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {400, 405, 501})
        QTest::addRow("%d", status) << status;
}

void TestBlobExistsJob::asksByGetWhereThereIsNoHead()
{
    QFETCH(const int, status);
    registry().failNext("HEAD", u"/blobs/"_s, {.status = status, .isHead = true}, 10);
    const auto there = ask(m_digest);
    QVERIFY2(there, there ? "" : qPrintable(there.error().message));
    QVERIFY(there->exists);
    const auto absent = ask(Digest::ofBytes("another"));
    QVERIFY(absent);
    QVERIFY(!absent->exists);
    TestServer store;
    registry().behaviour.blobRedirect = store.url(u"/store"_s);
    const auto stored = ask(m_digest);
    QVERIFY(stored);
    QVERIFY(stored->exists);
    QVERIFY(store.requests().isEmpty());
    registry().failNext("GET", u"/blobs/"_s, {403});
    const auto refused = ask(m_digest);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Kind::Forbidden);
}

void TestBlobExistsJob::readsNothingWhereThereIsNoHead()
{
    registry().intercept([](const TestRequest &request, const TestConnection &connection) {
        if (request.method == "HEAD")
            connection.answer({405, {}, {}, true});
        else // And never the rest.
            connection.sendRaw("HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\nxxxx");
        return true;
    });
    const auto presence = ask(m_digest);
    QVERIFY(presence);
    QVERIFY(presence->exists);
}

void TestBlobExistsJob::takesARefusalForNoAnswer_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("not signed in") << 401 << Kind::Unauthorized;
    QTest::newRow("not allowed") << 403 << Kind::Forbidden;
}

void TestBlobExistsJob::takesARefusalForNoAnswer()
{
    QFETCH(const int, status);
    QFETCH(const Kind, kind);
    registry().failNext("HEAD", u"/blobs/"_s, {.status = status, .isHead = true}, 10);
    const auto presence = ask(m_digest);
    QVERIFY(!presence);
    QCOMPARE(presence.error().kind, kind);
}

void TestBlobExistsJob::signsIn()
{
    registry().behaviour.signIn = FakeRegistry::SignIn::Bearer;
    const auto presence = ask(m_digest);
    QVERIFY2(presence, presence ? "" : qPrintable(presence.error().message));
    QVERIFY(presence->exists);
}

QTEST_GUILESS_MAIN(TestBlobExistsJob)
#include "tst_blobexistsjob.moc"
