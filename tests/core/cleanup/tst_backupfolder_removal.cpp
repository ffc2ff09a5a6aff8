// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/backupfolder.h"
#include "support/backupshelf.h"

#include <QProcess>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// How a backup goes, and what is left when that breaks off.
class TestBackupFolderRemoval : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_shelf = std::make_unique<BackupShelf>(); }
    void removesABackupAndNothingElse();
    void removesOneThatIsDamaged();
    void refusesWhatIsNotInItsPlace_data();
    void refusesWhatIsNotInItsPlace();
    void refusesAFolderThatIsALink();
    void refusesABackupWithSomethingElseInIt_data();
    void refusesABackupWithSomethingElseInIt();
    void takesNoRestForABackup();
    void showsNothingHalfRemovedAfterAKill();
    void sweepsWhatARemovalHasLeft();
    void sweepsNothingThatIsNotItsOwn_data();
    void sweepsNothingThatIsNotItsOwn();

private:
    [[nodiscard]] QList<StoredBackup> list() const;
    /// Why a backup was not removed; nothing when it was.
    [[nodiscard]] std::optional<Error> whyNotRemoved(const QString &folder) const;

    std::unique_ptr<BackupShelf> m_shelf;
};

QList<StoredBackup> TestBackupFolderRemoval::list() const
{
    const CancelFlag never = false;
    const auto backups = listBackups(m_shelf->place(), {}, never);
    return backups ? *backups : QList<StoredBackup>();
}

std::optional<Error> TestBackupFolderRemoval::whyNotRemoved(const QString &folder) const
{
    const auto removed = removeBackup(m_shelf->place(), folder);
    return removed ? std::optional<Error>() : removed.error();
}

void TestBackupFolderRemoval::removesABackupAndNothingElse()
{
    m_shelf->add(u"stays"_s, {u"1"_s});
    const QStringList before = m_shelf->everything();
    const QString folder = m_shelf->add(u"goes"_s, {u"2"_s});
    const auto error = whyNotRemoved(folder);
    QVERIFY2(!error, error ? qPrintable(error->message) : "");
    QCOMPARE(m_shelf->everything(), before);
}

void TestBackupFolderRemoval::removesOneThatIsDamaged()
{
    const QString folder = m_shelf->add(u"a"_s, {u"1"_s});
    BackupShelf::write(folder + u'/' + Backup::recordName, "{");
    QVERIFY(QFile::remove(BackupShelf::blobIn(folder)));
    QVERIFY(!whyNotRemoved(folder));
    QVERIFY(!QFile::exists(folder));
}

void TestBackupFolderRemoval::refusesWhatIsNotInItsPlace_data()
{
    QTest::addColumn<QString>("name"); // From the place.
    QTest::newRow("outside") << u"../outside"_s;
    QTest::newRow("by a detour") << u"a/../../outside"_s;
    QTest::newRow("deeper") << u"a/inner"_s;
    QTest::newRow("the place itself") << QString();
    QTest::newRow("not there") << u"nothing"_s;
    QTest::newRow("no backup") << u"holiday"_s;
    QTest::newRow("a file") << u"note.txt"_s;
}

void TestBackupFolderRemoval::refusesWhatIsNotInItsPlace()
{
    QFETCH(const QString, name);
    m_shelf->add(u"a"_s, {u"1"_s});
    m_shelf->add(u"a/inner"_s, {u"2"_s});
    m_shelf->add(u"../outside"_s, {u"3"_s});
    QVERIFY(QDir().mkpath(m_shelf->path(u"holiday/blobs"_s)));
    BackupShelf::write(m_shelf->path(u"note.txt"_s), "mine");
    const QStringList before = m_shelf->everything();
    const auto error = whyNotRemoved(m_shelf->path(name));
    QVERIFY(error);
    QCOMPARE(error->kind, Error::Kind::Policy);
    QCOMPARE(m_shelf->everything(), before);
}

void TestBackupFolderRemoval::refusesAFolderThatIsALink()
{
    const QString target = m_shelf->add(u"../outside"_s, {u"1"_s});
    QVERIFY(QDir().mkpath(m_shelf->place()));
    QVERIFY(QFile::link(target, m_shelf->path(u"link"_s)));
    const QStringList before = m_shelf->everything();
    QVERIFY(whyNotRemoved(m_shelf->path(u"link"_s)));
    QCOMPARE(m_shelf->everything(), before);
}

void TestBackupFolderRemoval::refusesABackupWithSomethingElseInIt_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isLink"); // To something outside, else a file.
    QTest::newRow("a file") << u"thesis.odt"_s << false;
    QTest::newRow("a hidden file") << u".secret"_s << false;
    QTest::newRow("a file among the blobs") << u"blobs/sha256/thesis.odt"_s << false;
    QTest::newRow("a link") << u"way"_s << true;
    QTest::newRow("a link among the blobs") << u"blobs/sha512"_s << true;
    QTest::newRow("a link called like a blob")
        << QString(u"blobs/sha256/"_s + Digest::ofBytes("x").encoded()) << true;
    QTest::newRow("a link called like the list") << u"index.json"_s << true;
}

void TestBackupFolderRemoval::refusesABackupWithSomethingElseInIt()
{
    QFETCH(const QString, name);
    QFETCH(const bool, isLink);
    const QString folder = m_shelf->add(u"a"_s, {u"1"_s});
    QVERIFY(QDir().mkpath(m_shelf->outside(u"home"_s)));
    BackupShelf::write(m_shelf->outside(u"home/letter"_s), "mine");
    const QString path = folder + u'/' + name;
    QFile::remove(path);
    if (isLink)
        QVERIFY(QFile::link(m_shelf->outside(u"home"_s), path));
    else
        BackupShelf::write(path, "mine");
    const QStringList before = m_shelf->everything();
    const auto error = whyNotRemoved(folder);
    QVERIFY(error);
    QCOMPARE(error->kind, Error::Kind::Policy);
    QVERIFY2(error->message.contains(name.section(u'/', -1)), qPrintable(error->message));
    QCOMPARE(m_shelf->everything(), before);
}

/// What not even the administrator can remove: a place where something is mounted.
class UnremovableFolder
{
public:
    explicit UnremovableFolder(const QString &path) : m_path(path)
    {
#ifdef Q_OS_LINUX
        m_isMounted = QProcess::execute(u"mount"_s, {u"-t"_s, u"tmpfs"_s, u"tmpfs"_s, m_path}) == 0;
#endif
    }
    ~UnremovableFolder()
    {
        if (m_isMounted)
            QProcess::execute(u"umount"_s, {u"-l"_s, m_path});
    }
    Q_DISABLE_COPY_MOVE(UnremovableFolder)

    [[nodiscard]] bool isMounted() const
    {
        return m_isMounted;
    }
    /// It is called this by now.
    void follow(const QString &path)
    {
        m_path = path;
    }

private:
    QString m_path;
    bool m_isMounted = false;
};

void TestBackupFolderRemoval::takesNoRestForABackup()
{
    const QString folder = m_shelf->add(u"a"_s, {u"1"_s});
    const QString rest = m_shelf->path(u".removed-a"_s);
    {
        UnremovableFolder blobs(folder + "/blobs/sha256"_L1);
        if (!blobs.isMounted())
            QSKIP("this user may not mount anything");
        const auto error = whyNotRemoved(folder);
        blobs.follow(rest + "/blobs/sha256"_L1);
        QVERIFY(error);
        QCOMPARE(error->kind, Error::Kind::LocalFile);
        const QList<StoredBackup> backups = list();
        QCOMPARE(backups.size(), qsizetype(1)); // Still there for another try.
        QCOMPARE(backups.first().folder, rest);
        QVERIFY(backups.first().error && !backups.first().record);
    }
    QVERIFY(!whyNotRemoved(rest));
    QVERIFY(list().isEmpty());
    QVERIFY(!QFile::exists(rest));
}

void TestBackupFolderRemoval::showsNothingHalfRemovedAfterAKill()
{
    const QString folder = m_shelf->add(u"a"_s, {u"1"_s});
    const QString blobs = folder + "/blobs/sha256/"_L1;
    for (int number = 0; number < 5000; ++number) // So that it takes a while.
        BackupShelf::write(blobs + Digest::ofBytes(QByteArray::number(number)).encoded(), "");
    const auto fileCount = [](const QString &place) {
        return QDir(place).entryList(QDir::Files).size();
    };
    const qsizetype before = fileCount(blobs);
    QProcess removal;
    removal.start(QCoreApplication::applicationFilePath(),
                  {u"remove-backup"_s, m_shelf->place(), folder});
    while (removal.state() != QProcess::NotRunning && fileCount(blobs) == before)
        removal.waitForFinished(1);
    removal.kill();
    QVERIFY(removal.state() == QProcess::NotRunning || removal.waitForFinished());
    // Wherever that was: what has the name of a backup is whole.
    QVERIFY(!QFile::exists(folder) || fileCount(blobs) == before);
    QCOMPARE(list().isEmpty(), !QFile::exists(folder));
    QVERIFY(!QFile::exists(m_shelf->path(u".removed-a"_s))); // That has gone by now.
}

void TestBackupFolderRemoval::sweepsWhatARemovalHasLeft()
{
    m_shelf->add(u"stays"_s, {u"1"_s});
    const QStringList before = m_shelf->everything();
    const QString whole = m_shelf->add(u"a"_s, {u"2"_s});
    QVERIFY(QDir().rename(whole, m_shelf->path(u".removed-a"_s)));
    QVERIFY(QDir().mkpath(m_shelf->path(u".removed-b"_s))); // Without its record.
    QCOMPARE(list().size(), qsizetype(1));
    QCOMPARE(m_shelf->everything(), before);
    // One of the same name can be removed again.
    QVERIFY(QDir().mkpath(m_shelf->path(u".removed-a/blobs/sha256"_s)));
    QVERIFY(!whyNotRemoved(m_shelf->add(u"a"_s, {u"3"_s})));
    QCOMPARE(m_shelf->everything(), before);
}

void TestBackupFolderRemoval::sweepsNothingThatIsNotItsOwn_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isListed");
    QTest::newRow("a foreign file in it") << u".removed-a/thesis.odt"_s << true;
    QTest::newRow("another hidden folder") << u".git/config"_s << false;
    QTest::newRow("a folder that is not hidden") << u"removed-a/index.json"_s << false;
}

void TestBackupFolderRemoval::sweepsNothingThatIsNotItsOwn()
{
    QFETCH(const QString, name);
    QFETCH(const bool, isListed);
    QVERIFY(QDir().mkpath(QFileInfo(m_shelf->path(name)).path()));
    BackupShelf::write(m_shelf->path(name), "mine");
    QVERIFY(QDir().mkpath(m_shelf->outside(u"home"_s)));
    QVERIFY(QFile::link(m_shelf->outside(u"home"_s), m_shelf->path(u".removed-link"_s)));
    const QStringList before = m_shelf->everything();
    QCOMPARE(list().size(), qsizetype(isListed ? 1 : 0));
    QCOMPARE(m_shelf->everything(), before);
}

/// With "remove-backup" it is the program that is killed.
int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == "remove-backup"_L1)
        return removeBackup(arguments.value(2), arguments.value(3)) ? 0 : 1;
    TestBackupFolderRemoval test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_backupfolder_removal.moc"
