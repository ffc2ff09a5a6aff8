// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/recentfiles.h"

#include "core/base/workerjob.h"

#include <QFileInfo>

namespace Longshore::Ui {

void RecentFiles::look(const QStringList &paths)
{
    m_waiting = paths;
    lookAtNext();
}

void RecentFiles::lookAtNext()
{
    if (m_job || m_waiting.isEmpty())
        return;
    const QString path = m_waiting.takeFirst();
    auto *job = new WorkerJob<Kind>(
        [path](const CancelFlag &) -> Result<Kind> {
            const QFileInfo file(path);
            if (!file.exists())
                return Kind::Gone;
            return file.isDir() ? Kind::Folder : Kind::File;
        },
        this);
    m_job = job;
    job->then(this, [this, path](const Result<Kind> &kind) {
        m_job.clear();
        if (kind)
            m_kinds.insert(path, *kind);
        emit found(path);
        lookAtNext();
    });
    job->start();
}

} // namespace Longshore::Ui
