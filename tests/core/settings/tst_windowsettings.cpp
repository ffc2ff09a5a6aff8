// SPDX-License-Identifier: Apache-2.0
#include "core/settings/windowsettings.h"

#include <QDir>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Theme = WindowSettings::Theme;

class TestWindowSettings : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void beginsWithWhatTheDesktopWants();
    void keepsEverythingForTheNextStart();
    void keepsTheOpenTabs_data();
    void keepsTheOpenTabs();
    void forgetsAFolderThatIsGone();
    void survivesAFileThatIsNone_data();
    void survivesAFileThatIsNone();
    void remembersTheLastFiles();
    void livesBesideTheConnections();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(u"window.ini"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestWindowSettings::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestWindowSettings::beginsWithWhatTheDesktopWants()
{
    const WindowSettings settings(path());
    QVERIFY(settings.geometry().isEmpty());
    QVERIFY(settings.state().isEmpty());
    QVERIFY(settings.columns(u"tags"_s).isEmpty());
    QCOMPARE(settings.openTabs(), QStringList());
    QCOMPARE(settings.transferLimits(), (TransferLimits{3, 0}));
    QCOMPARE(settings.backupDays(90), 90);
    QCOMPARE(settings.backupBytes(5), 5);
    QCOMPARE(settings.theme(), Theme::System);
    QCOMPARE(settings.exportFolder(),
             QStandardPaths::writableLocation(QStandardPaths::DownloadLocation));
}

void TestWindowSettings::keepsEverythingForTheNextStart()
{
    const QByteArray binary("\0\xff\n;=\"%", 7);
    {
        WindowSettings settings(path());
        settings.setGeometry(binary + '1');
        settings.setState(binary + '2');
        settings.setColumns(u"tags"_s, binary + '3');
        settings.setColumns(u"layers"_s, binary + '4');
        settings.setExportFolder(m_folder->path());
        settings.setTheme(Theme::Dark);
    }
    WindowSettings again(path());
    QCOMPARE(again.geometry(), binary + '1');
    QCOMPARE(again.state(), binary + '2');
    QCOMPARE(again.columns(u"tags"_s), binary + '3');
    QCOMPARE(again.columns(u"layers"_s), binary + '4');
    QCOMPARE(again.exportFolder(), m_folder->path());
    QCOMPARE(again.theme(), Theme::Dark);
    again.setTheme(Theme::Light);
    QCOMPARE(again.theme(), Theme::Light);
    again.setTheme(Theme::System);
    QCOMPARE(again.theme(), Theme::System);
    again.setTransferLimits({7, 12345});
    QCOMPARE(WindowSettings(path()).transferLimits(), (TransferLimits{7, 12345}));
    again.setBackupDays(0);
    again.setBackupBytes(1LL << 40);
    QCOMPARE(WindowSettings(path()).backupDays(90), 0);
    QCOMPARE(WindowSettings(path()).backupBytes(5), 1LL << 40);
    again.setBackupDays(-1); // Whoever writes that into the file does not mean "at once".
    again.setBackupBytes(-1);
    QCOMPARE(again.backupDays(90), 90);
    QCOMPARE(again.backupBytes(5), 5);
}

void TestWindowSettings::keepsTheOpenTabs_data()
{
    QTest::addColumn<QStringList>("tabs");
    QTest::newRow("none") << QStringList();
    QTest::newRow("one") << QStringList{u"reg.lab:5000/a"_s};
    QTest::newRow("some, with commas")
        << QStringList{u"a,b"_s, u"reg/a@sha256:00"_s, u"[::1]:5/a"_s};
}

void TestWindowSettings::keepsTheOpenTabs()
{
    QFETCH(const QStringList, tabs);
    {
        WindowSettings settings(path());
        settings.setOpenTabs({u"old"_s});
        settings.setOpenTabs(tabs);
    }
    QCOMPARE(WindowSettings(path()).openTabs(), tabs);
}

void TestWindowSettings::forgetsAFolderThatIsGone()
{
    WindowSettings settings(path());
    const QString folder = m_folder->filePath(u"export"_s);
    QVERIFY(QDir().mkdir(folder));
    settings.setExportFolder(folder);
    QCOMPARE(settings.exportFolder(), folder);
    settings.setImportFolder(folder);
    QCOMPARE(settings.importFolder(), folder);
    QVERIFY(QDir().rmdir(folder));
    QCOMPARE(settings.importFolder(),
             QStandardPaths::writableLocation(QStandardPaths::DownloadLocation));
    QCOMPARE(settings.exportFolder(),
             QStandardPaths::writableLocation(QStandardPaths::DownloadLocation));
}

void TestWindowSettings::survivesAFileThatIsNone_data()
{
    QTest::addColumn<QByteArray>("bytes"); // DSK-19
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("binary") << QByteArray("\0\1\2\xff\xfe[window", 12);
    QTest::newRow("no values") << QByteArray("[window]\ntheme\ntabs\n=\n[\n");
    QTest::newRow("other limits") << QByteArray("[transfers]\nparallel=999\nbytesPerSecond=-7\n");
    QTest::newRow("other values") << QByteArray("[window]\ntheme=42\ngeometry=@ByteArray(\n");
}

void TestWindowSettings::survivesAFileThatIsNone()
{
    QFETCH(const QByteArray, bytes);
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
    file.close();
    {
        WindowSettings settings(path());
        QCOMPARE(settings.theme(), Theme::System);
        QCOMPARE(settings.transferLimits(), (TransferLimits{3, 0}));
        settings.setTheme(Theme::Dark);
    }
    QCOMPARE(WindowSettings(path()).theme(), Theme::Dark);
}

void TestWindowSettings::remembersTheLastFiles()
{
    {
        WindowSettings settings(path());
        QVERIFY(settings.recentFiles().isEmpty());
        for (int i = 0; i < 20; ++i)
            settings.addRecentFile(u"/files/%1"_s.arg(i));
        settings.addRecentFile(u"/files/15"_s);
    }
    WindowSettings again(path());
    QCOMPARE(again.recentFiles().mid(0, 3),
             QStringList({u"/files/15"_s, u"/files/19"_s, u"/files/18"_s}));
    QCOMPARE(again.recentFiles().size(), qsizetype(8));
    QCOMPARE(again.recentFiles().count(u"/files/15"_s), qsizetype(1));
    again.forgetRecentFiles();
    QVERIFY(again.recentFiles().isEmpty());
}

void TestWindowSettings::livesBesideTheConnections()
{
    QStandardPaths::setTestModeEnabled(true);
    const QFileInfo file(WindowSettings::defaultPath());
    QCOMPARE(file.fileName(), u"window.ini"_s);
    QCOMPARE(file.absolutePath(),
             QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation));
}

QTEST_GUILESS_MAIN(TestWindowSettings)
#include "tst_windowsettings.moc"
