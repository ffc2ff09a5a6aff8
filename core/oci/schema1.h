// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <QByteArray>

namespace Longshore {

/// The signed bytes inside a Docker schema 1 document: what its digest is made of.
///
/// libtrust keeps the payload as a prefix of the document ("formatLength") and a tail; a
/// document without signatures is its own payload. Signatures are not verified here. An Error of
/// kind Protocol when they disagree about the payload, or name one beyond the document.
[[nodiscard]] Result<QByteArray> schema1Payload(const QByteArray &document);

} // namespace Longshore
