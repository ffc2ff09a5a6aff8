// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/layout/newlayer.h"
#include "core/layout/ownership.h"
#include "core/session/readimagepartsjob.h"

#include <QDateTime>

#include <variant>

namespace Longshore {

class LayoutSession;

/// An image, and what shall lie on top of it.
struct ImageExtension
{
    /// What lies below: one image, of an index that for one platform; or nothing, and then what the new image is for.
    std::variant<ImageChoice, Platform> base;
    /// One tar archive that is a layer, or files that shall become one; on nothing, only the former.
    QStringList paths;
    QString folder = {}; ///< Where such files shall be in the image; see FilesToPack.
    QString comment = {}; ///< For the history; empty for none.
    QDateTime created = {}; ///< Of the new image; now when invalid.
    QString author = {}; ///< Of both; empty for that of the base.
    Ownership ownership = {}; ///< Of files that become a layer.

    /// The image below; null for none.
    [[nodiscard]] const ImageChoice *image() const noexcept
    {
        return std::get_if<ImageChoice>(&base);
    }
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

/// Makes a new image: one that is there, and a layer on top of it; or a layer alone. Nothing is sent; what comes of it
/// can be copied to where the layers below are, as from any other place.
///
/// A single file that is a tar archive, compressed or not, is taken as the layer that it is; anything
/// else is packed into one. Fails as FetchPlatformManifestJob, extendImage(), readNewLayer() and
/// packLayer(); as InvalidInput for an index of which not one platform was chosen, and where nothing lies
/// below what is no layer.
class ExtendImageJob final : public ResultJob<ComposedImage>
{
    Q_OBJECT

public:
    /// \a session is where the image below is, and must outlive the job; null where there is none.
    ExtendImageJob(Session *session, const ImageExtension &wanted, QObject *parent = nullptr);

private:
    void doStart() override;
    void handleManifest(const Manifest &manifest);
    void makeLayer(const Manifest &manifest, const QByteArray &config);

    Session *m_session;
    const ImageExtension m_wanted;
};

} // namespace Longshore
