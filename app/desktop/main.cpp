// SPDX-License-Identifier: Apache-2.0
#include "app/desktop/application.h"
#include "core/base/coredumps.h"

#include <QApplication>
#include <QIcon>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

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

void installTranslations(QCoreApplication &application)
{
    // English too: it holds the plural forms. The user's own language goes on top.
    const auto install = [&](const QLocale &locale, const QString &file, const QString &folder) {
        auto *translator = new QTranslator(&application);
        if (translator->load(locale, file, u"_"_s, folder))
            QCoreApplication::installTranslator(translator);
    };
    install(QLocale(QLocale::English), u"longshore"_s, u":/i18n"_s);
    install(QLocale(), u"qtbase"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(QLocale(), u"longshore"_s, u":/i18n"_s);
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
    installTranslations(application);

    Longshore::Application longshore(*outcome.options);
    longshore.start();
    return QApplication::exec();
}
