// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/blobstage.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <thread>
#include <unistd.h>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestBlobStage : public QObject
{
    Q_OBJECT

private slots:
    void isHiddenBesideItsTarget();
    void keepsWhatWasBrokenOff();
    void removesPartsOfKilledDownloads();
    void goesWithEverythingInIt();
    void leavesNothingWhenItIsEmpty();
    void belongsToOneAtATime();
    void waitsForWhoeverLeaves();
    void keepsAFolderUntilTheLastWorkerLetsGo();
    void waitsForAWorkerThatTakesAFolderNobodyWants();
    void followsNoLink();
    void removesResultsOfKilledExports();
    void keepsAResultWithANote();
    void emptiesNoFolderThatAResultLeadsTo();
    void refusesAFolderOfSomebodyElse();
    void cutsLongNames();

private:
    [[nodiscard]] QString target(const QString &name = u"app.tar"_s) const
    {
        return m_folder.filePath(name);
    }
    static void write(const QString &path)
    {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write("content") != 7)
            qFatal("cannot write");
    }

    QTemporaryDir m_folder;
};

void TestBlobStage::isHiddenBesideItsTarget()
{
    BlobStage stage(target());
    QVERIFY(!QFile::exists(stage.folder()));
    QVERIFY(stage.open());
    const QFileInfo info(stage.folder());
    QVERIFY(info.isDir());
    QVERIFY(info.fileName().startsWith(".app.tar"_L1));
    QCOMPARE(info.absolutePath(), QFileInfo(target()).absolutePath());
    QVERIFY(stage.blobPath(Digest::ofBytes("a")).startsWith(stage.folder() + "/sha256-"_L1));
    stage.remove();
}

void TestBlobStage::keepsWhatWasBrokenOff()
{
    const Digest digest = Digest::ofBytes("content");
    {
        BlobStage stage(target());
        QVERIFY(stage.open());
        write(stage.blobPath(digest));
    }
    BlobStage stage(target());
    QVERIFY(stage.open());
    QVERIFY(QFile::exists(stage.blobPath(digest)));
    stage.remove();
}

void TestBlobStage::removesPartsOfKilledDownloads()
{
    const QString part = u"/.sha256-abc.random.part"_s;
    {
        BlobStage stage(target());
        QVERIFY(stage.open());
        write(stage.folder() + part);
    }
    BlobStage stage(target());
    QVERIFY(stage.open());
    QVERIFY(!QFile::exists(stage.folder() + part));
    stage.remove();
}

void TestBlobStage::goesWithEverythingInIt()
{
    BlobStage stage(target());
    QVERIFY(stage.open());
    write(stage.blobPath(Digest::ofBytes("content")));
    stage.remove();
    QVERIFY(!QFile::exists(stage.folder()));
    QVERIFY(stage.open());
    stage.remove();
}

void TestBlobStage::leavesNothingWhenItIsEmpty()
{
    QString folder;
    {
        BlobStage stage(target());
        QVERIFY(stage.open());
        folder = stage.folder();
        QVERIFY(QFile::exists(folder));
    }
    QVERIFY(!QFile::exists(folder));
}

void TestBlobStage::belongsToOneAtATime()
{
    BlobStage stage(target());
    QVERIFY(stage.open());
    BlobStage second(target());
    const auto opened = second.open();
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, Error::Kind::LocalFile);
    BlobStage another(target(u"other.tar"_s));
    QVERIFY(another.open());
    another.remove();
    stage.remove();
    QVERIFY(second.open());
    second.remove();
}

void TestBlobStage::waitsForWhoeverLeaves()
{
    auto leaving = std::make_unique<BlobStage>(target());
    QVERIFY(leaving->open());
    write(leaving->blobPath(Digest::ofBytes("a")));
    leaving->leave();
    BlobStage cancelled(target());
    const auto given = cancelled.open(true);
    QVERIFY(!given && given.error().isCancelled()); // It would have waited.
    std::thread other([&] { leaving.reset(); });
    BlobStage next(target());
    const auto opened = next.open();
    other.join();
    QVERIFY2(opened, opened ? "" : qPrintable(opened.error().message));
    QVERIFY(QFile::exists(next.blobPath(Digest::ofBytes("a"))));
    next.remove();
}

namespace {

struct Writer
{
    QString place;
    [[nodiscard]] static Result<Done> open() { return Done(); }
    [[nodiscard]] const QString &folder() const { return place; }
};

Result<std::shared_ptr<HeldFolder>> hold(Writer &writer, const CancelFlag &cancelled)
{
    auto held = std::make_shared<HeldFolder>(writer.folder());
    const auto taken = held->take(writer, cancelled);
    if (!taken)
        return taken.error();
    return held;
}

} // namespace

/// Whoever wants the folder waits for it, until the worker lets go.
static void lastsUntilItIsLetGo(Writer &writer, std::shared_ptr<HeldFolder> &ofAWorker)
{
    const auto given = hold(writer, CancelFlag(true));
    QVERIFY(!given && given.error().isCancelled()); // It would have waited.
    std::thread worker([&] { ofAWorker.reset(); });
    const auto next = hold(writer, CancelFlag(false));
    worker.join();
    QVERIFY2(next, next ? "" : qPrintable(next.error().message));
}

void TestBlobStage::keepsAFolderUntilTheLastWorkerLetsGo()
{
    Writer writer{m_folder.path()};
    auto ofAWorker = *hold(writer, CancelFlag(false));
    {
        const auto ofItsJob = ofAWorker;
        QVERIFY(!hold(writer, CancelFlag(false))); // That is in use; nobody waits for it.
        ofItsJob->leave();
    }
    lastsUntilItIsLetGo(writer, ofAWorker);
}

void TestBlobStage::waitsForAWorkerThatTakesAFolderNobodyWants()
{
    Writer writer{m_folder.path()};
    auto ofAWorker = std::make_shared<HeldFolder>(writer.folder());
    ofAWorker->leave(); // Its job was cancelled before it came to that.
    QVERIFY(ofAWorker->take(writer, CancelFlag(false)));
    lastsUntilItIsLetGo(writer, ofAWorker);
}

void TestBlobStage::followsNoLink()
{
    const QString precious = target(u"precious"_s);
    QVERIFY(QDir().mkpath(precious));
    BlobStage stage(target(u"linked"_s));
    QVERIFY(QFile::link(precious, stage.folder()));
    const auto opened = stage.open();
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, Error::Kind::LocalFile);
    QVERIFY(QDir(precious).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
}

void TestBlobStage::removesResultsOfKilledExports()
{
    {
        BlobStage stage(target());
        QVERIFY(stage.open());
        write(stage.resultPath());
    }
    {
        BlobStage stage(target());
        QVERIFY(stage.open());
        QVERIFY(!QFile::exists(stage.resultPath()));
        QVERIFY(QDir().mkpath(stage.resultPath() + "/etc"_L1));
        write(stage.resultPath() + "/etc/passwd"_L1);
    }
    BlobStage stage(target());
    QVERIFY(stage.open());
    QVERIFY(!QFile::exists(stage.resultPath()));
    stage.remove();
}

void TestBlobStage::keepsAResultWithANote()
{
    {
        BlobStage stage(target());
        QVERIFY(!stage.hasNote());
        QVERIFY(stage.open());
        write(stage.resultPath());
        write(stage.notePath());
    }
    BlobStage stage(target());
    QVERIFY(stage.hasNote());
    QVERIFY(stage.open());
    QVERIFY(QFile::exists(stage.resultPath()));
    stage.removeResult();
    QVERIFY(!QFile::exists(stage.resultPath()));
    QVERIFY(!stage.hasNote());
    stage.remove();
}

void TestBlobStage::emptiesNoFolderThatAResultLeadsTo()
{
    const QString precious = target(u"precious work"_s);
    QVERIFY(QDir().mkpath(precious));
    write(precious + "/mine"_L1);
    BlobStage stage(target());
    QVERIFY(QDir().mkpath(stage.folder()));
    QVERIFY(QFile::link(precious, stage.resultPath()));
    QVERIFY(stage.open());
    QVERIFY(QFile::exists(precious + "/mine"_L1));
    QVERIFY(!QFileInfo(stage.resultPath()).isSymLink());
    stage.remove();
}

void TestBlobStage::refusesAFolderOfSomebodyElse()
{
    BlobStage stage(target());
    QVERIFY(QDir().mkpath(stage.folder()));
    constexpr uid_t nobody = 65534;
    if (::chown(QFile::encodeName(stage.folder()).constData(), nobody, nobody) != 0)
        QSKIP("only root may give a folder away");
    const QString result = stage.resultPath();
    write(result);
    const auto opened = stage.open();
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, Error::Kind::LocalFile);
    QVERIFY(QFile::exists(result));
    QVERIFY(QDir(stage.folder()).removeRecursively());
}

void TestBlobStage::cutsLongNames()
{
    BlobStage stage(target(QString(250, u'x')));
    QVERIFY(stage.open());
    stage.remove();
}

QTEST_GUILESS_MAIN(TestBlobStage)
#include "tst_blobstage.moc"
