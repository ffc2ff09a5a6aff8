// SPDX-License-Identifier: Apache-2.0
#include "core/auth/credentials.h"
#include "core/auth/token.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestToken : public QObject
{
    Q_OBJECT

private slots:
    void readsEveryAnswer_data();
    void readsEveryAnswer();
    void refusesWhatIsNoToken_data();
    void refusesWhatIsNoToken();
    void livesAsLongAsItMay_data();
    void livesAsLongAsItMay();
    void cacheFindsWhatGivesEnough_data();
    void cacheFindsWhatGivesEnough();
    void cacheForgetsWhatWasRefusedOrIsOld();
    void scopesAreUnited_data();
    void scopesAreUnited();
    void basicHeaderHoldsUserAndPassword_data();
    void basicHeaderHoldsUserAndPassword();
};

static Token tokenFor(std::chrono::seconds life, const QByteArray &value = "t")
{
    return {Secret(value), QDeadlineTimer(life)};
}

void TestToken::readsEveryAnswer_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("token only") << QByteArray(R"({"token":"a.b-c_d~+/=="})")
                                << QByteArray("a.b-c_d~+/==");
    QTest::newRow("H2 access_token only")
        << QByteArray(R"({"access_token":"b"})") << QByteArray("b");
    QTest::newRow("both") << QByteArray(R"({"access_token":"b","token":"b"})") << QByteArray("b");
    QTest::newRow("different") << QByteArray(R"({"access_token":"b","token":"a"})")
                               << QByteArray("a");
    QTest::newRow("empty token") << QByteArray(R"({"token":"","access_token":"b"})")
                                 << QByteArray("b");
    QTest::newRow("more") << QByteArray(R"({"token":"a","expires_in":300,"refresh_token":"r",
                                          "issued_at":"2099-01-01T00:00:00Z","scope":"x"})")
                          << QByteArray("a");
}

void TestToken::readsEveryAnswer()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, value);
    const auto token = Token::parse(body);
    QVERIFY(token);
    QCOMPARE(token->value.reveal(), value);
    QCOMPARE(token->header().reveal(), QByteArray("Bearer " + value));
    QVERIFY(!token->renewal.hasExpired());
}

void TestToken::refusesWhatIsNoToken_data()
{
    // CRED-07
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("empty object") << QByteArray("{}");
    QTest::newRow("web page") << QByteArray("<html>sign in</html>");
    QTest::newRow("empty token") << QByteArray(R"({"token":""})");
    QTest::newRow("number") << QByteArray(R"({"token":1})");
    QTest::newRow("line break") << QByteArray(R"({"token":"a\r\nX-B: b"})");
    QTest::newRow("line break at the end") << QByteArray(R"({"token":"a\n"})");
    QTest::newRow("space") << QByteArray(R"({"token":"a b"})");
    QTest::newRow("NUL") << QByteArray(R"({"token":"a\u0000"})");
    QTest::newRow("DEL") << QByteArray(R"({"token":"a\u007f"})");
    QTest::newRow("umlaut") << QByteArray("{\"token\":\"\xc3\xa4\"}");
    QTest::newRow("list") << QByteArray(R"(["token"])");
    QTest::newRow("cut") << QByteArray(R"({"token":"a")");
}

void TestToken::refusesWhatIsNoToken()
{
    QFETCH(QByteArray, body);
    const auto token = Token::parse(body);
    QVERIFY(!token);
    QCOMPARE(token.error().kind, Error::Kind::Protocol);
    QVERIFY(token.error().detail.isEmpty()); // Whatever was in there stays unseen.
}

void TestToken::livesAsLongAsItMay_data()
{
    // CRED-07: at least 60 s, at most a day, renewed 10 % or 5 s before.
    QTest::addColumn<QByteArray>("expiresIn");
    QTest::addColumn<int>("seconds");
    QTest::newRow("missing") << QByteArray() << 54;
    QTest::newRow("0") << QByteArray("0") << 54;
    QTest::newRow("1") << QByteArray("1") << 54;
    QTest::newRow("10") << QByteArray("10") << 54;
    QTest::newRow("-5") << QByteArray("-5") << 54;
    QTest::newRow("300") << QByteArray("300") << 270;
    QTest::newRow("text") << QByteArray("\"300\"") << 270;
    QTest::newRow("fraction") << QByteArray("300.9") << 270;
    QTest::newRow("10^12") << QByteArray("1e12") << 77'760;
    QTest::newRow("10^18") << QByteArray("1000000000000000000") << 77'760;
    QTest::newRow("no number") << QByteArray("\"soon\"") << 54;
    QTest::newRow("not a number") << QByteArray("\"nan\"") << 54;
    QTest::newRow("infinity") << QByteArray("\"inf\"") << 77'760;
    QTest::newRow("null") << QByteArray("null") << 54;
    QTest::newRow("object") << QByteArray("{}") << 54;
}

void TestToken::livesAsLongAsItMay()
{
    QFETCH(QByteArray, expiresIn);
    QFETCH(int, seconds);
    const QByteArray member = expiresIn.isEmpty() ? "" : ",\"expires_in\":";
    const auto token = Token::parse(R"({"token":"a")" + member + expiresIn + "}");
    QVERIFY(token);
    // Read a moment ago; nobody says how long that is on a busy machine.
    const qint64 left = token->renewal.remainingTime();
    QVERIFY(left <= seconds * 1000LL);
    QVERIFY2(left > seconds * 1000LL - 30'000, QByteArray::number(left).constData());
}

void TestToken::cacheFindsWhatGivesEnough_data()
{
    QTest::addColumn<QStringList>("cached");
    QTest::addColumn<QStringList>("wanted");
    QTest::addColumn<bool>("isFound");
    const QString pull = u"repository:a/b:pull"_s;
    QTest::newRow("same") << QStringList{pull} << QStringList{pull} << true;
    QTest::newRow("more actions") << QStringList{u"repository:a/b:pull,push"_s} << QStringList{pull}
                                  << true;
    QTest::newRow("other order") << QStringList{u"repository:a/b:pull,push"_s}
                                 << QStringList{u"repository:a/b:push,pull"_s} << true;
    QTest::newRow("more resources")
        << QStringList{pull, u"registry:catalog:*"_s} << QStringList{pull} << true;
    QTest::newRow("nothing wanted") << QStringList{pull} << QStringList() << true;
    QTest::newRow("less") << QStringList{pull} << QStringList{u"repository:a/b:pull,push"_s}
                          << false;
    QTest::newRow("other repository")
        << QStringList{pull} << QStringList{u"repository:a/c:pull"_s} << false;
    QTest::newRow("other type") << QStringList{pull} << QStringList{u"registry:a/b:pull"_s}
                                << false;
    QTest::newRow("part of a name")
        << QStringList{u"repository:a/bc:pull"_s} << QStringList{pull} << false;
    QTest::newRow("nothing cached") << QStringList() << QStringList{pull} << false;
    QTest::newRow("port in the name") << QStringList{u"repository:reg:5000/a:pull,push"_s}
                                      << QStringList{u"repository:reg:5000/a:pull"_s} << true;
}

void TestToken::cacheFindsWhatGivesEnough()
{
    QFETCH(QStringList, cached);
    QFETCH(QStringList, wanted);
    QFETCH(bool, isFound);
    TokenCache cache;
    QVERIFY(!cache.find(wanted));
    cache.insert(cached, tokenFor(60s));
    QCOMPARE(cache.find(wanted).has_value(), isFound);
    cache.clear();
    QVERIFY(!cache.find(wanted));
}

void TestToken::cacheForgetsWhatWasRefusedOrIsOld()
{
    const QStringList pull{u"repository:a:pull"_s};
    const QStringList other{u"repository:b:pull"_s};
    TokenCache cache;
    cache.insert(pull, tokenFor(0s, "old"));
    QVERIFY(!cache.find(pull));
    cache.insert(pull, tokenFor(60s, "new"));
    QCOMPARE(cache.find(pull)->value.reveal(), "new");
    cache.insert(pull, tokenFor(60s, "newer"));
    QCOMPARE(cache.find(pull)->value.reveal(), "newer");
    cache.insert(other, tokenFor(60s, "other"));
    cache.remove(pull);
    QVERIFY(!cache.find(pull));
    QCOMPARE(cache.find(other)->value.reveal(), "other");
}

void TestToken::scopesAreUnited_data()
{
    QTest::addColumn<QStringList>("left");
    QTest::addColumn<QStringList>("right");
    QTest::addColumn<QStringList>("united");
    const QString pull = u"repository:a:pull"_s;
    QTest::newRow("nothing") << QStringList() << QStringList() << QStringList();
    QTest::newRow("same") << QStringList{pull} << QStringList{pull} << QStringList{pull};
    QTest::newRow("one resource") << QStringList{u"repository:a:pull,delete"_s}
                                  << QStringList{u"repository:a:push,pull"_s}
                                  << QStringList{u"repository:a:pull,delete,push"_s};
    QTest::newRow("what is asked first stays first")
        << QStringList{pull} << QStringList{u"registry:catalog:*"_s}
        << QStringList{pull, u"registry:catalog:*"_s};
    QTest::newRow("twice in one list") << QStringList{pull, u"repository:a:push"_s} << QStringList()
                                       << QStringList{u"repository:a:pull,push"_s};
    QTest::newRow("port in the name") << QStringList{u"repository:reg:5000/a:pull"_s}
                                      << QStringList{u"repository:reg:5000/a:push"_s}
                                      << QStringList{u"repository:reg:5000/a:pull,push"_s};
    QTest::newRow("no scope at all, kept as it is")
        << QStringList() << QStringList{u"silly"_s} << QStringList{u"silly"_s};
}

void TestToken::scopesAreUnited()
{
    QFETCH(QStringList, left);
    QFETCH(QStringList, right);
    QFETCH(QStringList, united);
    QCOMPARE(unitedScopes(left, right), united);
}

void TestToken::basicHeaderHoldsUserAndPassword_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<QByteArray>("header");
    // RFC 7617, 2 and 2.1.
    QTest::newRow("RFC") << u"Aladdin"_s << QByteArray("open sesame")
                         << QByteArray("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    QTest::newRow("UTF-8") << u"test"_s << QByteArray("123\xc2\xa3")
                           << QByteArray("Basic dGVzdDoxMjPCow==");
    QTest::newRow("colons in the password")
        << u"u"_s << QByteArray("a:b:c") << QByteArray("Basic dTphOmI6Yw==");
}

void TestToken::basicHeaderHoldsUserAndPassword()
{
    QFETCH(QString, user);
    QFETCH(QByteArray, password);
    QFETCH(QByteArray, header);
    const Credentials credentials{user, Secret(password)};
    QCOMPARE(credentials.basicHeader().reveal(), header);
    QVERIFY(!credentials.isEmpty());
    QVERIFY(Credentials().isEmpty());
}

QTEST_GUILESS_MAIN(TestToken)
#include "tst_token.moc"
