// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonArray>
#include <QJsonObject>

namespace Longshore {

struct Descriptor;
struct Image;
struct TagDetails;

// The values of the core as scripts read them. What is unknown is null.

/// digest, mediaType, size.
[[nodiscard]] QJsonObject toJson(const Descriptor &descriptor);
/// tag, digest, mediaType, size, created, platforms.
[[nodiscard]] QJsonObject toJson(const QString &tag, const TagDetails &details);
/// The configuration, without what describes layers.
[[nodiscard]] QJsonObject configJson(const Image &image);
/// One object a layer, the lowest first, joined with the step that made it.
[[nodiscard]] QJsonArray layersJson(const Image &image);
/// One object a step of the build; "layer" is the number of the layer it made, or null.
[[nodiscard]] QJsonArray historyJson(const Image &image);
/// What refers to an image: the descriptors, with artifactType and annotations.
[[nodiscard]] QJsonArray referrersJson(const QList<Descriptor> &referrers);
/// Bytes: of the manifest, the configuration, the layers, and the image in all.
[[nodiscard]] QJsonObject sizesJson(const Image &image);

} // namespace Longshore
