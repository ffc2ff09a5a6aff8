// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHashFunctions>
#include <QString>

#include <optional>

namespace Longshore {

/// A name that follows a grammar of the distribution specification, and nothing else.
///
/// The tag type only keeps tags and repositories from being mixed up.
template <typename Grammar>
class CheckedName
{
public:
    /// Nothing unless \a text follows the grammar. It is not changed: "Team" does not become
    /// "team".
    [[nodiscard]] static std::optional<CheckedName> parse(QStringView text)
    {
        if (!Grammar::accepts(text))
            return {};
        return CheckedName(text.toString());
    }

    /// The text, fit for the path of a URL as it stands.
    [[nodiscard]] const QString &toString() const noexcept { return m_text; }

    friend bool operator==(const CheckedName &, const CheckedName &) = default;
    friend bool operator<(const CheckedName &a, const CheckedName &b)
    {
        return a.m_text < b.m_text;
    }
    friend size_t qHash(const CheckedName &name, size_t seed = 0)
    {
        return qHash(name.m_text, seed);
    }

private:
    explicit CheckedName(QString text) : m_text(std::move(text)) {}

    QString m_text;
};

/// Lower-case components joined by "/", at most 255 characters.
struct RepositoryGrammar
{
    /// Whether all of \a text follows it.
    [[nodiscard]] static bool accepts(QStringView text);
};

/// Up to 128 letters, digits, "_", "." and "-"; the first is no "." or "-".
struct TagGrammar
{
    /// Whether all of \a text follows it.
    [[nodiscard]] static bool accepts(QStringView text);
};

/// OCI distribution-spec, "Pulling manifests", "name".
using RepositoryName = CheckedName<RepositoryGrammar>;
/// OCI distribution-spec, "Pulling manifests", "reference" as a tag.
using Tag = CheckedName<TagGrammar>;

} // namespace Longshore
