// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/packedresult.h"

#include "core/base/safefile.h"
#include "core/oci/strictjson.h"
#include "core/transfer/filereading.h"
#include "core/transfer/takenname.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr qint64 largestNote = 64LL * 1024 * 1024; // Deviations may be many.

/// Without what a new name changes; as text, because numbers of JSON would be rounded.
QString stampOf(const QString &path)
{
    if (!isTaken(path))
        return {};
    const FileStamp stamp = FileStamp::of(path);
    return u"%1 %2 %3"_s.arg(stamp.size).arg(stamp.modified).arg(stamp.node);
}

} // namespace

bool PackedResult::isAt(const QString &path) const
{
    return !stamp.isEmpty() && stampOf(path) == stamp;
}

Result<Done> PackedResult::save(const BlobStage &stage)
{
    stamp = stampOf(stage.resultPath());
    const QJsonObject object{{u"contents"_s, contents},
                             {u"deviations"_s, QJsonArray::fromStringList(deviations)},
                             {u"stamp"_s, stamp}};
    return SafeFile::writeFile(stage.notePath(), QJsonDocument(object).toJson());
}

std::optional<PackedResult> PackedResult::in(const BlobStage &stage)
{
    if (!stage.hasNote()) // And no pipe, at which nobody would ever come back.
        return {};
    QFile file(stage.notePath());
    if (!file.open(QIODevice::ReadOnly) || file.size() > largestNote)
        return {};
    const auto object = parseStrictJson(file.readAll(), {.maximumBytes = largestNote});
    if (!object)
        return {};
    return PackedResult{object->value("contents"_L1).toString(),
                        stringList(object->value("deviations"_L1)),
                        object->value("stamp"_L1).toString()};
}

} // namespace Longshore
