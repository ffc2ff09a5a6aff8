// SPDX-License-Identifier: Apache-2.0
#include "support/cleanupreview.h"
#include "support/testimages.h"
#include "support/uitest.h"

#include <QFileDialog>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;
using namespace TestInventory;

/// What clean-ups read from files and write to them.
class TestCleanupCommandsFiles : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void takesRulesFromAFileAndKeepsThemInOne();
    void saysWhatIsWrongWithAFileOfRules();
    void savesTheReport();

private:
    [[nodiscard]] QString app() const { return m_registry->host() + "/team/app"_L1; }
    [[nodiscard]] QString text(const CleanupPage &page, const QString &label) const
    {
        return child<QLabel>(page, label).text();
    }
    static void chooseFile(const QString &dialogName, const QString &path);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<TestWindow> m_test;
};

void TestCleanupCommandsFiles::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<FakeRegistry>();
    for (const QString &tag : {u"latest"_s, u"pr-1"_s, u"pr-2"_s, u"x"_s})
        TestImages::addImage(*m_registry, u"team/app"_s, tag, {.layers = {tag.toLatin1()}});
    m_test = std::make_unique<TestWindow>(m_folder->path());
    m_test->connectTo(*m_registry);
}

void TestCleanupCommandsFiles::cleanup()
{
    m_test.reset();
    m_registry.reset();
}

void TestCleanupCommandsFiles::takesRulesFromAFileAndKeepsThemInOne()
{
    CleanupPage &page = CleanupReview::plan(*m_test, app());
    const QString path = m_folder->filePath(u"rules.json"_s);
    press(page, u"saveRules"_s);
    chooseFile(u"saveRulesDialog"_s, path);
    QTRY_VERIFY(QFileInfo::exists(path));
    page.setRules({{}, {deleteTheRest()}});
    press(page, u"loadRules"_s);
    chooseFile(u"loadRulesDialog"_s, path);
    QCOMPARE(page.rules().rules, QList<CleanupRule>{deleteNamed(u"pr-*"_s)});
    QTRY_VERIFY(page.isLoaded());
}

void TestCleanupCommandsFiles::saysWhatIsWrongWithAFileOfRules()
{
    CleanupPage &page = CleanupReview::plan(*m_test, app());
    QFile file(m_folder->filePath(u"rules.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"rules\": [{\"action\": \"explode\"}]}");
    file.close();
    press(page, u"loadRules"_s);
    chooseFile(u"loadRulesDialog"_s, file.fileName());
    QTRY_VERIFY(text(page, u"messageText"_s).contains("holds no rules"_L1));
    QCOMPARE(page.rules().rules, QList<CleanupRule>{deleteNamed(u"pr-*"_s)});
}

void TestCleanupCommandsFiles::savesTheReport()
{
    CleanupPage &page = CleanupReview::run(*m_test, app());
    const QString path = m_folder->filePath(u"report.json"_s);
    press(page, u"exportCleanup"_s);
    chooseFile(u"reportFileDialog"_s, path);
    QFile file(path);
    QTRY_VERIFY(file.exists());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray report = file.readAll();
    QVERIFY(QJsonDocument::fromJson(report).isObject());
    QVERIFY(report.contains("\"deleted\""));
    QVERIFY(report.contains(m_registry->host().toUtf8()));
}

void TestCleanupCommandsFiles::chooseFile(const QString &dialogName, const QString &path)
{
    auto &dialog = static_cast<QFileDialog &>(awaitDialog(dialogName));
    dialog.selectFile(path);
    QMetaObject::invokeMethod(&dialog, "accept");
    awaitNoDialog(dialogName);
}

LONGSHORE_UI_TEST(TestCleanupCommandsFiles)
#include "tst_cleanupcommands_files.moc"
