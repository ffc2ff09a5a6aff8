// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/httpsettings.h"

#include <QMap>
#include <QStringList>

namespace Longshore {

/// What every command takes.
struct CommonOptions
{
    bool isJson = false;
    bool isPlainHttp = false;
    bool isAnonymous = false;
    bool isQuiet = false;
    bool isVerbose = false;
    bool isProgressJson = false;
    QString user;
    bool readsPassword = false; ///< From the standard input; a password is never an argument.
    QStringList tokenServers; ///< May have the sign-in, whatever registry names them.
    HttpSettings http;
    qint64 bytesPerSecond = 0; ///< Of all transfers together; 0 for no limit.
};

/// A command as it was typed. Its form is right; what the arguments mean is up to the command.
struct Invocation
{
    CommonOptions common;
    QStringList arguments;
    QMap<QString, QString> options; ///< Those of this command, by their long names.
    QMap<QString, QStringList> everyValue = {}; ///< Of options that were given more than once, too.

    [[nodiscard]] QString target() const { return arguments.value(0); }
    [[nodiscard]] bool has(const QString &option) const { return options.contains(option); }
};

} // namespace Longshore
