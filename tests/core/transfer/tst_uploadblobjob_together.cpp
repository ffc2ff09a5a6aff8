// SPDX-License-Identifier: Apache-2.0
#include "support/fakeupload.h"

#include <QSignalSpy>

using namespace Longshore;
using namespace Qt::StringLiterals;

using How = UploadedBlob::How;

/// Several uploads of the same blob at the same time (UPL-29).
class TestUploadBlobJobTogether : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void sendsTheSameBlobOnce();
    void goesOnWhenTheFirstFails();
    void goesOnWhenTheFirstIsCancelled();
    void goesOnWhenTheFirstIsDestroyed();
    void waitsForNobodyElse();
    void endsWhenTheConnectionGoes();

private:
    struct Run
    {
        UploadBlobJob *job = nullptr;
        std::optional<Result<UploadedBlob>> result;
    };
    void start(int count);
    [[nodiscard]] qsizetype count(How how) const
    {
        return std::count_if(m_runs.begin(), m_runs.end(), [how](const auto &run) {
            return run->result && *run->result && (*run->result)->how == how;
        });
    }
    [[nodiscard]] bool areAllOver() const
    {
        return std::all_of(m_runs.begin(), m_runs.end(),
                           [](const auto &run) { return run->result.has_value(); });
    }

    std::unique_ptr<FakeUpload> m_upload;
    std::vector<std::unique_ptr<Run>> m_runs;
};

void TestUploadBlobJobTogether::init()
{
    m_runs.clear();
    m_upload = std::make_unique<FakeUpload>(QByteArray(100'000, 'a'));
}

void TestUploadBlobJobTogether::start(int count)
{
    for (int i = 0; i < count; ++i) {
        m_runs.push_back(std::make_unique<Run>());
        Run *run = m_runs.back().get();
        run->job = m_upload->job();
        run->job->then(this, [run](const Result<UploadedBlob> &result) { run->result = result; });
        run->job->start();
    }
}

void TestUploadBlobJobTogether::sendsTheSameBlobOnce()
{
    start(16);
    QTRY_VERIFY(areAllOver());
    QCOMPARE(count(How::Uploaded), 1);
    QCOMPARE(count(How::WasThere), 15);
    QCOMPARE(m_upload->changes(), QByteArrayList({"POST", "PUT"}));
    QVERIFY(m_upload->isStored());
}

void TestUploadBlobJobTogether::goesOnWhenTheFirstFails()
{
    m_upload->registry.failNext("POST", u"/uploads/"_s, {403});
    start(4);
    QTRY_VERIFY(areAllOver());
    QVERIFY(!*m_runs.front()->result);
    QCOMPARE(count(How::Uploaded), 1);
    QCOMPARE(count(How::WasThere), 2);
}

void TestUploadBlobJobTogether::goesOnWhenTheFirstIsCancelled()
{
    m_upload->registry.intercept(
        [this, isFirst = true](const TestRequest &request, const TestConnection &) mutable {
            if (request.method != "PUT" || !std::exchange(isFirst, false))
                return false;
            m_runs.front()->job->cancel();
            return true;
        });
    start(3);
    QTRY_VERIFY(areAllOver());
    QVERIFY(m_runs.front()->result->error().isCancelled());
    QCOMPARE(count(How::Uploaded), 1);
    QTRY_VERIFY(m_upload->isStored());
}

void TestUploadBlobJobTogether::goesOnWhenTheFirstIsDestroyed()
{
    m_upload->registry.intercept(
        [this, isFirst = true](const TestRequest &request, const TestConnection &) mutable {
            if (request.method != "PUT" || !std::exchange(isFirst, false))
                return false;
            delete m_runs.front()->job;
            return true;
        });
    start(2);
    QTRY_VERIFY(m_runs.back()->result);
    QVERIFY(*m_runs.back()->result);
    QCOMPARE((*m_runs.back()->result)->how, How::Uploaded);
}

void TestUploadBlobJobTogether::waitsForNobodyElse()
{
    start(1);
    m_upload->write("another");
    start(1);
    QTRY_VERIFY(areAllOver());
    QCOMPARE(m_upload->registry.count("POST"), 2);
}

void TestUploadBlobJobTogether::endsWhenTheConnectionGoes()
{
    auto network = std::make_unique<Network>();
    FakeRegistry silent;
    silent.intercept([](const TestRequest &, const TestConnection &) { return true; });
    auto session = std::make_unique<RegistrySession>(
        *network, *RegistryAddress::parse(silent.host()), u"http"_s);
    const auto content = FileContent::open(m_upload->path(), CancelFlag(false));
    QVERIFY(content);
    int over = 0;
    for (int i = 0; i < 2; ++i) {
        auto *job =
            new UploadBlobJob(*session, {*RepositoryName::parse(u"a"), *content, {}, 0}, this);
        job->then(this, [&over](const auto &result) { over += result ? 0 : 1; });
        job->start();
    }
    QTRY_COMPARE(silent.requests().size(), 1);
    session.reset();
    QTRY_COMPARE(over, 2);
}

QTEST_GUILESS_MAIN(TestUploadBlobJobTogether)
#include "tst_uploadblobjob_together.moc"
