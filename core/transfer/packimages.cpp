// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/packimages.h"

#include "core/base/diskcalls.h"
#include "core/base/displaytext.h"
#include "core/layers/inflatelayer.h"
#include "core/layers/mergelayers.h"
#include "core/transfer/archivecontents.h"
#include "core/transfer/checksums.h"
#include "core/transfer/contentslist.h"
#include "core/transfer/diskroom.h"
#include "core/transfer/packedresult.h"
#include "core/transfer/takenname.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <cerrno>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

using Form = ArchiveExport::Form;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PackImages)
};

QString platformsOf(const QList<Descriptor> &images)
{
    QStringList names;
    for (const Descriptor &image : images)
        names.append(image.platform ? image.platform->toString() : image.digest.toString());
    return quotedText(names.join(", "_L1));
}

/// The images with the sizes of their layers, which an archive has to tell before it brings them.
Result<QList<PlainImage>> measured(const ArchiveContents &contents, const BlobStage &stage,
                                   const CancelFlag &cancelled)
{
    QMap<Digest, qint64> sizes; // By diff ID.
    QList<PlainImage> images;
    for (const ImageSet::Image &image : contents.set.images) {
        QList<PlainLayer> layers;
        const QList<LayerContent> found = contents.layers.value(images.size());
        for (const LayerContent &content : found) {
            if (!sizes.contains(content.diffId)) {
                const auto size =
                    inflatedSize(stage.blobPath(content.layer.digest), content.diffId, cancelled);
                if (!size)
                    return size.error();
                sizes.insert(content.diffId, *size);
            }
            layers.append({content, sizes.value(content.diffId)});
        }
        images.append({*image.parts.root.image(), layers, image.names});
    }
    return images;
}

/// The files of the only image, as its containers see them.
Result<QStringList> mergeLayers(const ArchiveExport &wanted, const QList<LayerContent> &layers,
                                const BlobStage &stage, const CancelFlag &cancelled)
{
    LayerMerge merge{{}, wanted.file, wanted.existing};
    for (const auto &[layer, diffId] : layers)
        merge.layers.append({stage.blobPath(layer.digest), diffId});
    const auto survey = surveyLayers(merge, cancelled);
    if (!survey)
        return survey.error();
    if (const auto checked = checkDiskRoom(stage.folder(), survey->bytes); !checked)
        return checked.error();
    if (wanted.form == Form::RootFolder)
        return writeMergedFolder(merge, *survey, cancelled);
    const auto written = writeMergedTar(merge, *survey, cancelled);
    return written ? Result<QStringList>(QStringList()) : written.error();
}

Result<QStringList> pack(const ArchiveExport &wanted, const ArchiveContents &contents,
                         const BlobStage &stage, const CancelFlag &cancelled)
{
    if (wanted.form == Form::Root || wanted.form == Form::RootFolder)
        return mergeLayers(wanted, contents.layers.first(), stage, cancelled);
    const BlobPaths paths = [&stage](const Digest &digest) { return stage.blobPath(digest); };
    QList<ArchiveEntry> entries;
    if (wanted.form == Form::Oci) {
        entries = ociArchive(contents.set, paths);
    } else {
        const auto images = measured(contents, stage, cancelled);
        if (!images)
            return images.error();
        entries = dockerArchive(*images, paths);
    }
    const auto written = writeArchive(wanted.file, entries, wanted.existing, cancelled);
    return written ? Result<QStringList>(QStringList()) : written.error();
}

bool holdsBytes(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return QFileInfo(path).isFile() && file.open(QIODevice::ReadOnly) && file.size() == bytes.size()
           && file.read(bytes.size()) == bytes;
}

/// What is ours beside the file, and of nothing when that gets no name. What was replaced is gone anyway.
void removeBeside(const ArchiveExport &wanted, const QStringList &written)
{
    if (wanted.existing == SafeFile::Existing::Replace)
        return;
    for (const QString &path : written)
        QFile::remove(path);
}

/// The check sums and the list of the contents: the paths of both.
Result<QStringList> writeBeside(const QString &made, const ArchiveExport &wanted,
                                const ImageSet &set, const CancelFlag &cancelled)
{
    if (!wanted.withChecksums)
        return QStringList();
    const auto line = checksumOf(made, QFileInfo(wanted.file).fileName(), cancelled);
    if (!line)
        return line.error();
    QStringList written;
    for (const auto &[path, bytes] : {std::pair(checksumsPath(wanted.file), *line),
                                      std::pair(contentsPath(wanted.file), contentsList(set))}) {
        // It may be there, of whoever was stopped behind it, be it by another version.
        if (!holdsBytes(path, bytes)) {
            const auto existing =
                isContentsList(path) ? SafeFile::Existing::Replace : wanted.existing;
            if (const auto one = SafeFile::writeFile(path, bytes, existing); !one) {
                removeBeside(wanted, written);
                return one.error();
            }
        }
        written.append(path);
    }
    return written;
}

/// Whoever sees the name may rely on all of it being there, what lies beside it too. What is \a made may
/// have it already.
Result<Done> giveName(const QString &made, const ArchiveExport &wanted, const ImageSet &set,
                      const CancelFlag &cancelled)
{
    const bool isNamed = made == wanted.file;
    const bool replaces = wanted.existing == SafeFile::Existing::Replace;
    const Error isThere{Error::Kind::LocalFile,
                        Text::tr("%1 exists already.").arg(quotedPath(wanted.file))};
    if (!isNamed && !replaces && isTaken(wanted.file))
        return isThere;
    const auto beside = writeBeside(made, wanted, set, cancelled);
    if (!beside)
        return beside.error();
    if (isNamed)
        return Done();
    const int error = replaces ? DiskCalls::renameReplacing(made, wanted.file)
                               : DiskCalls::renameWithoutReplacing(made, wanted.file);
    if (error != 0)
        removeBeside(wanted, *beside);
    if (error == EEXIST)
        return isThere;
    const int synced =
        error != 0 ? error : DiskCalls::syncFolder(QFileInfo(wanted.file).absolutePath());
    if (synced == 0)
        return Done();
    return Error{
        Error::Kind::LocalFile,
        Text::tr("Cannot write %1: %2.").arg(quotedPath(wanted.file), qt_error_string(synced))};
}

/// What tells an export from others: all that an archive of its images would hold, but for the blobs
/// themselves.
QString fingerprint(const ArchiveExport &wanted, const ImageSet &set)
{
    QByteArray text = QByteArray::number(static_cast<int>(wanted.form));
    const auto entries = ociArchive(set, [](const Digest &) { return QString(); });
    for (const ArchiveEntry &entry : entries)
        text += '\n' + entry.name + '\n' + entry.bytes;
    return Digest::ofBytes(text).toString();
}

} // namespace

Result<ImageSet::Image> onlyPlatform(const ImageSet::Image &image)
{
    const QList<Descriptor> images = image.parts.images();
    if (images.isEmpty())
        return Error{Error::Kind::Unsupported,
                     Text::tr("This is no image, and an archive of this form holds nothing else.")};
    if (images.size() > 1)
        return Error{
            Error::Kind::InvalidInput,
            Text::tr("An archive of this form holds an image for one platform. Choose one of: %1.")
                .arg(platformsOf(images))};
    const auto only =
        ImageParts::of(image.parts.manifests.value(images.first().digest, image.parts.root), {});
    if (!only)
        return only.error();
    if (!only->foreign.isEmpty())
        return Error{Error::Kind::Unsupported,
                     Text::tr("The image has layers that may not be distributed, and an archive "
                              "of this form would be useless without them.")};
    return ImageSet::Image{*only, image.repository, image.names};
}

Result<QStringList> packImages(const ArchiveExport &wanted, const ArchiveContents &contents,
                               const BlobStage &stage, const CancelFlag &cancelled)
{
    ArchiveExport staged = wanted;
    staged.file = stage.resultPath();
    staged.existing = SafeFile::Existing::Replace;
    auto packed = pack(staged, contents, stage, cancelled);
    if (!packed)
        return packed;
    // Without the note there is only more to be done again.
    std::ignore = PackedResult{fingerprint(wanted, contents.set), *packed}.save(stage);
    const auto named = giveName(staged.file, wanted, contents.set, cancelled);
    return named ? packed : named.error();
}

Result<std::optional<QStringList>> finishPacked(const ArchiveExport &wanted, const ImageSet &set,
                                                const BlobStage &stage, const CancelFlag &cancelled)
{
    const auto packed = PackedResult::in(stage);
    if (!packed || packed->contents != fingerprint(wanted, set))
        return std::optional<QStringList>();
    const bool isNamed = packed->isAt(wanted.file);
    if (!isNamed && !packed->isAt(stage.resultPath()))
        return std::optional<QStringList>();
    const auto named = giveName(isNamed ? wanted.file : stage.resultPath(), wanted, set, cancelled);
    return named ? Result<std::optional<QStringList>>(packed->deviations) : named.error();
}

} // namespace Longshore
