// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/digest.h"
#include "core/oci/names.h"

#include <variant>

namespace Longshore {

/// What names a manifest inside a repository: a tag or a digest.
class Reference
{
public:
    // Implicit on purpose: a tag is a reference, and so is a digest.
    // NOLINTBEGIN(google-explicit-constructor)
    /// @{
    /// Either will do.
    Reference(Tag tag) : m_value(std::move(tag)) {}
    Reference(Digest digest) : m_value(std::move(digest)) {}
    /// @}
    // NOLINTEND(google-explicit-constructor)

    /// @{
    /// Null when it is the other one.
    [[nodiscard]] const Tag *tag() const noexcept { return std::get_if<Tag>(&m_value); }
    [[nodiscard]] const Digest *digest() const noexcept { return std::get_if<Digest>(&m_value); }
    /// @}
    /// As it stands in the path of a request.
    [[nodiscard]] const QString &toString() const
    {
        return tag() ? tag()->toString() : digest()->toString();
    }

    friend bool operator==(const Reference &, const Reference &) = default;
    friend size_t qHash(const Reference &reference, size_t seed = 0)
    {
        return qHash(reference.toString(), seed);
    }

private:
    std::variant<Tag, Digest> m_value;
};

} // namespace Longshore
