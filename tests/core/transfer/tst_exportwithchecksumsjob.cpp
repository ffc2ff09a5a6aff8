// SPDX-License-Identifier: Apache-2.0
#include "core/base/safefile.h"
#include "core/base/settledjob.h"
#include "core/transfer/blobstage.h"
#include "core/transfer/checksums.h"
#include "core/transfer/contentslist.h"
#include "core/transfer/exportwithchecksumsjob.h"
#include "support/outcome.h"
#include "support/realregistry.h"

#include <QDir>
#include <QPointer>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

/// sha256sum is the judge.
class TestExportWithChecksumsJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void writesTheSumOfAFile_data();
    void writesTheSumOfAFile();
    void writesThoseOfAFolder();
    void tellsWhatWasExported();
    void writesTheListOfContentsBesideIt();
    void removesWhatKilledExportsLeft();
    void letsGoOfTheFolderWhenCancelled();
    void locksNothingThatAppearsAsAWhole();
    void writesNothingWhenTheExportFails();
    void saysWhenAFileCannotBeRead();
    void endsWhenCancelled();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_home->filePath(name); }
    /// What sha256sum says where the file is.
    [[nodiscard]] ProcessResult check(const QString &sums) const
    {
        return runProcess(u"sh"_s, {u"-c"_s, u"cd \"$0\" && sha256sum --strict --check \"$1\""_s,
                                    m_home->path(), sums});
    }

    std::unique_ptr<QTemporaryDir> m_home;
};

void TestExportWithChecksumsJob::init()
{
    m_home = std::make_unique<QTemporaryDir>();
}

void TestExportWithChecksumsJob::writesTheSumOfAFile_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("usual") << u"app.tar"_s;
    QTest::newRow("spaces and letters") << u"my \u00fc app.tar"_s;
    QTest::newRow("backslash") << u"a\\b.tar"_s;
    QTest::newRow("line feed") << u"a\nb.tar"_s;
}

void TestExportWithChecksumsJob::writesTheSumOfAFile()
{
    QFETCH(QString, name);
    QVERIFY(SafeFile::writeFile(path(name), "content"));
    QVERIFY(writeChecksums(path(name), CancelFlag(false)));
    QCOMPARE(checksumsPath(path(name)), path(name + u".sha256"_s));
    const auto checked = check(name + u".sha256"_s);
    QVERIFY2(checked.exitStatus == 0, checked.errors.constData());
    QVERIFY(SafeFile::writeFile(path(name), "c0ntent"));
    QVERIFY(check(name + u".sha256"_s).exitStatus != 0);
}

void TestExportWithChecksumsJob::writesThoseOfAFolder()
{
    QVERIFY(QDir().mkpath(path(u"layout/blobs"_s)));
    for (const QString &name : {u"layout/index.json"_s, u"layout/blobs/b"_s, u"layout/.lock"_s})
        QVERIFY(SafeFile::writeFile(path(name), name.toUtf8()));
    QVERIFY(writeChecksums(path(u"layout/"_s), CancelFlag(false)));
    const auto checked = check(u"layout.sha256"_s);
    QVERIFY2(checked.exitStatus == 0, checked.errors.constData());
    QCOMPARE(checked.output, "layout/blobs/b: OK\nlayout/index.json: OK\n");
}

void TestExportWithChecksumsJob::tellsWhatWasExported()
{
    QVERIFY(SafeFile::writeFile(path(u"a.tar"_s), "content"));
    const ExportedImage image{{MediaType(), Digest::ofBytes("x"), 1}, 7};
    const auto exported = outcomeOf(new ExportWithChecksumsJob(
        new SettledJob<ExportedImage>(image), {ImagePlace::Form::OciArchive, path(u"a.tar"_s)}));
    QVERIFY(exported);
    QCOMPARE(exported->blobs, qsizetype(7));
    QCOMPARE(check(u"a.tar.sha256"_s).exitStatus, 0);
}

void TestExportWithChecksumsJob::writesTheListOfContentsBesideIt()
{
    QVERIFY(QDir().mkpath(path(u"layout"_s)));
    const QString part = path(u".layout.contents.txt.1234.part"_s);
    QVERIFY(SafeFile::writeFile(part, "half")); // Of one that was killed.
    ExportedImage image{{MediaType(), Digest::ofBytes("x"), 1}, 7};
    image.contents = [] { return QByteArray("one image"); };
    QVERIFY(outcomeOf(new ExportWithChecksumsJob(
        new SettledJob<ExportedImage>(image), {ImagePlace::Form::OciFolder, path(u"layout/"_s)})));
    QCOMPARE(contentsPath(path(u"layout/"_s)), path(u"layout.contents.txt"_s));
    QFile list(path(u"layout.contents.txt"_s));
    QVERIFY(list.open(QIODevice::ReadOnly));
    QCOMPARE(list.readAll(), "one image");
    QVERIFY(!QFile::exists(part));
}

void TestExportWithChecksumsJob::removesWhatKilledExportsLeft()
{
    QVERIFY(QDir().mkpath(path(u"layout"_s)));
    const QString part = path(u".layout.sha256.1234.part"_s);
    const ExportedImage image{{MediaType(), Digest::ofBytes("x"), 1}, 7};
    const auto write = [&] {
        QVERIFY(SafeFile::writeFile(part, "half"));
        QVERIFY(outcomeOf(
            new ExportWithChecksumsJob(new SettledJob<ExportedImage>(image),
                                       {ImagePlace::Form::OciFolder, path(u"layout"_s)})));
    };
    write();
    QVERIFY(!QFile::exists(part));
    QVERIFY(QDir(path(u"layout"_s)).isEmpty());
    const auto lock = lockFolder(path(u"layout"_s)); // Somebody may be about to write it.
    QVERIFY(lock);
    write();
    QVERIFY(QFile::exists(part));
}

/// Whoever goes on there waits for the worker, which may read a large file just then.
void TestExportWithChecksumsJob::letsGoOfTheFolderWhenCancelled()
{
    const QString folder = path(u"layout"_s);
    QVERIFY(QDir().mkpath(folder));
    QFile large(folder + u"/large"_s);
    QVERIFY(large.open(QIODevice::WriteOnly)
            && large.resize(qint64(16) << 30)); // All of it a hole.
    const ExportedImage image{{MediaType(), Digest::ofBytes("x"), 1}, 7};
    const QPointer<Job> job = new ExportWithChecksumsJob(new SettledJob<ExportedImage>(image),
                                                         {ImagePlace::Form::OciFolder, folder});
    job->start();
    QTRY_VERIFY(QFile::exists(folder + u'/' + folderLockName));
    job->cancel();
    {
        const auto lock = Departure::takeAfter(folder, CancelFlag(false),
                                               [&folder] { return lockFolder(folder); });
        QVERIFY2(lock, lock ? "" : qPrintable(lock.error().message));
    }
    QTRY_VERIFY(!job);
    QVERIFY(!QFile::exists(checksumsPath(folder)));
}

void TestExportWithChecksumsJob::locksNothingThatAppearsAsAWhole()
{
    const QString folder = path(u"root"_s);
    QVERIFY(QDir().mkpath(folder));
    const QString part = path(u".root.sha256.1234.part"_s);
    QVERIFY(SafeFile::writeFile(part, "half"));
    const ExportedImage image{{MediaType(), Digest::ofBytes("x"), 1}, 7};
    QVERIFY(outcomeOf(new ExportWithChecksumsJob(new SettledJob<ExportedImage>(image),
                                                 {ImagePlace::Form::RootFolder, folder})));
    QVERIFY(QFile::exists(part)); // Without a lock nobody knows whose it is.
    QVERIFY(QFile::exists(checksumsPath(folder)));
}

void TestExportWithChecksumsJob::writesNothingWhenTheExportFails()
{
    QVERIFY(SafeFile::writeFile(path(u"a.tar"_s), "old"));
    const auto exported = outcomeOf(
        new ExportWithChecksumsJob(new SettledJob<ExportedImage>(Error{Kind::NotFound, u"gone"_s}),
                                   {ImagePlace::Form::OciArchive, path(u"a.tar"_s)}));
    QVERIFY(!exported);
    QCOMPARE(exported.error().kind, Kind::NotFound);
    QVERIFY(!QFile::exists(path(u"a.tar.sha256"_s)));
}

void TestExportWithChecksumsJob::saysWhenAFileCannotBeRead()
{
    const auto written = writeChecksums(path(u"nothing"_s), CancelFlag(false));
    QVERIFY(!written);
    QCOMPARE(written.error().kind, Kind::LocalFile);
    QVERIFY(!QFile::exists(path(u"nothing.sha256"_s)));
}

void TestExportWithChecksumsJob::endsWhenCancelled()
{
    QVERIFY(SafeFile::writeFile(path(u"a.tar"_s), "content"));
    const auto written = writeChecksums(path(u"a.tar"_s), CancelFlag(true));
    QVERIFY(!written && written.error().isCancelled());
    QVERIFY(!QFile::exists(path(u"a.tar.sha256"_s)));
}

QTEST_GUILESS_MAIN(TestExportWithChecksumsJob)
#include "tst_exportwithchecksumsjob.moc"
