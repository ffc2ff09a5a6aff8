// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/leftoutreferrer.h"

#include <QCoreApplication>

namespace Longshore {

constexpr qsizetype mostShown = 5;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LeftOutReferrer)
};

} // namespace

QString leftOutText(const QList<LeftOutReferrer> &referrers)
{
    if (referrers.isEmpty())
        return {};
    QStringList sentences;
    for (const LeftOutReferrer &one : referrers.first(qMin(mostShown, referrers.size())))
        sentences.append(
            Text::tr("%1, %2", "a digest, and a reason").arg(one.digest.toString(), one.reason));
    if (referrers.size() > mostShown)
        sentences.append(QChar(0x2026)); // An ellipsis.
    return Text::tr("%n referrer(s) were left out: %1", nullptr, static_cast<int>(referrers.size()))
        .arg(sentences.join(u' '));
}

} // namespace Longshore
