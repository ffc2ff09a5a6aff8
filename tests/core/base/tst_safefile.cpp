// SPDX-License-Identifier: Apache-2.0
#include "core/base/safefile.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Existing = SafeFile::Existing;

class TestSafeFile : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void appearsOnlyWhenItIsWhole();
    void vanishesWithoutCommit();
    void isPrivateUntilItIsWhole();
    void keepsWhatHasTheName_data();
    void keepsWhatHasTheName();
    void keepsWhatGotTheNameMeanwhile();
    void replacesFilesAndLinksOnly_data();
    void replacesFilesAndLinksOnly();
    void startsAgain();
    void startsAgainAfterOpeningTwice();
    void takesLongNames_data();
    void takesLongNames();
    void saysWhenTheFolderIsMissing();
    void refusesToWriteWhileClosed();
    void foldersThatMayNotBeWrittenAreReported();
    void aLimitOfTheFileSizeIsAnError();

private:
    [[nodiscard]] QString path(const QString &name = u"file"_s) const
    {
        return m_folder->filePath(name);
    }
    void put(const QString &name, const QByteArray &content) const;
    void takeName(const QString &what) const;
    [[nodiscard]] QByteArray content(const QString &path) const;
    [[nodiscard]] QStringList names(const QString &folder = u"."_s) const
    {
        return QDir(path(folder))
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestSafeFile::initTestCase()
{
    ::umask(027);
}

void TestSafeFile::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestSafeFile::put(const QString &name, const QByteArray &content) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

/// Lets something else have the name of the file.
void TestSafeFile::takeName(const QString &what) const
{
    if (what == u"file"_s)
        put(u"file"_s, "old");
    else if (what == u"folder"_s)
        QVERIFY(QDir(m_folder->path()).mkdir(u"file"_s));
    else if (what == u"pipe"_s)
        QCOMPARE(::mkfifo(qPrintable(path()), 0600), 0);
    else if (what == u"link"_s)
        QVERIFY(QFile::link(path(u"precious"_s), path()));
    else if (what == u"dangling link"_s)
        QVERIFY(QFile::link(path(u"nowhere"_s), path()));
    else if (what == u"folder link"_s)
        QVERIFY(QFile::link(path(u"directory"_s), path()));
}

QByteArray TestSafeFile::content(const QString &path) const
{
    QFile file(path);
    const bool isFile = QFileInfo(path).isFile(); // To open a pipe would take for ever.
    return isFile && file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(none)");
}

void TestSafeFile::appearsOnlyWhenItIsWhole()
{
    SafeFile file(path());
    QVERIFY(file.open(6));
    QVERIFY(file.write("abc"));
    QVERIFY(!QFile::exists(path()));
    QVERIFY(file.write("def"));
    QVERIFY(file.commit());
    QCOMPARE(content(path()), "abcdef");
    QCOMPARE(names(), QStringList{u"file"_s});
    // DSK-21: as the umask says, once it is whole.
    struct stat status = {};
    QCOMPARE(::stat(qPrintable(path()), &status), 0);
    QCOMPARE(status.st_mode & 07777U, 0640U);
}

void TestSafeFile::vanishesWithoutCommit()
{
    auto file = std::make_unique<SafeFile>(path());
    QVERIFY(file->open());
    QCOMPARE(names().size(), qsizetype(1));
    file.reset();
    QCOMPARE(names(), QStringList());
}

void TestSafeFile::isPrivateUntilItIsWhole()
{
    SafeFile file(path());
    QVERIFY(file.open());
    const QString part = names().value(0);
    QVERIFY2(part.startsWith(u".file."_s) && part.endsWith(u".part"_s), qPrintable(part));
    struct stat status = {};
    QCOMPARE(::stat(qPrintable(path(part)), &status), 0);
    QCOMPARE(status.st_mode & 07777U, 0600U);
}

void TestSafeFile::keepsWhatHasTheName_data()
{
    // DSK-08, DSK-09
    QTest::addColumn<QString>("what");
    for (const char *what : {"file", "folder", "link", "dangling link", "pipe"})
        QTest::newRow(what) << QString::fromLatin1(what);
}

void TestSafeFile::keepsWhatHasTheName()
{
    QFETCH(QString, what);
    put(u"precious"_s, "precious");
    takeName(what);
    const QStringList before = names();

    SafeFile file(path());
    const auto opened = file.open();
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, Error::Kind::LocalFile);
    QCOMPARE(names(), before);
    QCOMPARE(content(path(u"precious"_s)), "precious");
}

void TestSafeFile::keepsWhatGotTheNameMeanwhile()
{
    SafeFile file(path());
    QVERIFY(file.open());
    QVERIFY(file.write("new"));
    put(u"file"_s, "old");
    const auto committed = file.commit();
    QVERIFY(!committed);
    QVERIFY(committed.error().message.contains(u"exists already"_s));
    QCOMPARE(content(path()), "old");
    QCOMPARE(names(), QStringList{u"file"_s});
}

void TestSafeFile::replacesFilesAndLinksOnly_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<bool>("isReplaced");
    QTest::newRow("nothing") << u""_s << true;
    QTest::newRow("file") << u"file"_s << true;
    QTest::newRow("link") << u"link"_s << true;
    QTest::newRow("dangling link") << u"dangling link"_s << true;
    QTest::newRow("link to a folder") << u"folder link"_s << true;
    QTest::newRow("folder") << u"folder"_s << false;
    QTest::newRow("pipe") << u"pipe"_s << false;
}

void TestSafeFile::replacesFilesAndLinksOnly()
{
    QFETCH(QString, what);
    QFETCH(bool, isReplaced);
    put(u"precious"_s, "precious");
    QVERIFY(QDir(m_folder->path()).mkdir(u"directory"_s));
    takeName(what);

    const auto written = SafeFile::writeFile(path(), "new", Existing::Replace);
    QCOMPARE(bool(written), isReplaced);
    QCOMPARE(isReplaced, content(path()) == "new" && !QFileInfo(path()).isSymLink());
    QCOMPARE(names(), QStringList({u"directory"_s, u"file"_s, u"precious"_s}));
    QCOMPARE(content(path(u"precious"_s)), "precious");
    QCOMPARE(names(u"directory"_s), QStringList());
}

void TestSafeFile::startsAgain()
{
    SafeFile file(path());
    QVERIFY(file.open(10));
    QVERIFY(file.write("0123456789"));
    QVERIFY(file.restart());
    QVERIFY(file.write("abc"));
    QVERIFY(file.commit());
    QCOMPARE(content(path()), "abc");
}

void TestSafeFile::startsAgainAfterOpeningTwice()
{
    SafeFile file(path());
    QVERIFY(file.open());
    QVERIFY(file.write("first"));
    QVERIFY(file.open());
    QVERIFY(file.write("second"));
    QVERIFY(file.commit());
    QCOMPARE(content(path()), "second");
    QCOMPARE(names(), QStringList{u"file"_s});
}

void TestSafeFile::takesLongNames_data()
{
    // DSK-13
    QTest::addColumn<QString>("name");
    QTest::newRow("255 letters") << QString(255, u'n');
    QTest::newRow("255 bytes of umlauts") << QString(QString(127, QChar(0xFC)) + u'n');
    QTest::newRow("dash in front") << u"-rf"_s;
    QTest::newRow("line break") << u"a\nb"_s;
    QTest::newRow("hidden") << u".file"_s;
}

void TestSafeFile::takesLongNames()
{
    QFETCH(QString, name);
    const auto written = SafeFile::writeFile(path(name), "x", Existing::Keep);
    QVERIFY2(written, written ? "" : qPrintable(written.error().detail));
    QCOMPARE(names(), QStringList{name});
}

void TestSafeFile::saysWhenTheFolderIsMissing()
{
    SafeFile file(path(u"no/such/file"_s));
    const auto opened = file.open();
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, Error::Kind::LocalFile);
    QVERIFY(opened.error().message.contains(u"no/such/file"_s));
    QVERIFY(!opened.error().detail.isEmpty());
}

void TestSafeFile::refusesToWriteWhileClosed()
{
    SafeFile file(path());
    QVERIFY(!file.write("x"));
    QVERIFY(!file.restart());
    QVERIFY(!file.commit());
    QCOMPARE(names(), QStringList());
}

void TestSafeFile::foldersThatMayNotBeWrittenAreReported()
{
    // DSK-07. Permissions do not hold root back, so it steps aside.
    const uid_t user = ::geteuid();
    if (user == 0)
        QCOMPARE(::seteuid(65534), 0);
    else
        QVERIFY(QFile::setPermissions(m_folder->path(), QFile::ReadOwner | QFile::ExeOwner));
    SafeFile file(path());
    const auto opened = file.open();
    if (user == 0)
        QCOMPARE(::seteuid(0), 0);
    else
        QVERIFY(QFile::setPermissions(m_folder->path(),
                                      QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    QVERIFY(!opened);
    QVERIFY2(opened.error().message.contains(u"may not write"_s),
             qPrintable(opened.error().message));
}

void TestSafeFile::aLimitOfTheFileSizeIsAnError()
{
    // DSK-15: a short write first, then none at all. The signal would end the process.
    const auto before = std::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &limit), 0);
    const rlimit small{100'000, limit.rlim_max};
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto written = SafeFile::writeFile(path(), QByteArray(150'000, 'x'));
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &limit), 0);
    std::signal(SIGXFSZ, before);
    QVERIFY(!written);
    QCOMPARE(written.error().kind, Error::Kind::LocalFile);
    QCOMPARE(names(), QStringList());
}

QTEST_GUILESS_MAIN(TestSafeFile)
#include "tst_safefile.moc"
