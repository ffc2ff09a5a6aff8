// SPDX-License-Identifier: Apache-2.0
// The smallest program with a window: what Qt itself takes to start.
#include "firstpaint.h"

#include <QApplication>
#include <QMainWindow>

int main(int argc, char *argv[])
{
    const QApplication application(argc, argv);
    QMainWindow window;
    window.resize(1200, 760);
    const FirstPaint firstPaint(window);
    window.show();
    return QApplication::exec();
}
