// SPDX-License-Identifier: Apache-2.0
#include "support/heldrequests.h"
#include "support/hostiletext.h"
#include "support/modeltext.h"
#include "support/snapshot.h"
#include "support/testbackup.h"
#include "support/testimages.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/dialogs/restoredialog.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTreeWidget>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// The dialog alone, on a registry of its own; tst_mainwindow_undo comes to it by hand.
class TestRestoreDialog : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void saysWhatCanComeBack();
    void bringsBackWhatIsTicked();
    void offersNothingThatIsLost();
    void movesATagOnlyWhenItIsTicked();
    void sendsNothingBeforeItIsAsked();
    void stopsAndStaysToSayHowItEnded();
    void saysWhyNothingCanComeBack_data();
    void saysWhyNothingCanComeBack();
    void readsTheWordsOfAServerAsText();
    void restoresByKeyboard();
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
    [[nodiscard]] QString list() const { return treeText(*rows().model(), 2); }
    [[nodiscard]] QPushButton &button() const
    {
        return child<QPushButton>(*m_dialog, u"restore"_s);
    }
    [[nodiscard]] bool isOver() const { return button().isHidden(); }

    Network m_network;
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<FakeRegistry> m_registry;
    std::shared_ptr<RegistrySession> m_session;
    std::unique_ptr<RestoreDialog> m_dialog;
    std::optional<Digest> m_old; ///< Of the tag "old".
};

void TestRestoreDialog::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<FakeRegistry>();
    m_old = TestImages::addImage(*m_registry, u"app"_s, u"old"_s, {.layers = {"old"}});
    TestImages::addImage(*m_registry, u"app"_s, u"older"_s, {.layers = {"older"}});
    m_session = std::make_shared<RegistrySession>(
        m_network, *RegistryAddress::parse(m_registry->host()), u"http"_s);
    deleteTags(*m_session, u"app"_s, {u"old"_s, u"older"_s}, m_home->filePath(u"backup"_s));
    m_registry->forgetRequests();
}

void TestRestoreDialog::cleanup()
{
    m_dialog.reset();
    m_session.reset();
    m_registry.reset();
}

void TestRestoreDialog::show()
{
    auto presenter = std::make_unique<RestoresPresenter>(
        QStringList{m_home->filePath(u"backup"_s)}, [this](const QString &host) {
            return m_session && host == m_session->host() ? m_session : nullptr;
        });
    m_dialog = std::make_unique<RestoreDialog>(std::move(presenter));
    m_dialog->show();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
}

void TestRestoreDialog::review()
{
    show();
    QTRY_VERIFY(child<QProgressBar>(*m_dialog, u"restoreProgress"_s).isHidden());
}

void TestRestoreDialog::saysWhatCanComeBack()
{
    review();
    QVERIFY(says(u"restoreHeadline"_s).startsWith(u"Restore tags of \u2068app\u2069 as of "_s));
    QCOMPARE(list(), u"old | can come back\nolder | can come back"_s);
    QVERIFY(says(u"restoreText"_s).startsWith("2 tag"_L1));
    QVERIFY(says(u"restoreFolder"_s).contains(m_home->path()));
    QVERIFY(button().isEnabled());
    QVERIFY(button().text().startsWith("&Restore 2 Tag"_L1));
    QCOMPARE(rows().topLevelItem(0)->toolTip(2), m_old->toString());
    snap(*m_dialog, u"restore-dialog"_s);
}

void TestRestoreDialog::bringsBackWhatIsTicked()
{
    review();
    QSignalSpy restored(m_dialog.get(), &RestoreDialog::tagsRestored);
    rows().topLevelItem(1)->setCheckState(0, Qt::Unchecked);
    QVERIFY(button().text().startsWith("&Restore 1 Tag"_L1));
    press(*m_dialog, u"restore"_s);
    QTRY_VERIFY(isOver());
    QVERIFY(says(u"restoreHeadline"_s).startsWith("1 tag"_L1));
    QCOMPARE(list(), u"old | Restored"_s);
    QCOMPARE(m_registry->tags(u"app"_s), QStringList{u"old"_s});
    QVERIFY(m_registry->hasManifest(u"app"_s, *m_old));
    QCOMPARE(restored.size(), qsizetype(1));
    QCOMPARE(restored.first().at(0).toString(), m_registry->host());
    QCOMPARE(restored.first().at(1).toString(), u"app"_s);
}

void TestRestoreDialog::offersNothingThatIsLost()
{
    QVERIFY(
        outcomeOf(m_session->deleteBlob(*RepositoryName::parse(u"app"), Digest::ofBytes("old"))));
    review();
    QCOMPARE(list(), u"old | cannot come back: its layers are gone\nolder | can come back"_s);
    QVERIFY(!rows().topLevelItem(0)->data(0, Qt::CheckStateRole).isValid()); // No box to tick.
    QVERIFY(button().text().startsWith("&Restore 1 Tag"_L1));
    QVERIFY(says(u"restoreText"_s).contains(u"cannot come back"_s));
    snap(*m_dialog, u"restore-lost"_s);
}

void TestRestoreDialog::movesATagOnlyWhenItIsTicked()
{
    const Digest other = TestImages::addImage(*m_registry, u"app"_s, u"old"_s, {.layers = {"new"}});
    review();
    QCOMPARE(list().section(u'\n', 0, 0),
             QString(u"old | points to "_s + other.shortText() + u" by now"_s));
    QCOMPARE(rows().topLevelItem(0)->checkState(0), Qt::Unchecked);
    QVERIFY(button().text().startsWith("&Restore 1 Tag"_L1));
    rows().topLevelItem(0)->setCheckState(0, Qt::Checked);
    press(*m_dialog, u"restore"_s);
    QTRY_VERIFY(isOver());
    QCOMPARE(list(), u"old | Restored\nolder | Restored"_s);
    snap(*m_dialog, u"restore-result"_s);
    QVERIFY(says(u"restoreFolder"_s).startsWith("What the tags pointed to before"_L1));
}

void TestRestoreDialog::sendsNothingBeforeItIsAsked()
{
    review();
    QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
    QVERIFY(!m_dialog->isVisible());
    for (const TestRequest &request : m_registry->requests())
        QVERIFY2(request.method == "HEAD" || request.method == "GET", request.raw.constData());
}

void TestRestoreDialog::stopsAndStaysToSayHowItEnded()
{
    HeldRequests held(*m_registry, "PUT", u"/manifests/"_s);
    review();
    press(*m_dialog, u"restore"_s);
    QTRY_COMPARE(held.count(), qsizetype(1));
    QVERIFY(!button().isEnabled());
    QCOMPARE(child<QPushButton>(*m_dialog, u"cancel"_s).text(), u"&Stop"_s);
    press(*m_dialog, u"cancel"_s);
    QTRY_VERIFY(isOver());
    QVERIFY(m_dialog->isVisible());
    QVERIFY(says(u"restoreHeadline"_s).startsWith("Stopped."_L1));
    held.release();
    QCOMPARE(m_registry->count("PUT"), qsizetype(1));
}

void TestRestoreDialog::saysWhyNothingCanComeBack_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("words");
    QTest::newRow("no backup") << u"folder"_s << u"no backup"_s;
    QTest::newRow("no connection") << u"session"_s << u"no open connection"_s;
    QTest::newRow("read-only") << u"read-only"_s << u"read-only"_s;
    QTest::newRow("refused") << u"refused"_s << u"not you"_s;
}

void TestRestoreDialog::saysWhyNothingCanComeBack()
{
    QFETCH(const QString, fault);
    QFETCH(const QString, words);
    if (fault == "folder"_L1)
        QVERIFY(QFile::remove(m_home->filePath(u"backup/longshore-backup.json"_s)));
    if (fault == "session"_L1)
        m_session.reset();
    if (fault == "read-only"_L1) {
        HttpSettings settings;
        settings.isReadOnly = true;
        m_session = std::make_shared<RegistrySession>(
            m_network, *RegistryAddress::parse(m_registry->host()), u"http"_s, settings);
    }
    if (fault == "refused"_L1) {
        m_registry->failNext("HEAD", {}, {403, {}, {}, true}, 99);
        m_registry->failNext("GET", {}, registryRefusal(403, "DENIED", "not you"), 99);
    }
    show();
    QTRY_VERIFY(isOver());
    QCOMPARE(says(u"restoreHeadline"_s), u"Nothing was restored."_s);
    QVERIFY2(says(u"restoreText"_s).contains(words), qPrintable(says(u"restoreText"_s)));
    QVERIFY(list().isEmpty());
}

void TestRestoreDialog::readsTheWordsOfAServerAsText()
{
    for (const QString &sample : HostileText::samples()) {
        m_registry->failNext("PUT", u"/manifests/old"_s,
                             registryRefusal(400, "<b>CODE</b>", sample.toUtf8()));
        review();
        press(*m_dialog, u"restore"_s);
        QTRY_VERIFY(isOver());
        QVERIFY(m_dialog->minimumSizeHint().width() < 800);
        m_registry->removeTag(u"app"_s, u"older"_s);
    }
    QCOMPARE(WidgetChecks::labelsWithMarkup(*m_dialog), QStringList());
}

void TestRestoreDialog::restoresByKeyboard()
{
    review();
    rows().setFocus();
    QTest::keyClick(&rows(), Qt::Key_Space); // The first row is the current one.
    QVERIFY(button().text().startsWith("&Restore 1 Tag"_L1));
    QTest::keyClick(m_dialog->focusWidget(), Qt::Key_R, Qt::AltModifier);
    QTRY_VERIFY(isOver());
    QCOMPARE(m_registry->tags(u"app"_s), QStringList{u"older"_s});
    QTest::keyClick(m_dialog->focusWidget(), Qt::Key_Return);
    QVERIFY(!m_dialog->isVisible());
}

void TestRestoreDialog::canBeUsedByKeyboardAtEveryStep()
{
    const auto check = [this](const QString &step) {
        const QStringList complaints = WidgetChecks::complaintsAbout(*m_dialog);
        QVERIFY2(complaints.isEmpty(), qPrintable(step + u": "_s + complaints.join(u'\n')));
    };
    HeldRequests held(*m_registry, "HEAD", u"/manifests/"_s);
    show();
    QVERIFY(!m_dialog->windowTitle().isEmpty());
    check(u"checking"_s);
    held.release();
    QTRY_VERIFY(button().isEnabled());
    check(u"asking"_s);
    press(*m_dialog, u"restore"_s);
    check(u"running"_s);
    QTRY_VERIFY(isOver());
    check(u"over"_s);
    QVERIFY(child<QLabel>(*m_dialog, u"restoreHeadline"_s).accessibleName().startsWith("2 tag"_L1));
}

LONGSHORE_UI_TEST(TestRestoreDialog)
#include "tst_restoredialog.moc"
