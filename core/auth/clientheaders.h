// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QProcessEnvironment>
#include <QStringList>

namespace Longshore {

/// What shall be sent along to every registry that is asked, and to nobody else.
struct ClientHeaders
{
    QList<std::pair<QByteArray, QByteArray>> headers = {}; ///< Sound, and none of our own.
    QStringList notices = {}; ///< About those that are left out; whole sentences.
};

/// The "HttpHeaders" of Docker's "config.json". Reads a file, which may be far away.
[[nodiscard]] ClientHeaders clientHeaders(const QProcessEnvironment &environment);

} // namespace Longshore
