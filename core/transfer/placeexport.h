// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/safefile.h"
#include "core/layout/imageplace.h"
#include "core/oci/imagereference.h"
#include "core/transfer/exportimagejob.h"

namespace Longshore {

/// An image, and the place where it shall be.
struct PlaceExport
{
    ImageReference source; ///< As people write it: what is exported, and what it is called there.
    std::optional<Platform> platform = {}; ///< See ImageChoice::platform.
    ImagePlace place; ///< Where to. Without a name, archives take that of the source.
    /// What becomes of a file of that name. Folders are added to, or refused.
    SafeFile::Existing existing = SafeFile::Existing::Keep;
};

/// The job that does it, in the form that the place asks for: ExportImageJob, ExportDirectoryJob or
/// ExportArchiveJob. \a session must outlive it.
[[nodiscard]] ResultJob<ExportedImage> *makeExportJob(Session &session, const PlaceExport &wanted,
                                                      QObject *parent = nullptr);

} // namespace Longshore
