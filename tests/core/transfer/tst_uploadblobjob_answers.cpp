// SPDX-License-Identifier: Apache-2.0
#include "support/fakeupload.h"

#include <QSignalSpy>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// Unusual answers to an upload, and what comes of them. The identifiers are those of the catalogue
/// of faults.
class TestUploadBlobJobAnswers : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void givesUpWhenTheUploadIsAlwaysForgotten(); // UPL-05
    void takesTheHintOfARefusedRange_data(); // UPL-06
    void takesTheHintOfARefusedRange();
    void takesAnySuccessForAPart_data();
    void takesAnySuccessForAPart();
    void doesWithoutTheDigestOfTheRegistry(); // UPL-14
    void waitsInTheMiddle_data(); // UPL-17
    void waitsInTheMiddle();
    void doesNotMindWhatBecomesOfACancelledUpload_data(); // UPL-33
    void doesNotMindWhatBecomesOfACancelledUpload();
    void followsNoRedirect_data(); // UPL-36
    void followsNoRedirect();
    void signsInAgainBetweenTwoParts(); // CRED-08
    void uploadsWhereTheOtherRepositoryMayNotBeRead_data(); // CRED-32
    void uploadsWhereTheOtherRepositoryMayNotBeRead();

private:
    [[nodiscard]] qsizetype questions() const
    {
        return m_upload->registry.count("GET", u"/uploads/"_s);
    }

    std::unique_ptr<FakeUpload> m_upload;
};

void TestUploadBlobJobAnswers::init()
{
    m_upload = std::make_unique<FakeUpload>(QByteArray(900'000, 'a') + QByteArray(300'000, 'b'));
    m_upload->partSize = 500'000;
}

void TestUploadBlobJobAnswers::givesUpWhenTheUploadIsAlwaysForgotten()
{
    m_upload->registry.intercept([&](const TestRequest &request, const TestConnection &) {
        // The last try does without parts.
        if (request.header("content-range").startsWith("500000-")
            || request.body.size() > 1'000'000)
            m_upload->registry.uploads.forgetAll();
        return false;
    });
    UploadBlobJob *job = m_upload->job();
    const QSignalSpy startedOver(job, &UploadBlobJob::startedOver);
    const auto result = outcomeOf(job);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::NotFound);
    QCOMPARE(m_upload->registry.count("POST"), startedOver.count() + 1);
    QVERIFY(startedOver.count() <= 2);
}

void TestUploadBlobJobAnswers::takesTheHintOfARefusedRange_data()
{
    QTest::addColumn<int>("kept"); // Of the first part, which the registry refuses.
    QTest::addColumn<QByteArray>("range");
    QTest::addColumn<bool>("namesLocation");
    QTest::addColumn<QByteArray>("next");
    QTest::addColumn<bool>("isAsked"); // Where the refusal says too little.
    const QByteArray rest = "200000-699999";
    const QByteArray all = "0-499999"; // From the start again.
    QTest::newRow("less") << 200'000 << QByteArray("0-199999") << true << rest << false;
    QTest::newRow("with a unit") << 200'000 << QByteArray("bytes=0-199999") << true << rest
                                 << false;
    QTest::newRow("equal") << 500'000 << QByteArray("0-499999") << true
                           << QByteArray("500000-999999") << false;
    QTest::newRow("nothing") << 0 << QByteArray("0-0") << true << all << false;
    QTest::newRow("more than was sent") << 0 << QByteArray("0-9999999") << true << all << false;
    QTest::newRow("garbage") << 200'000 << QByteArray("bytes 7-3") << true << rest << true;
    QTest::newRow("no range") << 200'000 << QByteArray() << true << rest << true;
    QTest::newRow("no location") << 200'000 << QByteArray("0-199999") << false << rest << true;
}

void TestUploadBlobJobAnswers::takesTheHintOfARefusedRange()
{
    QFETCH(int, kept);
    QFETCH(QByteArray, range);
    QFETCH(bool, namesLocation);
    bool isFirst = true;
    m_upload->registry.intercept([&](const TestRequest &request, const TestConnection &connection) {
        if (request.method != "PATCH" || !std::exchange(isFirst, false))
            return false;
        TestRequest part = request;
        part.body.truncate(kept);
        m_upload->registry.uploads.keepBroken(part);
        TestAnswer answer = registryRefusal(416, "RANGE_INVALID", "no");
        if (!range.isEmpty())
            answer.headers.emplaceBack("Range", range);
        if (namesLocation)
            answer.headers.emplaceBack("Location", request.target);
        connection.answer(answer);
        return true;
    });
    const auto result = m_upload->run();
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QTRY_VERIFY(m_upload->isStored());
    QTEST(m_upload->ranges().value(1), "next");
    QTEST(questions() > 0, "isAsked");
}

void TestUploadBlobJobAnswers::takesAnySuccessForAPart_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {200, 201, 202, 204})
        QTest::addRow("%d", status) << status;
}

void TestUploadBlobJobAnswers::takesAnySuccessForAPart()
{
    QFETCH(int, status);
    m_upload->registry.intercept([&](const TestRequest &request, const TestConnection &connection) {
        if (request.method != "PATCH")
            return false;
        m_upload->registry.uploads.keepBroken(request); // Takes it, and changes no location.
        connection.answer({status, {}, {{"Location", request.target}}});
        return true;
    });
    QVERIFY(m_upload->run());
    QVERIFY(m_upload->isStored());
}

void TestUploadBlobJobAnswers::doesWithoutTheDigestOfTheRegistry()
{
    m_upload->registry.uploads.behaviour.namesDigest = false;
    QVERIFY(m_upload->run());
    QVERIFY(m_upload->isStored());
}

void TestUploadBlobJobAnswers::waitsInTheMiddle_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("too many requests") << 429;
    QTest::newRow("overloaded") << 503;
}

void TestUploadBlobJobAnswers::waitsInTheMiddle()
{
    QFETCH(int, status);
    int count = 0;
    m_upload->registry.intercept([&](const TestRequest &request, const TestConnection &connection) {
        if (request.method != "PATCH" || ++count != 2)
            return false;
        connection.answer({status, {}, {{"Retry-After", "0"}}});
        return true;
    });
    QVERIFY(m_upload->run());
    QVERIFY(m_upload->isStored());
    QCOMPARE(m_upload->ranges(),
             QByteArrayList({"0-499999", "500000-999999", "500000-999999", "1000000-1199999"}));
}

void TestUploadBlobJobAnswers::doesNotMindWhatBecomesOfACancelledUpload_data()
{
    QTest::addColumn<int>("status"); // 0: no answer at all.
    QTest::newRow("gone") << 404;
    QTest::newRow("not allowed") << 403;
    QTest::newRow("out of order") << 500;
    QTest::newRow("overloaded") << 503;
    QTest::newRow("silent") << 0;
}

void TestUploadBlobJobAnswers::doesNotMindWhatBecomesOfACancelledUpload()
{
    QFETCH(int, status);
    UploadBlobJob *job = m_upload->job();
    m_upload->registry.intercept([&](const TestRequest &request, const TestConnection &connection) {
        if (request.method == "PATCH")
            job->cancel();
        if (request.method == "DELETE" && status != 0)
            connection.answer({status});
        return request.method == "PATCH" || request.method == "DELETE";
    });
    const auto result = outcomeOf(job);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::Cancelled);
    QTRY_COMPARE(m_upload->registry.count("DELETE"), 1);
    if (status != 0)
        QTRY_VERIFY(!m_upload->connection.session.unownedJob());
    QCOMPARE(m_upload->registry.count("DELETE"), 1); // Once is enough.
}

void TestUploadBlobJobAnswers::followsNoRedirect_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<int>("status");
    for (const char *method : {"POST", "PATCH", "PUT"}) {
        for (const int status : {301, 302, 303, 307, 308})
            QTest::addRow("%s %d", method, status) << QByteArray(method) << status;
    }
}

void TestUploadBlobJobAnswers::followsNoRedirect()
{
    QFETCH(QByteArray, method);
    QFETCH(int, status);
    TestServer elsewhere;
    m_upload->registry.failNext(method, u"/uploads/"_s,
                                {status, {}, {{"Location", elsewhere.url().toEncoded()}}}, 9);
    const auto result = m_upload->run();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::Policy);
    QVERIFY(elsewhere.requests().isEmpty());
    QCOMPARE(m_upload->registry.count(method, u"/uploads/"_s), 1);
}

void TestUploadBlobJobAnswers::signsInAgainBetweenTwoParts()
{
    m_upload->registry.behaviour.signIn = FakeRegistry::SignIn::Bearer;
    int count = 0;
    m_upload->registry.intercept([&](const TestRequest &request, const TestConnection &connection) {
        if (request.method != "PATCH" || ++count != 2)
            return false;
        TestAnswer refusal = registryRefusal(401, "UNAUTHORIZED", "expired");
        const QByteArray realm = m_upload->registry.url(u"/token"_s).toEncoded();
        refusal.headers.emplaceBack("WWW-Authenticate",
                                    "Bearer realm=\"" + realm + "\",error=\"invalid_token\"");
        connection.answer(refusal);
        return true;
    });
    QVERIFY(m_upload->run());
    QVERIFY(m_upload->isStored());
    QCOMPARE(m_upload->registry.count("GET", u"/token"_s), 2);
    QCOMPARE(m_upload->ranges(),
             QByteArrayList({"0-499999", "500000-999999", "500000-999999", "1000000-1199999"}));
}

void TestUploadBlobJobAnswers::uploadsWhereTheOtherRepositoryMayNotBeRead_data()
{
    QTest::addColumn<int>("ofTokenServer"); // 200 gives a token that does not reach.
    QTest::newRow("the token does not reach") << 200;
    QTest::newRow("there is no token for it") << 403;
    QTest::newRow("it is refused like a wrong password") << 401;
}

void TestUploadBlobJobAnswers::uploadsWhereTheOtherRepositoryMayNotBeRead()
{
    QFETCH(int, ofTokenServer);
    FakeRegistry &registry = m_upload->registry;
    registry.behaviour.signIn = FakeRegistry::SignIn::Bearer;
    registry.behaviour.hasPublicTokens = false;
    m_upload->connection.session.setCredentials({u"user"_s, Secret("secret")});
    registry.addBlob(u"theirs"_s, m_upload->content);
    m_upload->mount = {m_upload->digest(), RepositoryName::parse(u"theirs")};
    registry.intercept([&](const TestRequest &request, const TestConnection &connection) {
        if (request.path() == u"/token"_s && ofTokenServer != 200
            && request.target.contains("theirs")) {
            connection.answer({ofTokenServer, R"({"details":"no"})"});
            return true;
        }
        if (request.method != "POST" || !request.target.contains("mount="))
            return false;
        TestAnswer refusal = registryRefusal(401, "UNAUTHORIZED", "no");
        refusal.headers.emplaceBack("WWW-Authenticate",
                                    "Bearer realm=\"" + registry.url(u"/token"_s).toEncoded()
                                        + "\",scope=\"repository:a:pull,push "
                                          "repository:theirs:pull\",error=\"insufficient_scope\"");
        connection.answer(refusal);
        return true;
    });
    const auto result = m_upload->run();
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QCOMPARE(result->how, UploadedBlob::How::Uploaded);
    QTRY_VERIFY(m_upload->isStored());
    // What could not be had is not asked for again.
    registry.forgetRequests();
    m_upload->mount.reset();
    m_upload->content += 'c';
    m_upload->write(m_upload->content);
    QVERIFY(m_upload->run());
    for (const QString &line : registry.requestLines())
        QVERIFY2(!line.contains(u"theirs"_s), qPrintable(line));
}

QTEST_GUILESS_MAIN(TestUploadBlobJobAnswers)
#include "tst_uploadblobjob_answers.moc"
