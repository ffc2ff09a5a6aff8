// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/deletionpresenter.h"

#include "core/cleanup/repositorycleanup.h"
#include "core/cleanup/runcleanupjob.h"
#include "core/cleanup/savebackupjob.h"
#include "core/cleanup/takesnapshotjob.h"
#include "core/registry/registrysession.h"

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

using Scope = DeletionScope;

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
        m_snapshot = *snapshot;
        findOutScopes(planDeletion(*snapshot, m_chosen));
    });
    job->start();
}

/// By the deletion of a tag that does not exist, and only where the answer matters.
void DeletionPresenter::findOutScopes(const DeletionPlan &plan)
{
    if (!Longshore::hasScopes(plan))
        return decide(plan, Scope::WithImages);
    auto *probe = m_session->probe({Capability::TagDeletion, m_repository});
    m_preparation = probe;
    probe->then(this, [this, plan](const Result<Support> &support) {
        if (!support && support.error().isCancelled())
            return emit failed(support.error());
        // Who gets no answer may try: a server that cannot do it says so, and the tags stay.
        m_tagRemoval = support ? *support : Support::Unknown;
        decide(plan, needsPlaceholder() ? std::nullopt : std::optional(Scope::OnlyTags));
    });
    probe->start();
}

void DeletionPresenter::decide(const DeletionPlan &plan, std::optional<Scope> scope)
{
    m_plan = plan;
    setScope(scope);
    findRemains();
    emit planned();
}

/// Nobody has to wait for that: it stays.
void DeletionPresenter::findRemains()
{
    QList<Digest> images;
    for (const DeletionGroup &group : std::as_const(m_plan->groups))
        images.append(group.manifest.digest);
    if (images.isEmpty() || m_plan->incomplete)
        return;
    auto *job = new FindRemainsJob(*m_session, *m_snapshot, images, this);
    m_preparation = job;
    job->then(this, [this](const Result<QList<Remain>> &remains) {
        if (!remains || isRunning())
            return;
        m_remains = *remains;
        emit remainsFound();
    });
    job->start();
}

QList<Remain> DeletionPresenter::remains() const
{
    const QSet<Digest> leaving = m_decisions->leaving();
    QList<Remain> remains = m_remains;
    remains.removeIf([&leaving](const Remain &one) { return !leaving.contains(one.image); });
    return remains;
}

bool DeletionPresenter::needsPlaceholder() const
{
    return m_tagRemoval == Support::No;
}

bool DeletionPresenter::isTagRemovalUnknown() const
{
    return m_tagRemoval == Support::Unknown;
}

void DeletionPresenter::setScope(std::optional<Scope> scope)
{
    m_scope = scope;
    m_decisions = decisionsFor(*m_plan, *m_snapshot, scope.value_or(Scope::WithImages));
}

bool DeletionPresenter::isPossible() const
{
    if (!m_plan || !m_scope)
        return false;
    if (m_scope == Scope::WithImages)
        return !m_plan->isBlocked();
    return hasScopes()
           && (!needsPlaceholder() || m_placeholder == TagRemoval::Placeholder::Allowed);
}

QString DeletionPresenter::host() const
{
    return m_session->host();
}

bool DeletionPresenter::isProduction() const
{
    return m_session->client().settings().isProduction;
}

QString DeletionPresenter::neededConfirmation() const
{
    if (isProduction())
        return m_repository.toString();
    return m_decisions->needsConfirmation() ? QString::number(m_decisions->removedCount())
                                            : QString();
}

DeletionPlan DeletionPresenter::leavingImages() const
{
    return deletionPlanFor(*m_decisions, *m_snapshot);
}

QStringList DeletionPresenter::backupFolders() const
{
    QStringList folders;
    if (m_decisions->count(TagDecision::Kind::Delete) > 0)
        folders.append(m_backupFolder);
    if (m_decisions->count(TagDecision::Kind::Untag) > 0)
        folders.append(RunCleanupJob::tagBackupFolder(m_backupFolder));
    return folders;
}

std::optional<std::chrono::seconds> DeletionPresenter::estimate() const
{
    return estimatedTimeFor({{{*m_snapshot}, *m_decisions}});
}

void DeletionPresenter::handleProgress(qint64 done, qint64 total)
{
    const auto elapsed = m_watch.sinceBackup();
    m_timeLeft = elapsed ? Longshore::timeLeft(done, total, *elapsed) : std::nullopt;
    emit running(done, total);
}

void DeletionPresenter::run()
{
    if (!isPossible() || isRunning())
        return;
    const CleanupRun run{*m_decisions,  *m_snapshot,   m_backupFolder,
                         m_savesLayers, m_placeholder, m_journal};
    if (m_preparation)
        m_preparation->cancel();
    auto *job = new RunCleanupJob(*m_session, run, this);
    m_watch.begin();
    m_watch.follow(job);
    connect(job, &RunCleanupJob::savingProgressed, this, [this](qint64 done, qint64 total) {
        emit running(total > 0 ? done * 1000 / total : 0, total > 0 ? 1000 : 0); // Of many bytes.
    });
    connect(job, &Job::progressChanged, this, &DeletionPresenter::handleProgress);
    const auto permit = m_session->client().permitChanges();
    job->then(this, [this, permit](const Result<CleanupReport> &report) {
        m_watch.end();
        if (report)
            emit finished(*report);
        else
            emit failed(report.error());
    });
    job->start();
}

void DeletionPresenter::stop()
{
    if (isRunning())
        m_watch.stop();
    else if (m_preparation)
        m_preparation->cancel();
}

} // namespace Longshore::Ui
