// SPDX-License-Identifier: Apache-2.0
#include "support/uitest.h"

#include <QApplication>
#include <QIcon>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>

using namespace Qt::StringLiterals;

int runUiTest(int argc, char *argv[], const std::function<std::unique_ptr<QObject>()> &makeTest)
{
    // Before anything asks for a standard path: Qt remembers the answer.
    const QTemporaryDir home;
    for (const char *name : {"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"})
        qputenv(name, home.path().toLocal8Bit());
    Q_INIT_RESOURCE(app); // Lives in a static library, which the linker would leave out.
    QApplication application(argc, argv);
    QApplication::setStyle(u"Fusion"_s);
    QApplication::setCursorFlashTime(0);
    QCoreApplication::setApplicationName(u"longshore"_s);
    QCoreApplication::setApplicationVersion(u"1.2.3"_s);
    QGuiApplication::setWindowIcon(QIcon(u":/icons/longshore.svg"_s));
    QTranslator english; // Holds the plural forms.
    if (!english.load(QStringLiteral(LONGSHORE_CATALOGUES "/longshore_en.qm")))
        qFatal("The English catalogue is missing");
    QCoreApplication::installTranslator(&english);
    return QTest::qExec(makeTest().get(), argc, argv);
}
