// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/commandline/errortext.h"
#include "app/commandline/output.h"
#include "core/transfer/leftoutreferrer.h"

#include <QJsonArray>
#include <QJsonObject>

namespace Longshore {

/// Says what of the referrers could not come along, in words and in \a object.
inline void tellLeftOut(const QList<LeftOutReferrer> &referrers, Output &output,
                        QJsonObject &object)
{
    if (referrers.isEmpty())
        return;
    QJsonArray list;
    for (const LeftOutReferrer &one : referrers)
        list.append(QJsonObject{{QStringLiteral("digest"), one.digest.toString()},
                                {QStringLiteral("reason"), withoutIsolates(one.reason)}});
    object.insert(QStringLiteral("leftOutReferrers"), list);
    output.note(withoutIsolates(leftOutText(referrers)));
}

} // namespace Longshore
