// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/layout/imageplace.h"
#include "core/oci/imagereference.h"
#include "core/transfer/exportimagejob.h"
#include "core/transfer/takenname.h"

namespace Longshore {

/// An image or several, and the place where they shall be.
struct PlaceExport
{
    ImageReference source; ///< As people write it: what is exported, and what it is called there.
    QList<Platform> platforms = {}; ///< See ImageChoice::platforms.
    ImagePlace place; ///< Where to. Without a name, archives take that of the source.
    /// What becomes of the export when something has the name of the file already. Folders are added
    /// to, or refused.
    TakenName taken = TakenName::Fail;
    /// More images of the same registry that go to the same place, which then has no name of its own:
    /// each is called what its registry calls it.
    QList<ImageReference> others = {};
    /// Whether the check sums of all files, and the list of the contents, are written beside the place;
    /// see ExportWithChecksumsJob.
    bool withChecksums = false;
    /// The path of an earlier export: what that holds is left out, and listed as missing. Empty for none.
    QString earlier = {};
    bool withReferrers = false; ///< See NamedImage::withReferrers; for layouts and archives of OCI.
    /// Which layers, from 1, the lowest; empty for all. For forms that are files of layers.
    QList<qsizetype> layers = {};
};

struct ArchiveExport;

/// As ExportArchiveJob takes it, for places of its forms.
[[nodiscard]] ArchiveExport archiveOf(const PlaceExport &wanted);

/// The job that does it, in the form that the place asks for: ExportImageJob, ExportDirectoryJob,
/// ExportLayersJob or ExportArchiveJob. Fails with Error::Kind::InvalidInput for several images in
/// a form that holds one, for an earlier export, referrers or single layers in a form that has no place for that,
/// and for a folder that shall be skipped or renamed: it may just be incomplete. \a session must
/// outlive it.
[[nodiscard]] ResultJob<ExportedImage> *makeExportJob(Session &session, const PlaceExport &wanted,
                                                      QObject *parent = nullptr);

/// Removes what such a job has left hidden for another one, which there will not be, unless
/// somebody writes there now. What people see in a folder stays, and can be completed. For a worker.
void discardExport(const PlaceExport &wanted);

} // namespace Longshore
