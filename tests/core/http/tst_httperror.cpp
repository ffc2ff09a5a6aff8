// SPDX-License-Identifier: Apache-2.0
#include "core/http/httperror.h"
#include "core/http/httpresponse.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Kind = Error::Kind;

class TestHttpError : public QObject
{
    Q_OBJECT

private slots:
    void sortsStatuses_data();
    void sortsStatuses();
    void findsTheServersWords_data();
    void findsTheServersWords();
    void showsALimitedAmountOfSafeText_data();
    void showsALimitedAmountOfSafeText();
    void keepsTheWaitThatTheServerAsksFor();
    void tellsMissingRightsFromMissingSignIn();
    void saysHowFarATimeoutGot();
    void namesTheHostButNoSecret();
    void believesAChangeByItsAnswer_data();
    void believesAChangeByItsAnswer();

private:
    [[nodiscard]] static HttpResponse response(int status, const QByteArray &body = {})
    {
        return {status, {}, body, QUrl(u"https://reg.lab:5000/v2/?sig=CANARY"_s)};
    }
};

void TestHttpError::sortsStatuses_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("400") << 400 << Kind::Protocol;
    QTest::newRow("401") << 401 << Kind::Unauthorized;
    QTest::newRow("403") << 403 << Kind::Forbidden;
    QTest::newRow("404") << 404 << Kind::NotFound;
    QTest::newRow("405") << 405 << Kind::Unsupported;
    QTest::newRow("408") << 408 << Kind::Timeout;
    QTest::newRow("413") << 413 << Kind::TooLarge;
    QTest::newRow("416") << 416 << Kind::Protocol;
    QTest::newRow("SRV-39 418") << 418 << Kind::Protocol;
    QTest::newRow("429") << 429 << Kind::RateLimited;
    QTest::newRow("500") << 500 << Kind::Protocol;
    QTest::newRow("SRV-39 999") << 999 << Kind::Protocol;
}

void TestHttpError::sortsStatuses()
{
    QFETCH(int, status);
    QFETCH(Kind, kind);
    const Error error = refusalError(response(status));
    QCOMPARE(error.kind, kind);
    QCOMPARE(error.httpStatus, status);
    QVERIFY(error.message.contains(u"reg.lab:5000"_s));
    QVERIFY(error.detail.isEmpty());
    QCOMPARE(unexpectedStatus(response(status)).httpStatus, status);
}

void TestHttpError::findsTheServersWords_data()
{
    // protocol 1.15: registries, token servers, gateways.
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("detail");
    QTest::newRow("registry") << QByteArray(
        R"({"errors":[{"code":"DENIED","message":"no access","detail":{}}]})")
                              << u"DENIED"_s << u"no access"_s;
    QTest::newRow("two") << QByteArray(
        R"({"errors":[{"code":"A","message":"a"},{"code":"B","message":"b"}]})")
                         << u"A"_s << u"a; b"_s;
    QTest::newRow("the same twice") << QByteArray(
        R"({"errors":[{"code":"A","message":"a"},{"code":"A","message":"a"},{"code":"A"},7]})")
                                    << u"A"_s << u"a"_s;
    // protocol 1.7
    QTest::newRow("blobs that are missing")
        << QByteArray(R"({"errors":[{"code":"C","message":"unknown","detail":"sha256:1"},)"
                      R"({"code":"C","message":"unknown","detail":"sha256:2"}]})")
        << u"C"_s << u"unknown: sha256:1; unknown: sha256:2"_s;
    QTest::newRow("a blob as older registries put it")
        << QByteArray(R"({"errors":[{"code":"C","detail":{"digest":"sha256:1"}}]})") << u"C"_s
        << u"sha256:1"_s;
    QTest::newRow("a blob that is named twice")
        << QByteArray(R"({"errors":[{"code":"C","message":"no sha256:1","detail":"sha256:1"}]})")
        << u"C"_s << u"no sha256:1"_s;
    QTest::newRow("details of the inside")
        << QByteArray(R"({"errors":[{"code":"C","message":"m","detail":{"Path":"/var/lib/x:y"}},)"
                      R"({"code":"C","message":"m","detail":"open /var/lib: no such file"}]})")
        << u"C"_s << u"m"_s;
    QTest::newRow("token server") << QByteArray(R"({"details":"incorrect password"})") << QString()
                                  << u"incorrect password"_s;
    QTest::newRow("OAuth") << QByteArray(R"({"error":"invalid_grant","error_description":"old"})")
                           << QString() << u"old"_s;
    QTest::newRow("OAuth, short") << QByteArray(R"({"error":"invalid_grant"})") << QString()
                                  << u"invalid_grant"_s;
    QTest::newRow("gateway") << QByteArray(R"({"message":"no route"})") << QString()
                             << u"no route"_s;
    QTest::newRow("plain text") << QByteArray("You have reached\nyour  pull rate limit.\n")
                                << QString() << u"You have reached your pull rate limit."_s;
    QTest::newRow("SRV-40 web page")
        << QByteArray(" <!DOCTYPE html><b>502</b>") << QString() << QString();
    QTest::newRow("SRV-40 null") << QByteArray(R"({"errors":null})") << QString() << QString();
    QTest::newRow("SRV-40 object")
        << QByteArray(R"({"errors":{"code":"X"}})") << QString() << QString();
    QTest::newRow("numbers") << QByteArray(R"({"errors":[{"code":1,"message":2}]})") << QString()
                             << QString();
    QTest::newRow("empty list") << QByteArray(R"({"errors":[]})") << QString() << QString();
    QTest::newRow("empty") << QByteArray() << QString() << QString();
}

void TestHttpError::findsTheServersWords()
{
    QFETCH(QByteArray, body);
    const Error error = refusalError(response(403, body));
    QTEST(error.serverCode, "code");
    QTEST(error.detail, "detail");
}

void TestHttpError::showsALimitedAmountOfSafeText_data()
{
    // SRV-40
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("long text") << QByteArray(10'000'000, 'x');
    QTest::newRow("long message") << QByteArray(R"({"errors":[{"code":"X","message":")"
                                                + QByteArray(1'000'000, 'x') + "\"}]}");
    QTest::newRow("long code") << QByteArray(R"({"errors":[{"code":")" + QByteArray(1'000'000, 'x')
                                             + "\"}]}");
    QByteArrayList many;
    for (int i = 0; i < 1000; ++i)
        many.append(R"({"message":"m","detail":"sha256:)" + QByteArray::number(i) + "\"}");
    QTest::newRow("many") << QByteArray(R"({"errors":[)" + many.join(',') + "]}");
    QTest::newRow("deep") << QByteArray(100'000, '[');
    QTest::newRow("escapes") << QByteArray("\x1b[31mred\x1b[0m \x07");
    QTest::newRow("escapes in JSON") << QByteArray(R"({"message":"\u001b[31m\u202e"})");
    QTest::newRow("binary") << QByteArray("\0\xff\xfe\x80", 4);
}

void TestHttpError::showsALimitedAmountOfSafeText()
{
    QFETCH(QByteArray, body);
    const Error error = refusalError(response(500, body));
    QVERIFY(error.detail.size() <= 513);
    QVERIFY(error.serverCode.size() <= 65);
    for (const QChar c : QString(error.detail + error.serverCode + error.message))
        QVERIFY(c.category() != QChar::Other_Control && c.unicode() != 0x202E);
}

void TestHttpError::keepsTheWaitThatTheServerAsksFor()
{
    HttpResponse refusal = response(429);
    refusal.headers.insert("Retry-After", "30");
    QCOMPARE(refusalError(refusal).retryAfter, std::optional(30s));
    QVERIFY(!refusalError(response(429)).retryAfter);
}

void TestHttpError::tellsMissingRightsFromMissingSignIn()
{
    HttpResponse refusal = response(401);
    refusal.headers.insert("WWW-Authenticate",
                           R"(Bearer realm="https://a",error="insufficient_scope",scope="x:y:z")");
    QCOMPARE(refusalError(refusal).kind, Kind::Forbidden);
    QCOMPARE(refusalError(refusal).httpStatus, 401);
    QCOMPARE(refusalError(refusal).detail, u"x:y:z"_s);
    refusal.headers.insert("WWW-Authenticate", R"(Bearer realm="https://a",error="invalid_token")");
    QCOMPARE(refusalError(refusal).kind, Kind::Unauthorized);
}

void TestHttpError::saysHowFarATimeoutGot()
{
    const QUrl url(u"https://reg.lab/"_s);
    QCOMPARE(timeoutError(url, false, false).kind, Kind::Timeout);
    QCOMPARE(timeoutError(url, true, false).kind, Kind::Timeout);
    QVERIFY(timeoutError(url, true, false).message != timeoutError(url, false, false).message);
    QCOMPARE(timeoutError(url, true, true).kind, Kind::Ambiguous);
}

void TestHttpError::namesTheHostButNoSecret()
{
    for (const Error &error : {refusalError(response(500)), unexpectedStatus(response(302)),
                               timeoutError(response(0).url, true, false)}) {
        QVERIFY(error.message.contains(u"reg.lab:5000"_s));
        QVERIFY(!QString(error.message + error.detail).contains(u"CANARY"_s));
    }
}

void TestHttpError::believesAChangeByItsAnswer_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("contentType");
    QTest::addColumn<bool>("isMade");
    QTest::newRow("accepted") << 202 << QByteArray() << true;
    QTest::newRow("done") << 200 << QByteArray("application/json") << true;
    QTest::newRow("created") << 201 << QByteArray() << true;
    QTest::newRow("nothing to say") << 204 << QByteArray() << true;
    QTest::newRow("plain text") << 200 << QByteArray("text/plain") << true;
    // A proxy that asks for a sign-in answers anything with success.
    QTest::newRow("page") << 200 << QByteArray("text/html") << false;
    QTest::newRow("accepting page") << 202 << QByteArray("text/html; charset=utf-8") << false;
    QTest::newRow("loud page") << 200 << QByteArray("Text/HTML") << false;
    QTest::newRow("not final") << 103 << QByteArray() << false;
    QTest::newRow("choices") << 300 << QByteArray() << false;
    QTest::newRow("unchanged") << 304 << QByteArray() << false;
}

void TestHttpError::believesAChangeByItsAnswer()
{
    QFETCH(int, status);
    QFETCH(QByteArray, contentType);
    QFETCH(bool, isMade);
    HttpResponse answer = response(status);
    if (!contentType.isEmpty())
        answer.headers.insert("Content-Type", contentType);
    const auto made = checkChange(answer);
    QCOMPARE(bool(made), isMade);
    if (!isMade) {
        QCOMPARE(made.error().kind, Kind::Protocol);
        QCOMPARE(made.error().httpStatus, status);
    }
}

QTEST_GUILESS_MAIN(TestHttpError)
#include "tst_httperror.moc"
