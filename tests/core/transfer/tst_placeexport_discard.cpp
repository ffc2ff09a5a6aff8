// SPDX-License-Identifier: Apache-2.0
#include "core/base/settledjob.h"
#include "core/transfer/blobfile.h"
#include "core/transfer/blobstage.h"
#include "core/transfer/placeexport.h"
#include "core/transfer/transferqueue.h"

#include <QDir>
#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Form = ImagePlace::Form;

/// What goes of an export into a folder that is given up, and what stays.
class TestPlaceExportDiscard : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void removesPartsOfALayout();
    void removesPartsOfAFolder();
    void removesPartsOfLayers();
    void touchesNoFolderOfSomebodyElse();
    void leavesWhatSomebodyWritesTo();
    void followsNoLinks();
    void leavesWhatAnotherTransferGoesOnWith();
    void leavesWhatALaterProgramGoesOnWith();
    void leavesWhatItHasNotBegun();
    void goesOnceNobodyNeedsIt();

private:
    [[nodiscard]] QString path(const QString &name = {}) const
    {
        return m_home->filePath(name.isEmpty() ? u"out"_s : u"out/"_s + name);
    }
    void write(const QString &name) const
    {
        QVERIFY(QDir().mkpath(QFileInfo(path(name)).path()));
        QVERIFY(SafeFile::writeFile(path(name), "whole"));
    }
    /// As a download leaves it that was broken off.
    void keepPart(const QString &name, const Digest &digest) const
    {
        QVERIFY(QDir().mkpath(QFileInfo(path(name)).path()));
        BlobFile file(path(name), digest, 100, SafeFile::Existing::Keep, BlobFile::Part::Keep);
        QVERIFY(file.open());
        QVERIFY(file.write("begun"));
    }
    void discard(Form form) const
    {
        discardExport({*ImageReference::parse(u"host/a:1"_s), {}, {form, path(), {}}});
    }
    /// What somebody begins who exports to a place, however that is written.
    [[nodiscard]] static TransferTask taskFor(const QString &place)
    {
        TransferTask task{place, u"a:1"_s, -1, {}};
        task.discard = discardOf(
            PlaceExport{*ImageReference::parse(u"host/a:1"_s), {}, {Form::OciFolder, place, {}}});
        return task;
    }
    void beginLayout() const
    {
        write(u"oci-layout"_s);
        keepPart(u"blobs/sha256/"_s + m_digest.encoded(), m_digest);
    }
    /// Once what was cleared has gone for good.
    [[nodiscard]] QStringList filesInTheEnd() const
    {
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QThreadPool::globalInstance()->waitForDone();
        return files();
    }
    /// Below the folder, hidden ones too.
    [[nodiscard]] QStringList files() const
    {
        QStringList found;
        QDirIterator each(path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (each.hasNext())
            found.append(QDir(path()).relativeFilePath(each.next()));
        found.sort();
        return found;
    }

    std::unique_ptr<QTemporaryDir> m_home;
    const Digest m_digest = Digest::ofBytes("content");
    const Digest m_long = Digest::ofBytes("content", Hasher::Algorithm::Sha512);
    const Digest m_other = Digest::ofBytes("other");
    const Error m_error{Error::Kind::Network, u"gone"_s};
};

void TestPlaceExportDiscard::init()
{
    m_home = std::make_unique<QTemporaryDir>();
}

void TestPlaceExportDiscard::removesPartsOfALayout()
{
    write(u"oci-layout"_s);
    const QString whole = u"blobs/sha256/"_s + m_other.encoded();
    write(whole);
    keepPart(u"blobs/sha256/"_s + m_digest.encoded(), m_digest);
    keepPart(u"blobs/sha512/"_s + m_long.encoded(), m_long);
    keepPart(u"blobs/sha256/mine.txt"_s, m_digest);
    discard(Form::OciFolder);
    const QStringList left = files();
    QCOMPARE(left.size(), qsizetype(3));
    QVERIFY(left.contains(u"oci-layout"_s) && left.contains(whole));
    QVERIFY(left.first().startsWith("blobs/sha256/.mine.txt."_L1));
}

void TestPlaceExportDiscard::removesPartsOfAFolder()
{
    write(u"version"_s);
    write(m_other.encoded());
    keepPart(m_digest.encoded(), m_digest);
    keepPart(u"sha512-"_s + m_long.encoded(), m_long);
    discard(Form::Folder);
    QCOMPARE(files(), (QStringList{m_other.encoded(), u"version"_s}));
}

/// They may be among anything else, which other transfers may want.
void TestPlaceExportDiscard::removesPartsOfLayers()
{
    const QString layer = u"_"_s + m_digest.shortText() + u".tar.gz"_s;
    write(u"01"_s + layer);
    keepPart(u"02"_s + layer, m_digest);
    keepPart(u"03"_s + layer, m_other);
    keepPart(u"app"_s + layer, m_digest);
    discard(Form::StoredLayers);
    const QStringList left = files();
    QCOMPARE(left.size(), qsizetype(3));
    QVERIFY(left.contains(u"01"_s + layer));
    QVERIFY(left.at(0).startsWith(".03_"_L1));
    QVERIFY(left.at(1).startsWith(".app_"_L1));
}

void TestPlaceExportDiscard::touchesNoFolderOfSomebodyElse()
{
    keepPart(u"blobs/sha256/"_s + m_digest.encoded(), m_digest);
    keepPart(m_digest.encoded(), m_digest);
    const QStringList before = files();
    discard(Form::OciFolder);
    discard(Form::Folder);
    QCOMPARE(files(), before);
}

void TestPlaceExportDiscard::leavesWhatSomebodyWritesTo()
{
    write(u"oci-layout"_s);
    const QString blob = u"blobs/sha256/"_s + m_digest.encoded();
    keepPart(blob, m_digest);
    {
        const auto lock = lockFolder(path());
        QVERIFY(lock);
        discard(Form::OciFolder);
        QCOMPARE(files().size(), qsizetype(3)); // With the lock.
    }
    BlobFile writing(path(blob), m_digest, 100, SafeFile::Existing::Keep, BlobFile::Part::Keep);
    QVERIFY(writing.open());
    discard(Form::OciFolder);
    QCOMPARE(files().size(), qsizetype(2));
}

void TestPlaceExportDiscard::followsNoLinks()
{
    const QString blob = u"elsewhere/"_s + m_digest.encoded();
    keepPart(blob, m_digest);
    write(u"oci-layout"_s);
    QVERIFY(QDir().mkpath(path(u"blobs"_s)));
    QVERIFY(QFile::link(path(u"elsewhere"_s), path(u"blobs/sha256"_s)));
    const QStringList before = files();
    discard(Form::OciFolder);
    QCOMPARE(files(), before);
}

void TestPlaceExportDiscard::leavesWhatAnotherTransferGoesOnWith()
{
    beginLayout();
    const QStringList before = files();
    TransferQueue queue(0); // None of them is started.
    queue.bringBack(taskFor(m_home->path() + u"/./out"_s), 0, -1, m_error);
    Transfer *next = queue.add(taskFor(path()));
    queue.clearEnded();
    QCOMPARE(queue.transfers(), QList<Transfer *>{next});
    QCOMPARE(filesInTheEnd(), before);
    next->cancel(); // It has taken over what it would have gone on with.
    queue.clearEnded();
    QCOMPARE(filesInTheEnd(), QStringList{u"oci-layout"_s});
}

void TestPlaceExportDiscard::leavesWhatALaterProgramGoesOnWith()
{
    beginLayout();
    const QStringList before = files();
    auto queue = std::make_unique<TransferQueue>(0);
    queue->bringBack(taskFor(path()), 0, -1, m_error);
    queue->bringBack(taskFor(path()), 0, -1); // Paused.
    queue.reset();
    QCOMPARE(filesInTheEnd(), before);
    queue = std::make_unique<TransferQueue>(0);
    queue->bringBack(taskFor(path()), 0, -1, m_error);
    queue.reset();
    QCOMPARE(filesInTheEnd(), QStringList{u"oci-layout"_s});
}

void TestPlaceExportDiscard::leavesWhatItHasNotBegun()
{
    beginLayout();
    const QStringList before = files();
    TransferQueue queue(0); // None of them is started.
    queue.add(taskFor(path()))->cancel();
    queue.clearEnded();
    QVERIFY(queue.transfers().isEmpty());
    QCOMPARE(filesInTheEnd(), before);
}

void TestPlaceExportDiscard::goesOnceNobodyNeedsIt()
{
    beginLayout();
    TransferQueue queue(1);
    queue.bringBack(taskFor(path()), 0, -1, m_error);
    TransferTask task = taskFor(path());
    task.makeJob = [this](QObject *parent) {
        return new SettledJob<TransferOutcome>(TransferOutcome{m_digest}, parent);
    };
    Transfer *next = queue.add(task);
    queue.clearEnded();
    QTRY_COMPARE(next->state(), Transfer::State::Finished);
    QCOMPARE(filesInTheEnd().size(), qsizetype(2)); // It might have been in need of it.
    queue.clearEnded();
    QCOMPARE(filesInTheEnd(), QStringList{u"oci-layout"_s});
}

QTEST_GUILESS_MAIN(TestPlaceExportDiscard)
#include "tst_placeexport_discard.moc"
