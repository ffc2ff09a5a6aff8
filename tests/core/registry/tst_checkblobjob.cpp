// SPDX-License-Identifier: Apache-2.0
#include "core/registry/checkblobjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestCheckBlobJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void believesTheFirstByte_data();
    void believesTheFirstByte();
    void asksForOneByte();
    void knowsWhatIsNotThere();
    void doesNotBelieveHeadAlone_data();
    void doesNotBelieveHeadAlone();
    void doesNotBelieveABlobThatBreaksOff();
    void doesNotBlameTheBlobForTheNetwork();
    void doesNotTakeAnotherSize();
    void takesTheEmptyBlob();
    void readsOnlyTheBeginningOfALargeBlob();
    void saysNothingOfTheBlobWhereItMayNotLook_data();
    void saysNothingOfTheBlobWhereItMayNotLook();

private:
    [[nodiscard]] Result<BlobCondition> check(const Digest &digest, qint64 size)
    {
        RegistrySession &session = m_connection->session;
        const auto repository = *RepositoryName::parse(u"a");
        return outcomeOf(new CheckBlobJob(session.client(), session.urls().blob(repository, digest),
                                          Scope::pull(repository), size));
    }
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }

    std::unique_ptr<FakeConnection> m_connection;
    const Digest m_digest = Digest::ofBytes("hello");
};

void TestCheckBlobJob::init()
{
    m_connection = std::make_unique<FakeConnection>();
    registry().addBlob(u"a"_s, "hello");
}

void TestCheckBlobJob::believesTheFirstByte_data()
{
    QTest::addColumn<bool>("knowsRange");
    QTest::addColumn<QByteArray>("answer"); // Empty for that of the registry.
    QTest::newRow("a part") << true << QByteArray();
    QTest::newRow("the whole") << false << QByteArray();
    QTest::newRow("one byte") << true << QByteArray("h");
}

void TestCheckBlobJob::believesTheFirstByte()
{
    QFETCH(const bool, knowsRange);
    QFETCH(const QByteArray, answer);
    registry().behaviour.knowsRange = knowsRange;
    if (!answer.isEmpty())
        registry().failNext("GET", u"/blobs/"_s, {206, answer, {{"Content-Range", "bytes 0-0/5"}}});
    const auto condition = check(m_digest, 5);
    QVERIFY(condition);
    QCOMPARE(*condition, BlobCondition::Readable);
}

void TestCheckBlobJob::asksForOneByte()
{
    QVERIFY(check(m_digest, 5));
    QCOMPARE(registry().requests().size(), qsizetype(2));
    QCOMPARE(registry().requests().constFirst().method, "HEAD");
    QCOMPARE(registry().requests().constLast().method, "GET");
    QCOMPARE(registry().requests().constLast().header("range"), "bytes=0-0");
}

void TestCheckBlobJob::knowsWhatIsNotThere()
{
    const auto condition = check(Digest::ofBytes("another"), 7);
    QVERIFY(condition);
    QCOMPARE(*condition, BlobCondition::Absent);
    QCOMPARE(registry().count("GET"), qsizetype(0));
}

void TestCheckBlobJob::doesNotBelieveHeadAlone_data()
{
    QTest::addColumn<TestAnswer>("answer");
    QTest::newRow("404") << TestAnswer{404, {}};
    QTest::newRow("500 of a stale cache")
        << registryRefusal(500, "UNKNOWN", "filesystem: Path not found");
    QTest::newRow("416") << TestAnswer{416, {}};
    QTest::newRow("no byte") << TestAnswer{200, {}};
    QTest::newRow("another part") << TestAnswer{206, "o", {{"Content-Range", "bytes 4-4/5"}}};
}

void TestCheckBlobJob::doesNotBelieveHeadAlone()
{
    QFETCH(const TestAnswer, answer);
    registry().failNext("GET", u"/blobs/"_s, answer, 9);
    const auto condition = check(m_digest, 5);
    QVERIFY2(condition, condition ? "" : qPrintable(condition.error().message));
    QCOMPARE(*condition, BlobCondition::Unreadable);
}

void TestCheckBlobJob::doesNotBelieveABlobThatBreaksOff()
{
    // What distribution 2.8.2 does when its cache knows more than its disk.
    registry().intercept([](const TestRequest &request, const TestConnection &connection) {
        if (request.method != "GET")
            return false;
        connection.sendRaw("HTTP/1.1 206 Partial Content\r\nContent-Length: 1\r\n"
                           "Content-Range: bytes 0-0/5\r\n\r\n");
        connection.close();
        return true;
    });
    const auto condition = check(m_digest, 5);
    QVERIFY2(condition, condition ? "" : qPrintable(condition.error().message));
    QCOMPARE(*condition, BlobCondition::Unreadable);
}

void TestCheckBlobJob::doesNotBlameTheBlobForTheNetwork()
{
    bool isDown = false;
    registry().intercept([&](const TestRequest &request, const TestConnection &connection) {
        isDown = isDown || request.method == "GET";
        if (isDown)
            connection.reset();
        return isDown;
    });
    const auto condition = check(m_digest, 5);
    QVERIFY(!condition);
    QCOMPARE(condition.error().kind, Error::Kind::Network);
}

void TestCheckBlobJob::doesNotTakeAnotherSize()
{
    const auto condition = check(m_digest, 6);
    QVERIFY(condition);
    QCOMPARE(*condition, BlobCondition::Unreadable);
}

void TestCheckBlobJob::takesTheEmptyBlob()
{
    const Descriptor empty = registry().addBlob(u"a"_s, {}); // SRV-16: no part of it can be had.
    const auto condition = check(empty.digest, 0);
    QVERIFY2(condition, condition ? "" : qPrintable(condition.error().message));
    QCOMPARE(*condition, BlobCondition::Readable);
    QVERIFY(registry().requests().constLast().header("range").isEmpty());
}

void TestCheckBlobJob::readsOnlyTheBeginningOfALargeBlob()
{
    registry().behaviour.knowsRange = false;
    const Descriptor large = registry().addBlob(u"a"_s, QByteArray(40'000'000, 'x'));
    const auto condition = check(large.digest, large.size);
    QVERIFY(condition);
    QCOMPARE(*condition, BlobCondition::Readable);
    QCOMPARE(registry().count("GET"), qsizetype(1)); // What is cut off is not asked for again.
}

void TestCheckBlobJob::saysNothingOfTheBlobWhereItMayNotLook_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<int>("status");
    QTest::newRow("HEAD 403") << QByteArray("HEAD") << 403;
    QTest::newRow("GET 403") << QByteArray("GET") << 403;
    QTest::newRow("GET 503") << QByteArray("GET") << 503;
    QTest::newRow("GET 502") << QByteArray("GET") << 502;
}

void TestCheckBlobJob::saysNothingOfTheBlobWhereItMayNotLook()
{
    QFETCH(const QByteArray, method);
    QFETCH(const int, status);
    registry().failNext(method, u"/blobs/"_s, {status, {}, {}, method == "HEAD"}, 9);
    const auto condition = check(m_digest, 5);
    QVERIFY(!condition);
    QCOMPARE(condition.error().httpStatus, status);
}

QTEST_GUILESS_MAIN(TestCheckBlobJob)
#include "tst_checkblobjob.moc"
