// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <optional>

namespace Longshore {

/// Whom files belong to in an archive, and who may do what with them, in place of what is so on the disk.
struct Ownership
{
    quint32 user = 0; ///< By number: only the image knows names.
    quint32 group = 0; ///< The same way.
    /// The permissions of files; folders get the same, and whoever may read one may enter it. Nothing
    /// for those that each has. Never the bits that lend rights to whoever runs a file.
    std::optional<int> mode = {};

    /// The largest mode.
    static constexpr int mostMode = 01777;

    /// Reads "USER" or "USER:GROUP", in numbers; a group that is not named has the number of the user.
    [[nodiscard]] static std::optional<Ownership> parseOwner(const QString &text);
    /// Reads permissions as chmod takes them, in octal digits.
    [[nodiscard]] static std::optional<int> parseMode(const QString &text);

    /// @{
    /// What the two functions above read; no mode is empty.
    [[nodiscard]] QString ownerText() const;
    [[nodiscard]] QString modeText() const;
    /// @}

    friend bool operator==(const Ownership &, const Ownership &) = default;
};

} // namespace Longshore
