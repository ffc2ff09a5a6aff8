// SPDX-License-Identifier: Apache-2.0
#include "support/fakeupload.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

using How = UploadedBlob::How;

/// What goes well. The identifiers are those of the catalogue of faults.
class TestUploadBlobJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void sendsTheWholeInOneRequest();
    void sendsNothingThatIsThere(); // UPL-01
    void sendsWhatIsThereInAnotherSize(); // UPL-01
    void triesWhereItMayNotLook(); // UPL-01
    void uploadsAnEmptyFile(); // UPL-22
    void keepsEveryByteOfTheLocation_data(); // UPL-02
    void keepsEveryByteOfTheLocation();
    void sendsPartsInOrder(); // UPL-04
    void keepsToTheSmallestPart_data(); // UPL-19
    void keepsToTheSmallestPart();
    void sendsOnFromWhereTheRegistryStands(); // UPL-07
    void countsByItselfWhereTheRegistryDoesNot();
    void tellsItsProgress();
    void signsInBeforeTheBody();
    void sendsTheBodyAgainWhenTheTokenIsOver();
    void mountsFromAnotherRepository(); // UPL-18
    void uploadsWhereMountingIsRefused_data(); // UPL-18
    void uploadsWhereMountingIsRefused();
    void looksForWhatWasMountedUnderAnotherName(); // UPL-18

private:
    std::unique_ptr<FakeUpload> m_upload;
};

void TestUploadBlobJob::init()
{
    m_upload = std::make_unique<FakeUpload>(QByteArray(900'000, 'a') + QByteArray(300'000, 'b'));
    // Else the registry would be asked how it wants a sign-in, before the body.
    QVERIFY(outcomeOf(m_upload->connection.session.ping()));
    m_upload->registry.forgetRequests();
}

void TestUploadBlobJob::sendsTheWholeInOneRequest()
{
    const auto result = m_upload->run();
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QCOMPARE(result->digest, m_upload->digest());
    QCOMPARE(result->size, m_upload->content.size());
    QCOMPARE(result->how, How::Uploaded);
    QVERIFY(m_upload->isStored());
    const auto &requests = m_upload->registry.requests();
    QCOMPARE(requests.size(), 3); // HEAD, POST, PUT: what was confirmed is not asked again.
    QCOMPARE(requests.at(1).header("content-length"), "0");
    QCOMPARE(requests.at(2).header("content-length"), "1200000");
    QCOMPARE(requests.at(2).header("content-type"), "application/octet-stream");
    QVERIFY(requests.at(2).target.contains("&digest=sha256%3A"));
}

void TestUploadBlobJob::sendsNothingThatIsThere()
{
    m_upload->registry.addBlob(u"a"_s, m_upload->content);
    const auto result = m_upload->run();
    QVERIFY(result);
    QCOMPARE(result->how, How::WasThere);
    QCOMPARE(m_upload->changes(), QByteArrayList());
}

void TestUploadBlobJob::sendsWhatIsThereInAnotherSize()
{
    m_upload->registry.failNext("HEAD", u"/blobs/"_s, {200, {}, {{"Content-Length", "5"}}, true});
    const auto result = m_upload->run();
    QVERIFY(result);
    QCOMPARE(result->how, How::Uploaded);
    QVERIFY(m_upload->isStored());
}

void TestUploadBlobJob::triesWhereItMayNotLook()
{
    m_upload->registry.failNext("HEAD", u"/blobs/"_s, {403});
    QVERIFY(m_upload->run());
    QVERIFY(m_upload->isStored());
}

void TestUploadBlobJob::uploadsAnEmptyFile()
{
    m_upload->content.clear();
    m_upload->write({});
    QVERIFY(m_upload->run());
    QVERIFY(m_upload->registry.blobBytes(u"a"_s, m_upload->digest()).isEmpty());
    QCOMPARE(m_upload->changes(), QByteArrayList({"POST", "PUT"}));
    QCOMPARE(m_upload->registry.requests().last().header("content-length"), "0");
}

void TestUploadBlobJob::keepsEveryByteOfTheLocation_data()
{
    QTest::addColumn<bool>("isAbsolute");
    QTest::newRow("relative") << false;
    QTest::newRow("absolute") << true;
}

void TestUploadBlobJob::keepsEveryByteOfTheLocation()
{
    QFETCH(bool, isAbsolute);
    if (isAbsolute)
        m_upload->registry.uploads.behaviour.base = m_upload->registry.url({});
    QVERIFY(m_upload->run()); // The registry knows no other spelling of the state.
    QVERIFY(m_upload->isStored());
}

void TestUploadBlobJob::sendsPartsInOrder()
{
    m_upload->partSize = 500'000;
    QVERIFY(m_upload->run());
    QVERIFY(m_upload->isStored());
    QCOMPARE(m_upload->changes(), QByteArrayList({"POST", "PATCH", "PATCH", "PATCH", "PUT"}));
    const auto &requests = m_upload->registry.requests();
    QCOMPARE(requests.at(2).header("content-range"), "0-499999");
    QCOMPARE(requests.at(4).header("content-range"), "1000000-1199999");
    QCOMPARE(requests.at(5).header("content-length"), "0");
}

void TestUploadBlobJob::keepsToTheSmallestPart_data()
{
    QTest::addColumn<QByteArray>("announced");
    QTest::addColumn<QByteArray>("firstRange");
    QTest::newRow("larger than ours") << QByteArray("700000") << QByteArray("0-699999");
    QTest::newRow("larger than all") << QByteArray("1073741824") << QByteArray("0-1199999");
    QTest::newRow("negative") << QByteArray("-1") << QByteArray("0-499999");
    QTest::newRow("no number") << QByteArray("many") << QByteArray("0-499999");
}

void TestUploadBlobJob::keepsToTheSmallestPart()
{
    QFETCH(QByteArray, announced);
    m_upload->partSize = 500'000;
    m_upload->registry.uploads.behaviour.smallestPart = announced;
    QVERIFY(m_upload->run());
    QVERIFY(m_upload->isStored());
    QTEST(m_upload->registry.requests().at(2).header("content-range"), "firstRange");
}

void TestUploadBlobJob::sendsOnFromWhereTheRegistryStands()
{
    m_upload->partSize = 500'000;
    bool isFirst = true;
    m_upload->registry.intercept([&](const TestRequest &request, const TestConnection &connection) {
        if (request.method != "PATCH" || !std::exchange(isFirst, false))
            return false;
        TestRequest half = request; // It keeps less than it was given.
        half.body.truncate(300'000);
        half.headers["content-range"] = "0-299999";
        m_upload->registry.answerNormally(half, connection);
        return true;
    });
    QVERIFY(m_upload->run());
    QVERIFY(m_upload->isStored());
    QCOMPARE(m_upload->registry.requests().at(3).header("content-range"), "300000-799999");
}

void TestUploadBlobJob::countsByItselfWhereTheRegistryDoesNot()
{
    // protocol.md 1.12: Amazon's registry tells of the first part each time.
    m_upload->partSize = 300'000;
    m_upload->registry.uploads.behaviour.countsOnlyFirstPart = true;
    QVERIFY(m_upload->run());
    QVERIFY(m_upload->isStored());
    QCOMPARE(m_upload->ranges(),
             QByteArrayList({"0-299999", "300000-599999", "600000-899999", "900000-1199999"}));
}

void TestUploadBlobJob::tellsItsProgress()
{
    m_upload->partSize = 500'000;
    UploadBlobJob *job = m_upload->job();
    QList<qint64> steps;
    connect(job, &Job::progressChanged, this, [&](qint64 done, qint64 total) {
        QCOMPARE(total, m_upload->content.size());
        steps.append(done);
    });
    QVERIFY(outcomeOf(job));
    QVERIFY(std::is_sorted(steps.begin(), steps.end()));
    for (const qint64 end : {500'000, 1'000'000, 1'200'000})
        QVERIFY(steps.contains(end));
}

void TestUploadBlobJob::signsInBeforeTheBody()
{
    m_upload->registry.behaviour.signIn = FakeRegistry::SignIn::Bearer;
    QVERIFY(m_upload->run());
    QVERIFY(m_upload->isStored());
    QCOMPARE(m_upload->registry.count("PUT"), 1);
    QCOMPARE(m_upload->registry.count("GET", u"/token"_s), 1); // One token for all of it.
}

void TestUploadBlobJob::sendsTheBodyAgainWhenTheTokenIsOver()
{
    m_upload->registry.behaviour.signIn = FakeRegistry::SignIn::Bearer;
    TestAnswer refusal = registryRefusal(401, "UNAUTHORIZED", "expired");
    const QByteArray realm = m_upload->registry.url(u"/token"_s).toEncoded();
    refusal.headers.emplaceBack("WWW-Authenticate", "Bearer realm=\"" + realm + '"');
    m_upload->registry.failNext("PUT", u"/uploads/"_s, refusal);
    QVERIFY(m_upload->run());
    QVERIFY(m_upload->isStored());
    QCOMPARE(m_upload->changes(), QByteArrayList({"POST", "PUT", "PUT"}));
}

void TestUploadBlobJob::mountsFromAnotherRepository()
{
    m_upload->registry.addBlob(u"team/b"_s, m_upload->content);
    m_upload->mount = {m_upload->digest(), RepositoryName::parse(u"team/b")};
    const auto result = m_upload->run();
    QVERIFY(result);
    QCOMPARE(result->how, How::Mounted);
    QCOMPARE(m_upload->changes(), QByteArrayList{"POST"});
    QVERIFY(m_upload->registry.requests().at(1).target.endsWith("&from=team%2Fb"));
    QVERIFY(m_upload->isStored());
}

void TestUploadBlobJob::uploadsWhereMountingIsRefused_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArrayList>("changes");
    const QByteArrayList again{"POST", "POST", "PUT"};
    QTest::newRow("it begins an upload") << 202 << QByteArrayList{"POST", "PUT"};
    QTest::newRow("400") << 400 << again;
    QTest::newRow("401") << 401 << again;
    QTest::newRow("404") << 404 << again;
    QTest::newRow("405") << 405 << again;
}

void TestUploadBlobJob::uploadsWhereMountingIsRefused()
{
    QFETCH(int, status);
    m_upload->registry.addBlob(u"b"_s, m_upload->content);
    m_upload->registry.uploads.behaviour.mountStatus = status;
    m_upload->mount = {m_upload->digest(), RepositoryName::parse(u"b")};
    const auto result = m_upload->run();
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QCOMPARE(result->how, How::Uploaded);
    QTEST(m_upload->changes(), "changes");
    QVERIFY(m_upload->isStored()); // And so no upload was left behind.
}

void TestUploadBlobJob::looksForWhatWasMountedUnderAnotherName()
{
    m_upload->mount = {m_upload->digest(), {}};
    m_upload->registry.failNext("POST", u"/uploads/"_s, {201, {}, {{"Location", "/v2/a"}}});
    const auto result = m_upload->run();
    QVERIFY(!result); // It says so, and does not have it.
    QCOMPARE(result.error().kind, Error::Kind::DigestMismatch);
    QVERIFY(!m_upload->registry.requests().at(1).target.contains("from="));
}

QTEST_GUILESS_MAIN(TestUploadBlobJob)
#include "tst_uploadblobjob.moc"
