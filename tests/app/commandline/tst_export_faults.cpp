// SPDX-License-Identifier: Apache-2.0
#include "support/heldrequests.h"
#include "support/programrunner.h"
#include "support/smallfilesystem.h"
#include "support/testarchive.h"
#include "support/testreferrers.h"

#include <QDir>
#include <QJsonObject>
#include <QTest>

#include <csignal>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// longshorectl export where the disk, another program or the image is against it.
class TestExportFaults : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void leavesAFileToTheProgramThatWritesIt();
    void goesOnAfterAProgramThatWasKilled();
    void completesWhatALimitOfFilesBrokeOff();
    void tellsWhichReferrersCannotComeAlong();
    void keepsTheOldFileOnAFullDisk();
    void writesNothingThroughALink_data();
    void writesNothingThroughALink();
    void bringsNothingOfAHostileImageOutside();

private:
    [[nodiscard]] QString image(const QString &tag = u"1"_s) const
    {
        return m_registry->host() + u"/a:"_s + tag;
    }
    [[nodiscard]] QStringList command(const QString &form = u"oci-archive"_s) const
    {
        return {u"export"_s, image(), form + u':' + m_program->filePath(u"out"_s)};
    }
    [[nodiscard]] QStringList visibleFiles() const
    {
        return QDir(m_program->filePath({})).entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
    }

    std::unique_ptr<ProgramRunner> m_program;
    std::unique_ptr<FakeRegistry> m_registry;
    const QByteArray m_layer = QByteArray(600'000, 'x');
};

void TestExportFaults::init()
{
    m_program = std::make_unique<ProgramRunner>(QStringLiteral(LONGSHORECTL));
    m_registry = std::make_unique<FakeRegistry>();
    TestImages::addImage(*m_registry, u"a"_s, u"1"_s, {.layers = {m_layer, "small"}});
}

void TestExportFaults::leavesAFileToTheProgramThatWritesIt()
{
    HeldRequests held(*m_registry, "GET", Digest::ofBytes(m_layer).toString());
    const auto first = m_program->start(command());
    QTRY_COMPARE(held.count(), qsizetype(1));
    const auto second = m_program->run(command());
    QCOMPARE(second.exitStatus, 1);
    QVERIFY(isOneCleanLine(second.errors));
    QVERIFY2(second.errors.contains("Another export"), second.errors.constData());
    held.release();
    QCOMPARE(ProgramRunner::finish(*first).exitStatus, 0);
    QCOMPARE(visibleFiles(), QStringList{u"out"_s});
}

void TestExportFaults::goesOnAfterAProgramThatWasKilled()
{
    HeldRequests held(*m_registry, "GET", Digest::ofBytes("small").toString());
    const auto process = m_program->start(command());
    QTRY_COMPARE(held.count(), qsizetype(1));
    // The other layer is there.
    QTRY_VERIFY(QFile::exists(
        m_program->filePath(u".out.blobs/sha256-"_s + Digest::ofBytes(m_layer).encoded())));
    ::kill(static_cast<pid_t>(process->processId()), SIGKILL);
    (void)ProgramRunner::finish(*process);
    QVERIFY(visibleFiles().isEmpty());
    held.release();
    m_registry->forgetRequests();
    const auto result = m_program->run(command());
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QCOMPARE(m_registry->count("GET", Digest::ofBytes(m_layer).toString()), qsizetype(0));
    QCOMPARE(m_program->files(), QStringList{u"out"_s});
}

void TestExportFaults::completesWhatALimitOfFilesBrokeOff()
{
    const ProgramRunner shell(u"sh"_s);
    const auto result =
        shell.run(QStringList{u"-c"_s, u"ulimit -f 100; exec \"$0\" \"$@\""_s, m_program->program()}
                  + command());
    QCOMPARE(result.exitStatus, 1);
    QVERIFY(isOneCleanLine(result.errors));
    QVERIFY(visibleFiles().isEmpty());
    QCOMPARE(m_program->run(command()).exitStatus, 0);
    QCOMPARE(m_program->files(), QStringList{u"out"_s});
}

void TestExportFaults::tellsWhichReferrersCannotComeAlong()
{
    const auto bytes = TestImages::image(*m_registry, u"a"_s, {.layers = {m_layer, "small"}});
    const Digest signature =
        TestReferrers::sign(*m_registry, u"a"_s, Digest::ofBytes(bytes), "signature");
    m_registry->failNext("GET", u"/manifests/"_s + signature.toString(), {404}, 2);
    const auto result = m_program->run(command() + QStringList{u"--referrers"_s, u"--json"_s});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    const QJsonObject left = documentOf(result)[u"leftOutReferrers"_s][0].toObject();
    QCOMPARE(left.value("digest"_L1).toString(), signature.toString());
    QVERIFY(!left.value("reason"_L1).toString().isEmpty());
    QCOMPARE(visibleFiles(), QStringList{u"out"_s});
    const auto folder = m_program->run(
        {u"export"_s, image(), u"oci:"_s + m_program->filePath(u"folder"_s), u"--referrers"_s});
    QVERIFY2(folder.errors.contains(QByteArray("left out: " + signature.toString().toLatin1())),
             folder.errors.constData());
}

void TestExportFaults::keepsTheOldFileOnAFullDisk()
{
    const SmallFileSystem disk;
    if (!disk.isMounted())
        QSKIP("mounting is not allowed here");
    QFile old(disk.filePath(u"old.tar"_s));
    QVERIFY(old.open(QIODevice::WriteOnly));
    QCOMPARE(old.write(QByteArray(300'000, 'o')), 300'000);
    old.close();
    // It has room for the layer, but not for the archive beside it.
    const auto result = m_program->run(
        {u"export"_s, image(), u"oci-archive:"_s + old.fileName(), u"--overwrite"_s});
    QCOMPARE(result.exitStatus, 1);
    QVERIFY(isOneCleanLine(result.errors));
    QCOMPARE(m_registry->count("GET", u"/blobs/"_s), qsizetype(0)); // It is said before.
    QVERIFY(old.open(QIODevice::ReadOnly));
    QVERIFY(old.readAll() == QByteArray(300'000, 'o'));
    QCOMPARE(QDir(disk.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList{u"old.tar"_s});
}

void TestExportFaults::writesNothingThroughALink_data()
{
    QTest::addColumn<QString>("option");
    QTest::newRow("refused") << QString();
    QTest::newRow("replaced") << u"--overwrite"_s;
}

void TestExportFaults::writesNothingThroughALink()
{
    QFETCH(const QString, option);
    QFile mine(m_program->filePath(u"mine"_s));
    QVERIFY(mine.open(QIODevice::WriteOnly) && mine.write("precious") == 8);
    mine.close();
    QVERIFY(QFile::link(mine.fileName(), m_program->filePath(u"out"_s)));
    QStringList words = command();
    if (!option.isEmpty())
        words.append(option);
    QCOMPARE(m_program->run(words).exitStatus, option.isEmpty() ? 1 : 0);
    QCOMPARE(m_program->content(u"mine"_s), "precious");
    QCOMPARE(QFileInfo(m_program->filePath(u"out"_s)).isSymLink(), option.isEmpty());
}

void TestExportFaults::bringsNothingOfAHostileImageOutside()
{
    const QByteArray tar = TestArchive()
                               .addLink("l", "..")
                               .add("l/escaped", "x")
                               .add(TestArchive::Header{"disk", '4'}, {})
                               .bytes();
    TestImages::addImage(*m_registry, u"a"_s, u"hostile"_s, {.layers = {tar}, .contents = {tar}});
    const auto result = m_program->run(
        {u"export"_s, image(u"hostile"_s), u"rootfs-dir:"_s + m_program->filePath(u"out"_s)});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QVERIFY2(result.errors.contains("disk"), result.errors.constData());
    QCOMPARE(m_program->files(), QStringList{u"out"_s});
    QCOMPARE(m_program->files(u"out"_s), QStringList({u"escaped"_s, u"l"_s}));
}

QTEST_GUILESS_MAIN(TestExportFaults)
#include "tst_export_faults.moc"
