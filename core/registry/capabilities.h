// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QHash>
#include <QJsonObject>

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
///
/// What was found out in this session is proven. What an earlier session knew, and a single refusal
/// that may have other reasons, are hints: they can be told, and keep nobody from asking.
class RegistryCapabilities
{
public:
    /// For how long what was found out is worth something later on.
    static constexpr int daysOfHints = 30;

    /// As it was last heard, hints included; Unknown until then.
    [[nodiscard]] Support of(Capability capability) const
    {
        return m_known.value(capability).support;
    }
    /// Only what nobody need ask again.
    [[nodiscard]] Support proven(Capability capability) const;
    /// When it was found out, in UTC; an invalid time for what is unknown.
    [[nodiscard]] QDateTime learnt(Capability capability) const
    {
        return m_known.value(capability).learnt;
    }

    /// Replaces what was known.
    void note(Capability capability, Support support);
    /// Replaces what was unknown, or a hint.
    void hint(Capability capability, Support support);
    /// Forgets everything, as when another account signs in.
    void clear() { m_known.clear(); }

    /// {"catalog":{"support":true,"learnt":"2026-01-31T12:00:00Z"}}: all that is known.
    [[nodiscard]] QJsonObject toJson() const;
    /// Takes what toJson() gave as hints, where nothing is known. What is older than daysOfHints at
    /// \a now, from the future or malformed is left out.
    void recall(const QJsonObject &earlier, const QDateTime &now = QDateTime::currentDateTimeUtc());

private:
    struct Finding
    {
        Support support = Support::Unknown;
        QDateTime learnt = QDateTime();
        bool isHint = false;
    };

    QHash<Capability, Finding> m_known;
};

} // namespace Longshore
