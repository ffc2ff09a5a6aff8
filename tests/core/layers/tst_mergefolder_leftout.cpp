// SPDX-License-Identifier: Apache-2.0
#include "core/layers/mergedfolderwriter.h"
#include "core/layers/mergelayers.h"
#include "support/testarchive.h"
#include "support/writtenfile.h"

#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// What a disk cannot hold of layers on one another, and for whom the folder is.
class TestMergeFolderLeftOut : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_home = std::make_unique<QTemporaryDir>(); }
    void leavesOutWhatHasNoFolderHere();
    void leavesOutALinkToNothing();
    void isForWhomNewFoldersAre();

private:
    [[nodiscard]] QString target() const { return m_home->filePath(u"root"_s); }
    [[nodiscard]] QString path(const QString &name) const { return target() + u'/' + name; }
    [[nodiscard]] Result<QStringList> merge(const QByteArray &tar) const
    {
        const QString file = writtenFile(m_home->filePath(u"layer"_s), tar);
        const LayerMerge wanted{{{file, Digest::ofBytes(tar)}}, target()};
        const auto survey = surveyLayers(wanted, CancelFlag(false));
        return survey ? writeMergedFolder(wanted, *survey, CancelFlag(false)) : survey.error();
    }

    std::unique_ptr<QTemporaryDir> m_home;
};

void TestMergeFolderLeftOut::leavesOutWhatHasNoFolderHere()
{
    MergedFolderWriter writer(target());
    QVERIFY(writer.open());
    QFile file(path(u"a"_s)); // As where "A" is a file and "a" a folder, and the disk has one name.
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(writer.addFolder("a/b"));
    QCOMPARE(writer.deviations().size(), qsizetype(1));
    QVERIFY(writer.deviations().first().contains("no folder"_L1));
    QVERIFY(writer.finish());
}

void TestMergeFolderLeftOut::leavesOutALinkToNothing()
{
    const auto written = merge(TestArchive().addLink("nowhere", {}).add("a", "1").bytes());
    QVERIFY2(written, written ? "" : qPrintable(written.error().message));
    QCOMPARE(written->size(), qsizetype(1));
    QVERIFY(QFile::exists(path(u"a"_s)));
    QVERIFY(!QFileInfo(path(u"nowhere"_s)).isSymLink());
}

void TestMergeFolderLeftOut::isForWhomNewFoldersAre()
{
    const mode_t mask = ::umask(0077);
    const auto written = merge(TestArchive().add("a", "1").bytes());
    ::umask(mask);
    QVERIFY2(written, written ? "" : qPrintable(written.error().message));
    struct stat found = {};
    QCOMPARE(::stat(QFile::encodeName(target()).constData(), &found), 0);
    QCOMPARE(found.st_mode & 07777U, 0700U);
}

QTEST_GUILESS_MAIN(TestMergeFolderLeftOut)
#include "tst_mergefolder_leftout.moc"
