// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

namespace Longshore {

/// \a path without what may stand behind the name of a folder, "/" or "/.", and is no part of it. What
/// else a path may hold stays: ".." behind a link leads elsewhere than it reads.
[[nodiscard]] QString withoutLastSlash(QString path);

/// A place for images outside a registry, as skopeo writes it too: "oci:DIR[:TAG]",
/// "oci-archive:FILE[:TAG]", "docker-archive:FILE[:REF]", "dir:DIR". Any but the last may end in
/// "@DIGEST" instead. To these come "rootfs:FILE", "rootfs-dir:DIR", "layers:DIR" and
/// "layer-tars:DIR", which are only written.
struct ImagePlace
{
    /// How the images are kept. For reading, only what is there decides.
    enum class Form {
        OciFolder,
        OciArchive,
        DockerArchive,
        Folder,
        RootFiles, ///< No image any more, but the files that its containers see, in a tar.
        RootFolder, ///< The same in a folder.
        StoredLayers, ///< No image either, but a file for each layer.
        PlainLayers, ///< The same, each as a plain tar.
    };

    Form form = Form::OciFolder; ///< What the text begins with.
    QString path; ///< Of the folder or file. Never empty; as it was written, withoutLastSlash().
    QString name = {}; ///< What the image is called there, or its digest; empty for no name.

    /// An Error of kind InvalidInput says what is wrong with \a text. What is behind the last colon
    /// is a tag, unless a tag cannot be written so; of a docker-archive, what is behind the first
    /// colon is a reference, as far as it can be one.
    [[nodiscard]] static Result<ImagePlace> parse(const QString &text);

    /// Whether an image can be read from there again.
    [[nodiscard]] bool holdsImage() const;
    /// Whether it is one file; else a folder.
    [[nodiscard]] bool isFile() const;
    /// Whether it has its name only when it is complete; else what is there is completed.
    [[nodiscard]] bool appearsWhole() const { return isFile() || form == Form::RootFolder; }
    /// Whether it is a folder with a file for each layer.
    [[nodiscard]] bool isOfLayers() const
    {
        return form == Form::StoredLayers || form == Form::PlainLayers;
    }
    /// Whether layers are unpacked there, and so take more room than the registry says.
    [[nodiscard]] bool isUnpacked() const
    {
        return form == Form::RootFiles || form == Form::RootFolder || form == Form::PlainLayers;
    }
    /// Whether it takes one image only.
    [[nodiscard]] bool isForOneImage() const { return form == Form::Folder || !holdsImage(); }
    /// Whether it takes an image for one platform only.
    [[nodiscard]] bool isForOnePlatform() const
    {
        return form == Form::DockerArchive || !holdsImage();
    }

    friend bool operator==(const ImagePlace &, const ImagePlace &) = default;
};

} // namespace Longshore
