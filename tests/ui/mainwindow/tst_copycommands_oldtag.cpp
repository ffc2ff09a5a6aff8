// SPDX-License-Identifier: Apache-2.0
#include "core/base/displaytext.h"
#include "core/cleanup/tagremovalproof.h"
#include "support/fakejournal.h"
#include "support/heldrequests.h"
#include "support/snapshot.h"
#include "support/testcopies.h"
#include "support/uitest.h"
#include "ui/presenters/oldtagpresenter.h"

#include <QCheckBox>
#include <QMessageBox>
#include <QPushButton>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using Finding = TagRemovalProof::Finding;
using State = TransferRow::State;

/// Giving an image another tag in place of the one that it has.
class TestCopyCommandsOldTag : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_test.reset(); }
    void removesTheOldTagBehindAllNewOnes();
    void keepsItWhereThatWasNotChosen();
    void keepsItUntilWhatFailedIsThere();
    void saysWhatThereIsWhereItStays();
    void letsTheWindowCloseBehindIt_data();
    void letsTheWindowCloseBehindIt();

private:
    void retag(const QString &tags, bool removesOld = true);
    [[nodiscard]] QString result() const
    {
        auto *box = qobject_cast<QMessageBox *>(&awaitDialog(u"oldTagResult"_s));
        snap(*box, u"old-tag-result"_s);
        return box->text();
    }
    [[nodiscard]] const TransferRow &row() const { return m_test->transferModel.rows().last(); }

    std::unique_ptr<TestCopies> m_test;
    std::shared_ptr<FakeJournal> m_journal;
    QString m_id;
    QStringList m_backups; ///< As the commands have told.
};

void TestCopyCommandsOldTag::init()
{
    m_test = std::make_unique<TestCopies>();
    m_test->registry.behaviour.canDeleteTags = true;
    TestImages::addImage(m_test->registry, u"app"_s, u"rc"_s, {.layers = {"base", "one"}});
    m_id = m_test->connectToRegistry();
    m_journal = std::make_shared<FakeJournal>();
    m_test->commands->setJournal(m_journal);
    m_backups.clear();
    connect(m_test->commands, &CopyCommands::tagRemoved, this,
            [this](const QString &folder) { m_backups.append(folder); });
    RegistrySession &session = *m_test->registries.session(m_id);
    TagRemovalProof::of(session).note(TagRemovalProof::Method::Native,
                                      *RepositoryName::parse(u"app"), Finding::Proven,
                                      session.signInNumber());
}

void TestCopyCommandsOldTag::retag(const QString &tags, bool removesOld)
{
    m_test->commands->retag(TestTabs::place(m_id, u"app"_s), *Tag::parse(u"rc"));
    const QDialog &dialog = awaitDialog(u"retagDialog"_s);
    fillIn(dialog, u"newTags"_s, tags);
    QTRY_VERIFY(child<QPushButton>(dialog, u"retag"_s).isEnabled());
    if (removesOld)
        child<QCheckBox>(dialog, u"removeOldTag"_s).click();
    press(dialog, u"retag"_s);
    awaitNoDialog(u"retagDialog"_s);
}

void TestCopyCommandsOldTag::removesTheOldTagBehindAllNewOnes()
{
    QStringList there;
    m_test->registry.intercept([&](const TestRequest &request, const TestConnection &) {
        if (request.method == "DELETE")
            there = m_test->registry.tags(u"app"_s);
        return false;
    });
    retag(u"1.0 latest"_s);
    const QString text = result();
    const QString expected = u"Added 1.0, latest, and removed %1.\n"_s.arg(quotedText(u"rc"_s));
    QVERIFY2(text.startsWith(expected), qPrintable(text));
    QCOMPARE(there, QStringList({u"1.0"_s, u"latest"_s, u"rc"_s}));
    QCOMPARE(m_test->registry.tags(u"app"_s), QStringList({u"1.0"_s, u"latest"_s}));
    QCOMPARE(m_backups.size(), qsizetype(1)); // To be undone.
    QCOMPARE(m_journal->lines(), QStringList({u"begin 1 items"_s, u"0 untagged"_s, u"end"_s}));
}

void TestCopyCommandsOldTag::keepsItWhereThatWasNotChosen()
{
    const QSignalSpy stored(m_test->commands, &CopyCommands::stored);
    retag(u"1.0"_s, false);
    QTRY_COMPARE(row().state, State::Finished);
    QTRY_COMPARE(stored.size(), qsizetype(1));
    QVERIFY(!m_test->owner.findChild<OldTagPresenter *>()); // It would have begun by now.
    QVERIFY(m_test->commands->mayClose(false));
    QCOMPARE(m_test->registry.tags(u"app"_s), QStringList({u"1.0"_s, u"rc"_s}));
    QCOMPARE(openDialogs(u"oldTagResult"_s), qsizetype(0));
    QCOMPARE(m_test->registry.count("DELETE"), qsizetype(0));
}

void TestCopyCommandsOldTag::keepsItUntilWhatFailedIsThere()
{
    m_test->registry.failNext("PUT", u"/manifests/latest"_s, registryRefusal(403, "DENIED", "no"));
    retag(u"1.0 latest"_s);
    const auto ended = [this](State state) {
        const auto &rows = m_test->transferModel.rows();
        return std::count_if(rows.begin(), rows.end(),
                             [state](const TransferRow &one) { return one.state == state; });
    };
    QTRY_COMPARE(ended(State::Finished), 1);
    QTRY_COMPARE(ended(State::Failed), 1);
    QCOMPARE(m_test->registry.tags(u"app"_s), QStringList({u"1.0"_s, u"rc"_s}));
    QCOMPARE(m_test->registry.count("DELETE"), qsizetype(0));
    for (const TransferRow &one : m_test->transferModel.rows()) {
        if (one.state == State::Failed)
            m_test->transfers.retry(one.id);
    }
    QTRY_COMPARE(m_test->registry.tags(u"app"_s), QStringList({u"1.0"_s, u"latest"_s}));
    QVERIFY(result().contains(u", and removed "_s));
}

void TestCopyCommandsOldTag::saysWhatThereIsWhereItStays()
{
    m_test->registry.failNext("DELETE", u"/manifests/rc"_s, registryRefusal(403, "DENIED", "no"));
    retag(u"1.0"_s);
    const QString text = result();
    QVERIFY2(text.contains(u"not removed"_s), qPrintable(text));
    QVERIFY2(text.contains(u"\nrc (sha256:"_s) && text.contains(u"\n1.0 (sha256:"_s),
             qPrintable(text));
    QVERIFY(m_backups.isEmpty());
    QCOMPARE(m_test->registry.tags(u"app"_s), QStringList({u"1.0"_s, u"rc"_s}));
}

void TestCopyCommandsOldTag::letsTheWindowCloseBehindIt_data()
{
    QTest::addColumn<bool>("isRefused");
    QTest::addColumn<bool>("isForced");
    QTest::addColumn<bool>("closes");
    QTest::newRow("removed") << false << false << true;
    QTest::newRow("refused") << true << false << false; // Somebody has to know.
    QTest::newRow("refused, but the program ends") << true << true << true;
}

void TestCopyCommandsOldTag::letsTheWindowCloseBehindIt()
{
    QFETCH(const bool, isRefused);
    QFETCH(const bool, isForced);
    QFETCH(const bool, closes);
    QStringList notices;
    connect(m_test->commands, &CopyCommands::noticed, this,
            [&](const QString &notice) { notices.append(notice); });
    HeldRequests held(m_test->registry, "DELETE", {});
    m_test->owner.show();
    retag(u"1.0"_s);
    QTRY_COMPARE(held.count(), qsizetype(1));
    QVERIFY(!m_test->commands->mayClose(isForced));
    QCOMPARE(notices, QStringList{u"The window closes when the old tag is removed."_s});
    QVERIFY(m_test->owner.isVisible());
    m_test->registry.behaviour.canDeleteTags = !isRefused;
    held.release();
    QTRY_VERIFY(!m_test->owner.findChild<OldTagPresenter *>());
    QCOMPARE(m_test->owner.isVisible(), !closes);
    QCOMPARE(openDialogs(u"oldTagResult"_s), closes ? qsizetype(0) : qsizetype(1));
    QCOMPARE(notices.size(), closes ? qsizetype(1) : qsizetype(2));
    QVERIFY(m_test->commands->mayClose(false));
}

LONGSHORE_UI_TEST(TestCopyCommandsOldTag)
#include "tst_copycommands_oldtag.moc"
