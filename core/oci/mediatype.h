// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace Longshore {

/// A media type without parameters, in lower case. Unknown types are kept as they are.
class MediaType
{
public:
    /// What a manifest, a configuration or a layer can be.
    enum class Kind {
        Unknown,
        ImageIndex, ///< OCI index or Docker manifest list.
        ImageManifest, ///< OCI manifest or Docker schema 2.
        SignedManifest, ///< Docker schema 1.
        ArtifactManifest, ///< Of image-spec 1.1 release candidates.
        ImageConfig,
        Layer,
        ForeignLayer, ///< Non-distributable: fetched, never pushed.
        Empty, ///< The two bytes "{}".
    };

    /// What compresses a layer.
    enum class Packing { Plain, Gzip, Zstd };

    /// No type: nobody has said what it is.
    MediaType() = default;
    /// Takes a Content-Type header or a member "mediaType"; parameters are dropped.
    [[nodiscard]] static MediaType parse(QStringView text);

    /// The text, in lower case; empty when there is none.
    [[nodiscard]] const QString &toString() const noexcept { return m_text; }
    /// Whether nobody has said.
    [[nodiscard]] bool isEmpty() const noexcept { return m_text.isEmpty(); }
    /// What it means to us; Unknown for whatever we have not heard of.
    [[nodiscard]] Kind kind() const;
    /// Whether content of this type is kept under "manifests" and not under "blobs".
    [[nodiscard]] bool isManifest() const;
    /// Extension of a file that holds such content, with its dot: ".tar.gz", ".json", ".bin".
    [[nodiscard]] QString fileExtension() const;

    /// @{
    /// The types with which manifests are written. OCI image-spec, media-types.md; Docker image
    /// manifest version 2, schema 2.
    [[nodiscard]] static MediaType ociIndex();
    [[nodiscard]] static MediaType ociManifest();
    [[nodiscard]] static MediaType dockerManifestList();
    [[nodiscard]] static MediaType dockerManifest();
    /// @}
    /// The type of a layer in a \a manifest of that type: of Docker's family, or else of OCI's. No type
    /// where the family has none. OCI image-spec, layer.md; Docker image manifest version 2, schema 2.
    [[nodiscard]] static MediaType layer(Packing packing,
                                         const MediaType &manifest = ociManifest());
    /// Everything that a manifest request accepts, in one header. A shorter list makes real
    /// registries convert the manifest and so answer with the digest of something else.
    [[nodiscard]] static const QByteArray &manifestAccept();

    friend bool operator==(const MediaType &, const MediaType &) = default;

private:
    explicit MediaType(QString text) : m_text(std::move(text)) {}

    QString m_text;
};

} // namespace Longshore
