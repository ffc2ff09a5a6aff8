// SPDX-License-Identifier: Apache-2.0
#include "core/layout/layoutsession.h"
#include "core/layout/ocilayoutfiles.h"
#include "core/transfer/copyblobjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/testlayout.h"

#include <QDir>
#include <QSignalSpy>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;
using How = UploadedBlob::How;

class TestCopyBlobJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void sendsFromARegistry();
    void sendsFromFiles();
    void keepsNothingOnTheDisk();
    void mounts();
    void sendsWhereMountingIsRefused_data();
    void sendsWhereMountingIsRefused();
    void sendsNothingThatIsWrong();
    void tellsWhenItHadToStartOver_data();
    void tellsWhenItHadToStartOver();
    void reportsBytesOfTheBlob();

private:
    [[nodiscard]] FakeRegistry &source() { return m_source->registry; }
    [[nodiscard]] FakeRegistry &target() { return m_target->registry; }
    [[nodiscard]] BlobCopy wanted(bool tryMount = false) const
    {
        return {*RepositoryName::parse(u"a"), *RepositoryName::parse(u"b"), *m_blob, tryMount,
                m_spool->filePath(u"blob"_s)};
    }
    [[nodiscard]] QStringList spooled() const
    {
        return QDir(m_spool->path()).entryList(QDir::Files | QDir::Hidden);
    }

    std::unique_ptr<FakeConnection> m_source;
    std::unique_ptr<FakeConnection> m_target;
    std::unique_ptr<QTemporaryDir> m_spool;
    std::optional<Descriptor> m_blob;
    const QByteArray m_bytes = QByteArray(100'000, 'x') + "end";
};

void TestCopyBlobJob::init()
{
    m_source = std::make_unique<FakeConnection>();
    m_target = std::make_unique<FakeConnection>();
    m_spool = std::make_unique<QTemporaryDir>();
    m_blob = source().addBlob(u"a"_s, m_bytes);
}

void TestCopyBlobJob::sendsFromARegistry()
{
    const auto copied = outcomeOf(new CopyBlobJob(m_source->session, m_target->session, wanted()));
    QVERIFY2(copied, copied ? "" : qPrintable(copied.error().message));
    QCOMPARE(copied->how, How::Uploaded);
    QVERIFY(target().blobBytes(u"b"_s, m_blob->digest) == m_bytes);
}

void TestCopyBlobJob::sendsFromFiles()
{
    TestLayout layout;
    const Digest image = TestImages::addImage(source(), u"a"_s, u"1"_s, {.layers = {m_bytes}});
    layout.save(source(), u"a"_s, {{u"1"_s, image}});
    const auto files = OciLayoutFiles::read(std::make_shared<FolderTree>(layout.path()));
    QVERIFY(files);
    LayoutSession session(layout.path(), *files);
    BlobCopy copy = wanted();
    copy.from = *RepositoryName::parse(u"my-layout");
    const auto copied = outcomeOf(new CopyBlobJob(session, m_target->session, copy));
    QVERIFY2(copied, copied ? "" : qPrintable(copied.error().message));
    QVERIFY(target().blobBytes(u"b"_s, m_blob->digest) == m_bytes);
    QCOMPARE(spooled(), QStringList());
}

void TestCopyBlobJob::keepsNothingOnTheDisk()
{
    QVERIFY(outcomeOf(new CopyBlobJob(m_source->session, m_target->session, wanted())));
    QCOMPARE(spooled(), QStringList());
}

void TestCopyBlobJob::mounts()
{
    const auto copied =
        outcomeOf(new CopyBlobJob(m_source->session, m_source->session, wanted(true)));
    QVERIFY(copied);
    QCOMPARE(copied->how, How::Mounted);
    QVERIFY(source().blobBytes(u"b"_s, m_blob->digest) == m_bytes);
    QCOMPARE(source().count("GET", u"/blobs/"_s), qsizetype(0));
    QCOMPARE(source().count("PUT"), qsizetype(0));
}

void TestCopyBlobJob::sendsWhereMountingIsRefused_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("an upload instead") << 202;
    QTest::newRow("not found") << 404;
    QTest::newRow("not allowed") << 405;
}

void TestCopyBlobJob::sendsWhereMountingIsRefused()
{
    QFETCH(const int, status);
    source().uploads.behaviour.mountStatus = status;
    const auto copied =
        outcomeOf(new CopyBlobJob(m_source->session, m_source->session, wanted(true)));
    QVERIFY(copied);
    QCOMPARE(copied->how, How::Uploaded);
    QVERIFY(source().blobBytes(u"b"_s, m_blob->digest) == m_bytes);
    QTRY_COMPARE(source().uploads.openCount(), qsizetype(0)); // What was opened is given up.
}

void TestCopyBlobJob::sendsNothingThatIsWrong()
{
    source().intercept([this](const TestRequest &request, const TestConnection &connection) {
        if (request.method != "GET" || !request.path().contains(u"/blobs/"_s))
            return false;
        connection.answer({200, QByteArray(m_bytes.size(), 'y'), {}});
        return true;
    });
    const auto copied = outcomeOf(new CopyBlobJob(m_source->session, m_target->session, wanted()));
    QVERIFY(!copied);
    QCOMPARE(copied.error().kind, Kind::DigestMismatch);
    QVERIFY(target().requests().isEmpty());
    // The thread that reads may be the last to let go of it.
    QTRY_COMPARE(spooled(), QStringList());
}

void TestCopyBlobJob::tellsWhenItHadToStartOver_data()
{
    QTest::addColumn<QByteArray>("wrong");
    QTest::newRow("never") << QByteArray();
    QTest::newRow("on its way here") << QByteArray("GET");
    QTest::newRow("on its way there") << QByteArray("PUT");
}

void TestCopyBlobJob::tellsWhenItHadToStartOver()
{
    QFETCH(const QByteArray, wrong);
    if (wrong == "GET")
        source().failNext(wrong, m_blob->digest.toString(), {200, QByteArray(m_bytes.size(), 'y')});
    if (wrong == "PUT")
        target().failNext(wrong, u"/uploads/"_s, registryRefusal(404, "BLOB_UPLOAD_UNKNOWN", "no"));
    const auto copied = outcomeOf(new CopyBlobJob(m_source->session, m_target->session, wanted()));
    QVERIFY2(copied, copied ? "" : qPrintable(copied.error().message));
    QCOMPARE(copied->hasStartedOver, !wrong.isEmpty());
    QVERIFY(target().blobBytes(u"b"_s, m_blob->digest) == m_bytes);
}

void TestCopyBlobJob::reportsBytesOfTheBlob()
{
    auto *job = new CopyBlobJob(m_source->session, m_target->session, wanted());
    QSignalSpy progress(job, &Job::progressChanged);
    QVERIFY(outcomeOf(job));
    QVERIFY(!progress.isEmpty());
    qint64 last = 0;
    for (const auto &report : progress) {
        QVERIFY(report[0].toLongLong() >= last);
        last = report[0].toLongLong();
        QCOMPARE(report[1].toLongLong(), m_blob->size);
    }
    QVERIFY(last <= m_blob->size);
}

QTEST_GUILESS_MAIN(TestCopyBlobJob)
#include "tst_copyblobjob.moc"
