// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/decisiongroups.h"

namespace Longshore {

QList<RemovedChild> DecisionGroups::removedChildren() const
{
    QList<RemovedChild> result;
    QSet<Digest> seen;
    const auto add = [&](const QList<Digest> &digests, const Tag &owner) {
        for (const Digest &digest : digests) {
            if (seen.contains(digest) || m_groups.contains(digest))
                continue;
            seen.insert(digest);
            const auto details = m_inventory.details.constFind(digest);
            result.append({{details->mediaType, digest, details->documentSize}, owner});
        }
    };
    for (const Digest &digest : m_order) {
        const QList<Digest> children = m_inventory.snapshot.children.value(digest);
        for (const Digest &child : children) {
            // What a list names that stays is no part of anything.
            const auto part = m_parts.constFind(child);
            if (part != m_parts.constEnd() && !m_groups.contains(child)
                && goes(child).value_or(false))
                add(QList{child} + m_inventory.referrers.value(child), *part);
        }
        if (goes(digest).value_or(false))
            add(m_inventory.referrers.value(digest),
                m_tags.at(m_groups.constFind(digest)->members.first()).tag);
    }
    return result;
}

} // namespace Longshore
