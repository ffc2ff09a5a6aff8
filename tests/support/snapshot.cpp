// SPDX-License-Identifier: Apache-2.0
#include "support/snapshot.h"

#include <QDir>
#include <QTest>
#include <QWidget>

void snap(QWidget &widget, const QString &name)
{
    const QString folder = qEnvironmentVariable("LONGSHORE_SNAPSHOTS");
    if (folder.isEmpty())
        return;
    QTest::qWait(50); // What was shown a moment ago is laid out and painted first.
    if (!QDir().mkpath(folder)
        || !widget.grab().save(QDir(folder).filePath(name + QStringLiteral(".png"))))
        qWarning("cannot write the snapshot %s", qPrintable(name));
}
