// SPDX-License-Identifier: Apache-2.0
#include "core/base/safefile.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <sys/resource.h>
#include <unistd.h>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// What a killed program has left behind, and what one leaves that can open no more files.
class TestSafeFileParts : public QObject
{
    Q_OBJECT

private slots:
    void removesPartsOfThisFileAlone();
    void removesPartsOfLongNames();
    void goesOnWithAKeptPart();
    void opensNoKeptPartThatSomebodyElseMade_data();
    void opensNoKeptPartThatSomebodyElseMade();
    void goesOnAfterThereWereNoDescriptors();

private:
    static void touch(const QString &path)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    [[nodiscard]] static QStringList names(const QTemporaryDir &folder)
    {
        return QDir(folder.path())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }
};

void TestSafeFileParts::removesPartsOfThisFileAlone()
{
    const QTemporaryDir folder;
    const QStringList others{u".a.tar.gz.xyz.part"_s, u".a.tar.part"_s, u".b.tar.xyz.part"_s,
                             u"a.tar"_s, u"a.tar.xyz.part"_s};
    for (const QString &name : others)
        touch(folder.filePath(name));
    touch(folder.filePath(u".a.tar.xyz.part"_s));
    SafeFile::removeParts(folder.filePath(u"a.tar"_s));
    QCOMPARE(names(folder), others);
}

void TestSafeFileParts::removesPartsOfLongNames()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QString(240, u'x'));
    SafeFile file(path);
    QVERIFY(file.open());
    QCOMPARE(names(folder).size(), qsizetype(1));
    SafeFile::removeParts(path);
    QVERIFY(names(folder).isEmpty());
}

void TestSafeFileParts::goesOnWithAKeptPart()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a"_s);
    for (const QByteArray &bytes : {QByteArray("one "), QByteArray("two ")}) {
        SafeFile file(path);
        QVERIFY(file.openKept(u"key"_s));
        QVERIFY(file.write(bytes));
    }
    SafeFile file(path);
    const auto kept = file.openKept(u"key"_s);
    QVERIFY(kept);
    QCOMPARE(*kept, 8);
    QByteArray part;
    QVERIFY(file.readPart([&](QByteArrayView bytes) {
        part += bytes;
        return true;
    }));
    QCOMPARE(part, "one two ");
    QVERIFY(file.write("three"));
    QVERIFY(file.commit());
    QCOMPARE(names(folder), QStringList{u"a"_s});
    QFile result(path);
    QVERIFY(result.open(QIODevice::ReadOnly));
    QCOMPARE(result.readAll(), "one two three");
}

void TestSafeFileParts::opensNoKeptPartThatSomebodyElseMade_data()
{
    QTest::addColumn<QString>("what");
    for (const auto *what : {"link", "hard link", "folder"})
        QTest::newRow(what) << QString::fromLatin1(what);
}

void TestSafeFileParts::opensNoKeptPartThatSomebodyElseMade()
{
    QFETCH(QString, what);
    const QTemporaryDir folder;
    const QString other = folder.filePath(u"other"_s);
    const QString part = folder.filePath(u".a.key.kept"_s);
    touch(other);
    if (what == "link"_L1)
        QVERIFY(QFile::link(other, part));
    if (what == "hard link"_L1)
        std::filesystem::create_hard_link(other.toStdString(), part.toStdString());
    if (what == "folder"_L1)
        QVERIFY(QDir().mkdir(part));
    SafeFile file(folder.filePath(u"a"_s));
    QVERIFY(!file.openKept(u"key"_s));
    QCOMPARE(QFileInfo(other).size(), 0);
    QVERIFY(QFileInfo::exists(part)); // It is not ours to remove.
}

/// DSK-23. What is said is the system's; that it goes on afterwards is ours.
void TestSafeFileParts::goesOnAfterThereWereNoDescriptors()
{
    const QTemporaryDir folder;
    QVERIFY(SafeFile::writeFile(folder.filePath(u"before"_s), "content"));
    const int lowest = ::dup(STDIN_FILENO);
    ::close(lowest);
    rlimit limit{};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &limit), 0);
    const rlimit none{static_cast<rlim_t>(lowest), limit.rlim_max};
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &none), 0);
    QList<Result<Done>> tries;
    for (const QString &name : {u"before"_s, u"after"_s})
        tries.append(
            SafeFile::writeFile(folder.filePath(name), "new", SafeFile::Existing::Replace));
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &limit), 0);
    for (const auto &written : std::as_const(tries)) {
        QVERIFY(!written);
        QCOMPARE(written.error().kind, Error::Kind::LocalFile);
        QVERIFY2(written.error().message.contains(folder.path()),
                 qPrintable(written.error().message));
    }
    QCOMPARE(names(folder), QStringList{u"before"_s});
    QVERIFY(SafeFile::writeFile(folder.filePath(u"after"_s), "new"));
    const int next = ::dup(STDIN_FILENO);
    ::close(next);
    QCOMPARE(next, lowest); // None was left open.
}

QTEST_GUILESS_MAIN(TestSafeFileParts)
#include "tst_safefile_parts.moc"
