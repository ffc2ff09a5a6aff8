// SPDX-License-Identifier: Apache-2.0
#include "support/testtabs.h"
#include "support/uitest.h"
#include "ui/mainwindow/oldtagremovals.h"

#include <QDialog>
#include <QMessageBox>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// When a tag goes, and when somebody is told; see TestCopyCommandsOldTag for the rest.
class TestOldTagRemovals : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void keepsATagWhoseConnectionIsClosed();
    void keepsATagOfAServerThatIsNotProven();
    void forgetsWhatCannotArriveAnyMore();
    void tellsBehindADialog();

private:
    void await(const QString &connectionId, const QList<quint64> &transfers)
    {
        m_removals->await(TestTabs::place(connectionId, u"app"_s),
                          {*RepositoryName::parse(u"app"),
                           *Tag::parse(u"rc"),
                           Digest::ofBytes("a"),
                           {*Tag::parse(u"1.0")}},
                          transfers);
    }
    [[nodiscard]] static QString result()
    {
        return qobject_cast<QMessageBox *>(&awaitDialog(u"oldTagResult"_s))->text();
    }

    std::unique_ptr<TestTabs> m_test;
    std::unique_ptr<QWidget> m_owner; ///< Goes before the tabs.
    OldTagRemovals *m_removals = nullptr;
};

void TestOldTagRemovals::init()
{
    m_test = std::make_unique<TestTabs>();
    m_owner = std::make_unique<QWidget>();
    m_removals = new OldTagRemovals(m_test->registries, m_owner.get());
}

void TestOldTagRemovals::cleanup()
{
    m_owner.reset();
    m_test.reset();
}

void TestOldTagRemovals::keepsATagWhoseConnectionIsClosed()
{
    const QSignalSpy removed(m_removals, &OldTagRemovals::removed);
    await(u"nobody"_s, {1, 2});
    m_removals->noteArrival(1);
    QCOMPARE(openDialogs(u"oldTagResult"_s), qsizetype(0));
    m_removals->noteArrival(2);
    const QString text = result();
    QVERIFY2(text.contains(u" was not removed. The connection to the registry is closed."_s),
             qPrintable(text));
    QVERIFY(removed.isEmpty());
    QVERIFY(m_removals->mayClose(false)); // It is over.
}

void TestOldTagRemovals::keepsATagOfAServerThatIsNotProven()
{
    m_test->registry.behaviour.canDeleteTags = true;
    TestImages::addImage(m_test->registry, u"app"_s, u"rc"_s);
    await(m_test->connectToRegistry(), {1});
    m_removals->noteArrival(1);
    const QString text = result();
    QVERIFY2(text.contains(u"It is not proven yet"_s), qPrintable(text));
    QCOMPARE(m_test->registry.count("DELETE"), qsizetype(0));
}

void TestOldTagRemovals::forgetsWhatCannotArriveAnyMore()
{
    await(u"nobody"_s, {1, 2});
    await(u"nobody"_s, {2});
    m_removals->noteLoss(1);
    m_removals->noteArrival(1);
    m_removals->noteArrival(2);
    QCOMPARE(openDialogs(u"oldTagResult"_s), qsizetype(1)); // Of the other one.
}

void TestOldTagRemovals::tellsBehindADialog()
{
    QDialog question(m_owner.get());
    question.open();
    await(u"nobody"_s, {1});
    m_removals->noteArrival(1);
    QCOMPARE(openDialogs(u"oldTagResult"_s), qsizetype(0));
    question.reject();
    QVERIFY(awaitDialog(u"oldTagResult"_s).testAttribute(Qt::WA_ShowWithoutActivating));
}

LONGSHORE_UI_TEST(TestOldTagRemovals)
#include "tst_oldtagremovals.moc"
