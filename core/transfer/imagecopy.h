// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/manifest.h"
#include "core/oci/reference.h"
#include "core/transfer/leftoutreferrer.h"

namespace Longshore {

/// An image somewhere, and the place in a registry that it shall have.
struct ImageCopy
{
    RepositoryName fromRepository; ///< Where the image is.
    Reference from; ///< The image or index.
    RepositoryName toRepository; ///< Where it shall be.
    Reference to; ///< The tag that shall point to it, or its own digest.
    QList<Platform> platforms = {}; ///< See ImageChoice::platforms.
    /// Whether signatures and whatever else refers to the image come along, by its manifest or by
    /// the name of its tag; only a registry can tell of these.
    bool withReferrers = false;
};

/// A blob of an image that is to be copied.
struct BlobToCopy
{
    /// What it takes to have it there.
    enum class Way {
        Present, ///< Nothing: it is there.
        Mount, ///< The registry has it in another repository, and is asked to take it from there.
        Send, ///< Its bytes have to travel.
    };

    Descriptor blob; ///< As the manifest describes it.
    Way way = Way::Send; ///< As it stood when somebody looked.
};

/// A manifest whose tag says what it is about.
struct AttachedManifest
{
    Tag tag; ///< As attachedTags() has it; the same in the target.
    Manifest manifest; ///< What it names.
};

/// What a copy would do, for whoever wants to know beforehand.
struct ImageCopyPlan
{
    ImageCopy wanted; ///< What was asked for.
    Manifest image; ///< What the tag shall point to.
    QList<Manifest> entries = {}; ///< What an index is made of; each before what refers to it.
    QList<Manifest> referrers = {}; ///< Each after what it refers to.
    QList<AttachedManifest> attached =
        {}; ///< Of the referrers, those that need their tags; none of them is there.
    QList<Tag> keptTags = {}; ///< Of such tags, those that name something else there, and keep it.
    QList<LeftOutReferrer> leftOutReferrers = {}; ///< See ReadReferrersJob.
    QList<BlobToCopy> blobs = {}; ///< Of all of these, each once.
    QList<Descriptor> foreign =
        {}; ///< Layers that may not be distributed, and stay where they are.
    /// What the tag points to now, when that is something else: it loses the tag.
    std::optional<Digest> replaced = {};

    /// Of the blobs that have to travel, in bytes.
    [[nodiscard]] qint64 bytesToSend() const;
};

/// What became of a copy.
struct CopiedImage
{
    Descriptor image; ///< What the reference names now; read back from the registry.
    qsizetype uploaded = 0; ///< Blobs whose bytes travelled.
    qsizetype skipped = 0; ///< Blobs that were there.
    qsizetype mounted = 0; ///< Blobs that the registry took from another repository.
    std::optional<Digest> replaced = {}; ///< What the tag pointed to before.
    QList<Descriptor> foreign = {}; ///< Layers that may not be distributed; they were left out.
    /// What kept a referrer from being listed as one, although it is there.
    std::optional<Error> listError = {};
    QList<Tag> attached = {}; ///< That came along, as ImageCopyPlan::attached.
    QList<Tag> keptTags = {}; ///< See ImageCopyPlan::keptTags.
    QList<LeftOutReferrer> leftOutReferrers = {}; ///< See ReadReferrersJob.
    qsizetype startedOver = 0; ///< Blobs; see UploadedBlob::hasStartedOver.
};

} // namespace Longshore
