// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exportrest.h"

#include "core/transfer/exportarchivejob.h"
#include "core/transfer/takenname.h"

#include <QFileInfo>

namespace Longshore {

QString orderOf(const ArchiveExport &wanted)
{
    QStringList parts{QString::number(static_cast<int>(wanted.form)),
                      wanted.earlier.isEmpty() ? QString()
                                               : QFileInfo(wanted.earlier).absoluteFilePath()};
    for (const NamedImage &one : wanted.images) {
        parts << one.image.repository.toString() << one.image.reference.toString() << one.names.name
              << one.names.reference << QString::number(one.withReferrers);
        for (const Platform &platform : one.image.platforms)
            parts << platform.toString() << platform.osVersion;
    }
    return Digest::ofBytes(parts.join(u'\n').toUtf8()).toString();
}

/// Whether another export has it now.
static bool isHeld(const QString &target)
{
    BlobStage stage(target);
    return !stage.open();
}

QStringList restsOf(const QString &path, const QString &order)
{
    QMap<int, QString> rests;
    const QStringList targets = BlobStage::targetsIn(QFileInfo(path).absolutePath());
    for (const QString &target : targets) {
        const auto number = numberOfName(target, QFileInfo(path).fileName());
        if (!number)
            continue;
        const QString name = numberedName(path, *number);
        if (BlobStage(name).order() == order && !isHeld(name))
            rests.insert(*number, name);
    }
    return rests.values();
}

bool isStageOfAnother(const QString &name, const QString &order)
{
    const BlobStage stage(name);
    if (!QFileInfo(stage.folder()).isDir())
        return false;
    const QString begun = stage.order(); // Nothing for what earlier versions began.
    return (!begun.isEmpty() && begun != order) || isHeld(name);
}

} // namespace Longshore
