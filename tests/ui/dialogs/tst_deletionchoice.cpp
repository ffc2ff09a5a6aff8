// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"
#include "support/deletionreview.h"
#include "support/snapshot.h"
#include "support/testimages.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/dialogs/deletedialog.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QRadioButton>
#include <QSignalSpy>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;
using namespace DeletionReview;

/// What a person may choose in the review, and that everything else in it follows.
class TestDeletionChoice : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void removesOnlyTheTagsUnlessToldOtherwise();
    void showsEveryTagBeforeTheButtonCanBePressed();
    void saysWhyTagsCannotGoAlone();
    void removesTagsByPlaceholdersThatWereAllowed();
    void leavesThePartsOfAnIndex();
    void wantsTheNumberThatGoes();
    void saysThatNobodyKnows();
    void tellsWhichBackupsThereAre();

private:
    void review(const QStringList &tags);
    [[nodiscard]] QString says(const QString &label) const { return text(*m_dialog, label); }
    [[nodiscard]] QRadioButton &radio(const QString &name) const
    {
        return child<QRadioButton>(*m_dialog, name);
    }

    Network m_network;
    std::unique_ptr<FakeRegistry> m_registry;
    std::shared_ptr<RegistrySession> m_session;
    std::unique_ptr<DeleteDialog> m_dialog;
};

/// "latest", "1.4" and "1.4.2" are one image; "old" and "new" are alone.
void TestDeletionChoice::init()
{
    m_registry = std::make_unique<FakeRegistry>();
    m_registry->behaviour.canDeleteTags = true;
    TestImages::addImage(*m_registry, u"app"_s, u"old"_s, {.layers = {"old"}});
    TestImages::addImage(*m_registry, u"app"_s, u"new"_s, {.layers = {"new"}});
    const Digest latest = TestImages::addImage(*m_registry, u"app"_s, u"latest"_s);
    m_registry->setTag(u"app"_s, u"1.4"_s, latest);
    m_registry->setTag(u"app"_s, u"1.4.2"_s, latest);
    HttpSettings settings;
    settings.retry.firstDelay = std::chrono::milliseconds(1);
    m_session = std::make_shared<RegistrySession>(
        m_network, *RegistryAddress::parse(m_registry->host()), u"http"_s, settings);
}

void TestDeletionChoice::cleanup()
{
    m_dialog.reset();
    m_session.reset();
    m_registry.reset();
}

void TestDeletionChoice::review(const QStringList &tags)
{
    QList<Tag> chosen;
    for (const QString &tag : tags)
        chosen.append(*Tag::parse(tag));
    m_dialog = std::make_unique<DeleteDialog>(
        std::make_unique<DeletionPresenter>(m_session, *RepositoryName::parse(u"app"), chosen));
    m_dialog->show();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    QTRY_VERIFY(child<QWidget>(*m_dialog, u"deletionProgress"_s).isHidden());
}

void TestDeletionChoice::removesOnlyTheTagsUnlessToldOtherwise()
{
    review({u"latest"_s});
    QVERIFY(radio(u"onlyTags"_s).isChecked());
    QCOMPARE(radio(u"onlyTags"_s).text(), u"Remove &only this tag"_s);
    QCOMPARE(says(u"headline"_s), u"Delete 1 tag from \u2068app\u2069?"_s);
    QCOMPARE(list(*m_dialog), u"latest | is removed; its image stays\n"
                              u"1.4 | points to the same image, and stays\n"
                              u"1.4.2 | points to the same image, and stays"_s);
    QVERIFY(says(u"backup"_s).contains("-tags"_L1));
    QVERIFY(!child<QCheckBox>(*m_dialog, u"placeholder"_s).isVisible());
    snap(*m_dialog, u"deletion-only-tags"_s);
    const QStringList complaints = WidgetChecks::complaintsAbout(*m_dialog);
    QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
    press(*m_dialog, u"delete"_s);
    QTRY_COMPARE(says(u"headline"_s), u"1 tag deleted."_s);
    QCOMPARE(list(*m_dialog), u"latest | Removed; its image stays"_s);
    QCOMPARE(m_registry->tags(u"app"_s), QStringList({u"1.4"_s, u"1.4.2"_s, u"new"_s, u"old"_s}));
}

void TestDeletionChoice::showsEveryTagBeforeTheButtonCanBePressed()
{
    review({u"latest"_s, u"old"_s});
    QCOMPARE(button(*m_dialog).text(), u"&Delete 2 Tags"_s);
    QVERIFY(button(*m_dialog).isEnabled());
    radio(u"withImages"_s).click();
    QCOMPARE(radio(u"withImages"_s).text(), u"Remove the &images, and with them 2 more tags"_s);
    QCOMPARE(list(*m_dialog), u"latest | is deleted with its image and 2 more tags\n"
                              u"1.4 | points to the same image and goes with it\n"
                              u"1.4.2 | points to the same image and goes with it\n"
                              u"old | is deleted with its image"_s);
    QCOMPARE(says(u"headline"_s), u"Delete 4 tags from \u2068app\u2069?"_s);
    QCOMPARE(button(*m_dialog).text(), u"&Delete 4 Tags"_s);
    QVERIFY(!button(*m_dialog).isEnabled()); // Not before the number was typed.
    QVERIFY(says(u"confirmationQuestion"_s).contains("more than half"_L1));
    snap(*m_dialog, u"deletion-with-images"_s);
    fillIn(*m_dialog, u"typedConfirmation"_s, u"2"_s);
    QVERIFY(!button(*m_dialog).isEnabled());
    fillIn(*m_dialog, u"typedConfirmation"_s, u"4"_s);
    QVERIFY(button(*m_dialog).isEnabled());
    radio(u"onlyTags"_s).click(); // For that nobody has typed anything.
    radio(u"withImages"_s).click();
    QVERIFY(!button(*m_dialog).isEnabled());
    fillIn(*m_dialog, u"typedConfirmation"_s, u"4"_s);
    press(*m_dialog, u"delete"_s);
    QTRY_COMPARE(says(u"headline"_s), u"4 tags deleted."_s);
    QCOMPARE(m_registry->tags(u"app"_s), QStringList{u"new"_s});
}

void TestDeletionChoice::saysWhyTagsCannotGoAlone()
{
    m_registry->behaviour.canDeleteTags = false;
    review({u"latest"_s});
    QVERIFY(!radio(u"onlyTags"_s).isEnabled());
    QVERIFY(!radio(u"onlyTags"_s).isChecked() && !radio(u"withImages"_s).isChecked());
    QVERIFY(says(u"aboutOnlyTags"_s).startsWith("This server cannot remove a tag"_L1));
    QVERIFY(says(u"explanation"_s).endsWith("Choose what shall go."_L1));
    QCOMPARE(list(*m_dialog), u"latest | chosen\n1.4 | points to the same image\n"
                              u"1.4.2 | points to the same image"_s);
    QVERIFY(!button(*m_dialog).isEnabled());
    snap(*m_dialog, u"deletion-not-alone"_s);
    const QStringList complaints = WidgetChecks::complaintsAbout(*m_dialog);
    QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
}

void TestDeletionChoice::removesTagsByPlaceholdersThatWereAllowed()
{
    m_registry->behaviour.canDeleteTags = false;
    review({u"latest"_s});
    auto &placeholder = child<QCheckBox>(*m_dialog, u"placeholder"_s);
    placeholder.click();
    QVERIFY(radio(u"onlyTags"_s).isChecked());
    QVERIFY(button(*m_dialog).isEnabled());
    placeholder.click(); // Taken back.
    QVERIFY(!radio(u"onlyTags"_s).isEnabled() && !radio(u"onlyTags"_s).isChecked());
    QVERIFY(!button(*m_dialog).isEnabled());
    placeholder.click();
    press(*m_dialog, u"delete"_s);
    QTRY_COMPARE(says(u"headline"_s), u"1 tag deleted."_s);
    QCOMPARE(m_registry->tags(u"app"_s), QStringList({u"1.4"_s, u"1.4.2"_s, u"new"_s, u"old"_s}));
}

void TestDeletionChoice::leavesThePartsOfAnIndex()
{
    const QByteArray part = TestImages::image(*m_registry, u"app"_s, {.architecture = u"arm64"_s});
    TestImages::addIndex(*m_registry, u"app"_s, u"multi"_s);
    m_registry->setTag(u"app"_s, u"part"_s, Digest::ofBytes(part));
    review({u"part"_s});
    QVERIFY(radio(u"onlyTags"_s).isChecked());
    QVERIFY(!radio(u"withImages"_s).isEnabled());
    QVERIFY(says(u"aboutWithImages"_s).startsWith("part is part of multi"_L1));
    QCOMPARE(list(*m_dialog), u"part | is removed; its image stays"_s);
    press(*m_dialog, u"delete"_s);
    QTRY_COMPARE(says(u"headline"_s), u"1 tag deleted."_s);
    QVERIFY(m_registry->hasManifest(u"app"_s, Digest::ofBytes(part)));
}

void TestDeletionChoice::wantsTheNumberThatGoes()
{
    review({u"latest"_s, u"1.4"_s, u"1.4.2"_s, u"old"_s, u"new"_s}); // DEL-26
    QVERIFY(!radio(u"onlyTags"_s).isVisible());
    QVERIFY(says(u"confirmationQuestion"_s).contains("loses its last image"_L1));
    QVERIFY(!button(*m_dialog).isEnabled());
    fillIn(*m_dialog, u"typedConfirmation"_s, u"five"_s);
    QVERIFY(!button(*m_dialog).isEnabled());
    fillIn(*m_dialog, u"typedConfirmation"_s, u"5"_s);
    QVERIFY(button(*m_dialog).isEnabled());
}

void TestDeletionChoice::saysThatNobodyKnows()
{
    m_registry->failNext("DELETE", u"longshore-probe"_s, {500}, 9);
    review({u"latest"_s});
    QVERIFY(radio(u"onlyTags"_s).isChecked());
    QVERIFY(says(u"aboutOnlyTags"_s).startsWith("Whether this server"_L1));
}

void TestDeletionChoice::tellsWhichBackupsThereAre()
{
    review({u"latest"_s, u"old"_s});
    QSignalSpy gone(m_dialog.get(), &DeleteDialog::tagsDeleted);
    QSignalSpy undo(m_dialog.get(), &DeleteDialog::undoRequested);
    press(*m_dialog, u"delete"_s);
    QTRY_COMPARE(gone.size(), qsizetype(1));
    QCOMPARE(gone.first().first().toStringList(), QStringList({u"old"_s, u"latest"_s}));
    const QStringList folders = gone.first().last().toStringList();
    QCOMPARE(folders.size(), qsizetype(2));
    press(*m_dialog, u"undo"_s);
    QCOMPARE(undo.size(), qsizetype(1));
    QCOMPARE(undo.first().first().toStringList(), folders);
}

LONGSHORE_UI_TEST(TestDeletionChoice)
#include "tst_deletionchoice.moc"
