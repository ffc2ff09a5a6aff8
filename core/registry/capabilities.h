// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>

namespace Longshore {

/// What one registry offers and another does not.
enum class Capability {
    Catalog, ///< It lists its repositories.
    Deletion, ///< Of manifests, by their digests.
    TagDeletion, ///< Of tags alone.
    Referrers, ///< It lists what refers to a manifest.
    Range, ///< A part of a blob can be read.
    Mount, ///< A blob can be taken from another repository.
};

/// Whether it does, as far as anybody asked.
enum class Support { Unknown, No, Yes };

/// What is known of a registry; for the account that asked, as it is a matter of rights too.
class RegistryCapabilities
{
public:
    /// Unknown until something was noted.
    [[nodiscard]] Support of(Capability capability) const { return m_known.value(capability); }
    /// Replaces what was known.
    void note(Capability capability, Support support) { m_known.insert(capability, support); }
    /// Forgets everything, as when another account signs in.
    void clear() { m_known.clear(); }

private:
    QHash<Capability, Support> m_known;
};

} // namespace Longshore
