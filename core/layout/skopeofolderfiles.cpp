// SPDX-License-Identifier: Apache-2.0
#include "core/layout/skopeofolderfiles.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

/// Newer versions name the algorithm, unless it is the usual one.
QString blobName(const Digest &digest)
{
    return digest.algorithm() == "sha256"_L1 ? digest.encoded()
                                             : digest.algorithm() + u'-' + digest.encoded();
}

} // namespace

bool SkopeoFolderFiles::isIn(const FileTree &tree)
{
    const auto version = tree.read(u"version"_s);
    return version && version->startsWith("Directory Transport Version: ");
}

Result<std::shared_ptr<const ImageFiles>>
SkopeoFolderFiles::read(std::shared_ptr<const FileTree> tree)
{
    const auto version = tree->read(u"version"_s);
    if (!version)
        return version.error();
    if (!version->startsWith("Directory Transport Version: 1."))
        return Error{Error::Kind::Unsupported,
                     QCoreApplication::translate("SkopeoFolderFiles",
                                                 "The folder has a version that cannot be read.")};
    const auto bytes = tree->read(u"manifest.json"_s);
    if (!bytes)
        return bytes.error();
    const auto image = parseManifest(*bytes, {});
    if (!image)
        return image.error();
    return std::shared_ptr<const ImageFiles>(new SkopeoFolderFiles(std::move(tree), *image));
}

Result<FileSlice> SkopeoFolderFiles::blob(const Digest &digest) const
{
    return m_tree->open(blobName(digest));
}

Result<QByteArray> SkopeoFolderFiles::document(const Digest &digest) const
{
    if (digest == m_images.constFirst().manifest.digest)
        return m_tree->read(u"manifest.json"_s);
    return m_tree->read(blobName(digest) + ".manifest.json"_L1);
}

} // namespace Longshore
