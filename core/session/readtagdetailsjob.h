// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/imageconfig.h"
#include "core/oci/reference.h"
#include "core/session/session.h"

namespace Longshore {

/// One manifest that a tag offers: an image for a platform, or an attestation about one.
struct PlatformEntry
{
    Descriptor descriptor; ///< As the index has it.
    bool isAttestation = false; ///< It runs on nothing.
};

/// What a list shows of a tag.
struct TagDetails
{
    Descriptor manifest; ///< What the tag itself points to.
    QList<PlatformEntry> entries; ///< Of an index; empty for a single image.
    std::optional<Platform> platform; ///< Of a single image.
    qint64 size = -1; ///< Compressed bytes of one image, the configuration included.
    QDateTime created; ///< Invalid when unknown.

    /// Each once, as Platform::toString() writes it; without attestations.
    [[nodiscard]] QStringList platformNames() const;
};

/// Reads what a list shows of a tag: its manifest, and the configuration of one image; for an index
/// that of the preferred platform, else of the first image. Fails only when the manifest of the tag
/// cannot be read, as the session says; what else is missing stays unknown.
class ReadTagDetailsJob final : public ResultJob<TagDetails>
{
    Q_OBJECT

public:
    /// \a session must outlive the job.
    ReadTagDetailsJob(Session &session, const RepositoryName &repository,
                      const Reference &reference, Session::Priority priority,
                      QObject *parent = nullptr);

private:
    void doStart() override;
    void handleManifest(const Manifest &manifest);
    void handleIndex(const ImageIndex &index);
    void handleImage(const Manifest &manifest);
    void readConfig(const ImageManifest &image);

    Session &m_session;
    RepositoryName m_repository;
    Reference m_reference;
    Session::Priority m_priority;
    std::optional<TagDetails> m_details; ///< Once the manifest is there.
};

/// The entry that an image page shows first: this machine's platform, else the first image. It
/// belongs to \a index; null when that holds no image.
[[nodiscard]] const Descriptor *preferredEntry(const ImageIndex &index);

} // namespace Longshore
