// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/placeexport.h"

#include "core/transfer/exportarchivejob.h"
#include "core/transfer/exportdirectoryjob.h"

namespace Longshore {

using Form = ImagePlace::Form;

/// What an archive calls an image: what the place says, else what the registry calls it.
static ArchiveNames namesFor(const ImagePlace &place, ImageReference image)
{
    if (place.form == Form::DockerArchive && !place.name.isEmpty())
        image = *ImageReference::parse(place.name);
    else if (!place.name.isEmpty())
        image.tag = Tag::parse(place.name);
    if (!image.tag && !image.digest)
        image.tag = *image.reference().tag();
    image.digest.reset();
    return image.tag ? ArchiveNames{image.tag->toString(), image.toString()} : ArchiveNames();
}

ResultJob<ExportedImage> *makeExportJob(Session &session, const PlaceExport &wanted,
                                        QObject *parent)
{
    const ImagePlace &place = wanted.place;
    const ImageChoice image{wanted.source.repository, wanted.source.reference(), wanted.platform};
    switch (place.form) {
    case Form::OciFolder:
        return new ExportImageJob(session, {image, place.path, place.name}, parent);
    case Form::Folder: return new ExportDirectoryJob(session, image, place.path, parent);
    case Form::OciArchive:
    case Form::DockerArchive: break;
    }
    const auto form =
        place.form == Form::DockerArchive ? ArchiveExport::Form::Docker : ArchiveExport::Form::Oci;
    return new ExportArchiveJob(
        session, {image, form, place.path, namesFor(place, wanted.source), wanted.existing},
        parent);
}

} // namespace Longshore
