// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/placeexport.h"

#include <QStringList>

namespace Longshore {

/// Runs an export whose name may be taken, and leaves what has it where it is: by another name, or by
/// no export at all, which still tells what the name of the image points to.
///
/// What was broken off goes on under the name that it began with; where something else has that name by
/// now, what had arrived goes on under the next one. Fails as the export, and as freeName().
class ExportBesideJob final : public ResultJob<ExportedImage>
{
    Q_OBJECT

public:
    /// For TakenName::Skip and TakenName::Rename. \a session must outlive the job.
    ExportBesideJob(Session &session, const PlaceExport &wanted, QObject *parent = nullptr);

private:
    void doStart() override { chooseName(); }
    void chooseName();
    void skip();
    void exportTo(const QString &path);
    void tryAnother(const QString &path, const Error &error);

    Session &m_session;
    const PlaceExport m_wanted;
    QStringList m_tried; ///< Names that something else turned out to have.
};

} // namespace Longshore
