// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/cleanuppage.h"

#include "core/base/displaytext.h"
#include "ui/format/errortext.h"
#include "ui/format/valueformat.h"
#include "ui/pages/cleanupeffect.h"
#include "ui/pages/cleanupfoot.h"
#include "ui/pages/cleanuptable.h"
#include "ui/pages/rulespanel.h"
#include "ui/views/messagebar.h"
#include "ui/views/placeholder.h"
#include "ui/views/rundetails.h"

#include <QAction>
#include <QBoxLayout>
#include <QSplitter>
#include <QStackedWidget>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

using State = CleanupPresenter::State;

CleanupPage::CleanupPage(const Place &place, std::shared_ptr<RegistrySession> session,
                         QWidget *parent)
    : Page(place, parent)
    , m_presenter(new CleanupPresenter(std::move(session), place.cleanup, this))
    , m_rules(new RulesPanel)
    , m_table(new CleanupTable)
    , m_effect(new CleanupEffect(*m_presenter))
    , m_message(new MessageBar)
    , m_placeholder(new Placeholder)
    , m_stack(new QStackedWidget)
    , m_splitter(new QSplitter(Qt::Vertical))
    , m_foot(new CleanupFoot)
    , m_stopReading(makeAction(u"stopReading"_s, tr("Stop")))
{
    setObjectName(u"cleanupPage"_s);
    buildLayout();
    connectSignals();
    updateState();
}

void CleanupPage::buildLayout()
{
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_placeholder);
    m_splitter->setObjectName(u"cleanupSplitter"_s);
    m_splitter->addWidget(m_rules);
    m_splitter->addWidget(m_stack);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setCollapsible(0, false);
    m_splitter->setCollapsible(1, false);
    m_splitter->setSizes({fontMetrics().height() * 16, fontMetrics().height() * 20});
    m_table->setRepositoryShown(place().cleanup.size() > 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 6, 6, 6);
    layout->addWidget(m_message);
    layout->addWidget(m_splitter, 1);
    layout->addWidget(m_effect);
    layout->addWidget(m_foot);
    setContent(&m_table->view());
}

void CleanupPage::connectSignals()
{
    connect(m_rules, &RulesPanel::changed, this, &CleanupPage::handleRules);
    connect(m_rules, &RulesPanel::loadRequested, this, &CleanupPage::loadRequested);
    connect(m_rules, &RulesPanel::saveRequested, this, &CleanupPage::saveRequested);
    connect(m_table, &CleanupTable::selectionHasChanged, this, &Page::selectionChanged);
    connect(m_table, &CleanupTable::chosen, this,
            [this](const QList<CleanupRow> &rows, CleanupRow::Choice choice) {
                using Override = CleanupChoices::Override;
                std::optional<Override> wanted;
                if (choice != CleanupRow::Choice::ByRules)
                    wanted = choice == CleanupRow::Choice::Keep ? Override::Keep : Override::Delete;
                for (const CleanupRow &row : rows)
                    m_presenter->choose(*RepositoryName::parse(row.repository),
                                        *Tag::parse(row.tag), wanted);
            });
    connect(m_presenter, &CleanupPresenter::stateChanged, this, [this] {
        updateState();
        if (m_presenter->state() == State::Done)
            emit cleaned();
    });
    connect(m_presenter, &CleanupPresenter::decided, this, &CleanupPage::showPlan);
    connect(m_presenter, &CleanupPresenter::progressed, this, &CleanupPage::showProgress);
    connect(m_presenter, &CleanupPresenter::saving, this, &CleanupPage::showSaving);
    connect(m_presenter, &CleanupPresenter::failed, this, &CleanupPage::showFailure);
    connect(m_presenter, &CleanupPresenter::checked, this, [this] {
        if (CleanupEffect::objectionTo(m_presenter->plan()).isEmpty())
            emit confirmationRequested();
    });
    RunWatch *watch = &m_presenter->watch();
    RunDetails *details = &m_foot->details();
    connect(watch, &RunWatch::changed, details, [watch, details, foot = m_foot] {
        foot->setPaused(watch->isPaused());
        const auto pausing =
            watch->isPaused() ? RunDetails::Offer::Continue : RunDetails::Offer::Pause;
        details->showRun(watch->step(), watch->counts(),
                         watch->isStopping() ? RunDetails::Offer::Nothing : pausing);
    });
    connect(details, &RunDetails::pauseRequested, watch, &RunWatch::pause);
    connect(details, &RunDetails::resumeRequested, watch, &RunWatch::resume);
    connect(m_foot, &CleanupFoot::stopRequested, m_presenter, &CleanupPresenter::stop);
    connect(m_stopReading, &QAction::triggered, m_presenter, &CleanupPresenter::stop);
    connect(m_foot, &CleanupFoot::exportRequested, this, &CleanupPage::exportRequested);
    connect(m_foot, &CleanupFoot::backupFolderRequested, this, &CleanupPage::backupFolderRequested);
    connect(m_foot, &CleanupFoot::restoreRequested, this, &CleanupPage::restoreRequested);
    connect(m_foot, &CleanupFoot::planRequested, this, &CleanupPage::planAgain);
    connect(m_foot, &CleanupFoot::retryRequested, this, &CleanupPage::planFailed);
    connect(m_foot, &CleanupFoot::deletionRequested, this, [this] {
        m_table->showAll(); // Nothing goes that the filter hides.
        m_presenter->check();
    });
}

CleanupRules CleanupPage::rules() const
{
    return m_rules->rules();
}

void CleanupPage::setRules(const CleanupRules &rules)
{
    m_rules->setRules(rules);
    handleRules();
}

/// Rules with a fault change nothing but what they say about it: the last valid plan stays.
void CleanupPage::handleRules()
{
    const CleanupRules rules = m_rules->rules();
    const auto faults = faultsOf(rules);
    m_rules->showFaults(faults);
    if (faults.isEmpty())
        m_presenter->setRules(rules);
    updateButtons();
    emit rulesChanged();
}

void CleanupPage::warn(const QString &sentence)
{
    m_message->showMessage(MessageBar::Kind::Warning, sentence);
}

/// What became of a run stays until somebody plans again.
void CleanupPage::reload()
{
    if (m_presenter->state() == State::Failed)
        m_presenter->retryReading(); // For the same: what was said about that stays.
    else if (m_presenter->state() != State::Done)
        planAgain();
}

void CleanupPage::planAgain()
{
    m_message->hide();
    m_presenter->read();
}

void CleanupPage::planFailed()
{
    m_presenter->readFailed();
    m_message->showMessage(MessageBar::Kind::Information,
                           tr("Only what failed is planned anew; everything else stays. Reload to "
                              "plan everything."));
}

void CleanupPage::showPlan()
{
    const CleanupPlan &plan = m_presenter->plan();
    m_table->setRows(plan.rows);
    m_rules->showCounts(plan.ruleCounts);
    m_effect->showPlan();
    updateState();
    emit loaded();
}

void CleanupPage::updateState()
{
    const State state = m_presenter->state();
    if (state == State::Running)
        m_message->hide(); // It was about the plan.
    m_rules->setEnabled(state != State::Running && state != State::Checking
                        && state != State::Done);
    m_table->setChangeable(state == State::Ready);
    m_table->setAnswersShown(state == State::Done);
    m_effect->setVisible(state != State::Reading && state != State::Failed);
    m_effect->setEnabled(state == State::Ready);
    const bool hasRows = !m_presenter->plan().rows.isEmpty();
    m_stack->setCurrentWidget(hasRows ? static_cast<QWidget *>(m_table) : m_placeholder);
    if (state == State::Reading)
        m_placeholder->showLoading(tr("Reading every tag\u2026"), {m_stopReading});
    else if (state == State::Ready && m_presenter->isDeciding())
        m_placeholder->showLoading(tr("Deciding\u2026"), {}); // Soon over.
    else if (state == State::Ready && !hasRows)
        m_placeholder->showMessage(tr("No tags."), tr("There is nothing to clean up here."));
    if (state == State::Done) {
        m_table->setRows(m_presenter->plan().rows);
        m_effect->showResult();
    }
    updateButtons();
    emit selectionChanged();
}

void CleanupPage::updateButtons()
{
    const CleanupPlan &plan = m_presenter->plan();
    QString objection = m_presenter->objection();
    if (objection.isEmpty())
        objection = CleanupEffect::objectionTo(plan);
    if (!faultsOf(m_rules->rules()).isEmpty())
        objection = tr("The rules are not valid; see above what is wrong with them.");
    m_foot->showState(m_presenter->state(), !plan.rows.isEmpty(),
                      static_cast<int>(removedCount(plan.repositories)), objection);
    m_foot->offerRetry(m_presenter->hasFailed());
}

void CleanupPage::showProgress(const QString &what, qint64 done, qint64 total)
{
    const QString name = quotedText(what);
    if (m_presenter->state() == State::Reading) {
        const QString text = total > 0
                                 ? tr("Reading %1: %2 of %3\u2026").arg(name).arg(done).arg(total)
                                 : tr("Reading %1\u2026").arg(name);
        return m_placeholder->showLoading(text, {m_stopReading});
    }
    if (m_presenter->state() == State::Checking)
        m_foot->showStep(tr("Looking for signatures and the like in %1\u2026").arg(name), done,
                         total);
    else
        m_foot->showStep(total < 0 ? tr("Saving the backup of %1\u2026").arg(name)
                                   : tr("Deleting from %1\u2026").arg(name) + timeLeftText(),
                         done, total);
}

QString CleanupPage::timeLeftText() const
{
    const auto left = m_presenter->timeLeft();
    return left ? u' ' + formatTimeLeft(left->count()) : QString();
}

void CleanupPage::showSaving(const QString &what, qint64 done, qint64 total)
{
    m_foot->showStep(tr("Saving the layers of %1\u2026").arg(quotedText(what)), done, total);
}

void CleanupPage::showFailure(const Error &error)
{
    const ErrorText text = errorText(error);
    if (m_presenter->state() == State::Failed) {
        m_placeholder->showMessage(
            error.isCancelled() ? tr("Stopped before everything was read.") : text.headline,
            error.isCancelled() ? QString() : QString(text.advice + u'\n' + text.details).trimmed(),
            remediesFor(error));
        emit loaded();
    } else if (!error.isCancelled()) {
        m_message->showMessage(MessageBar::Kind::Warning, text.summary(), text.details);
    }
}

void CleanupPage::focusFilter()
{
    m_table->focusFilter();
}

QString CleanupPage::selectedDigest() const
{
    const auto rows = m_table->selectedRows();
    return rows.isEmpty() ? QString() : rows.first().digest;
}

QList<Property> CleanupPage::details() const
{
    return m_table->selectedProperties();
}

QString CleanupPage::objectionToClosing() const
{
    return m_presenter->state() == State::Running ? tr(
               "The clean-up is running. Stop it first: it ends behind what is being dealt with.")
                                                  : QString();
}

QString CleanupPage::summary() const
{
    const auto selected = static_cast<int>(m_table->selectedRows().size());
    return selected > 1 ? tr("%n tag(s) selected", nullptr, selected) : QString();
}

} // namespace Longshore::Ui
