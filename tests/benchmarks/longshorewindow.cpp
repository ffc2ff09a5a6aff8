// SPDX-License-Identifier: Apache-2.0
// The whole window as the program builds it, up to its first paint.
#include "core/http/networkthread.h"
#include "firstpaint.h"
#include "ui/mainwindow/mainwindow.h"

#include <QApplication>

using namespace Longshore;

int main(int argc, char *argv[])
{
    const QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("longshore"));
    Network network;
    ConnectionStore connections(ConnectionStore::defaultPath());
    WindowSettings settings;
    TransferQueue transfers;
    Ui::MainWindow window({network, connections, settings, transfers});
    const FirstPaint firstPaint(window);
    window.show();
    window.restoreTabs();
    return QApplication::exec();
}
