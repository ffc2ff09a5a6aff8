// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/networkthread.h"
#include "core/transfer/transferstore.h"
#include "support/fakeregistry.h"
#include "ui/mainwindow/mainwindow.h"

#include <QDialog>
#include <QModelIndex>
#include <QTabWidget>
#include <QTest>
#include <QTreeView>

/// The child of that name, however deep; the test ends when there is none.
template <typename T>
[[nodiscard]] T &child(const QObject &parent, const QString &name)
{
    T *found = parent.findChild<T *>(name);
    if (!found)
        qFatal("nothing is named \"%s\"", qPrintable(name));
    return *found;
}

/// The window as the program makes it, with what it stores in a folder of the test.
class TestWindow
{
public:
    /// A second one on the same folder is the program started again.
    explicit TestWindow(const QString &folder, std::shared_ptr<Longshore::RunJournal> journal = {});
    Q_DISABLE_COPY_MOVE(TestWindow)

    /// Connects, and waits until the registry's list has been read.
    void connectTo(const TestServer &server) { open(server.host()); }
    /// Goes to "host/repository:tag", and waits until everything is there.
    void open(const QString &reference);
    void waitUntilSettled();

    /// What is in front; null when it is of another kind.
    template <typename T>
    [[nodiscard]] T *page() const
    {
        return qobject_cast<T *>(
            child<QTabWidget>(window, QStringLiteral("pageTabs")).currentWidget());
    }
    [[nodiscard]] QTreeView &registries() const
    {
        return child<QTreeView>(window, QStringLiteral("registries"));
    }
    [[nodiscard]] QTreeView &tags() const;

    Longshore::Network network;
    Longshore::ConnectionStore connections;
    Longshore::WindowSettings settings;
    Longshore::TransferQueue transfers;
    Longshore::Ui::MainWindow window;
};

/// Waits for a dialog of that name to be on the screen; the test ends when none comes.
[[nodiscard]] QDialog &awaitDialog(const QString &name);
/// Whether a dialog of that name is on the screen.
[[nodiscard]] qsizetype openDialogs(const QString &name);
/// Waits until no dialog of that name is left.
void awaitNoDialog(const QString &name);
/// Clicks the button of that name in the middle, as a person does.
void press(const QWidget &parent, const QString &button);
/// Types the text into the line of that name, in place of what is there.
void fillIn(const QWidget &parent, const QString &field, const QString &text);
/// Makes the row with that text in the first column the only selected one, as a click does.
void chooseRow(QAbstractItemView &view, const QString &text);
/// The row with that text in the first column; the test ends when there is none.
[[nodiscard]] QModelIndex rowOf(const QAbstractItemView &view, const QString &text);
