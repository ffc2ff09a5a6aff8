// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/capabilities.h"

#include <QString>

namespace Longshore {

/// What registries were found to offer, for the next time that the program runs; by connection, as
/// an account may see another registry than the next one. Hints, and no loss when they are gone.
class CapabilityStore
{
public:
    /// \a path is of a file, which need not be there yet.
    explicit CapabilityStore(const QString &path = defaultPath());

    /// In the folder of the settings of this person.
    [[nodiscard]] static QString defaultPath();

    /// For RegistryCapabilities::recall(); empty when nothing is known.
    [[nodiscard]] QJsonObject find(const QString &connectionId) const;
    /// Replaces what was known of that connection.
    void save(const QString &connectionId, const QJsonObject &capabilities);
    /// The connection is gone, or is another one now.
    void remove(const QString &connectionId);

private:
    QString m_path;
};

} // namespace Longshore
