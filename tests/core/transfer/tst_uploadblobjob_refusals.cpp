// SPDX-License-Identifier: Apache-2.0
#include "support/fakeupload.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

/// What a registry may answer to an upload. The identifiers are those of the catalogue of faults.
class TestUploadBlobJobRefusals : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void wantsALocation(); // UPL-02
    void sendsNoSecretsToAnotherHost(); // UPL-03
    void refusesLocations_data(); // UPL-03
    void refusesLocations();
    void wantsProofOfWhatWasStored_data(); // UPL-14
    void wantsProofOfWhatWasStored();
    void startsOverOnceAfterAWrongDigest(); // UPL-15
    void tellsEarlyRefusals_data(); // UPL-16
    void tellsEarlyRefusals();
    void waitsWhenAskedTo(); // UPL-17
    void triesAReadOnlyRegistryOnce_data(); // UPL-34
    void triesAReadOnlyRegistryOnce();
    void doesNotFollowRedirects(); // UPL-36

private:
    std::unique_ptr<FakeUpload> m_upload;
};

void TestUploadBlobJobRefusals::init()
{
    // More than the system keeps in its buffers on the way.
    m_upload = std::make_unique<FakeUpload>(QByteArray(12'000'000, 'a') + QByteArray(500'000, 'b'));
}

void TestUploadBlobJobRefusals::wantsALocation()
{
    m_upload->registry.failNext("POST", u"/uploads/"_s, {202});
    const auto result = m_upload->run();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::Protocol);
    QCOMPARE(m_upload->changes(), QByteArrayList{"POST"});
}

void TestUploadBlobJobRefusals::sendsNoSecretsToAnotherHost()
{
    TestServer store;
    store.setHandler([&](const TestRequest &request, const TestConnection &connection) {
        m_upload->registry.addBlob(u"a"_s, request.body);
        connection.answer({201, {}, {{"Location", "/blob"}}});
    });
    m_upload->connection.session.setCredentials({u"user"_s, Secret("secret")});
    m_upload->registry.behaviour.signIn = FakeRegistry::SignIn::Basic;
    m_upload->registry.intercept([&](const TestRequest &request, const TestConnection &connection) {
        if (request.method != "POST")
            return false;
        connection.answer({202, {}, {{"Location", store.url(u"/x?sig=1"_s).toEncoded()}}});
        return true;
    });
    QVERIFY(m_upload->run());
    QCOMPARE(store.requests().size(), 1);
    QVERIFY(!store.requests().first().headers.contains("authorization"));
    QVERIFY(store.requests().first().target.startsWith("/x?sig=1&digest="));
    QTRY_VERIFY(m_upload->isStored());
}

void TestUploadBlobJobRefusals::refusesLocations_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::newRow("with a user name") << QByteArray("http://user@127.0.0.1:1/x");
    QTest::newRow("of a file") << QByteArray("file:///etc/hostname");
    QTest::newRow("with a control character") << QByteArray("/x?a=%0A");
}

void TestUploadBlobJobRefusals::refusesLocations()
{
    QFETCH(QByteArray, location);
    m_upload->registry.failNext("POST", u"/uploads/"_s, {202, {}, {{"Location", location}}});
    const auto result = m_upload->run();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::Policy);
    QCOMPARE(m_upload->changes(), QByteArrayList{"POST"});
}

void TestUploadBlobJobRefusals::wantsProofOfWhatWasStored_data()
{
    QTest::addColumn<TestAnswer>("answer");
    QTest::addColumn<bool>("isStored");
    const QByteArray other = Digest::ofBytes("other").toString().toLatin1();
    const TestAnswer bare{201};
    const TestAnswer wrong{201, {}, {{"Location", "/x"}, {"Docker-Content-Digest", other}}};
    QTest::newRow("without a location, stored") << bare << true;
    QTest::newRow("without a location, not stored") << bare << false;
    QTest::newRow("with another digest, stored") << wrong << true;
    QTest::newRow("with another digest, not stored") << wrong << false;
    QTest::newRow("a page on which to sign in")
        << TestAnswer{200, "<html>", {{"Content-Type", "text/html"}}} << false;
}

void TestUploadBlobJobRefusals::wantsProofOfWhatWasStored()
{
    QFETCH(TestAnswer, answer);
    QFETCH(bool, isStored);
    m_upload->registry.intercept([&](const TestRequest &request, const TestConnection &connection) {
        if (request.method != "PUT")
            return false;
        if (isStored)
            m_upload->registry.answerNormally(request, TestConnection(nullptr));
        connection.answer(answer);
        return true;
    });
    const auto result = m_upload->run();
    QCOMPARE(bool(result), isStored);
    if (!isStored)
        QCOMPARE(result.error().kind, Error::Kind::DigestMismatch);
}

void TestUploadBlobJobRefusals::startsOverOnceAfterAWrongDigest()
{
    const TestAnswer refusal = registryRefusal(400, "DIGEST_INVALID", "no");
    m_upload->registry.failNext("PUT", u"/uploads/"_s, refusal);
    QVERIFY(m_upload->run());
    QTRY_VERIFY(m_upload->isStored());
    QCOMPARE(m_upload->registry.count("POST"), 2);

    init();
    m_upload->registry.failNext("PUT", u"/uploads/"_s, refusal, 10);
    const auto result = m_upload->run();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::DigestMismatch);
    QCOMPARE(m_upload->registry.count("POST"), 2);
}

void TestUploadBlobJobRefusals::tellsEarlyRefusals_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("not signed in") << 401 << Error::Kind::Unauthorized;
    QTest::newRow("not allowed") << 403 << Error::Kind::Forbidden;
    QTest::newRow("too large") << 413 << Error::Kind::TooLarge;
}

void TestUploadBlobJobRefusals::tellsEarlyRefusals()
{
    QFETCH(int, status);
    // Answered while the body is on its way, and closed: Qt loses such an answer.
    m_upload->registry.setInterruption(
        [&](const TestRequest &soFar, const TestConnection &connection) {
            if (soFar.body.isEmpty())
                return false;
            connection.answer({status});
            connection.close();
            return true;
        });
    m_upload->registry.intercept([&](const TestRequest &request, const TestConnection &connection) {
        if (request.method != "PATCH" && request.method != "PUT")
            return false;
        connection.answer({status});
        return true;
    });
    const auto result = m_upload->run();
    QVERIFY(!result);
    QTEST(result.error().kind, "kind");
    QCOMPARE(result.error().httpStatus, status);
    QVERIFY(m_upload->registry.count("POST") <= 2);
}

void TestUploadBlobJobRefusals::waitsWhenAskedTo()
{
    m_upload->partSize = 5'000'000;
    m_upload->registry.failNext("PATCH", u"/uploads/"_s, {429, {}, {{"Retry-After", "0"}}});
    QVERIFY(m_upload->run());
    QTRY_VERIFY(m_upload->isStored());
    QCOMPARE(m_upload->changes(),
             QByteArrayList({"POST", "PATCH", "PATCH", "PATCH", "PATCH", "PUT"}));
}

void TestUploadBlobJobRefusals::triesAReadOnlyRegistryOnce_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("403") << 403;
    QTest::newRow("405") << 405;
}

void TestUploadBlobJobRefusals::triesAReadOnlyRegistryOnce()
{
    QFETCH(int, status);
    m_upload->registry.failNext("POST", u"/uploads/"_s, {status}, 10);
    const auto result = m_upload->run();
    QVERIFY(!result);
    QCOMPARE(result.error().httpStatus, status);
    QCOMPARE(m_upload->changes(), QByteArrayList{"POST"});
}

void TestUploadBlobJobRefusals::doesNotFollowRedirects()
{
    m_upload->registry.failNext("PUT", u"/uploads/"_s, {307, {}, {{"Location", "/elsewhere"}}});
    const auto result = m_upload->run();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::Policy);
    QCOMPARE(m_upload->registry.count("PUT"), 1);
}

QTEST_GUILESS_MAIN(TestUploadBlobJobRefusals)
#include "tst_uploadblobjob_refusals.moc"
