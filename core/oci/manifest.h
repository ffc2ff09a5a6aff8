// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/descriptor.h"

#include <variant>

namespace Longshore {

/// One image for one platform: a configuration and its layers, or an artifact in that form.
/// OCI image-spec, manifest.md; Docker image manifest version 2, schema 2.
struct ImageManifest
{
    Descriptor config; ///< OCI image-spec, config.md; something else for artifacts.
    QList<Descriptor> layers; ///< The first is the lowest.
    std::optional<Descriptor> subject; ///< The manifest that this one is about.
    QString artifactType; ///< What it is when it is no image.
    Annotations annotations; ///< About this image.

    friend bool operator==(const ImageManifest &, const ImageManifest &) = default;
};

/// Several manifests under one name, one a platform. OCI image-spec, image-index.md.
struct ImageIndex
{
    QList<Descriptor> manifests; ///< Images and what belongs to them; indexes, too.
    std::optional<Descriptor> subject; ///< The manifest that this index is about.
    QString artifactType; ///< What it is when it holds no images.
    Annotations annotations; ///< About all of it.

    friend bool operator==(const ImageIndex &, const ImageIndex &) = default;
};

/// A document that we keep and show but do not understand: schema 1, artifact manifests.
struct OpaqueManifest
{
    friend bool operator==(const OpaqueManifest &, const OpaqueManifest &) = default;
};

/// A manifest as it was received. The bytes are the truth: nothing is ever written back but them.
struct Manifest
{
    QByteArray bytes; ///< As they came.
    MediaType mediaType; ///< What server and document agree on.
    Digest digest; ///< Of the bytes; of the payload for signed schema 1 documents.
    std::variant<OpaqueManifest, ImageManifest, ImageIndex> content; ///< What we understand.

    /// @{
    /// The content when it is that; else null. Owned by the manifest.
    [[nodiscard]] const ImageManifest *image() const
    {
        return std::get_if<ImageManifest>(&content);
    }
    [[nodiscard]] const ImageIndex *index() const { return std::get_if<ImageIndex>(&content); }
    /// @}
    /// How others name it; without annotations or a platform.
    [[nodiscard]] Descriptor descriptor() const { return {mediaType, digest, bytes.size()}; }

    friend bool operator==(const Manifest &, const Manifest &) = default;
};

/// Reads and checks a manifest.
///
/// \a contentType is what the server, or the descriptor that led here, calls it; empty if nobody
/// did. Refused are documents that could be read in two ways (CVE-2021-41190), documents whose own
/// "mediaType" differs from \a contentType, and everything that is no manifest: an Error of kind
/// Protocol. One of kind TooLarge when it exceeds JsonRules, or lists more than 100,000 entries.
[[nodiscard]] Result<Manifest> parseManifest(const QByteArray &bytes, const MediaType &contentType);

/// Compressed bytes of an image, the configuration included; -1 when the sum cannot be.
[[nodiscard]] qint64 imageSize(const ImageManifest &image);

/// What BuildKit says about an entry of an index that is no image: its subject's digest.
[[nodiscard]] std::optional<Digest> attestationSubject(const Descriptor &descriptor);

/// The entry of \a index that runs on \a platform; the first match wins, null when there is none.
/// It belongs to \a index.
[[nodiscard]] const Descriptor *findPlatform(const ImageIndex &index, const Platform &platform);

} // namespace Longshore
