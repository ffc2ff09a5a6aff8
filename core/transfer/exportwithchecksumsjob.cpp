// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exportwithchecksumsjob.h"

#include "core/base/displaytext.h"
#include "core/base/workerjob.h"
#include "core/transfer/blobstage.h"
#include "core/transfer/checksums.h"
#include "core/transfer/contentslist.h"
#include "core/transfer/takenname.h"

namespace Longshore {

namespace {

/// For HeldFolder: there is nothing to be opened any more.
struct WrittenFolder
{
    QString path;

    [[nodiscard]] Result<Done> open() const { return Done(); }
    [[nodiscard]] const QString &folder() const { return path; }
};

} // namespace

ExportWithChecksumsJob::ExportWithChecksumsJob(ResultJob<ExportedImage> *job,
                                               const ImagePlace &place, QObject *parent)
    : ResultJob(parent), m_job(job), m_place(place)
{
    m_job->setParent(this); // It goes with this one, should nobody start that.
}

ExportWithChecksumsJob::~ExportWithChecksumsJob() = default;

void ExportWithChecksumsJob::releaseResources()
{
    if (m_held)
        m_held->leave(); // A worker may be reading this very moment; the last owner lets go.
    m_held.reset();
}

/// What somebody else has written is not replaced; nothing is fetched then.
void ExportWithChecksumsJob::doStart()
{
    auto *worker = new WorkerJob<Done>([path = contentsPath(m_place.path)](
                                           const CancelFlag &) -> Result<Done> {
        if (!isTaken(path) || isContentsList(path))
            return Done();
        return Error{Error::Kind::LocalFile,
                     tr("%1 exists already, and is no list of contents.").arg(quotedPath(path))};
    });
    runChild(worker, [this](const Result<Done> &checked) {
        if (!checked)
            return fail(checked.error());
        exportAll();
    });
}

void ExportWithChecksumsJob::exportAll()
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
    m_held = std::make_shared<HeldFolder>(m_place.path);
    auto *worker =
        new WorkerJob<Done>([place = m_place, held = m_held,
                             contents = exported.contents](const CancelFlag &cancelled) mutable {
            const QString &path = place.path;
            const WrittenFolder folder{path};
            // What appears as a whole is locked beside it. That somebody writes to a folder again is no
            // reason to fail: the export has come to its end.
            if (!place.appearsWhole() && held->take(folder, cancelled)) {
                for (const QString &beside : pathsBeside(path))
                    SafeFile::removeParts(beside); // Of one that was killed.
            }
            auto written = writeChecksums(path, cancelled);
            if (written && contents)
                written = SafeFile::writeFile(contentsPath(path), contents());
            held.reset(); // Here, so that a cancelled job keeps the folder from nobody.
            return written;
        });
    runChild(worker, [this, exported](const Result<Done> &written) {
        if (!written)
            return fail(written.error());
        succeed(exported);
    });
}

} // namespace Longshore
