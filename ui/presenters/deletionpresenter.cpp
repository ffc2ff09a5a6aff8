// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/deletionpresenter.h"

#include "core/cleanup/deletetagsjob.h"
#include "core/cleanup/savebackupjob.h"
#include "core/cleanup/takesnapshotjob.h"
#include "core/registry/registrysession.h"

namespace Longshore::Ui {

DeletionPresenter::DeletionPresenter(std::shared_ptr<RegistrySession> session,
                                     const RepositoryName &repository, const QList<Tag> &chosen,
                                     QObject *parent)
    : QObject(parent)
    , m_session(std::move(session))
    , m_repository(repository)
    , m_chosen(chosen)
    , m_backupFolder(SaveBackupJob::defaultFolder(m_session->host(), repository))
{}

DeletionPresenter::~DeletionPresenter() = default;

void DeletionPresenter::prepare()
{
    auto *job = new TakeSnapshotJob(*m_session, m_repository, this);
    m_preparation = job;
    connect(job, &Job::progressChanged, this, &DeletionPresenter::checking);
    job->then(this, [this](const Result<RepositorySnapshot> &snapshot) {
        if (!snapshot)
            return emit failed(snapshot.error());
        m_plan = planDeletion(*snapshot, m_chosen);
        emit planned();
    });
    job->start();
}

void DeletionPresenter::run()
{
    if (!m_plan || m_deletion)
        return;
    auto *job = new DeleteTagsJob(*m_session, *m_plan, m_backupFolder, this);
    job->setJournal(m_journal);
    m_deletion = job;
    connect(job, &Job::progressChanged, this, &DeletionPresenter::running);
    job->then(this, [this](const Result<DeletionReport> &report) {
        m_deletion.clear();
        if (report)
            emit finished(*report);
        else
            emit failed(report.error());
    });
    job->start();
}

void DeletionPresenter::cancel()
{
    for (const QPointer<Job> &job : {m_preparation, m_deletion}) {
        if (job)
            job->cancel();
    }
}

} // namespace Longshore::Ui
