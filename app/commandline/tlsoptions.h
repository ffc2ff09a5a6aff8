// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/tlsfiles.h"

#include <QCommandLineOption>

#include <memory>

class QCommandLineParser;

namespace Longshore {

/// --ca, --client-cert, --client-key with its passphrase, and --insecure.
[[nodiscard]] QList<QCommandLineOption> tlsOptions();

/// Null when none of them was given.
[[nodiscard]] Result<std::shared_ptr<const TlsSettings>>
readTlsOptions(const QCommandLineParser &parser);

} // namespace Longshore
