// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/errortext.h"
#include "app/commandline/program.h"
#include "app/translation/translation.h"
#include "core/base/coredumps.h"
#include "core/base/displaytext.h"
#include "core/http/networkthread.h"

#include <QCoreApplication>

#include <cstdio>

/// Our own log, when it is asked for, and what ends the program. The remarks of libraries would
/// stand between the lines that scripts read.
static void printMessage(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const QByteArray category(context.category);
    if (!category.startsWith("longshore.") && type != QtCriticalMsg && type != QtFatalMsg)
        return;
    const QString line = QString::fromLatin1(category) + QStringLiteral(": ")
                         + Longshore::displayText(Longshore::withoutIsolates(message), 4096)
                         + QLatin1Char('\n');
    const QByteArray bytes = line.toUtf8();
    // In one piece, because the network threads write here too.
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), stderr);
}

int main(int argc, char **argv)
{
    Longshore::forbidCoreDumps();
    qInstallMessageHandler(&printMessage);
    // GLib wakes a thread by a system call for each event, of which a request takes dozens. The main
    // thread keeps it for the keychain.
    qputenv("QT_NO_THREADED_GLIB", "1");
    QCoreApplication application(argc, argv);
    // The window's name: the two share what they store.
    QCoreApplication::setApplicationName(QStringLiteral("longshore"));
    QCoreApplication::setApplicationVersion(QStringLiteral(LONGSHORE_VERSION));
    Longshore::installTranslations(application);
    Longshore::Network network;
    Longshore::Program program(network);
    QObject::connect(&program, &Longshore::Program::finished, &application,
                     [](int exitStatus) { QCoreApplication::exit(exitStatus); });
    program.start(QCoreApplication::arguments());
    return QCoreApplication::exec();
}
