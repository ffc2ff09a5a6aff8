// SPDX-License-Identifier: Apache-2.0
#include "support/backupshelf.h"
#include "support/heldrequests.h"
#include "support/modeltext.h"
#include "support/snapshot.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/dialogs/restoredialog.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTreeWidget>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// The dialog about the backups of several repositories.
class TestRestoreDialogSeveral : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void showsTheTagsBelowTheirBackups();
    void bringsBackOneAfterTheOther();
    void tellsOfARepositoryOnce();
    void bringsBackATagOfTwoBackupsOnce();
    void leavesOutABackupOfWhichNothingIsTicked();
    void isNotKeptByABackupThatCannotBeRead();
    void saysWhyNothingCanComeBack();
    void beginsNoFurtherBackupOnceItIsStopped();
    void saysWhatCameBackBeforeItWasStopped();
    void canBeUsedByKeyboardAtEveryStep();

private:
    void show();
    /// Shows the dialog, and waits until it knows what can come back.
    void review();
    [[nodiscard]] QString says(const QString &label) const
    {
        return child<QLabel>(*m_dialog, label).text();
    }
    [[nodiscard]] QTreeWidget &rows() const
    {
        return child<QTreeWidget>(*m_dialog, u"restoreList"_s);
    }
    /// With "HOST" for that of the registry.
    [[nodiscard]] QString list() const
    {
        return treeText(*rows().model(), 2).replace(registry().host(), u"HOST"_s);
    }
    [[nodiscard]] QPushButton &button() const
    {
        return child<QPushButton>(*m_dialog, u"restore"_s);
    }
    [[nodiscard]] bool isOver() const { return button().isHidden(); }

    [[nodiscard]] FakeRegistry &registry() const { return m_shelf->connection.registry; }

    std::unique_ptr<BackupShelf> m_shelf;
    QStringList m_folders;
    std::unique_ptr<RestoreDialog> m_dialog;
};

void TestRestoreDialogSeveral::init()
{
    m_shelf = std::make_unique<BackupShelf>();
    m_folders = {m_shelf->add(u"first"_s, {u"old"_s}, u"app"_s),
                 m_shelf->add(u"second"_s, {u"v1"_s}, u"web"_s)};
    for (const QString &folder : std::as_const(m_folders))
        setTaken(folder, 2);
    registry().forgetRequests();
}

void TestRestoreDialogSeveral::cleanup()
{
    m_dialog.reset();
    m_shelf.reset();
}

void TestRestoreDialogSeveral::show()
{
    m_dialog = std::make_unique<RestoreDialog>(
        std::make_unique<RestoresPresenter>(m_folders, [this](const QString &) {
            return std::shared_ptr<RegistrySession>(std::shared_ptr<void>(),
                                                    &m_shelf->connection.session);
        }));
    m_dialog->show();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
}

void TestRestoreDialogSeveral::review()
{
    show();
    QTRY_VERIFY(child<QProgressBar>(*m_dialog, u"restoreProgress"_s).isHidden());
}

void TestRestoreDialogSeveral::showsTheTagsBelowTheirBackups()
{
    review();
    QVERIFY(says(u"restoreHeadline"_s).startsWith("Restore tags of 2 backup"_L1));
    QCOMPARE(says(u"restoreText"_s), u"2 tags can come back."_s);
    QVERIFY(says(u"restoreFolder"_s).contains(m_shelf->place()));
    QCOMPARE(list(), u"HOST/app | 1 tag can come back.\n"
                     "  old | can come back\n"
                     "HOST/web | 1 tag can come back.\n"
                     "  v1 | can come back"_s);
    QVERIFY(rows().topLevelItem(1)->isExpanded());
    QVERIFY(rows().topLevelItem(1)->toolTip(0).contains(u"second"_s));
    QVERIFY(button().text().startsWith("&Restore 2 Tag"_L1));
    snap(*m_dialog, u"restore-several"_s);
}

void TestRestoreDialogSeveral::bringsBackOneAfterTheOther()
{
    review();
    QSignalSpy restored(m_dialog.get(), &RestoreDialog::tagsRestored);
    press(*m_dialog, u"restore"_s);
    QTRY_VERIFY(isOver());
    QCOMPARE(says(u"restoreHeadline"_s), u"2 tags restored."_s);
    QCOMPARE(list(), u"HOST/app | 1 tag restored.\n"
                     "  old | Restored\n"
                     "HOST/web | 1 tag restored.\n"
                     "  v1 | Restored"_s);
    QCOMPARE(registry().tags(u"app"_s), QStringList{u"old"_s});
    QCOMPARE(registry().tags(u"web"_s), QStringList{u"v1"_s});
    QCOMPARE(restored.size(), qsizetype(2));
    QCOMPARE(restored.at(0).at(1).toString(), u"app"_s);
    QCOMPARE(restored.at(1).at(1).toString(), u"web"_s);
}

void TestRestoreDialogSeveral::tellsOfARepositoryOnce()
{
    m_folders = {m_folders.at(0), m_shelf->add(u"first-tags"_s, {u"alone"_s}, u"app"_s)};
    setTaken(m_folders.at(1), 2);
    review();
    QCOMPARE(list(), u"HOST/app | 1 tag can come back.\n"
                     "  old | can come back\n"
                     "HOST/app (tags alone) | 1 tag can come back.\n"
                     "  alone | can come back"_s);
    QSignalSpy restored(m_dialog.get(), &RestoreDialog::tagsRestored);
    press(*m_dialog, u"restore"_s);
    QTRY_VERIFY(isOver());
    QCOMPARE(registry().tags(u"app"_s), QStringList({u"alone"_s, u"old"_s}));
    QCOMPARE(restored.size(), qsizetype(1));
}

void TestRestoreDialogSeveral::bringsBackATagOfTwoBackupsOnce()
{
    m_folders = {m_shelf->add(u"older"_s, {u"old"_s}, u"app"_s), m_folders.at(0)};
    setTaken(m_folders.at(0), 1);
    review();
    QCOMPARE(says(u"restoreText"_s), u"1 tag can come back."_s);
    QCOMPARE(list(), u"HOST/app | 1 tag can come back.\n"
                     "  old | can come back\n"
                     "HOST/app | 1 tag can come back.\n"
                     "  old | can come back; a newer backup has it, too"_s);
    QVERIFY(rows().topLevelItem(0)->toolTip(0).contains(u"first"_s));
    QVERIFY(button().text().startsWith("&Restore 1 Tag"_L1));
    press(*m_dialog, u"restore"_s);
    QTRY_VERIFY(isOver());
    QCOMPARE(says(u"restoreHeadline"_s), u"1 tag restored."_s);
    QCOMPARE(list(), u"HOST/app | 1 tag restored.\n  old | Restored"_s);
}

void TestRestoreDialogSeveral::leavesOutABackupOfWhichNothingIsTicked()
{
    review();
    rows().topLevelItem(0)->child(0)->setCheckState(0, Qt::Unchecked);
    QVERIFY(button().text().startsWith("&Restore 1 Tag"_L1));
    press(*m_dialog, u"restore"_s);
    QTRY_VERIFY(isOver());
    QCOMPARE(list(), u"HOST/web | 1 tag restored.\n  v1 | Restored"_s);
    QCOMPARE(registry().tags(u"app"_s), QStringList());
}

void TestRestoreDialogSeveral::isNotKeptByABackupThatCannotBeRead()
{
    m_shelf->spoil(u"first"_s);
    review();
    QVERIFY2(list().startsWith("first | "_L1), qPrintable(list()));
    QVERIFY2(rows().topLevelItem(0)->text(1).contains(u"no backup"_s), qPrintable(list()));
    QCOMPARE(list().section(u'\n', 1), u"HOST/web | 1 tag can come back.\n  v1 | can come back"_s);
    QCOMPARE(says(u"restoreText"_s),
             u"1 tag can come back. 1 backup cannot be restored; the list says why."_s);
    press(*m_dialog, u"restore"_s);
    QTRY_VERIFY(isOver());
    QCOMPARE(says(u"restoreHeadline"_s), u"1 tag restored."_s);
    QVERIFY(rows().topLevelItem(0)->text(1).contains(u"no backup"_s)); // Nobody forgets it.
    QCOMPARE(registry().tags(u"web"_s), QStringList{u"v1"_s});
}

void TestRestoreDialogSeveral::saysWhyNothingCanComeBack()
{
    m_shelf->spoil(u"first"_s);
    m_shelf->spoil(u"second"_s);
    show();
    QTRY_VERIFY(isOver());
    QCOMPARE(says(u"restoreHeadline"_s), u"Nothing was restored."_s);
    QCOMPARE(says(u"restoreText"_s), u"2 backups cannot be restored; the list says why."_s);
    QCOMPARE(rows().topLevelItemCount(), 2);
}

void TestRestoreDialogSeveral::beginsNoFurtherBackupOnceItIsStopped()
{
    HeldRequests held(registry(), "PUT", u"/app/manifests/"_s);
    review();
    press(*m_dialog, u"restore"_s);
    QTRY_COMPARE(held.count(), qsizetype(1));
    press(*m_dialog, u"cancel"_s);
    QTRY_VERIFY(isOver());
    QVERIFY(m_dialog->isVisible());
    QCOMPARE(says(u"restoreHeadline"_s), u"Stopped. 0 tags restored, 1 not tried."_s);
    QVERIFY2(list().startsWith("HOST/app | Stopped."_L1), qPrintable(list()));
    QVERIFY2(list().endsWith("  v1 | Not tried"_L1), qPrintable(list()));
    held.release();
    QCOMPARE(registry().count("PUT"), qsizetype(1));
}

void TestRestoreDialogSeveral::saysWhatCameBackBeforeItWasStopped()
{
    HeldRequests held(registry(), "PUT", u"/web/manifests/"_s);
    review();
    QSignalSpy restored(m_dialog.get(), &RestoreDialog::tagsRestored);
    press(*m_dialog, u"restore"_s);
    QTRY_COMPARE(held.count(), qsizetype(1));
    const auto &progress = child<QProgressBar>(*m_dialog, u"restoreProgress"_s);
    QCOMPARE(progress.value() * 2, progress.maximum()); // One of two.
    press(*m_dialog, u"cancel"_s);
    QTRY_VERIFY(isOver());
    QCOMPARE(says(u"restoreHeadline"_s), u"Stopped. 1 tag restored."_s);
    QVERIFY(list().startsWith("HOST/app | 1 tag restored."_L1));
    QCOMPARE(restored.size(), qsizetype(1));
    QCOMPARE(restored.first().at(1).toString(), u"app"_s);
}

void TestRestoreDialogSeveral::canBeUsedByKeyboardAtEveryStep()
{
    const auto check = [this](const QString &step) {
        const QStringList complaints = WidgetChecks::complaintsAbout(*m_dialog);
        QVERIFY2(complaints.isEmpty(), qPrintable(step + u": "_s + complaints.join(u'\n')));
    };
    review();
    check(u"asking"_s);
    rows().setFocus();
    QTest::keyClick(&rows(), Qt::Key_Space); // The first backup is the current row.
    QVERIFY(button().text().startsWith("&Restore 1 Tag"_L1));
    QTest::keyClick(m_dialog->focusWidget(), Qt::Key_R, Qt::AltModifier);
    QTRY_VERIFY(isOver());
    check(u"over"_s);
    QCOMPARE(registry().tags(u"app"_s), QStringList());
    QCOMPARE(registry().tags(u"web"_s), QStringList{u"v1"_s});
}

LONGSHORE_UI_TEST(TestRestoreDialogSeveral)
#include "tst_restoredialog_several.moc"
