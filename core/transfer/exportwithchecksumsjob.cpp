// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exportwithchecksumsjob.h"

#include "core/base/workerjob.h"
#include "core/transfer/blobstage.h"
#include "core/transfer/checksums.h"

namespace Longshore {

ExportWithChecksumsJob::ExportWithChecksumsJob(ResultJob<ExportedImage> *job,
                                               const ImagePlace &place, QObject *parent)
    : ResultJob(parent), m_job(job), m_place(place)
{
    m_job->setParent(this); // It goes with this one, should nobody start that.
}

void ExportWithChecksumsJob::doStart()
{
    connect(m_job, &Job::progressChanged, this, &Job::progressChanged);
    runChild(m_job, [this](const Result<ExportedImage> &exported) {
        if (!exported)
            return fail(exported.error());
        write(*exported);
    });
}

void ExportWithChecksumsJob::write(const ExportedImage &exported)
{
    auto *worker = new WorkerJob<Done>([path = m_place.path](const CancelFlag &cancelled) {
        const auto lock = lockFolder(path);
        if (lock) // Of one that was killed: nobody else exports there now.
            SafeFile::removeParts(checksumsPath(path));
        return writeChecksums(path, cancelled);
    });
    runChild(worker, [this, exported](const Result<Done> &written) {
        if (!written)
            return fail(written.error());
        succeed(exported);
    });
}

} // namespace Longshore
