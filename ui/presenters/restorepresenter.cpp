// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/restorepresenter.h"

#include "core/base/displaytext.h"
#include "core/cleanup/planrestorejob.h"
#include "core/cleanup/savebackupjob.h"
#include "core/registry/registrysession.h"
#include "ui/presenters/connectionprotection.h"

#include <QFileInfo>

namespace Longshore::Ui {

RestorePresenter::RestorePresenter(const QString &folder, FindSession findSession, QObject *parent)
    : QObject(parent)
    , m_folder(folder)
    , m_name(QFileInfo(folder).fileName())
    , m_findSession(std::move(findSession))
{}

RestorePresenter::~RestorePresenter()
{
    delete m_preparation; // Before the session that they ask.
    delete m_restore;
}

void RestorePresenter::prepare()
{
    auto *job = new WorkerJob<Backup>(
        [folder = m_folder](const CancelFlag &cancelled) { return readBackup(folder, cancelled); },
        this);
    m_preparation = job;
    job->then(this, [this](const Result<Backup> &backup) {
        if (!backup)
            return emit failed(backup.error());
        handleBackup(*backup);
    });
    job->start();
}

std::optional<Error> RestorePresenter::objectionTo(const Backup &backup) const
{
    if (!m_session)
        return Error{
            Error::Kind::Policy,
            tr("This is a backup of %1, to which there is no open connection. Connect to it "
               "first.")
                .arg(quotedText(backup.host))};
    const QString objection = objectionToChanges(*m_session);
    return objection.isEmpty() ? std::nullopt
                               : std::optional(Error{Error::Kind::Policy, objection});
}

void RestorePresenter::handleBackup(const Backup &backup)
{
    m_name = backup.host + u'/' + backup.repository.toString();
    m_session = m_findSession(backup.host);
    if (const auto objection = objectionTo(backup))
        return emit failed(*objection);
    auto *job = new PlanRestoreJob(*m_session, backup, {backup.repository, {}}, this);
    m_preparation = job;
    connect(job, &Job::progressChanged, this, &RestorePresenter::checking);
    job->then(this, [this](const Result<RestorePlan> &plan) {
        if (!plan)
            return emit failed(plan.error());
        m_plan = *plan;
        emit planned();
    });
    job->start();
}

QString RestorePresenter::host() const
{
    return m_session->host();
}

bool RestorePresenter::needsName() const
{
    return m_session && m_session->client().settings().isProduction;
}

void RestorePresenter::run(const QList<qsizetype> &wanted)
{
    if (!m_plan || m_restore)
        return;
    const QString replaced = SaveBackupJob::defaultFolder(m_session->host(), m_plan->repository);
    auto *job = new RestoreJob(*m_session, *m_plan,
                               {wanted, RestoreChoice::Taken::Replace, replaced}, this);
    job->setJournal(m_journal);
    m_restore = job;
    const auto permit = m_session->client().permitChanges();
    connect(job, &Job::progressChanged, this, &RestorePresenter::running);
    job->then(this, [this, permit](const Result<RestoreReport> &report) {
        m_restore.clear();
        if (report)
            emit finished(*report);
        else
            emit failed(report.error());
    });
    job->start();
}

void RestorePresenter::cancel()
{
    for (const QPointer<Job> &job : {m_preparation, m_restore}) {
        if (job)
            job->cancel();
    }
}

} // namespace Longshore::Ui
