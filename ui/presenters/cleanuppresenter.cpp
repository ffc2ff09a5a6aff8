// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/cleanuppresenter.h"

#include "core/base/workerjob.h"
#include "core/cleanup/findreferrersjob.h"
#include "core/cleanup/takeinventoryjob.h"
#include "core/registry/registrysession.h"
#include "ui/presenters/cleanupdeciding.h"
#include "ui/presenters/connectionprotection.h"

namespace Longshore::Ui {

CleanupPresenter::CleanupPresenter(std::shared_ptr<RegistrySession> session,
                                   const QList<RepositoryName> &repositories, QObject *parent)
    : QObject(parent), m_session(std::move(session)), m_names(repositories)
{}

CleanupPresenter::~CleanupPresenter() = default;

void CleanupPresenter::setState(State state)
{
    m_state = state;
    emit stateChanged();
}

void CleanupPresenter::read()
{
    if (m_state == State::Running || m_state == State::Checking)
        return;
    m_only.reset();
    readAgain();
}

bool CleanupPresenter::hasFailed() const
{
    return m_state == State::Done && !failedTags(m_plan.repositories).isEmpty();
}

void CleanupPresenter::readFailed()
{
    if (!hasFailed())
        return;
    m_only = failedTags(m_plan.repositories);
    readAgain();
}

void CleanupPresenter::retryReading()
{
    if (m_state == State::Failed)
        readAgain();
}

void CleanupPresenter::readAgain()
{
    if (m_job)
        m_job->cancel();
    m_inventories.clear();
    m_asked.clear();
    keepOnlyWhatKeeps();
    auto session = m_findSession ? m_findSession() : nullptr;
    if (session && session != m_session) // What was cancelled may take a moment to end.
        m_earlierSessions.append(std::exchange(m_session, std::move(session)));
    m_plan = {};
    m_now = QDateTime::currentDateTimeUtc();
    setState(State::Reading);
    readNext();
}

/// A tag may be another image by now, and nobody has decided to delete that. Of what is tried again
/// that is seen when it has been read.
void CleanupPresenter::keepOnlyWhatKeeps()
{
    for (auto choices = m_choices.begin(); choices != m_choices.end(); ++choices) {
        const auto tried = m_only ? m_only->value(choices.key()) : QHash<Tag, Digest>();
        choices->mayEmpty = false;
        choices->overrides.removeIf([&tried](const auto &entry) {
            return entry.value() != CleanupChoices::Override::Keep && !tried.contains(entry.key());
        });
    }
}

void CleanupPresenter::forgetWhatMoved(const RepositorySnapshot &snapshot)
{
    const auto choices = m_choices.find(snapshot.repository);
    if (!m_only || choices == m_choices.end())
        return;
    const QHash<Tag, Digest> tried = m_only->value(snapshot.repository);
    for (const auto &[tag, manifest] : snapshot.tags) {
        const auto found = tried.constFind(tag);
        if (found != tried.constEnd() && *found != manifest.digest
            && choices->overrides.value(tag) == CleanupChoices::Override::Delete)
            choices->overrides.remove(tag);
    }
}

/// Always everything that rules may ask for, so that none has to wait.
void CleanupPresenter::readNext()
{
    if (m_inventories.size() == m_names.size()) {
        m_state = State::Ready;
        decide(); // First, so that nobody takes this for a plan without tags.
        return setState(State::Ready);
    }
    const RepositoryName &name = m_names.at(m_inventories.size());
    auto *job = new TakeInventoryJob(*m_session, name, InventoryDepth::Configurations, this);
    m_job = job;
    connect(job, &Job::progressChanged, this, [this, name](qint64 done, qint64 total) {
        emit progressed(name.toString(), done, total);
    });
    job->then(this, [this, job](const Result<RepositoryInventory> &inventory) {
        if (m_job != job)
            return; // Another reading has begun since.
        m_job.clear();
        if (!inventory) {
            setState(State::Failed);
            return emit failed(inventory.error());
        }
        m_inventories.append(*inventory);
        forgetWhatMoved(inventory->snapshot);
        readNext();
    });
    job->start();
}

/// What is asked about, or carried out, stays as it was shown.
bool CleanupPresenter::isChangeable() const
{
    return m_state == State::Reading || m_state == State::Ready || m_state == State::Failed;
}

void CleanupPresenter::setRules(const CleanupRules &rules)
{
    if (!isChangeable())
        return;
    m_rules = rules;
    decide();
}

void CleanupPresenter::choose(const RepositoryName &repository, const Tag &tag,
                              std::optional<CleanupChoices::Override> choice)
{
    if (!isChangeable())
        return;
    if (choice)
        m_choices[repository].overrides.insert(tag, *choice);
    else
        m_choices[repository].overrides.remove(tag);
    decide();
}

void CleanupPresenter::setMayEmpty(const RepositoryName &repository, bool mayEmpty)
{
    if (!isChangeable())
        return;
    m_choices[repository].mayEmpty = mayEmpty;
    decide();
}

QString CleanupPresenter::host() const
{
    return m_session->host();
}

bool CleanupPresenter::isProduction() const
{
    return m_session->client().settings().isProduction;
}

/// In production what is emptied has to be named (R9, US-26); else the number is enough.
QString CleanupPresenter::neededConfirmation() const
{
    if (isProduction())
        return m_names.size() == 1 ? m_names.first().toString() : m_session->host();
    return needsConfirmation(m_plan.repositories)
               ? QString::number(removedCount(m_plan.repositories))
               : QString();
}

void CleanupPresenter::decide()
{
    if (m_state != State::Ready && m_state != State::Checking)
        return;
    if (m_decision) {
        m_mustDecideAgain = true;
        return;
    }
    const CleanupInput input{m_inventories, m_rules, m_choices, m_now, m_only};
    auto *job = new WorkerJob<CleanupPlan>(
        [input](const CancelFlag &) { return Result<CleanupPlan>(decideAll(input)); }, this);
    m_decision = job;
    job->then(this, [this](const Result<CleanupPlan> &plan) {
        m_decision.clear();
        if (std::exchange(m_mustDecideAgain, false))
            return decide();
        if (m_state != State::Ready && m_state != State::Checking)
            return; // It is being read anew.
        m_plan = *plan;
        emit decided();
        if (m_state == State::Checking) {
            setState(State::Ready);
            if (!m_isStopped)
                emit checked();
        }
    });
    job->start();
}

bool CleanupPresenter::isPlanned() const
{
    return m_state == State::Ready && !m_decision && !m_plan.repositories.isEmpty();
}

void CleanupPresenter::check()
{
    if (!isPlanned())
        return;
    m_step = -1;
    m_isStopped = false;
    setState(State::Checking);
    checkNext();
}

/// It must not go while something is about it that nobody knows of.
void CleanupPresenter::checkNext()
{
    QSet<Digest> wanted;
    do {
        if (++m_step == m_inventories.size())
            return decide();
        wanted =
            m_plan.repositories.at(m_step).decisions.leaving() - m_asked.value(m_names.at(m_step));
    } while (wanted.isEmpty());
    const RepositoryName name = m_names.at(m_step);
    auto *job = new FindReferrersJob(*m_session, m_inventories.at(m_step), wanted, this);
    m_job = job;
    connect(job, &Job::progressChanged, this, [this, name](qint64 done, qint64 total) {
        emit progressed(name.toString(), done, total);
    });
    job->then(this, [this, job, name, wanted](const Result<RepositoryInventory> &inventory) {
        if (m_job != job || m_state != State::Checking)
            return;
        m_job.clear();
        if (!inventory) {
            setState(State::Ready);
            return emit failed(inventory.error());
        }
        m_inventories[m_step] = *inventory;
        m_asked[name].unite(wanted);
        checkNext();
    });
    job->start();
}

QString CleanupPresenter::objection() const
{
    return objectionToChanges(*m_session);
}

} // namespace Longshore::Ui
