// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/placeexport.h"

namespace Longshore {

/// Runs an export whose name may be taken, and leaves what has it where it is: by another name, or by
/// no export at all, which still tells what the name of the image points to.
///
/// What was broken off goes on under the name that it began with, as long as no other is taken or free
/// since. Fails as the export, and as freeName().
class ExportBesideJob final : public ResultJob<ExportedImage>
{
    Q_OBJECT

public:
    /// For TakenName::Skip and TakenName::Rename. \a session must outlive the job.
    ExportBesideJob(Session &session, const PlaceExport &wanted, QObject *parent = nullptr);

private:
    void doStart() override;
    void skip();
    void exportTo(const QString &path);

    Session &m_session;
    const PlaceExport m_wanted;
};

} // namespace Longshore
