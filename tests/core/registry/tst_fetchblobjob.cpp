// SPDX-License-Identifier: Apache-2.0
#include "core/registry/fetchblobjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

class TestFetchBlobJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void readsASmallBlob_data();
    void readsASmallBlob();
    void followsToTheStore();
    void refusesOtherContent_data();
    void refusesOtherContent();
    void asksForNothingThatIsTooLarge();
    void believesNobodyWhoNamesAnUnknownHash();
    void passesOnARefusal();

private:
    [[nodiscard]] Result<QByteArray> fetch(const Descriptor &blob)
    {
        return outcomeOf(m_connection->session.fetchBlob(*RepositoryName::parse(u"a"), blob,
                                                         Session::Priority::Interactive));
    }
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }

    std::unique_ptr<FakeConnection> m_connection;
};

void TestFetchBlobJob::init()
{
    m_connection = std::make_unique<FakeConnection>();
}

void TestFetchBlobJob::readsASmallBlob_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("text") << QByteArray("hello");
    QTest::newRow("binary") << QByteArray("\0\xff\r\n", 4);
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("the largest") << QByteArray(4 * 1024 * 1024, 'x');
}

void TestFetchBlobJob::readsASmallBlob()
{
    QFETCH(const QByteArray, bytes);
    const auto fetched = fetch(registry().addBlob(u"a"_s, bytes));
    QVERIFY2(fetched, fetched ? "" : qPrintable(fetched.error().message));
    QCOMPARE(*fetched, bytes);
}

void TestFetchBlobJob::followsToTheStore()
{
    TestServer store;
    store.setHandler([](const TestRequest &, const TestConnection &connection) {
        connection.answer({200, "hello"});
    });
    const Descriptor blob = registry().addBlob(u"a"_s, "hello");
    registry().behaviour.signIn = FakeRegistry::SignIn::Basic;
    m_connection->session.setCredentials({u"user"_s, Secret("secret")});
    registry().behaviour.blobRedirect = store.url(u"/store"_s);
    const auto fetched = fetch(blob);
    QVERIFY2(fetched, fetched ? "" : qPrintable(fetched.error().message));
    QCOMPARE(*fetched, "hello");
    QCOMPARE(store.requests().size(), qsizetype(1));
    QCOMPARE(store.requests().first().header("authorization"), ""); // CRED-01
}

void TestFetchBlobJob::refusesOtherContent_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("same size") << QByteArray("Hello") << Kind::DigestMismatch;
    QTest::newRow("shorter") << QByteArray("hell") << Kind::SizeMismatch;
    QTest::newRow("longer") << QByteArray("hello!") << Kind::SizeMismatch;
    QTest::newRow("nothing") << QByteArray() << Kind::SizeMismatch;
    QTest::newRow("DAT-27 far too long") << QByteArray(100'000, ' ') << Kind::TooLarge;
}

void TestFetchBlobJob::refusesOtherContent()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const Kind, kind);
    const Descriptor blob = registry().addBlob(u"a"_s, "hello");
    registry().failNext("GET", u"/blobs/"_s, {200, bytes}, 10);
    const auto fetched = fetch(blob);
    QVERIFY(!fetched);
    QCOMPARE(fetched.error().kind, kind);
}

void TestFetchBlobJob::asksForNothingThatIsTooLarge()
{
    Descriptor blob = registry().addBlob(u"a"_s, "hello");
    for (const qint64 size : {qint64(4 * 1024 * 1024 + 1), std::numeric_limits<qint64>::max()}) {
        blob.size = size; // DAT-04
        const auto fetched = fetch(blob);
        QVERIFY(!fetched);
        QCOMPARE(fetched.error().kind, Kind::TooLarge);
    }
    QVERIFY(registry().requests().isEmpty());
}

void TestFetchBlobJob::believesNobodyWhoNamesAnUnknownHash()
{
    const auto digest = Digest::parse(u"blake3:abc");
    QVERIFY(digest);
    registry().failNext("GET", u"/blobs/"_s, {200, "hello"});
    const auto fetched = fetch({MediaType::parse(u"a/b"_s), *digest, 5});
    QVERIFY(!fetched);
    QCOMPARE(fetched.error().kind, Kind::DigestMismatch);
}

void TestFetchBlobJob::passesOnARefusal()
{
    const Descriptor blob = registry().addBlob(u"a"_s, "hello");
    registry().failNext("GET", u"/blobs/"_s, {403});
    const auto fetched = fetch(blob);
    QVERIFY(!fetched);
    QCOMPARE(fetched.error().kind, Kind::Forbidden);
}

QTEST_GUILESS_MAIN(TestFetchBlobJob)
#include "tst_fetchblobjob.moc"
