// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace Longshore {

/// What references call Docker Hub.
inline constexpr QLatin1StringView dockerHub{"docker.io"};

/// \a host ("reg.lab:5000") in lower case; dockerHub for all the names that Docker Hub has.
[[nodiscard]] QString canonicalRegistryHost(const QString &host);

} // namespace Longshore
