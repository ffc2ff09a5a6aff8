// SPDX-License-Identifier: Apache-2.0
#include "support/copyreview.h"
#include "support/heldrequests.h"
#include "support/testreferrers.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/presenters/registrysource.h"

#include <QCompleter>
#include <QTreeView>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestCopyDialog : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_review = std::make_unique<CopyReview>(); }
    void cleanup() { m_review.reset(); }
    void showsWhatItUnderstood();
    void waitsUntilItIsKnownWhatIsThere();
    void waitsUntilItIsKnownWhatIsInTheFile();
    void showsWhatHasToBeSent();
    void asksForATagWhereThereIsNone();
    void takesAllImagesOrOne();
    void renamesSeveralByAPattern();
    void proposesOneImageWhereTagsCollide();
    void refusesWhatCannotBeAName_data();
    void refusesWhatCannotBeAName();
    void looksAgainWhenSomebodyHasTyped();
    void explainsAReadOnlyConnection();
    void explainsThatNoRegistryIsOpen();
    void saysWhatHoldsNoImages();
    void saysWhyItCannotLookAndTriesAgain();
    void offersTheRepositoriesThatAreKnown();
    void copiesToAnotherPlaceOnly();
    void offersReferrersOfARegistryOnly();
    void canBeUsedByKeyboard();

private:
    [[nodiscard]] CopyDialog &dialog() const { return *m_review->dialog; }
    [[nodiscard]] std::unique_ptr<ImageSource> registrySource() const
    {
        const auto &connection = m_review->connection;
        return std::make_unique<RegistrySource>(
            std::shared_ptr<Session>(connection, &connection->session),
            *RepositoryName::parse(u"team/app"), QList<Reference>{*Tag::parse(u"1.0")});
    }

    std::unique_ptr<CopyReview> m_review;
};

void TestCopyDialog::showsWhatItUnderstood()
{
    m_review->save({u"1.4"_s});
    m_review->show();
    QVERIFY(m_review->awaitPlan());
    QVERIFY(m_review->label(u"copySource"_s).contains(u"OCI layout with 1"_s));
    QCOMPARE(dialog().repository(), u"team/app"_s);
    QCOMPARE(m_review->tag(), u"1.4"_s);
    QVERIFY(m_review->go().isEnabled() && m_review->go().isDefault());
    QVERIFY(!child<QComboBox>(dialog(), u"image"_s).isVisible());
    QVERIFY(!m_review->overwrite().isVisible());
    QVERIFY(m_review->wasOnlyAsked());
}

void TestCopyDialog::waitsUntilItIsKnownWhatIsThere()
{
    m_review->save({u"1.4"_s});
    HeldRequests held(m_review->registry(), "HEAD", u"/blobs/"_s);
    m_review->show();
    QTRY_COMPARE(held.count(), qsizetype(3));
    QVERIFY(!m_review->go().isEnabled());
    QVERIFY(m_review->note().contains(u"Looking"_s));
    QVERIFY(child<QWidget>(dialog(), u"copyProgress"_s).isVisible());
    held.release();
    QTRY_VERIFY(m_review->go().isEnabled());
    QVERIFY(!child<QWidget>(dialog(), u"copyProgress"_s).isVisible());
}

void TestCopyDialog::waitsUntilItIsKnownWhatIsInTheFile()
{
    m_review->save({u"1.4"_s});
    // No event has come yet that could bring an answer.
    const CopyDialog unseen(std::make_unique<FileSource>(QStringList{m_review->layout.path()}),
                            m_review->targets, {u"one"_s, u"team/app"_s});
    QVERIFY(!child<QPushButton>(unseen, u"upload"_s).isEnabled());
    QVERIFY(child<QLabel>(unseen, u"copyNote"_s).text().contains(u"Reading"_s));
}

void TestCopyDialog::showsWhatHasToBeSent()
{
    m_review->save({u"1.4"_s});
    m_review->registry().addBlob(u"team/app"_s, "base");
    m_review->show();
    QVERIFY(m_review->awaitPlan());
    QCOMPARE(child<QTreeView>(dialog(), u"blobs"_s).model()->rowCount(), 3);
    const QString totals = m_review->label(u"copyTotals"_s);
    QVERIFY2(totals.contains(u"in 2 "_s) && totals.contains(u"of 3"_s), qPrintable(totals));
}

void TestCopyDialog::asksForATagWhereThereIsNone()
{
    m_review->save({QString()});
    m_review->show();
    QTRY_VERIFY(m_review->note().contains(u"tag"_s));
    QVERIFY(!m_review->go().isEnabled());
    fillIn(dialog(), u"targetTag"_s, u"mine"_s);
    QTRY_VERIFY(m_review->go().isEnabled());
}

void TestCopyDialog::takesAllImagesOrOne()
{
    m_review->save({u"1.4"_s, u"1.5"_s});
    m_review->show();
    QVERIFY(m_review->awaitPlan());
    auto &images = child<QComboBox>(dialog(), u"image"_s);
    QVERIFY(images.isVisible());
    QCOMPARE(images.count(), 3);
    QCOMPARE(dialog().presenter().tasks().size(), qsizetype(2));
    QCOMPARE(m_review->tag(), u"{tag}"_s);
    images.setCurrentIndex(2);
    QVERIFY(m_review->awaitPlan());
    QCOMPARE(m_review->tag(), u"1.5"_s);
    QCOMPARE(dialog().presenter().tasks().size(), qsizetype(1));
    QVERIFY(dialog().presenter().tasks().first().target.endsWith(u"/team/app:1.5"_s));
}

void TestCopyDialog::renamesSeveralByAPattern()
{
    m_review->save({u"1.4"_s, u"1.5"_s});
    m_review->show();
    QVERIFY(m_review->awaitPlan());
    fillIn(dialog(), u"targetTag"_s, u"{tag}-copy"_s);
    QVERIFY(m_review->awaitPlan());
    const QList<TransferTask> tasks = dialog().presenter().tasks();
    QCOMPARE(tasks.size(), qsizetype(2));
    QVERIFY(tasks.at(0).target.endsWith(u"/team/app:1.4-copy"_s));
    QVERIFY(tasks.at(1).target.endsWith(u"/team/app:1.5-copy"_s));
    fillIn(dialog(), u"targetTag"_s, u"same"_s); // All of them would be called so.
    QTRY_VERIFY(m_review->note().contains(u"{tag}"_s));
    QVERIFY(!m_review->go().isEnabled());
    fillIn(dialog(), u"targetTag"_s, u"{tag} x"_s);
    QTRY_VERIFY(m_review->note().contains(u"cannot be a tag"_s));
}

void TestCopyDialog::proposesOneImageWhereTagsCollide()
{
    m_review->save({u"reg.lab/app:1"_s, u"reg.lab/base:1"_s});
    m_review->show();
    QVERIFY(m_review->awaitPlan());
    QCOMPARE(dialog().presenter().tasks().size(), qsizetype(1));
    child<QComboBox>(dialog(), u"image"_s).setCurrentIndex(0);
    QVERIFY(!m_review->go().isEnabled());
    QVERIFY2(m_review->note().contains(u"Several images"_s), qPrintable(m_review->note()));
}

void TestCopyDialog::refusesWhatCannotBeAName_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("no repository") << u"targetRepository"_s << QString() << u"which repository"_s;
    QTest::newRow("capitals") << u"targetRepository"_s << u"Team/App"_s << u"lower-case"_s;
    QTest::newRow("no tag") << u"targetTag"_s << QString() << u"a tag"_s;
    QTest::newRow("a blank") << u"targetTag"_s << u"a b"_s << u"cannot be a tag"_s;
}

void TestCopyDialog::refusesWhatCannotBeAName()
{
    QFETCH(const QString, field);
    QFETCH(const QString, text);
    QFETCH(const QString, words);
    m_review->save({u"1.4"_s});
    m_review->show();
    QVERIFY(m_review->awaitPlan());
    fillIn(dialog(), field, text);
    QVERIFY(!m_review->go().isEnabled()); // At once.
    QVERIFY2(m_review->note().contains(words), qPrintable(m_review->note()));
}

void TestCopyDialog::looksAgainWhenSomebodyHasTyped()
{
    m_review->save({u"1.4"_s});
    m_review->registry().addBlob(u"team/base"_s, "base");
    m_review->show();
    QVERIFY(m_review->awaitPlan());
    fillIn(dialog(), u"targetRepository"_s, u"team/base"_s);
    QVERIFY(!m_review->go().isEnabled());
    QTRY_VERIFY(m_review->go().isEnabled());
    QVERIFY(m_review->label(u"copyTotals"_s).contains(u"in 2 "_s));
    QVERIFY(dialog().presenter().tasks().first().target.endsWith(u"/team/base:1.4"_s));
}

void TestCopyDialog::explainsAReadOnlyConnection()
{
    m_review->save({u"1.4"_s});
    m_review->targets.first().objection = u"This connection is read-only."_s;
    m_review->show();
    QTRY_VERIFY2(m_review->note().contains(u"read-only"_s), qPrintable(m_review->note()));
    QVERIFY(!m_review->go().isEnabled());
    QVERIFY(m_review->registry().requests().isEmpty());
}

void TestCopyDialog::explainsThatNoRegistryIsOpen()
{
    m_review->save({u"1.4"_s});
    m_review->targets.clear();
    m_review->show();
    QTRY_VERIFY2(m_review->note().contains(u"No registry"_s), qPrintable(m_review->note()));
    QVERIFY(!m_review->go().isEnabled());
}

void TestCopyDialog::saysWhatHoldsNoImages()
{
    m_review->save({u"1.4"_s});
    m_review->show(
        std::make_unique<FileSource>(QStringList{m_review->layout.filePath(u"index.json"_s)}));
    auto &message = child<QLabel>(dialog(), u"messageText"_s);
    QTRY_VERIFY(message.isVisible());
    QVERIFY2(message.text().contains(u"index.json"_s), qPrintable(message.text()));
    QVERIFY(!m_review->go().isEnabled());
}

void TestCopyDialog::saysWhyItCannotLookAndTriesAgain()
{
    m_review->save({u"1.4"_s});
    m_review->registry().behaviour.signIn = FakeRegistry::SignIn::Basic;
    m_review->show();
    auto &message = child<QLabel>(dialog(), u"messageText"_s);
    QTRY_VERIFY(message.isVisible());
    QVERIFY2(message.text().contains(u"Sign in"_s), qPrintable(message.text()));
    QVERIFY(!m_review->go().isEnabled());
    m_review->registry().behaviour.signIn = FakeRegistry::SignIn::None;
    press(dialog(), u"retryPlanButton"_s);
    QTRY_VERIFY(m_review->go().isEnabled());
    QVERIFY(!message.isVisible());
}

void TestCopyDialog::offersTheRepositoriesThatAreKnown()
{
    m_review->save({u"1.4"_s});
    m_review->targets.first().repositories = {u"team/app"_s, u"team/base"_s};
    m_review->show();
    const QCompleter *completer = child<QLineEdit>(dialog(), u"targetRepository"_s).completer();
    QVERIFY(completer);
    QCOMPARE(completer->model()->rowCount(), 2);
}

void TestCopyDialog::copiesToAnotherPlaceOnly()
{
    TestImages::addImage(m_review->registry(), u"team/app"_s, u"1.0"_s);
    m_review->show(registrySource());
    QCOMPARE(dialog().windowTitle(), u"Copy Image"_s);
    const auto &go = child<QPushButton>(dialog(), u"copy"_s);
    QTRY_VERIFY2(m_review->note().contains(u"there already"_s), qPrintable(m_review->note()));
    QVERIFY(!go.isEnabled());
    fillIn(dialog(), u"targetTag"_s, u"1.1"_s);
    QTRY_VERIFY(go.isEnabled());
    QVERIFY(m_review->label(u"copyTotals"_s).startsWith(u"Nothing has to be sent"_s));
}

void TestCopyDialog::offersReferrersOfARegistryOnly()
{
    const Digest image = TestImages::addImage(m_review->registry(), u"team/app"_s, u"1.0"_s);
    TestReferrers::sign(m_review->registry(), u"team/app"_s, image, "signature");
    m_review->save({u"1.4"_s});
    m_review->show();
    QVERIFY(!child<QCheckBox>(dialog(), u"withReferrers"_s).isVisible());
    m_review->show(registrySource(), u"team/copy"_s);
    QVERIFY(m_review->awaitPlan());
    m_review->registry().forgetRequests();
    QTest::keyClick(&child<QCheckBox>(dialog(), u"withReferrers"_s), Qt::Key_Space);
    QVERIFY(m_review->awaitPlan());
    QVERIFY(m_review->registry().count("GET", u"/referrers/"_s) > 0);
    QVERIFY2(m_review->label(u"copyTotals"_s).contains(u".sig"_s),
             qPrintable(m_review->label(u"copyTotals"_s)));
}

void TestCopyDialog::canBeUsedByKeyboard()
{
    m_review->save({u"1.4"_s, u"1.5"_s});
    TestImages::addImage(m_review->registry(), u"team/app"_s, u"1.4"_s, {.layers = {"old"}});
    m_review->show();
    QVERIFY(m_review->awaitPlan());
    QCOMPARE(WidgetChecks::complaintsAbout(dialog()), QStringList());
}

LONGSHORE_UI_TEST(TestCopyDialog)
#include "tst_copydialog.moc"
