// SPDX-License-Identifier: Apache-2.0
#include "app/desktop/application.h"
#include "app/translation/translation.h"
#include "core/base/coredumps.h"

#include <QApplication>
#include <QIcon>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

QStringList argumentsOf(int argc, char *argv[])
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    return arguments;
}

} // namespace

int main(int argc, char *argv[])
{
    Longshore::forbidCoreDumps();
    // Before QApplication, which ends the program when there is no display.
    const auto outcome = Longshore::parseOptions(argumentsOf(argc, argv));
    if (!outcome.options) {
        std::fputs(qPrintable(outcome.output), outcome.exitStatus == 0 ? stdout : stderr);
        return outcome.exitStatus;
    }
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"longshore"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(LONGSHORE_VERSION));
    QGuiApplication::setDesktopFileName(u"io.github.longshore.Longshore"_s);
    QGuiApplication::setWindowIcon(QIcon(u":/icons/longshore.svg"_s));
    Longshore::installTranslations(application);

    Longshore::Application longshore(*outcome.options);
    longshore.start();
    return QApplication::exec();
}
