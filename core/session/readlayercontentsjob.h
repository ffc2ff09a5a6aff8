// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/session/session.h"

namespace Longshore {

/// A layer, and the tar that it stands for.
struct LayerContent
{
    Descriptor layer; ///< As it is stored.
    Digest diffId; ///< Of the tar. OCI image-spec, config.md, "rootfs".

    friend bool operator==(const LayerContent &, const LayerContent &) = default;
};

/// Finds out what the layers of an image hold when nothing compresses them, the lowest first.
///
/// Fails with Error::Kind::Unsupported for what is no image, with Error::Kind::Protocol where the
/// configuration does not speak of exactly these layers, else as Session::fetchBlob().
class ReadLayerContentsJob final : public ResultJob<QList<LayerContent>>
{
    Q_OBJECT

public:
    /// \a session must outlive the job.
    ReadLayerContentsJob(Session &session, const RepositoryName &repository,
                         const Manifest &manifest, QObject *parent = nullptr);

private:
    void doStart() override;
    void join(const QList<Digest> &diffIds);

    Session &m_session;
    const RepositoryName m_repository;
    const Manifest m_manifest;
};

} // namespace Longshore
