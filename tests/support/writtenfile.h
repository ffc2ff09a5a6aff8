// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFile>

/// Writes a file for a test, anew, and returns its path; a test that cannot do that ends.
inline QString writtenFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
    return path;
}
