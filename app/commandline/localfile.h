// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"

#include <QString>

namespace Longshore {

/// The bytes of a manifest in a file; no larger than a registry would take it, and no device
/// whose end never comes.
[[nodiscard]] Result<QByteArray> readManifestFile(const QString &path);

/// A private key in a file. Others who may read the file, too, are a reason for \a warning.
[[nodiscard]] Result<Secret> readKeyFile(const QString &path, QString &warning);

} // namespace Longshore
