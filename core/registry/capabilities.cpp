// SPDX-License-Identifier: Apache-2.0
#include "core/registry/capabilities.h"

#include <array>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr std::array names{std::pair{Capability::Catalog, "catalog"_L1},
                           std::pair{Capability::Deletion, "deletion"_L1},
                           std::pair{Capability::TagDeletion, "tagDeletion"_L1},
                           std::pair{Capability::Referrers, "referrers"_L1},
                           std::pair{Capability::Range, "range"_L1},
                           std::pair{Capability::Mount, "mount"_L1}};

} // namespace

Support RegistryCapabilities::proven(Capability capability) const
{
    const Finding finding = m_known.value(capability);
    return finding.isHint ? Support::Unknown : finding.support;
}

void RegistryCapabilities::note(Capability capability, Support support)
{
    m_known.insert(capability, {support, QDateTime::currentDateTimeUtc()});
}

void RegistryCapabilities::hint(Capability capability, Support support)
{
    if (proven(capability) == Support::Unknown)
        m_known.insert(capability, {support, QDateTime::currentDateTimeUtc(), true});
}

QJsonObject RegistryCapabilities::toJson() const
{
    QJsonObject object;
    for (const auto &[capability, name] : names) {
        const Finding finding = m_known.value(capability);
        if (finding.support != Support::Unknown)
            object.insert(name, QJsonObject{{u"support"_s, finding.support == Support::Yes},
                                            {u"learnt"_s, finding.learnt.toString(Qt::ISODate)}});
    }
    return object;
}

void RegistryCapabilities::recall(const QJsonObject &earlier, const QDateTime &now)
{
    for (const auto &[capability, name] : names) {
        const QJsonObject finding = earlier.value(name).toObject();
        const QJsonValue support = finding.value("support"_L1);
        const QDateTime learnt =
            QDateTime::fromString(finding.value("learnt"_L1).toString(), Qt::ISODate);
        const bool isFresh = learnt.isValid() && learnt <= now && learnt.daysTo(now) <= daysOfHints;
        if (isFresh && support.isBool() && of(capability) == Support::Unknown)
            m_known.insert(capability,
                           {support.toBool() ? Support::Yes : Support::No, learnt, true});
    }
}

} // namespace Longshore
