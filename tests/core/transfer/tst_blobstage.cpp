// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/blobstage.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

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
    void followsNoLink();
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

void TestBlobStage::cutsLongNames()
{
    BlobStage stage(target(QString(250, u'x')));
    QVERIFY(stage.open());
    stage.remove();
}

QTEST_GUILESS_MAIN(TestBlobStage)
#include "tst_blobstage.moc"
