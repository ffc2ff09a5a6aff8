// SPDX-License-Identifier: Apache-2.0
#include "core/layout/ocilayoutfiles.h"

#include "core/oci/strictjson.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(OciLayoutFiles)
};

/// Only a digest makes a name of a file here, and its grammar has neither dots alone nor slashes.
QString blobName(const Digest &digest)
{
    return "blobs/"_L1 + digest.algorithm() + u'/' + digest.encoded();
}

/// Builders that write the whole reference keep it apart from the specified name, which is then
/// the tag alone.
QString nameOf(const Descriptor &entry)
{
    const QString whole = entry.annotations.value(u"io.containerd.image.name"_s);
    return whole.isEmpty() ? entry.annotations.value(u"org.opencontainers.image.ref.name"_s)
                           : whole;
}

} // namespace

bool OciLayoutFiles::isIn(const FileTree &tree)
{
    return tree.contains(u"oci-layout"_s);
}

Result<std::shared_ptr<const ImageFiles>> OciLayoutFiles::read(std::shared_ptr<const FileTree> tree)
{
    const auto marker = tree->read(u"oci-layout"_s);
    if (!marker)
        return marker.error();
    const auto layout = parseStrictJson(*marker);
    if (!layout)
        return layout.error();
    // "The imageLayoutVersion value will align with the OCI Image Specification version".
    if (!layout->value("imageLayoutVersion"_L1).toString().startsWith("1."_L1))
        return Error{Error::Kind::Unsupported,
                     Text::tr("The layout has a version that cannot be read.")};
    const auto list = tree->read(u"index.json"_s);
    if (!list)
        return list.error();
    const auto index = parseManifest(*list, MediaType::ociIndex());
    if (!index)
        return index.error();
    return std::shared_ptr<const ImageFiles>(new OciLayoutFiles(std::move(tree), *index->index()));
}

OciLayoutFiles::OciLayoutFiles(std::shared_ptr<const FileTree> tree, const ImageIndex &index)
    : m_tree(std::move(tree))
{
    for (const Descriptor &entry : index.manifests) {
        if (entry.mediaType.isManifest())
            m_images.append({entry, nameOf(entry)});
    }
}

Result<FileSlice> OciLayoutFiles::blob(const Digest &digest) const
{
    return m_tree->open(blobName(digest));
}

Result<QByteArray> OciLayoutFiles::document(const Digest &digest) const
{
    return m_tree->read(blobName(digest));
}

} // namespace Longshore
