// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/cleanupdecision.h"
#include "core/cleanup/cleanuprulesjson.h"
#include "fuzz/fuzztarget.h"

#include <QJsonDocument>

using namespace Longshore;

/// Three images, one of them without a date.
static RepositoryInventory repository(const QDateTime &now)
{
    RepositoryInventory inventory{{*RepositoryName::parse(u"a"), now, {}, {}, {}, {}}};
    for (const QString &name :
         {QStringLiteral("1.0"), QStringLiteral("1.1"), QStringLiteral("nightly-20250301")}) {
        const Descriptor manifest{MediaType::ociManifest(), Digest::ofBytes(name.toLatin1()), 10};
        inventory.snapshot.tags.append({*Tag::parse(name), manifest});
        ManifestDetails details{manifest.mediaType, manifest.size};
        if (name.size() == 3)
            details.created = now.addDays(-100 * name.back().digitValue());
        inventory.details.insert(manifest.digest, details);
    }
    return inventory;
}

/// Rules of a file, and lists of images in use: what is accepted means the same when it is read
/// again, and rules that have a fault delete nothing.
void fuzz(const QByteArray &input)
{
    if (const auto list = InUseList::parse(input))
        require(!list->isEmpty()
                || !list->contains(*RepositoryName::parse(u"a"), *Tag::parse(u"1")));
    const auto rules = parseCleanupRules(input);
    if (!rules)
        return;
    const auto again = parseCleanupRules(QJsonDocument(toJson(*rules)).toJson());
    require(again && *again == *rules);
    const QDateTime now(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC);
    const CleanupDecisions decisions = decideCleanup(repository(now), *rules, {now});
    require(decisions.tags.size() == 3 && !decisions.tags.first().reasons.isEmpty());
    require(decisions.removedCount() < 3);
    require(faultsOf(*rules).isEmpty() || decisions.removedCount() == 0);
}
