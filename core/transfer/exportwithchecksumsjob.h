// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/layout/imageplace.h"
#include "core/transfer/exportimagejob.h"

#include <memory>

namespace Longshore {

class HeldFolder;

/// Runs an export, and reads what it has written once more for its check sums; the list of its contents
/// is written beside it, too.
class ExportWithChecksumsJob final : public ResultJob<ExportedImage>
{
    Q_OBJECT

public:
    /// Takes \a job, which has not been started and writes to \a place.
    ExportWithChecksumsJob(ResultJob<ExportedImage> *job, const ImagePlace &place,
                           QObject *parent = nullptr);
    ~ExportWithChecksumsJob() override;

private:
    void doStart() override;
    void releaseResources() override;
    void exportAll();
    void write(const ExportedImage &exported);

    ResultJob<ExportedImage> *m_job;
    const ImagePlace m_place;
    std::shared_ptr<HeldFolder> m_held; ///< While the check sums and the list are made.
};

} // namespace Longshore
