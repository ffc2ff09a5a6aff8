// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <optional>

namespace Longshore {

/// Which tags are counted together.
enum class TagLine {
    Repository, ///< All of them.
    MajorVersion, ///< "1.4.2" and "1.5", but not "1.4.2-alpine".
    MinorVersion, ///< "1.4.2" and "1.4.3-rc1", but not "1.5".
    Prefix, ///< What is the same before the last "-": "nightly-0301" and "nightly-0302".
};

/// The line that a tag belongs to, fit for a sentence: "1.4", "1.4 alpine", "nightly". Empty for the
/// repository as a whole; nothing for a tag that has no such line.
///
/// A version may have a prefix that ends in "-", "_", "." or "v", at most four digits in its first
/// number, and a suffix. The first word of the suffix makes a line of its own, unless it is that of
/// a pre-release. Dates, numbers of builds and digests are no versions.
[[nodiscard]] std::optional<QString> lineOf(QStringView tag, TagLine line);

} // namespace Longshore
