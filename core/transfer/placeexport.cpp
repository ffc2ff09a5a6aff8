// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/placeexport.h"

#include "core/base/settledjob.h"
#include "core/transfer/exportarchivejob.h"
#include "core/transfer/exportbesidejob.h"
#include "core/transfer/exportdirectoryjob.h"
#include "core/transfer/exportlayersjob.h"
#include "core/transfer/exportrest.h"
#include "core/transfer/exportwithchecksumsjob.h"
#include "core/transfer/inflatelayersjob.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

using Form = ImagePlace::Form;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PlaceExport)
};

/// What the only image is called: what the place says, else what the registry calls it.
ImageNames nameOf(ImageReference image, const ImagePlace &place)
{
    if (place.form == Form::OciFolder)
        return {place.name, {}};
    if (place.form == Form::DockerArchive && !place.name.isEmpty())
        image = *ImageReference::parse(place.name);
    else if (!place.name.isEmpty())
        image.tag = Tag::parse(place.name);
    if (!image.tag && !image.digest)
        image.tag = *image.reference().tag();
    image.digest.reset();
    return image.tag ? ImageNames{image.tag->toString(), image.toString()} : ImageNames();
}

/// What one of several is called. Tags alone would be ambiguous in layouts of several repositories.
ImageNames nameAmongOthers(ImageReference image, bool isOneRepository)
{
    if (!image.tag && !image.digest)
        image.tag = *image.reference().tag();
    image.digest.reset();
    if (!image.tag)
        return {};
    const QString reference = image.toString();
    return {isOneRepository ? image.tag->toString() : reference, reference};
}

QList<NamedImage> imagesOf(const PlaceExport &wanted)
{
    const auto choice = [&wanted](const ImageReference &image) {
        return ImageChoice{image.repository, image.reference(), wanted.platforms};
    };
    if (wanted.others.isEmpty())
        return {{choice(wanted.source), nameOf(wanted.source, wanted.place), wanted.withReferrers}};
    QList<ImageReference> sources;
    QSet<RepositoryName> repositories;
    for (const ImageReference &source : QList{wanted.source} + wanted.others) {
        const bool isKnown = std::any_of(sources.constBegin(), sources.constEnd(),
                                         [&source](const ImageReference &known) {
                                             return known.repository == source.repository
                                                    && known.reference() == source.reference();
                                         });
        if (!isKnown)
            sources.append(source);
        repositories.insert(source.repository);
    }
    QList<NamedImage> images;
    for (const ImageReference &source : std::as_const(sources))
        images.append({choice(source), nameAmongOthers(source, repositories.size() == 1),
                       wanted.withReferrers});
    return images;
}

/// Why nothing can be exported so.
std::optional<Error> objectionTo(const PlaceExport &wanted)
{
    const bool isBeside = wanted.taken == TakenName::Skip || wanted.taken == TakenName::Rename;
    if (isBeside && !wanted.place.appearsWhole())
        return Error{Error::Kind::InvalidInput,
                     Text::tr("Only a place that appears as a whole can be skipped or get another "
                              "name. What is in other folders is completed.")};
    if (wanted.taken == TakenName::Replace && wanted.place.form == Form::RootFolder)
        return Error{Error::Kind::InvalidInput,
                     Text::tr("A folder is never replaced. Name another one.")};
    if (wanted.withChecksums && wanted.place.form == Form::RootFolder)
        return Error{Error::Kind::InvalidInput,
                     Text::tr("There are no check sums of merged files: choose a tar for them.")};
    if (wanted.place.isForOneImage() && imagesOf(wanted).size() > 1)
        return Error{Error::Kind::InvalidInput,
                     Text::tr("This form holds one image. Choose an OCI layout for several.")};
    if (!wanted.layers.isEmpty() && !wanted.place.isOfLayers())
        return Error{Error::Kind::InvalidInput,
                     Text::tr("This form holds whole images, and no single layers.")};
    const bool isLayout =
        wanted.place.form == Form::OciFolder || wanted.place.form == Form::OciArchive;
    if (wanted.withReferrers && !isLayout)
        return Error{Error::Kind::InvalidInput,
                     Text::tr("Only an OCI layout or archive can hold what refers to an image.")};
    if (!wanted.earlier.isEmpty() && !isLayout)
        return Error{Error::Kind::InvalidInput,
                     Text::tr("Only an OCI layout or archive can leave out what an earlier export "
                              "holds.")};
    return {};
}

/// What blobs are called in layouts and in skopeo's folders: by their digests, in front of which may be
/// the algorithm.
bool isBlobName(const QString &name, const QString &beginning)
{
    return name.mid(name.indexOf(u'-') + 1).startsWith(beginning);
}

/// As ExportLayersJob calls them: the number of the layer, and its short digest.
bool isLayerName(const QString &name, const QString &beginning)
{
    static const QRegularExpression pattern(u"\\A[0-9]{2,}_([^.]+)"_s);
    const auto found = pattern.match(name);
    return found.hasMatch() && beginning.startsWith(found.captured(1));
}

/// The parts that are hidden in a folder, unless somebody writes there now. What keeps anything else safe
/// are their names, which only we give: \a sign is in every folder of that form, whoever made it, and
/// only says that there may be parts.
void discardHidden(const QString &folder, const QString &sign, const QStringList &places)
{
    if (!QFileInfo(folder + u'/' + sign).isFile())
        return;
    Departure::await(folder, CancelFlag(false)); // The job may still be letting go of it.
    const auto lock = lockFolder(folder);
    if (!lock)
        return;
    for (const QString &place : places)
        BlobFile::removePartsIn(place, isBlobName);
}

void discardInLayout(const QString &folder)
{
    const QDir blobs(folder + "/blobs"_L1);
    QStringList places;
    for (const QString &algorithm :
         blobs.entryList(QDir::Dirs | QDir::NoSymLinks | QDir::NoDotAndDotDot))
        places.append(blobs.filePath(algorithm));
    discardHidden(folder, u"oci-layout"_s, places);
}

ArchiveExport::Form archiveForm(Form form)
{
    if (form == Form::RootFiles)
        return ArchiveExport::Form::Root;
    if (form == Form::RootFolder)
        return ArchiveExport::Form::RootFolder;
    return form == Form::DockerArchive ? ArchiveExport::Form::Docker : ArchiveExport::Form::Oci;
}

LayerReader::Form layerForm(Form form)
{
    return form == Form::PlainLayers ? LayerReader::Form::Inflated : LayerReader::Form::AsStored;
}

} // namespace

ArchiveExport archiveOf(const PlaceExport &wanted)
{
    return {imagesOf(wanted),  archiveForm(wanted.place.form),
            wanted.place.path, existingFile(wanted.taken),
            wanted.earlier,    wanted.withChecksums};
}

ResultJob<ExportedImage> *makeExportJob(Session &session, const PlaceExport &wanted,
                                        QObject *parent)
{
    if (const auto objection = objectionTo(wanted))
        return new SettledJob<ExportedImage>(*objection, parent);
    if (wanted.taken == TakenName::Skip || wanted.taken == TakenName::Rename)
        return new ExportBesideJob(session, wanted, parent);
    if (wanted.withChecksums && !wanted.place.isFile()) {
        PlaceExport plain = wanted;
        plain.withChecksums = false;
        return new ExportWithChecksumsJob(makeExportJob(session, plain), wanted.place, parent);
    }
    const ImagePlace &place = wanted.place;
    const QList<NamedImage> images = imagesOf(wanted);
    const ImageChoice &first = images.first().image;
    switch (place.form) {
    case Form::OciFolder:
        return new ExportImageJob(session, {images, place.path, wanted.earlier}, parent);
    case Form::Folder: return new ExportDirectoryJob(session, first, place.path, parent);
    case Form::StoredLayers:
    case Form::PlainLayers:
        return new ExportLayersJob(
            session, {first, place.path, layerForm(place.form), wanted.layers}, parent);
    case Form::OciArchive:
    case Form::DockerArchive:
    case Form::RootFiles:
    case Form::RootFolder: break;
    }
    return new ExportArchiveJob(session, archiveOf(wanted), parent);
}

void discardExport(const PlaceExport &wanted)
{
    const QString &path = wanted.place.path;
    if (wanted.taken == TakenName::Rename) { // Under whatever name it was.
        for (const QString &rest : restsOf(path, orderOf(archiveOf(wanted))))
            BlobStage::discard(rest);
        return;
    }
    switch (wanted.place.form) {
    case Form::OciFolder: return discardInLayout(path);
    case Form::Folder: return discardHidden(path, u"version"_s, {path});
    case Form::StoredLayers: return BlobFile::removePartsIn(path, isLayerName);
    case Form::PlainLayers: return InflateLayersJob::discard(path);
    case Form::OciArchive:
    case Form::DockerArchive:
    case Form::RootFiles:
    case Form::RootFolder: return BlobStage::discard(path);
    }
}

} // namespace Longshore
