// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/restorespresenter.h"

#include <algorithm>

namespace Longshore::Ui {

QList<RestoreOutcome> BackupRestore::outcomes() const
{
    if (report)
        return report->outcomes;
    const RestorePlan *plan = presenter->plan();
    if (!plan || (error && error->isCancelled()))
        return {};
    QList<RestoreOutcome> outcomes;
    for (const qsizetype item : wanted)
        outcomes.append({plan->items.at(item),
                         error ? RestoreOutcome::State::Failed : RestoreOutcome::State::NotTried,
                         error});
    return outcomes;
}

/// A tag that went alone may belong to an image that went later.
static QStringList inOrder(QStringList folders)
{
    folders.removeDuplicates();
    std::stable_partition(folders.begin(), folders.end(), [](const QString &folder) {
        return !folder.endsWith(Backup::tagsEnding);
    });
    return folders;
}

RestoresPresenter::RestoresPresenter(const QStringList &folders,
                                     const RestorePresenter::FindSession &findSession,
                                     QObject *parent)
    : QObject(parent)
{
    const QStringList ordered = inOrder(folders);
    for (const QString &folder : ordered) {
        m_backups.append({new RestorePresenter(folder, findSession, this)});
        watch(m_backups.size() - 1);
    }
}

void RestoresPresenter::watch(qsizetype number)
{
    const RestorePresenter *presenter = m_backups.at(number).presenter;
    connect(presenter, &RestorePresenter::checking, this, &RestoresPresenter::handleProgress);
    connect(presenter, &RestorePresenter::running, this, &RestoresPresenter::handleProgress);
    connect(presenter, &RestorePresenter::planned, this, &RestoresPresenter::next);
    connect(presenter, &RestorePresenter::finished, this,
            [this, number](const RestoreReport &report) {
                m_backups[number].report = report;
                next();
            });
    connect(presenter, &RestorePresenter::failed, this, [this, number](const Error &error) {
        m_backups[number].error = error;
        next();
    });
}

void RestoresPresenter::setJournal(const std::shared_ptr<RunJournal> &journal)
{
    for (const BackupRestore &backup : std::as_const(m_backups))
        backup.presenter->setJournal(journal);
}

QList<RestoreItem> RestoresPresenter::items() const
{
    QList<RestoreItem> items;
    for (const BackupRestore &backup : m_backups) {
        if (const RestorePlan *plan = backup.presenter->plan())
            items += plan->items;
    }
    return items;
}

QList<RestoreOutcome> RestoresPresenter::outcomes() const
{
    QList<RestoreOutcome> outcomes;
    for (const BackupRestore &backup : m_backups)
        outcomes += backup.outcomes();
    return outcomes;
}

Confirmation RestoresPresenter::neededConfirmation(const QList<QList<qsizetype>> &wanted) const
{
    QStringList hosts;
    QStringList names; // With their hosts.
    QString repository;
    for (qsizetype number = 0; number < wanted.size(); ++number) {
        const RestorePresenter &presenter = *m_backups.at(number).presenter;
        if (wanted.at(number).isEmpty() || !presenter.needsName())
            continue;
        hosts.append(presenter.host());
        names.append(presenter.name());
        repository = presenter.plan()->repository.toString();
    }
    hosts.removeDuplicates();
    names.removeDuplicates();
    return names.size() > 1 ? Confirmation{hosts.join(u' '), true} : Confirmation{repository};
}

QStringList RestoresPresenter::productionHosts() const
{
    QStringList hosts;
    for (const BackupRestore &backup : m_backups) {
        if (backup.presenter->plan() && backup.presenter->needsName())
            hosts.append(backup.presenter->host());
    }
    hosts.removeDuplicates();
    return hosts;
}

void RestoresPresenter::prepare()
{
    QList<qsizetype> all;
    for (qsizetype number = 0; number < m_backups.size(); ++number)
        all.append(number);
    begin(Phase::Preparing, all);
}

void RestoresPresenter::run(const QList<QList<qsizetype>> &wanted)
{
    if (m_phase != Phase::Planned)
        return;
    QList<qsizetype> queue;
    for (qsizetype number = 0; number < wanted.size(); ++number) {
        m_backups[number].wanted = wanted.at(number);
        if (!wanted.at(number).isEmpty())
            queue.append(number);
    }
    begin(Phase::Running, queue);
}

void RestoresPresenter::begin(Phase phase, const QList<qsizetype> &queue)
{
    m_phase = phase;
    m_queue = queue;
    m_step = -1;
    next();
}

void RestoresPresenter::next()
{
    if (++m_step == m_queue.size() || m_isStopped)
        return endPhase();
    const BackupRestore &backup = m_backups.at(m_queue.at(m_step));
    if (isRunning())
        backup.presenter->run(backup.wanted);
    else
        backup.presenter->prepare();
}

void RestoresPresenter::endPhase()
{
    const bool hasPlan = std::any_of(m_backups.begin(), m_backups.end(),
                                     [](const auto &one) { return one.presenter->plan(); });
    if (m_phase == Phase::Preparing && hasPlan && !m_isStopped) {
        m_phase = Phase::Planned;
        return emit planned();
    }
    m_phase = Phase::Finished;
    emit finished();
}

/// They count different things, so each backup is as long as the others.
void RestoresPresenter::handleProgress(qint64 done, qint64 total)
{
    constexpr qint64 length = 1000;
    emit progressed(m_step * length + (total > 0 ? done * length / total : 0),
                    m_queue.size() * length);
}

void RestoresPresenter::cancel()
{
    m_isStopped = true;
    for (const BackupRestore &backup : std::as_const(m_backups))
        backup.presenter->cancel();
}

} // namespace Longshore::Ui
