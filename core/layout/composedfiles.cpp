// SPDX-License-Identifier: Apache-2.0
#include "core/layout/composedfiles.h"

#include <QCoreApplication>

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ComposedFiles)
};

} // namespace

ComposedFiles::ComposedFiles(const Manifest &manifest, const QString &name,
                             const QHash<Digest, FileSlice> &blobs)
    : m_manifest(manifest), m_images{{manifest.descriptor(), name}}, m_blobs(blobs)
{}

Result<FileSlice> ComposedFiles::blob(const Digest &digest) const
{
    if (const auto found = m_blobs.constFind(digest); found != m_blobs.constEnd())
        return *found;
    return Error{Error::Kind::NotFound,
                 Text::tr("The layer %1 of the image below is not in the repository any more.")
                     .arg(digest.toString())};
}

Result<QByteArray> ComposedFiles::document(const Digest &digest) const
{
    if (digest == m_manifest.digest)
        return m_manifest.bytes;
    return Error{Error::Kind::NotFound, Text::tr("There is no image %1.").arg(digest.toString())};
}

} // namespace Longshore
