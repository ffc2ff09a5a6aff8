// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/runcleanupjob.h"
#include "core/cleanup/savebackupjob.h"
#include "core/registry/registrysession.h"
#include "ui/presenters/cleanupdeciding.h"
#include "ui/presenters/cleanuppresenter.h"

/// How CleanupPresenter carries out what was planned.
namespace Longshore::Ui {

void CleanupPresenter::run()
{
    if (!isPlanned() || !objection().isEmpty())
        return;
    m_step = -1;
    m_isStopped = false;
    m_watch.begin();
    m_permit = m_session->client().permitChanges();
    setState(State::Running);
    cleanNext();
}

void CleanupPresenter::cleanNext()
{
    do
        ++m_step;
    while (m_step < m_plan.repositories.size()
           && m_plan.repositories.at(m_step).decisions.removedCount() == 0);
    if (m_step == m_plan.repositories.size() || m_isStopped)
        return finishRun();
    const RepositoryCleanup &cleanup = m_plan.repositories.at(m_step);
    const RepositoryName name = cleanup.decisions.repository;
    CleanupRun run{cleanup.decisions, cleanup.inventory.snapshot,
                   SaveBackupJob::defaultFolder(m_session->host(), name)};
    run.savesLayers = m_savesLayers;
    run.placeholder = m_placeholder;
    run.journal = m_journal;
    auto *job = new RunCleanupJob(*m_session, run, this);
    m_job = job;
    m_watch.follow(job);
    m_stepsDone = 0;
    emit progressed(name.toString(), 0, -1);
    connect(job, &RunCleanupJob::savingProgressed, this,
            [this, name](qint64 done, qint64 total) { emit saving(name.toString(), done, total); });
    connect(job, &Job::progressChanged, this, [this, name](qint64 done, qint64 total) {
        m_stepsDone = done;
        emit progressed(name.toString(), done, total);
    });
    job->then(this, [this](const Result<CleanupReport> &report) {
        m_job.clear();
        handleReport(report);
    });
    job->start();
}

std::optional<std::chrono::seconds> CleanupPresenter::timeLeft() const
{
    const auto elapsed = m_watch.sinceBackup();
    return m_state == State::Running && elapsed && !m_watch.isPaused()
               ? timeLeftFor(m_plan.repositories, m_step, m_stepsDone, *elapsed)
               : std::nullopt;
}

/// What stops one repository, such as a password that is no longer right, would stop all.
void CleanupPresenter::handleReport(const Result<CleanupReport> &report)
{
    RepositoryCleanup &cleanup = m_plan.repositories[m_step];
    if (report) {
        cleanup.report = *report;
        return cleanNext();
    }
    cleanup.failure = report.error();
    finishRun();
}

void CleanupPresenter::finishRun()
{
    m_permit.reset();
    m_watch.end();
    m_plan.rows = rowsOf(m_plan.repositories);
    setState(State::Done);
}

void CleanupPresenter::stop()
{
    m_isStopped = true;
    if (m_watch.isRunning())
        m_watch.stop();
    else if (m_job)
        m_job->cancel();
}

} // namespace Longshore::Ui
