// SPDX-License-Identifier: Apache-2.0
#include "support/testwindow.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QLineEdit>

using namespace Longshore;
using namespace Qt::StringLiterals;

constexpr int patience = 20'000; // Far more than anything takes, also under a sanitizer.

TestWindow::TestWindow(const QString &folder, std::shared_ptr<RunJournal> journal)
    : connections(folder + "/connections.json"_L1)
    , settings(folder + "/window.ini"_L1)
    , window({network, connections, settings, transfers, std::move(journal),
              std::make_shared<TransferStore>(folder + "/transfers"_L1)})
{
    window.show();
    window.activateWindow();
    if (!QTest::qWaitForWindowActive(&window))
        qFatal("the window does not come up");
}

void TestWindow::open(const QString &reference)
{
    window.openText(reference);
    waitUntilSettled();
}

void TestWindow::waitUntilSettled()
{
    if (!QTest::qWaitFor([this] { return window.isSettled(); }, patience))
        qFatal("the window does not settle");
}

QTreeView &TestWindow::tags() const
{
    const auto &tabs = child<QTabWidget>(window, u"pageTabs"_s);
    if (!tabs.currentWidget())
        qFatal("no tab is open");
    return child<QTreeView>(*tabs.currentWidget(), u"tags"_s);
}

static QList<QDialog *> dialogs(const QString &name)
{
    QList<QDialog *> result;
    const QWidgetList all = QApplication::topLevelWidgets();
    for (QWidget *widget : all) {
        auto *dialog = qobject_cast<QDialog *>(widget);
        if (dialog && dialog->isVisible() && dialog->objectName() == name)
            result.append(dialog);
    }
    return result;
}

QDialog &awaitDialog(const QString &name)
{
    if (!QTest::qWaitFor([&] { return !dialogs(name).isEmpty(); }, patience))
        qFatal("no dialog \"%s\" appears", qPrintable(name));
    return *dialogs(name).first();
}

qsizetype openDialogs(const QString &name)
{
    return dialogs(name).size();
}

void awaitNoDialog(const QString &name)
{
    if (!QTest::qWaitFor([&] { return dialogs(name).isEmpty(); }, patience))
        qFatal("the dialog \"%s\" stays", qPrintable(name));
}

void press(const QWidget &parent, const QString &button)
{
    auto &found = child<QAbstractButton>(parent, button);
    // A click beside what is hidden or disabled would test nothing.
    if (!QTest::qWaitFor([&] { return found.isVisible() && found.isEnabled(); }, patience))
        qFatal("nobody can press \"%s\"", qPrintable(button));
    QTest::mouseClick(&found, Qt::LeftButton);
}

void fillIn(const QWidget &parent, const QString &field, const QString &text)
{
    auto &line = child<QLineEdit>(parent, field);
    line.setFocus();
    line.selectAll();
    QTest::keyClick(&line, Qt::Key_Delete);
    QTest::keyClicks(&line, text);
}

QModelIndex rowOf(const QAbstractItemView &view, const QString &text)
{
    const QModelIndexList found = view.model()->match(
        view.model()->index(0, 0), Qt::DisplayRole, text, 1, Qt::MatchExactly | Qt::MatchRecursive);
    if (found.isEmpty())
        qFatal("no row says \"%s\"", qPrintable(text));
    return found.first();
}

void chooseRow(QAbstractItemView &view, const QString &text)
{
    const QModelIndex row = rowOf(view, text);
    view.scrollTo(row);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.visualRect(row).center());
}
