// SPDX-License-Identifier: Apache-2.0
#include "support/testbackup.h"
#include "support/testimages.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/dialogs/restoredialog.h"

#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTreeWidget>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// What the dialog asks for where a mistake would be felt.
class TestRestoreDialogProduction : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void needsTheTypedName();
    void needsTheTypedRegistryForSeveralRepositories();
    void namesTheRepositoryThatIsTicked();
    void saysOnceWhatIsNeeded();
    void needsOneNameForBothBackupsOfARepository();

private:
    /// Deletes the tag from the repository, into a backup of that name; gives its folder.
    QString makeBackup(const QString &repository, const QString &tag, const QString &name);
    RestoreDialog &show(const QStringList &folders);
    [[nodiscard]] QLineEdit &name() const
    {
        return child<QLineEdit>(*m_dialog, u"repositoryName"_s);
    }
    [[nodiscard]] QPushButton &restore() const
    {
        return child<QPushButton>(*m_dialog, u"restore"_s);
    }
    [[nodiscard]] QTreeWidgetItem &row(int number) const
    {
        return *child<QTreeWidget>(*m_dialog, u"restoreList"_s).topLevelItem(number);
    }

    Network m_network;
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<FakeRegistry> m_registry;
    std::shared_ptr<RegistrySession> m_session;
    std::unique_ptr<RestoreDialog> m_dialog;
};

void TestRestoreDialogProduction::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<FakeRegistry>();
    HttpSettings settings;
    settings.isProduction = true;
    m_session = std::make_shared<RegistrySession>(
        m_network, *RegistryAddress::parse(m_registry->host()), u"http"_s, settings);
    m_session->client().allowChanges(true);
}

void TestRestoreDialogProduction::cleanup()
{
    m_dialog.reset();
    m_session.reset();
    m_registry.reset();
}

QString TestRestoreDialogProduction::makeBackup(const QString &repository, const QString &tag,
                                                const QString &name)
{
    RegistrySession usual(m_network, *RegistryAddress::parse(m_registry->host()), u"http"_s);
    TestImages::addImage(*m_registry, repository, tag, {.layers = {name.toLatin1()}});
    const QString folder = m_home->filePath(name);
    deleteTags(usual, repository, {tag}, folder);
    setTaken(folder, 1);
    return folder;
}

RestoreDialog &TestRestoreDialogProduction::show(const QStringList &folders)
{
    m_dialog = std::make_unique<RestoreDialog>(std::make_unique<RestoresPresenter>(
        folders, [this](const QString &) { return m_session; }));
    m_dialog->show();
    if (!QTest::qWaitForWindowActive(m_dialog.get()))
        qFatal("the dialog does not come to the front");
    if (!QTest::qWaitFor([this] { return name().isVisible(); }, 20'000))
        qFatal("no name is asked for");
    return *m_dialog;
}

void TestRestoreDialogProduction::needsTheTypedName()
{
    RestoreDialog &dialog = show({makeBackup(u"app"_s, u"old"_s, u"backup"_s)});
    QVERIFY(child<QFrame>(dialog, u"productionBand"_s).isVisible());
    QVERIFY(name().hasFocus());
    QVERIFY(!restore().isEnabled());
    QTest::keyClicks(&name(), u"apple"_s);
    QVERIFY(!restore().isEnabled());
    QTest::keyClick(&name(), Qt::Key_Backspace);
    QTest::keyClick(&name(), Qt::Key_Backspace);
    QVERIFY(restore().isEnabled());
    row(0).setCheckState(0, Qt::Unchecked);
    QVERIFY(!restore().isEnabled()); // The name alone is not enough.
    row(0).setCheckState(0, Qt::Checked);
    const QStringList complaints = WidgetChecks::complaintsAbout(dialog);
    QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
    press(dialog, u"restore"_s);
    QTRY_VERIFY(restore().isHidden());
    QCOMPARE(m_registry->tags(u"app"_s), QStringList{u"old"_s});
    // What was permitted is over with it.
    QVERIFY(m_session->client().objectionTo({.method = HttpRequest::Method::Put, .url = {}}));
}

void TestRestoreDialogProduction::needsTheTypedRegistryForSeveralRepositories()
{
    RestoreDialog &dialog = show(
        {makeBackup(u"app"_s, u"old"_s, u"first"_s), makeBackup(u"web"_s, u"old"_s, u"second"_s)});
    QVERIFY(name().hasFocus());
    QVERIFY(name().placeholderText().contains(m_registry->host()));
    QCOMPARE(name().accessibleName(), name().placeholderText());
    QTest::keyClicks(&name(), u"app"_s);
    QVERIFY(!restore().isEnabled());
    row(1).setCheckState(0, Qt::Unchecked); // It is one repository now.
    QVERIFY(name().text().isEmpty());
    QTest::keyClicks(&name(), u"app"_s);
    QVERIFY(restore().isEnabled());
    row(1).setCheckState(0, Qt::Checked);
    QVERIFY(name().text().isEmpty() && !restore().isEnabled());
    QTest::keyClicks(&name(), m_registry->host());
    QVERIFY(restore().isEnabled());
    const QStringList complaints = WidgetChecks::complaintsAbout(dialog);
    QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
    press(dialog, u"restore"_s);
    QTRY_VERIFY(restore().isHidden());
    QCOMPARE(m_registry->tags(u"app"_s), QStringList{u"old"_s});
    QCOMPARE(m_registry->tags(u"web"_s), QStringList{u"old"_s});
    QVERIFY(m_session->client().objectionTo({.method = HttpRequest::Method::Put, .url = {}}));
}

void TestRestoreDialogProduction::namesTheRepositoryThatIsTicked()
{
    show({makeBackup(u"app"_s, u"old"_s, u"first"_s), makeBackup(u"web"_s, u"old"_s, u"second"_s)});
    row(1).setCheckState(0, Qt::Unchecked);
    QVERIFY(name().placeholderText().contains(m_registry->host() + "/app"_L1));
    QCOMPARE(name().accessibleName(), name().placeholderText());
    QTest::keyClicks(&name(), u"app"_s);
    row(0).setCheckState(0, Qt::Unchecked);
    QCOMPARE(name().text(), u"app"_s); // Nobody knows yet what comes.
    row(1).setCheckState(0, Qt::Checked);
    QVERIFY(name().placeholderText().contains(m_registry->host() + "/web"_L1));
    QVERIFY(name().text().isEmpty() && !restore().isEnabled());
    QTest::keyClicks(&name(), u"web"_s);
    QVERIFY(restore().isEnabled());
}

void TestRestoreDialogProduction::saysOnceWhatIsNeeded()
{
    show({makeBackup(u"app"_s, u"old"_s, u"backup"_s)});
    name().setAccessibleName(u"heard"_s);
    QTest::keyClicks(&name(), u"app"_s);
    row(0).setCheckState(0, Qt::Unchecked);
    row(0).setCheckState(0, Qt::Checked);
    QVERIFY(restore().isEnabled());
    QCOMPARE(name().accessibleName(), u"heard"_s); // A screen reader would begin again.
}

void TestRestoreDialogProduction::needsOneNameForBothBackupsOfARepository()
{
    show({makeBackup(u"app"_s, u"old"_s, u"backup"_s),
          makeBackup(u"app"_s, u"alone"_s, u"backup-tags"_s)});
    QTest::keyClicks(&name(), u"app"_s);
    QVERIFY(restore().isEnabled());
}

LONGSHORE_UI_TEST(TestRestoreDialogProduction)
#include "tst_restoredialog_production.moc"
