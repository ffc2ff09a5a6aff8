// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/recordversion.h"

#include <QJsonArray>

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace Longshore {

/// There was one platform, or an empty object for all of them.
static QJsonArray platformsOf(const QJsonValue &platform)
{
    const bool isForAll = platform.isObject() && platform.toObject().isEmpty();
    return isForAll ? QJsonArray() : QJsonArray{platform};
}

QJsonObject inThisVersion(QJsonObject object)
{
    const std::array<std::pair<QLatin1StringView, QJsonValue>, 9> later{
        {{"others"_L1, QJsonArray()},
         {"withChecksums"_L1, false},
         {"earlier"_L1, QString()},
         {"withReferrers"_L1, false},
         {"taken"_L1, u"fail"_s},
         {"layer"_L1, QJsonObject()},
         {"isCompressed"_L1, false},
         {"layers"_L1, QJsonArray()},
         {"platforms"_L1, platformsOf(object.value("platform"_L1))}}};
    for (const auto &[name, value] : later) {
        if (!object.contains(name))
            object.insert(name, value);
    }
    return object;
}

} // namespace Longshore
