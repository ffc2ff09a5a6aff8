// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"
#include "support/deletionreview.h"
#include "support/heldrequests.h"
#include "support/hostiletext.h"
#include "support/testimages.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/dialogs/deletedialog.h"

#include <QProgressBar>
#include <QRadioButton>
#include <QSignalSpy>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;
using namespace DeletionReview;

/// The dialog alone, on a registry of its own; tst_mainwindow_deletion comes to it by hand.
class TestDeleteDialog : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void deletesNothingByAKeyThatIsHitInPassing_data();
    void deletesNothingByAKeyThatIsHitInPassing();
    void saysHowFarTheLookAtEveryTagIs();
    void saysWhatGoesAndHowMuch();
    void listsSiblingsAndNeedsAChoiceForThem();
    void offersNothingThatAnIndexNeeds();
    void tellsOnlyOfTagsThatAreGone();
    void deletesByKeyboard();
    void stopsOnceAndStaysToSayHowItEnded();
    void saysWhyTheRepositoryCannotBeRead();
    void readsTheWordsOfAServerAsText();
    void staysAsWideAsTheScreenAllows();
    void canBeUsedByKeyboardAtEveryStep();

private:
    void show(const QStringList &tags);
    /// Shows the dialog, and waits until it has looked at every tag.
    void review(const QStringList &tags);
    [[nodiscard]] bool isOver() const { return button(*m_dialog).isHidden(); }
    [[nodiscard]] QString says(const QString &label) const { return text(*m_dialog, label); }
    [[nodiscard]] QProgressBar &progress() const
    {
        return child<QProgressBar>(*m_dialog, u"deletionProgress"_s);
    }

    Network m_network;
    std::unique_ptr<FakeRegistry> m_registry;
    std::shared_ptr<RegistrySession> m_session;
    std::unique_ptr<DeleteDialog> m_dialog;
    std::optional<Digest> m_old; ///< Of the tag "old".
};

void TestDeleteDialog::init()
{
    m_registry = std::make_unique<FakeRegistry>();
    m_old = TestImages::addImage(*m_registry, u"app"_s, u"old"_s, {.layers = {"old"}});
    TestImages::addImage(*m_registry, u"app"_s, u"older"_s, {.layers = {"older"}});
    const Digest latest = TestImages::addImage(*m_registry, u"app"_s, u"latest"_s);
    m_registry->setTag(u"app"_s, u"1.0"_s, latest);
    m_session = std::make_shared<RegistrySession>(
        m_network, *RegistryAddress::parse(m_registry->host()), u"http"_s);
}

void TestDeleteDialog::cleanup()
{
    m_dialog.reset();
    m_session.reset();
    m_registry.reset();
}

void TestDeleteDialog::show(const QStringList &tags)
{
    QList<Tag> chosen;
    for (const QString &tag : tags)
        chosen.append(*Tag::parse(tag));
    m_dialog = std::make_unique<DeleteDialog>(
        std::make_unique<DeletionPresenter>(m_session, *RepositoryName::parse(u"app"), chosen));
    m_dialog->show();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
}

void TestDeleteDialog::review(const QStringList &tags)
{
    show(tags);
    QTRY_VERIFY(progress().isHidden());
}

void TestDeleteDialog::deletesNothingByAKeyThatIsHitInPassing_data()
{
    QTest::addColumn<QString>("focus");
    QTest::addColumn<int>("key");
    for (const int key : {Qt::Key_Return, Qt::Key_Enter, Qt::Key_Escape}) {
        const QByteArray name = QKeySequence(key).toString().toLatin1();
        QTest::addRow("%s as it opens", name.constData()) << QString() << key;
        for (const QString &focus : {u"deletionList"_s, u"withImages"_s, u"delete"_s})
            QTest::addRow("%s on %s", name.constData(), qPrintable(focus)) << focus << key;
    }
    QTest::newRow("Space as it opens") << QString() << int(Qt::Key_Space);
}

void TestDeleteDialog::deletesNothingByAKeyThatIsHitInPassing()
{
    QFETCH(QString, focus);
    QFETCH(int, key);
    review({u"latest"_s});
    child<QRadioButton>(*m_dialog, u"withImages"_s).setChecked(true);
    QVERIFY(button(*m_dialog).isEnabled()); // It would go by that button.
    QVERIFY(child<QPushButton>(*m_dialog, u"cancel"_s).isDefault());
    if (focus.isEmpty())
        QVERIFY(child<QPushButton>(*m_dialog, u"cancel"_s).hasFocus());
    else
        child<QWidget>(*m_dialog, focus).setFocus();
    QTest::keyClick(m_dialog->focusWidget(), static_cast<Qt::Key>(key));
    QVERIFY(!m_dialog->isVisible());
    QCOMPARE(m_registry->tags(u"app"_s).size(), qsizetype(4));
    QCOMPARE(m_registry->count("PUT"), qsizetype(0));
}

void TestDeleteDialog::saysHowFarTheLookAtEveryTagIs()
{
    HeldRequests held(*m_registry, "HEAD", u"/manifests/"_s);
    show({u"old"_s});
    QCOMPARE(says(u"headline"_s), u"Delete 1 tag from \u2068app\u2069?"_s);
    QVERIFY(says(u"explanation"_s).startsWith("Checking every tag"_L1));
    QVERIFY(!button(*m_dialog).isEnabled()); // Nobody knows yet what would go.
    QTRY_COMPARE(held.count(), qsizetype(4));
    held.answerOne();
    QTRY_COMPARE(progress().value(), 1);
    QCOMPARE(progress().maximum(), 4);
    QVERIFY(!button(*m_dialog).isEnabled());
    held.release();
    QTRY_VERIFY(button(*m_dialog).isEnabled());
}

void TestDeleteDialog::saysWhatGoesAndHowMuch()
{
    review({u"old"_s, u"older"_s});
    QCOMPARE(says(u"headline"_s), u"Delete 2 tags from \u2068app\u2069?"_s);
    QCOMPARE(button(*m_dialog).text(), u"&Delete 2 Tags"_s);
    QCOMPARE(list(*m_dialog),
             u"old | is deleted with its image\nolder | is deleted with its image"_s);
    const auto &rows = child<QTreeWidget>(*m_dialog, u"deletionList"_s);
    QCOMPARE(rows.topLevelItem(0)->text(2), m_old->shortText());
    QCOMPARE(rows.topLevelItem(0)->toolTip(2), m_old->toString());
    QVERIFY(says(u"backup"_s).startsWith("A backup of 2 manifests will be written before"_L1));
    QVERIFY(says(u"backup"_s).contains(" It takes "_L1));
    QVERIFY(!child<QRadioButton>(*m_dialog, u"withImages"_s).isVisible()); // Nothing to choose.
}

void TestDeleteDialog::listsSiblingsAndNeedsAChoiceForThem()
{
    review({u"latest"_s});
    QCOMPARE(list(*m_dialog), u"latest | chosen\n1.0 | points to the same image"_s);
    auto &consent = child<QRadioButton>(*m_dialog, u"withImages"_s);
    QVERIFY(consent.text().contains("with them 1 more tag"_L1));
    QVERIFY(consent.isVisible() && !consent.isChecked());
    QVERIFY(!child<QRadioButton>(*m_dialog, u"onlyTags"_s).isEnabled()); // Few servers can.
    QCOMPARE(button(*m_dialog).text(), u"&Delete"_s);
    QVERIFY(!button(*m_dialog).isEnabled());
    QTest::keyClick(&consent, Qt::Key_Space);
    QVERIFY(button(*m_dialog).isEnabled() && button(*m_dialog).text() == "&Delete 2 Tags"_L1);
    QCOMPARE(says(u"headline"_s), u"Delete 2 tags from \u2068app\u2069?"_s);
}

void TestDeleteDialog::offersNothingThatAnIndexNeeds()
{
    const QByteArray part = TestImages::image(*m_registry, u"app"_s, {.architecture = u"arm64"_s});
    TestImages::addIndex(*m_registry, u"app"_s, u"multi"_s);
    m_registry->setTag(u"app"_s, u"part"_s, Digest::ofBytes(part));
    review({u"part"_s});
    QCOMPARE(list(*m_dialog), u"part | is part of multi"_s);
    QVERIFY(!button(*m_dialog).isEnabled());
    QVERIFY(says(u"backup"_s).isEmpty()); // None will be written.
    m_registry->setTag(u"app"_s, u"part-too"_s, Digest::ofBytes(part));
    review({u"part"_s});
    QVERIFY(!child<QRadioButton>(*m_dialog, u"withImages"_s).isEnabled());
    QVERIFY(says(u"aboutWithImages"_s).contains("would be broken"_L1));
    QVERIFY(!button(*m_dialog).isEnabled());
}

void TestDeleteDialog::tellsOnlyOfTagsThatAreGone()
{
    m_registry->failNext("DELETE", m_old->toString(), {500, {}, {}});
    review({u"old"_s, u"older"_s});
    QSignalSpy gone(m_dialog.get(), &DeleteDialog::tagsDeleted);
    press(*m_dialog, u"delete"_s);
    QTRY_VERIFY(isOver());
    QCOMPARE(says(u"headline"_s), u"1 tag deleted, 1 failed."_s);
    const QStringList rows = list(*m_dialog).split(u'\n');
    QVERIFY2(rows.first().startsWith("old | Failed: "_L1), qPrintable(rows.first()));
    QCOMPARE(rows.last(), u"older | Deleted"_s);
    QVERIFY(says(u"backup"_s).startsWith("The backup is in "_L1));
    QCOMPARE(gone.size(), qsizetype(1));
    QCOMPARE(gone.first().first().toStringList(), QStringList{u"older"_s});
    QCOMPARE(m_registry->tags(u"app"_s), QStringList({u"1.0"_s, u"latest"_s, u"old"_s}));
}

void TestDeleteDialog::deletesByKeyboard()
{
    review({u"latest"_s});
    QTest::keyClick(m_dialog->focusWidget(), Qt::Key_D, Qt::AltModifier);
    QVERIFY(progress().isHidden()); // Not without a choice.
    QTest::keyClick(m_dialog->focusWidget(), Qt::Key_I, Qt::AltModifier);
    QTRY_VERIFY(button(*m_dialog).isEnabled());
    QTest::keyClick(m_dialog->focusWidget(), Qt::Key_D, Qt::AltModifier);
    QTRY_COMPARE(says(u"headline"_s), u"2 tags deleted."_s);
    QVERIFY(child<QPushButton>(*m_dialog, u"close"_s).hasFocus());
    QTest::keyClick(m_dialog->focusWidget(), Qt::Key_Return);
    QVERIFY(!m_dialog->isVisible());
}

void TestDeleteDialog::stopsOnceAndStaysToSayHowItEnded()
{
    HeldRequests held(*m_registry, "DELETE", u"/manifests/"_s);
    review({u"old"_s, u"older"_s});
    const QSignalSpy gone(m_dialog.get(), &DeleteDialog::tagsDeleted);
    press(*m_dialog, u"delete"_s);
    QTRY_COMPARE(held.count(), qsizetype(1));
    QVERIFY(!button(*m_dialog).isEnabled());
    QCOMPARE(child<QPushButton>(*m_dialog, u"cancel"_s).text(), u"&Stop after Current"_s);
    QCOMPARE(progress().maximum(), 2);
    press(*m_dialog, u"cancel"_s);
    held.release(); // What is under way is seen to its end.
    QTRY_VERIFY_WITH_TIMEOUT(isOver(), 20'000);
    QVERIFY(m_dialog->isVisible());
    QCOMPARE(says(u"headline"_s), u"1 tag deleted, 1 not tried."_s);
    QCOMPARE(gone.size(), qsizetype(1));
    QCOMPARE(m_registry->count("DELETE"), qsizetype(1));
    QTest::keyClick(m_dialog->focusWidget(), Qt::Key_Escape);
    QVERIFY(!m_dialog->isVisible());
}

void TestDeleteDialog::saysWhyTheRepositoryCannotBeRead()
{
    m_registry->failNext("GET", u"/tags/list"_s, registryRefusal(403, "DENIED", "not you"), 9);
    show({u"old"_s});
    QTRY_VERIFY(isOver());
    QCOMPARE(says(u"headline"_s), u"Nothing was deleted."_s);
    QVERIFY(says(u"explanation"_s).contains("not you"_L1));
    QVERIFY(list(*m_dialog).isEmpty());
    press(*m_dialog, u"close"_s);
    QVERIFY(!m_dialog->isVisible());
    QCOMPARE(m_registry->count("DELETE"), qsizetype(0));
}

void TestDeleteDialog::readsTheWordsOfAServerAsText()
{
    for (const QString &sample : HostileText::samples()) {
        m_registry->failNext("GET", u"/tags/list"_s,
                             registryRefusal(403, "<b>CODE</b>", sample.toUtf8()));
        show({u"old"_s});
        QTRY_VERIFY(isOver());
        const QString complaint = HostileText::complaintAbout(says(u"explanation"_s).remove(u'\n'));
        QVERIFY2(complaint.isEmpty(), qPrintable(complaint));
        QVERIFY(m_dialog->minimumSizeHint().width() < 800);
    }
    QCOMPARE(WidgetChecks::labelsWithMarkup(*m_dialog), QStringList());
}

void TestDeleteDialog::staysAsWideAsTheScreenAllows()
{
    for (int i = 0; i < 12; ++i)
        m_registry->setTag(u"app"_s, QString(120, u'W') + QString::number(i), *m_old);
    review({u"old"_s});
    QCOMPARE(child<QTreeWidget>(*m_dialog, u"deletionList"_s).topLevelItemCount(), 13);
    QVERIFY(says(u"explanation"_s).contains("images: WWW"_L1));
    QVERIFY(m_dialog->minimumSizeHint().width() < 800);
}

void TestDeleteDialog::canBeUsedByKeyboardAtEveryStep()
{
    const auto check = [this](const QString &step) {
        const QStringList complaints = WidgetChecks::complaintsAbout(*m_dialog);
        QVERIFY2(complaints.isEmpty(), qPrintable(step + u": "_s + complaints.join(u'\n')));
    };
    HeldRequests held(*m_registry, "HEAD", u"/manifests/"_s);
    show({u"latest"_s});
    QVERIFY(!m_dialog->windowTitle().isEmpty());
    check(u"checking"_s);
    held.release();
    QTRY_VERIFY(progress().isHidden());
    child<QRadioButton>(*m_dialog, u"withImages"_s).setChecked(true);
    check(u"asking"_s);
    press(*m_dialog, u"delete"_s);
    check(u"running"_s);
    QTRY_VERIFY(isOver());
    check(u"over"_s);
    // What a screen reader says of the end.
    QCOMPARE(child<QLabel>(*m_dialog, u"headline"_s).accessibleName(), u"2 tags deleted."_s);
}

LONGSHORE_UI_TEST(TestDeleteDialog)
#include "tst_deletedialog.moc"
