// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/layout/newlayer.h"
#include "core/layout/ownership.h"
#include "core/session/readimagepartsjob.h"

#include <QDateTime>

namespace Longshore {

class LayoutSession;

/// An image, and what shall lie on top of it.
struct ImageExtension
{
    ImageChoice base; ///< One image; of an index, that for one platform.
    QStringList paths; ///< One tar archive that is a layer, or files that shall become one.
    QString folder = {}; ///< Where such files shall be in the image; see FilesToPack.
    QString comment = {}; ///< For the history; empty for none.
    QDateTime created = {}; ///< Of the new image; now when invalid.
    QString author = {}; ///< Of both; empty for that of the base.
    Ownership ownership = {}; ///< Of files that become a layer.
};

/// The image that came of it.
struct ComposedImage
{
    std::shared_ptr<LayoutSession> files; ///< Holds it alone, without the layers below.
    RepositoryName repository; ///< What \a files calls its repository.
    Digest digest; ///< Of the image.
    NewLayer layer; ///< The topmost one.
    bool isPacked = false; ///< Whether it was made from files.
};

/// Makes a new image: one that is there, and a layer on top of it. Nothing is sent; what comes of it
/// can be copied to where the layers below are, as from any other place.
///
/// A single file that is a tar archive, compressed or not, is taken as the layer that it is; anything
/// else is packed into one. Fails as FetchPlatformManifestJob, extendImage(), readNewLayer() and
/// packLayer(); as InvalidInput for an index of which no platform was chosen.
class ExtendImageJob final : public ResultJob<ComposedImage>
{
    Q_OBJECT

public:
    /// \a session must outlive the job.
    ExtendImageJob(Session &session, const ImageExtension &wanted, QObject *parent = nullptr);

private:
    void doStart() override;
    void handleManifest(const Manifest &manifest);
    void makeLayer(const Manifest &manifest, const QByteArray &config);

    Session &m_session;
    const ImageExtension m_wanted;
};

} // namespace Longshore
