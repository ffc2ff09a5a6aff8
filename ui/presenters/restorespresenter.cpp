// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/restorespresenter.h"

#include <QSet>

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

QString placeOf(const RestorePresenter &presenter, const RestoreItem &item)
{
    return presenter.host() + u'/' + presenter.plan()->repository.toString() + u' '
           + item.reference().toString();
}

/// Of what is in several, the newest is what most people want back; and a tag that went alone may belong
/// to an image that went later. Those that cannot be read come first, where it is seen why.
static bool isBefore(const BackupRestore &one, const BackupRestore &other)
{
    const RestorePlan *plan = one.presenter->plan();
    const RestorePlan *otherPlan = other.presenter->plan();
    if (!plan || !otherPlan)
        return !plan && otherPlan;
    if (plan->backup.taken != otherPlan->backup.taken)
        return plan->backup.taken > otherPlan->backup.taken;
    return !one.presenter->isOfTagsAlone() && other.presenter->isOfTagsAlone();
}

RestoresPresenter::RestoresPresenter(QStringList folders,
                                     const RestorePresenter::FindSession &findSession,
                                     QObject *parent)
    : QObject(parent)
{
    folders.removeDuplicates();
    for (const QString &folder : std::as_const(folders)) {
        m_backups.append({new RestorePresenter(folder, findSession, this)});
        watch(m_backups.constLast().presenter);
    }
}

void RestoresPresenter::watch(const RestorePresenter *presenter)
{
    connect(presenter, &RestorePresenter::checking, this, &RestoresPresenter::handleProgress);
    connect(presenter, &RestorePresenter::running, this, &RestoresPresenter::handleProgress);
    connect(presenter, &RestorePresenter::planned, this, &RestoresPresenter::next);
    connect(presenter, &RestorePresenter::finished, this, [this](const RestoreReport &report) {
        m_backups[m_queue.at(m_step)].report = report; // Nobody else has a turn.
        next();
    });
    connect(presenter, &RestorePresenter::failed, this, [this](const Error &error) {
        m_backups[m_queue.at(m_step)].error = error;
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
    QSet<QString> places;
    for (const BackupRestore &backup : m_backups) {
        const RestorePlan *plan = backup.presenter->plan();
        for (const RestoreItem &item : plan ? plan->items : QList<RestoreItem>()) {
            const QString place = placeOf(*backup.presenter, item);
            if (item.canComeBack() && places.contains(place))
                continue;
            items.append(item);
            if (item.canComeBack())
                places.insert(place);
        }
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
    QStringList names;
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
    return names.size() > 1 ? Confirmation{hosts.join(u' ')}
                            : Confirmation{repository, names.value(0)};
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
        std::stable_sort(m_backups.begin(), m_backups.end(), isBefore);
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
