// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/refusedcertificate.h"
#include "ui/models/propertymodel.h"

namespace Longshore::Ui {

/// What is wrong with it: one sentence for each reason.
[[nodiscard]] QString refusalText(const RefusedCertificate &refused);

/// What the server's own certificate says of itself, and its fingerprint in two lines; beside that
/// of the one that was expected, if there was one. Safe to show.
[[nodiscard]] QList<Property> certificateProperties(const RefusedCertificate &refused);

/// What it means to trust it.
[[nodiscard]] QString trustText(const RefusedCertificate &refused);

} // namespace Longshore::Ui
