// SPDX-License-Identifier: Apache-2.0
#include "core/layout/dockerarchivefiles.h"
#include "core/layout/ocilayoutfiles.h"
#include "core/layout/tartree.h"
#include "core/layout/unpack.h"
#include "fuzz/fuzztarget.h"

#include <QTemporaryFile>

using namespace Longshore;
using namespace Qt::StringLiterals;

namespace {

constexpr UnpackLimits limits{.mostBytes = 16 * 1024 * 1024, .spareRoom = 0};

/// What is opened lies in the archive.
void checkSlice(const FileSlice &whole, const Result<FileSlice> &slice)
{
    if (slice)
        require(slice->offset >= 0 && slice->size >= 0
                && slice->size <= whole.size - slice->offset);
}

void checkImages(const FileSlice &whole, const Result<std::shared_ptr<const ImageFiles>> &files)
{
    if (!files)
        return;
    for (const StoredImage &image : (*files)->images()) {
        const auto manifest = (*files)->manifest(image.manifest.digest, image.manifest.mediaType);
        if (!manifest || !manifest->image())
            continue;
        checkSlice(whole, (*files)->blob(manifest->image()->config.digest));
        for (const Descriptor &layer : manifest->image()->layers)
            checkSlice(whole, (*files)->blob(layer.digest));
    }
}

} // namespace

/// Archives of images, compressed or not: nothing outside of them is ever opened.
void fuzz(const QByteArray &input)
{
    QTemporaryFile file;
    require(file.open() && file.write(input) == input.size() && file.flush());
    const auto opened = ReadableFile::open(file.fileName());
    require(opened.has_value());
    const CancelFlag cancelled(false);
    FileSlice whole = FileSlice::whole(*opened);
    if (const auto compression = compressionOf(whole); *compression != Compression::None) {
        const auto unpacked = unpackToFile(whole, limits, cancelled);
        if (!unpacked)
            return;
        require(unpacked->size <= limits.mostBytes);
        whole = *unpacked;
    }
    const auto tree = TarTree::scan(whole, cancelled);
    if (!tree)
        return;
    for (const QString &name : {u"manifest.json"_s, u"oci-layout"_s, u"../a"_s, u"/etc/passwd"_s})
        checkSlice(whole, (*tree)->open(name));
    if (OciLayoutFiles::isIn(**tree))
        checkImages(whole, OciLayoutFiles::read(*tree));
    if (DockerArchiveFiles::isIn(**tree))
        checkImages(whole, DockerArchiveFiles::read(*tree, cancelled));
}
