// SPDX-License-Identifier: Apache-2.0
#include "core/oci/mediatype.h"

#include <QByteArrayList>
#include <QHash>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

using Kind = MediaType::Kind;

const QHash<QString, Kind> &exactKinds()
{
    static const QHash<QString, Kind> kinds{
        {u"application/vnd.oci.image.index.v1+json"_s, Kind::ImageIndex},
        {u"application/vnd.docker.distribution.manifest.list.v2+json"_s, Kind::ImageIndex},
        {u"application/vnd.oci.image.manifest.v1+json"_s, Kind::ImageManifest},
        {u"application/vnd.docker.distribution.manifest.v2+json"_s, Kind::ImageManifest},
        {u"application/vnd.docker.distribution.manifest.v1+prettyjws"_s, Kind::SignedManifest},
        {u"application/vnd.docker.distribution.manifest.v1+json"_s, Kind::SignedManifest},
        {u"application/vnd.oci.artifact.manifest.v1+json"_s, Kind::ArtifactManifest},
        {u"application/vnd.oci.image.config.v1+json"_s, Kind::ImageConfig},
        {u"application/vnd.docker.container.image.v1+json"_s, Kind::ImageConfig},
        {u"application/vnd.docker.container.image.rootfs.diff+x-gtar"_s, Kind::Layer},
        {u"application/vnd.oci.empty.v1+json"_s, Kind::Empty},
    };
    return kinds;
}

} // namespace

MediaType MediaType::parse(QStringView text)
{
    const qsizetype semicolon = text.indexOf(u';');
    return MediaType(
        text.left(semicolon < 0 ? text.size() : semicolon).trimmed().toString().toLower());
}

MediaType::Kind MediaType::kind() const
{
    if (const auto found = exactKinds().constFind(m_text); found != exactKinds().constEnd())
        return *found;
    if (m_text.startsWith("application/vnd.docker.image.rootfs.foreign.diff.tar"_L1)
        || m_text.startsWith("application/vnd.oci.image.layer.nondistributable.v1.tar"_L1))
        return Kind::ForeignLayer;
    if (m_text.startsWith("application/vnd.docker.image.rootfs.diff.tar"_L1)
        || m_text.startsWith("application/vnd.oci.image.layer.v1.tar"_L1))
        return Kind::Layer;
    return Kind::Unknown;
}

bool MediaType::isManifest() const
{
    switch (kind()) {
    case Kind::ImageIndex:
    case Kind::ImageManifest:
    case Kind::SignedManifest:
    case Kind::ArtifactManifest: return true;
    default: return false;
    }
}

QString MediaType::fileExtension() const
{
    if (m_text.endsWith("tar+gzip"_L1) || m_text.endsWith("tar.gzip"_L1)
        || m_text.endsWith("x-gtar"_L1))
        return u".tar.gz"_s;
    if (m_text.endsWith("tar+zstd"_L1) || m_text.endsWith("tar.zstd"_L1))
        return u".tar.zst"_s;
    if (m_text.endsWith("tar"_L1))
        return u".tar"_s;
    if (m_text.endsWith("json"_L1))
        return u".json"_s;
    return u".bin"_s;
}

MediaType MediaType::ociIndex()
{
    return MediaType(u"application/vnd.oci.image.index.v1+json"_s);
}

MediaType MediaType::ociManifest()
{
    return MediaType(u"application/vnd.oci.image.manifest.v1+json"_s);
}

MediaType MediaType::dockerManifestList()
{
    return MediaType(u"application/vnd.docker.distribution.manifest.list.v2+json"_s);
}

MediaType MediaType::dockerManifest()
{
    return MediaType(u"application/vnd.docker.distribution.manifest.v2+json"_s);
}

MediaType MediaType::layer(Packing packing, const MediaType &manifest)
{
    const bool isDocker = manifest == dockerManifest();
    switch (packing) {
    case Packing::Plain:
        return MediaType(isDocker ? u"application/vnd.docker.image.rootfs.diff.tar"_s
                                  : u"application/vnd.oci.image.layer.v1.tar"_s);
    case Packing::Gzip:
        return MediaType(isDocker ? u"application/vnd.docker.image.rootfs.diff.tar.gzip"_s
                                  : u"application/vnd.oci.image.layer.v1.tar+gzip"_s);
    case Packing::Zstd:
        return isDocker ? MediaType() : MediaType(u"application/vnd.oci.image.layer.v1.tar+zstd"_s);
    }
    Q_UNREACHABLE();
}

const QByteArray &MediaType::manifestAccept()
{
    static const QByteArray accept =
        QByteArrayList{
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.docker.distribution.manifest.v2+json",
            "application/vnd.oci.artifact.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.v1+prettyjws",
            "application/vnd.docker.distribution.manifest.v1+json",
        }
            .join(", ");
    return accept;
}

} // namespace Longshore
