// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

class QJsonValue;

namespace Longshore {

/// What an image runs on. OCI image-spec, image-index.md, "platform".
struct Platform
{
    QString os; ///< "linux", "windows"; Go's GOOS.
    QString architecture; ///< "amd64", "arm64"; Go's GOARCH.
    QString variant; ///< Of the processor, "v7"; mostly empty.
    QString osVersion; ///< Of Windows, "10.0.17763.1879".
    QStringList osFeatures; ///< What the system must offer, "win32k".

    /// "linux/arm/v7"; empty members are left out.
    [[nodiscard]] QString toString() const;
    /// BuildKit writes "unknown/unknown" for attestations, which run on nothing.
    [[nodiscard]] bool isUnknown() const;
    /// Whether an image for this platform serves somebody who asks for \a wanted: a variant that
    /// is not named is the default one (arm64 v8, arm v7, amd64 v1). Versions of the system only count
    /// where one is wanted.
    [[nodiscard]] bool satisfies(const Platform &wanted) const;

    /// Reads "os/architecture[/variant]".
    [[nodiscard]] static std::optional<Platform> parse(const QString &text);
    /// Nothing when \a value is no object or names neither system nor architecture.
    [[nodiscard]] static std::optional<Platform> fromJson(const QJsonValue &value);
    /// That of this machine; what an image page shows first.
    [[nodiscard]] static Platform native();

    friend bool operator==(const Platform &, const Platform &) = default;
};

} // namespace Longshore
