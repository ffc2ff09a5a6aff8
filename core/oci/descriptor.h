// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/oci/digest.h"
#include "core/oci/mediatype.h"
#include "core/oci/platform.h"

#include <QMap>

class QJsonObject;

namespace Longshore {

/// Facts about some content by their names. OCI image-spec, annotations.md.
using Annotations = QMap<QString, QString>;

/// Names some content: its type, digest and size. OCI image-spec, descriptor.md.
struct Descriptor
{
    MediaType mediaType; ///< What the content is, whatever a server calls it.
    Digest digest; ///< What the content must hash to.
    qint64 size = 0; ///< In bytes; never negative.
    QStringList urls = {}; ///< Where foreign content may be had; never asked without consent.
    Annotations annotations = {}; ///< About the content, or its place in an index.
    QString artifactType = {}; ///< Of what is no image: what it is.
    std::optional<Platform> platform = {}; ///< Of an entry of an index.

    /// Reads a descriptor. An Error of kind Protocol when its type, digest or size is missing or
    /// malformed, or when the name of a member differs from these in nothing but case; what is
    /// wrong elsewhere is left out.
    [[nodiscard]] static Result<Descriptor> fromJson(const QJsonObject &object);

    friend bool operator==(const Descriptor &, const Descriptor &) = default;
};

} // namespace Longshore
