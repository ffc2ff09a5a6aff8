// SPDX-License-Identifier: Apache-2.0
#include "support/uitest.h"
#include "ui/views/ownkeys.h"

#include <QAction>
#include <QBoxLayout>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>
#include <QTest>

using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestOwnKeys : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_window.reset(); }
    void goToTheViewThatHasTheFocus();
    void areTheWindowsElsewhere();
    void areTheWindowsWhileTheViewHasNothingToDo();
    void areTheWindowsWhenTheActionIsNotTheViewsOwn();
    void coverActionsThatComeLater();
    void leaveOtherKeysAlone();

private:
    QAction *makeAction(QWidget &owner, const QKeySequence &key, Qt::ShortcutContext context);

    std::unique_ptr<QWidget> m_window;
    QListView *m_view = nullptr;
    QLineEdit *m_line = nullptr;
    QAction *m_ofWindow = nullptr;
    QAction *m_ofView = nullptr;
};

QAction *TestOwnKeys::makeAction(QWidget &owner, const QKeySequence &key,
                                 Qt::ShortcutContext context)
{
    auto *action = new QAction(&owner);
    action->setShortcut(key);
    action->setShortcutContext(context);
    owner.addAction(action);
    return action;
}

void TestOwnKeys::init()
{
    m_window = std::make_unique<QWidget>();
    auto *layout = new QVBoxLayout(m_window.get());
    layout->addWidget(m_view = new QListView);
    layout->addWidget(m_line = new QLineEdit);
    m_ofWindow = makeAction(*m_window, Qt::Key_Delete, Qt::WindowShortcut);
    m_ofView = makeAction(*m_view, Qt::Key_Delete, Qt::WidgetShortcut);
    new OwnKeys(*m_view);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_view->setFocus();
}

void TestOwnKeys::goToTheViewThatHasTheFocus()
{
    const QSignalSpy window(m_ofWindow, &QAction::triggered);
    const QSignalSpy view(m_ofView, &QAction::triggered);
    QTest::keyClick(m_view, Qt::Key_Delete);
    QCOMPARE(view.size(), qsizetype(1));
    QCOMPARE(window.size(), qsizetype(0));
}

void TestOwnKeys::areTheWindowsElsewhere()
{
    m_ofWindow->setShortcut(Qt::Key_F6);
    m_ofView->setShortcut(Qt::Key_F6);
    const QSignalSpy window(m_ofWindow, &QAction::triggered);
    const QSignalSpy view(m_ofView, &QAction::triggered);
    m_line->setFocus();
    QTest::keyClick(m_line, Qt::Key_F6);
    QCOMPARE(view.size(), qsizetype(0));
    QCOMPARE(window.size(), qsizetype(1));
}

void TestOwnKeys::areTheWindowsWhileTheViewHasNothingToDo()
{
    const QSignalSpy window(m_ofWindow, &QAction::triggered);
    const QSignalSpy view(m_ofView, &QAction::triggered);
    m_ofView->setEnabled(false);
    QTest::keyClick(m_view, Qt::Key_Delete);
    QCOMPARE(view.size(), qsizetype(0));
    QCOMPARE(window.size(), qsizetype(1));
}

void TestOwnKeys::areTheWindowsWhenTheActionIsNotTheViewsOwn()
{
    // The view lends its context menu to an action of the window: one trigger, not two.
    m_view->removeAction(m_ofView);
    m_view->addAction(m_ofWindow);
    const QSignalSpy window(m_ofWindow, &QAction::triggered);
    QTest::keyClick(m_view, Qt::Key_Delete);
    QCOMPARE(window.size(), qsizetype(1));
}

void TestOwnKeys::coverActionsThatComeLater()
{
    makeAction(*m_window, QKeySequence::Copy, Qt::WindowShortcut);
    const QAction *copy = makeAction(*m_view, QKeySequence::Copy, Qt::WidgetShortcut);
    const QSignalSpy copied(copy, &QAction::triggered);
    QTest::keyClick(m_view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(copied.size(), qsizetype(1));
}

void TestOwnKeys::leaveOtherKeysAlone()
{
    const QSignalSpy view(m_ofView, &QAction::triggered);
    QTest::keyClick(m_view, Qt::Key_Delete, Qt::ControlModifier);
    QTest::keyClick(m_view, Qt::Key_X);
    QTest::keyClick(m_view, Qt::Key_Tab);
    QCOMPARE(view.size(), qsizetype(0));
    QVERIFY(m_line->hasFocus());
}

LONGSHORE_UI_TEST(TestOwnKeys)
#include "tst_ownkeys.moc"
