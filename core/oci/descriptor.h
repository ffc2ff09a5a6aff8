// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/oci/digest.h"
#include "core/oci/mediatype.h"
#include "core/oci/platform.h"

#include <QMap>

class QJsonObject;

namespace Longshore {

using Annotations = QMap<QString, QString>;

/// Names some content: its type, digest and size. OCI image-spec, descriptor.md.
struct Descriptor
{
    MediaType mediaType;
    Digest digest;
    qint64 size = 0; ///< In bytes; never negative.
    QStringList urls = {}; ///< Where foreign content may be had; never asked without consent.
    Annotations annotations = {};
    QString artifactType = {};
    std::optional<Platform> platform = {};

    /// Refuses a missing or malformed type, digest or size.
    [[nodiscard]] static Result<Descriptor> fromJson(const QJsonObject &object);

    friend bool operator==(const Descriptor &, const Descriptor &) = default;
};

} // namespace Longshore
