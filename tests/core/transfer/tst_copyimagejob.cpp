// SPDX-License-Identifier: Apache-2.0
#include "core/layout/layoutsession.h"
#include "core/layout/ocilayoutfiles.h"
#include "core/transfer/copyimagejob.h"
#include "core/transfer/planimagecopyjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/testlayout.h"

#include <QDir>
#include <QPointer>
#include <QSignalSpy>
#include <QThreadPool>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

class TestCopyImageJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { qunsetenv("TMPDIR"); }
    void copiesAnIndexByteForByte();
    void copiesFromFiles();
    void sendsNothingTwice();
    void keepsTheOrder(); // UPL-28
    void pushesReferrersBeforeTheTag();
    void saysWhatWasReplaced();
    void sendsOnceMoreWhatHasGone(); // UPL-23
    void noticesAnotherTag();
    void leavesATagThatWasMoved(); // UPL-26
    void leavesNothingBehind_data();
    void leavesNothingBehind();
    void refusesDamagedFiles();
    void countsBytes();

private:
    [[nodiscard]] FakeRegistry &source() { return m_source->registry; }
    [[nodiscard]] FakeRegistry &target() { return m_target->registry; }
    static ImageCopy wanted()
    {
        return {*RepositoryName::parse(u"a"), *Tag::parse(u"1"), *RepositoryName::parse(u"b"),
                *Tag::parse(u"2")};
    }
    [[nodiscard]] ImageCopyPlan plan(const ImageCopy &copy = wanted())
    {
        const auto planned =
            outcomeOf(new PlanImageCopyJob(m_source->session, m_target->session, copy));
        target().forgetRequests();
        return *planned;
    }
    [[nodiscard]] Result<CopiedImage> copy(const ImageCopy &copy = wanted())
    {
        return outcomeOf(new CopyImageJob(m_source->session, m_target->session, plan(copy)));
    }

    [[nodiscard]] QStringList spooled() const
    {
        return QDir(m_temporary->path()).entryList({u"longshore-*"_s});
    }

    std::unique_ptr<FakeConnection> m_source;
    std::unique_ptr<FakeConnection> m_target;
    std::unique_ptr<QTemporaryDir> m_temporary;
};

void TestCopyImageJob::init()
{
    m_source = std::make_unique<FakeConnection>();
    m_target = std::make_unique<FakeConnection>();
    m_temporary = std::make_unique<QTemporaryDir>();
    qputenv("TMPDIR", QFile::encodeName(m_temporary->path()));
}

void TestCopyImageJob::copiesAnIndexByteForByte()
{
    const Digest index = TestImages::addIndex(source(), u"a"_s, u"1"_s);
    const auto copied = copy();
    QVERIFY2(copied, copied ? "" : qPrintable(copied.error().message));
    QCOMPARE(copied->image.digest, index);
    QCOMPARE(copied->uploaded, qsizetype(6));
    QCOMPARE(copied->skipped + copied->mounted, qsizetype(0));
    QCOMPARE(target().manifestBytes(u"b"_s, index), source().manifestBytes(u"a"_s, index));
    const auto manifest = parseManifest(source().manifestBytes(u"a"_s, index), {});
    for (const Descriptor &entry : manifest->index()->manifests)
        QCOMPARE(target().manifestBytes(u"b"_s, entry.digest),
                 source().manifestBytes(u"a"_s, entry.digest));
    QCOMPARE(target().blobBytes(u"b"_s, Digest::ofBytes("layer two")), "layer two");
    QCOMPARE(target().tags(u"b"_s), QStringList{u"2"_s});
}

void TestCopyImageJob::copiesFromFiles()
{
    const Digest index = TestImages::addIndex(source(), u"a"_s, u"1"_s);
    TestLayout layout;
    layout.save(source(), u"a"_s, {{u"1"_s, index}});
    const auto files = OciLayoutFiles::read(std::make_shared<FolderTree>(layout.path()));
    QVERIFY(files);
    LayoutSession session(layout.path(), *files);
    ImageCopy copy = wanted();
    copy.fromRepository = *RepositoryName::parse(u"my-layout");
    const auto planned = outcomeOf(new PlanImageCopyJob(session, m_target->session, copy));
    QVERIFY(planned);
    const auto copied = outcomeOf(new CopyImageJob(session, m_target->session, *planned));
    QVERIFY2(copied, copied ? "" : qPrintable(copied.error().message));
    QCOMPARE(target().manifestBytes(u"b"_s, index), source().manifestBytes(u"a"_s, index));
    QCOMPARE(target().blobBytes(u"b"_s, Digest::ofBytes("layer two")), "layer two");
    QCOMPARE(spooled(), QStringList());
}

void TestCopyImageJob::sendsNothingTwice()
{
    TestImages::addIndex(source(), u"a"_s, u"1"_s);
    QVERIFY(copy());
    const ImageCopyPlan again = plan();
    source().forgetRequests();
    const auto copied = outcomeOf(new CopyImageJob(m_source->session, m_target->session, again));
    QVERIFY(copied);
    QCOMPARE(copied->skipped, qsizetype(6));
    QCOMPARE(copied->uploaded, qsizetype(0));
    QVERIFY(source().requests().isEmpty());
    QCOMPARE(target().count("POST"), qsizetype(0));
}

void TestCopyImageJob::keepsTheOrder()
{
    const Digest index = TestImages::addIndex(source(), u"a"_s, u"1"_s);
    QVERIFY(copy());
    QStringList changes;
    for (const QString &line : target().requestLines()) {
        if (line.startsWith("PUT "_L1))
            changes.append(line.contains("/manifests/"_L1) ? line.section(u'/', -1) : u"blob"_s);
    }
    QCOMPARE(changes.size(), qsizetype(10));
    QCOMPARE(changes.mid(0, 6), QStringList(6, u"blob"_s));
    const auto manifest = parseManifest(source().manifestBytes(u"a"_s, index), {});
    for (const Descriptor &entry : manifest->index()->manifests)
        QVERIFY(changes.mid(6, 3).contains(entry.digest.toString()));
    QCOMPARE(changes.last(), u"2"_s);
    // And the end of it is to look.
    QVERIFY(target().requestLines().constLast().startsWith("GET /v2/b/manifests/2"_L1));
}

void TestCopyImageJob::pushesReferrersBeforeTheTag()
{
    TestImages::addImage(source(), u"a"_s, u"1"_s);
    ImageCopyPlan planned = plan();
    const QByteArray about = TestImages::image(source(), u"a"_s, {.layers = {"layer one"}});
    planned.referrers.append(*parseManifest(about, MediaType::ociManifest()));
    QVERIFY(outcomeOf(new CopyImageJob(m_source->session, m_target->session, planned)));
    QStringList manifests;
    for (const QString &line : target().requestLines()) {
        if (line.startsWith("PUT "_L1) && line.contains("/manifests/"_L1))
            manifests.append(line.section(u'/', -1));
    }
    QCOMPARE(manifests, QStringList({planned.image.digest.toString(),
                                     Digest::ofBytes(about).toString(), u"2"_s}));
}

void TestCopyImageJob::saysWhatWasReplaced()
{
    const Digest image = TestImages::addImage(source(), u"a"_s, u"1"_s);
    const Digest old = TestImages::addImage(target(), u"b"_s, u"2"_s, {.layers = {"old"}});
    const auto copied = copy();
    QVERIFY(copied);
    QCOMPARE(copied->image.digest, image);
    QCOMPARE(copied->replaced, std::optional(old));
}

void TestCopyImageJob::sendsOnceMoreWhatHasGone()
{
    TestImages::addImage(source(), u"a"_s, u"1"_s);
    ImageCopyPlan planned = plan();
    for (BlobToCopy &blob : planned.blobs)
        blob.way = BlobToCopy::Way::Present; // As it stood before somebody cleaned up.
    target().failNext("PUT", u"/manifests/"_s,
                      registryRefusal(404, "MANIFEST_BLOB_UNKNOWN", "blob unknown to registry"));
    const auto copied = outcomeOf(new CopyImageJob(m_source->session, m_target->session, planned));
    QVERIFY2(copied, copied ? "" : qPrintable(copied.error().message));
    QCOMPARE(copied->uploaded, qsizetype(3));
    QCOMPARE(copied->skipped, qsizetype(0));
    QCOMPARE(target().tags(u"b"_s), QStringList{u"2"_s});
    // Once, not for ever.
    target().failNext("PUT", u"/manifests/"_s,
                      registryRefusal(404, "MANIFEST_BLOB_UNKNOWN", "blob unknown to registry"),
                      100);
    const auto refused = outcomeOf(new CopyImageJob(m_source->session, m_target->session, planned));
    QVERIFY(!refused);
    QCOMPARE(refused.error().serverCode, u"MANIFEST_BLOB_UNKNOWN"_s);
    QCOMPARE(target().count("PUT", u"/manifests/"_s), qsizetype(4));
}

void TestCopyImageJob::noticesAnotherTag()
{
    TestImages::addImage(source(), u"a"_s, u"1"_s);
    const ImageCopyPlan planned = plan();
    const Digest other = TestImages::addImage(target(), u"b"_s, {}, {.layers = {"other"}});
    target().intercept([this, other](const TestRequest &request, const TestConnection &) {
        // Somebody is quicker than our last look.
        if (request.method == "GET")
            target().setTag(u"b"_s, u"2"_s, other);
        return false;
    });
    const auto copied = outcomeOf(new CopyImageJob(m_source->session, m_target->session, planned));
    QVERIFY(!copied);
    QCOMPARE(copied.error().kind, Kind::Changed);
}

void TestCopyImageJob::leavesATagThatWasMoved()
{
    TestImages::addImage(source(), u"a"_s, u"1"_s);
    const ImageCopyPlan planned = plan();
    const Digest other = TestImages::addImage(target(), u"b"_s, u"2"_s, {.layers = {"other"}});
    const auto copied = outcomeOf(new CopyImageJob(m_source->session, m_target->session, planned));
    QVERIFY(!copied);
    QCOMPARE(copied.error().kind, Kind::Changed);
    QVERIFY(copied.error().message.contains(other.toString()));
    QCOMPARE(target().count("PUT", u"/manifests/"_s), qsizetype(0));
}

void TestCopyImageJob::leavesNothingBehind_data()
{
    QTest::addColumn<bool>("isCancelled");
    QTest::newRow("after a failure") << false;
    QTest::newRow("when cancelled") << true;
}

void TestCopyImageJob::leavesNothingBehind()
{
    QFETCH(const bool, isCancelled);
    TestImages::addImage(source(), u"a"_s, u"1"_s);
    const ImageCopyPlan planned = plan();
    const QPointer<CopyImageJob> job =
        new CopyImageJob(m_source->session, m_target->session, planned);
    // One blob hangs in the middle of its upload.
    target().intercept([job, isCancelled, uploads = std::make_shared<int>(0)](
                           const TestRequest &request, const TestConnection &connection) {
        if (request.method != "PUT" || request.path().contains(u"/manifests/"_s))
            return false;
        if (++*uploads == 1)
            return true;
        if (isCancelled && job) // A third one may come late.
            QMetaObject::invokeMethod(job, &Job::cancel, Qt::QueuedConnection);
        else if (!isCancelled)
            connection.answer(registryRefusal(403, "DENIED", "no"));
        return true;
    });
    const auto copied = outcomeOf(job.data());
    QVERIFY(!copied);
    QCOMPARE(copied.error().kind, isCancelled ? Kind::Cancelled : Kind::Forbidden);
    QTRY_VERIFY(target().count("DELETE", u"/blobs/uploads/"_s) > 0);
    QThreadPool::globalInstance()->waitForDone();
    QTRY_COMPARE(spooled(), QStringList());
    QCOMPARE(target().tags(u"b"_s), QStringList());
}

void TestCopyImageJob::refusesDamagedFiles()
{
    const Digest image = TestImages::addImage(source(), u"a"_s, u"1"_s);
    TestLayout layout;
    layout.save(source(), u"a"_s, {{u"1"_s, image}});
    layout.write(u"blobs/sha256/"_s + Digest::ofBytes("layer two").encoded(), "layer tw0");
    const auto files = OciLayoutFiles::read(std::make_shared<FolderTree>(layout.path()));
    QVERIFY(files);
    LayoutSession session(layout.path(), *files);
    ImageCopy copy = wanted();
    copy.fromRepository = *RepositoryName::parse(u"my-layout");
    const auto planned = outcomeOf(new PlanImageCopyJob(session, m_target->session, copy));
    QVERIFY(planned);
    const auto copied = outcomeOf(new CopyImageJob(session, m_target->session, *planned));
    QVERIFY(!copied);
    QCOMPARE(copied.error().kind, Kind::DigestMismatch);
    QVERIFY(copied.error().message.contains(Digest::ofBytes("layer two").encoded()));
    QCOMPARE(target().tags(u"b"_s), QStringList());
    QCOMPARE(target().blobBytes(u"b"_s, Digest::ofBytes("layer two")), QByteArray());
}

void TestCopyImageJob::countsBytes()
{
    TestImages::addImage(source(), u"a"_s, u"1"_s, {.layers = {QByteArray(500'000, 'x'), "y"}});
    target().addBlob(u"b"_s, "y");
    const ImageCopyPlan planned = plan();
    auto *job = new CopyImageJob(m_source->session, m_target->session, planned);
    QSignalSpy progress(job, &Job::progressChanged);
    QVERIFY(outcomeOf(job));
    QVERIFY(!progress.isEmpty());
    const auto &last = progress.constLast();
    QCOMPARE(last[0].toLongLong(), planned.bytesToSend());
    QCOMPARE(last[1].toLongLong(), planned.bytesToSend());
}

QTEST_GUILESS_MAIN(TestCopyImageJob)
#include "tst_copyimagejob.moc"
