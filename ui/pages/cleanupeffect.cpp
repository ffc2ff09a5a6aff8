// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/cleanupeffect.h"

#include "core/base/displaytext.h"
#include "ui/format/valueformat.h"
#include "ui/format/warningcolour.h"
#include "ui/views/plainlabel.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QLabel>
#include <QScrollArea>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

CleanupEffect::CleanupEffect(CleanupPresenter &presenter, QWidget *parent)
    : QWidget(parent)
    , m_presenter(presenter)
    , m_summary(plainLabel(u"cleanupSummary"_s))
    , m_space(plainLabel(u"cleanupSpace"_s))
    , m_warnings(plainLabel(u"cleanupWarnings"_s))
    , m_emptied(new QScrollArea)
{
    QFont font = m_summary->font();
    font.setBold(true);
    m_summary->setFont(font);
    QPalette colours = m_warnings->palette();
    colours.setColor(QPalette::WindowText, warningColour());
    m_warnings->setPalette(colours);
    m_warnings->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    for (QLabel *label : {m_summary, m_space, m_warnings})
        layout->addWidget(label);
    m_emptied->setObjectName(u"emptied"_s);
    m_emptied->setFrameShape(QFrame::NoFrame);
    m_emptied->setWidgetResizable(true);
    m_emptied->setFocusPolicy(Qt::NoFocus); // Its boxes have it.
    m_emptied->hide();
    layout->addWidget(m_emptied);
}

static int countOf(const CleanupPlan &plan, TagDecision::Kind kind)
{
    qsizetype count = 0;
    for (const RepositoryCleanup &one : plan.repositories)
        count += one.decisions.count(kind);
    return static_cast<int>(count);
}

void CleanupEffect::showPlan()
{
    const CleanupPlan &plan = m_presenter.plan();
    const int gone = static_cast<int>(removedCount(plan.repositories));
    const int alone = countOf(plan, TagDecision::Kind::Untag);
    const int all = static_cast<int>(plan.rows.size());
    qsizetype manifests = 0;
    FreedBytes freed;
    for (const RepositoryCleanup &one : plan.repositories) {
        manifests += one.decisions.leaving().size();
        freed.least += one.freed.least;
        freed.most += one.freed.most;
    }
    QString summary = gone == 0 ? tr("No tag goes; %n tag(s) stay.", nullptr, all)
                                : tr("%1 of %n tag(s) go.", nullptr, all).arg(gone);
    if (alone > 0)
        summary += u' ' + tr("Of these, %n go(es) alone: the image stays.", nullptr, alone);
    m_summary->setText(summary);
    m_space->setVisible(gone > 0);
    const QString images = tr("%n manifest(s) are removed.", nullptr, static_cast<int>(manifests));
    const QString effort = tr("It takes about %n request(s).", nullptr,
                              static_cast<int>(requestsFor(plan.repositories)));
    m_space->setText(images + u' ' + spaceText(freed) + u' ' + effort
                     + durationText(estimatedTimeFor(plan.repositories)));
    m_space->setToolTip(tr("The least leaves out what other repositories of this plan use as well, "
                           "and is 0 where it is not known what an image is made of."));
    const QStringList warnings = warningsOf(plan);
    m_warnings->setText(warnings.join(u'\n'));
    m_warnings->setVisible(!warnings.isEmpty());
    showEmptied(plan);
}

QString CleanupEffect::durationText(std::optional<std::chrono::seconds> estimate)
{
    return estimate ? u' ' + tr("That is %1.").arg(formatEstimate(estimate->count())) : QString();
}

QString CleanupEffect::spaceText(const FreedBytes &freed)
{
    const QString least = formatBytes(freed.least);
    const QString most = formatBytes(freed.most);
    if (least == most) // Of repositories that were not read nothing is known.
        return tr("Up to %1 are freed, once the garbage collection of the server has run; less "
                  "where other repositories use the same layers.")
            .arg(most);
    return tr("Between %1 and %2 are freed, once the garbage collection of the server has run.")
        .arg(least, most);
}

QStringList CleanupEffect::warningsOf(const CleanupPlan &plan)
{
    QStringList warnings;
    if (plan.inUseError)
        warnings.append(plan.inUseError->message);
    for (const RepositoryCleanup &one : plan.repositories) {
        const QString name = quotedText(one.decisions.repository.toString());
        if (one.decisions.incomplete)
            warnings.append(tr("%1 could not be read completely, so nothing is deleted there: %2")
                                .arg(name, one.decisions.incomplete->message));
        if (!one.decisions.expensiveRules.isEmpty())
            warnings.append(
                tr("%1: an expression takes too long, and counts for nothing.").arg(name));
    }
    constexpr qsizetype mostWarnings = 6;
    if (warnings.size() > mostWarnings) {
        const auto more = static_cast<int>(warnings.size() - mostWarnings);
        warnings = warnings.mid(0, mostWarnings)
                   << tr("%n more repository(ies) have something to tell.", nullptr, more);
    }
    int unread = 0;
    for (const CleanupRow &row : plan.rows)
        unread += row.created.isValid() ? 0 : 1;
    if (unread > 0)
        warnings.append(tr("%n tag(s) have no usable date.", nullptr, unread));
    return warnings;
}

/// The boxes stay as long as they are about the same: one of them may have the focus.
void CleanupEffect::showEmptied(const CleanupPlan &plan)
{
    QList<RepositoryName> names;
    for (const RepositoryCleanup &one : plan.repositories) {
        if (one.decisions.wouldBeEmpty)
            names.append(one.decisions.repository);
    }
    if (names != m_emptiedNames)
        offerToEmpty(names);
    for (qsizetype i = 0; i < names.size(); ++i) {
        const QSignalBlocker blocker(m_boxes.at(i));
        m_boxes.at(i)->setChecked(m_presenter.mayEmpty(names.at(i)));
    }
}

void CleanupEffect::offerToEmpty(const QList<RepositoryName> &names)
{
    m_emptiedNames = names;
    m_boxes.clear();
    auto *content = new QWidget; // The area deletes the one before.
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    for (const RepositoryName &name : names) {
        auto *box = new QCheckBox(tr("%1 may lose its last image").arg(labelText(name.toString())));
        box->setObjectName(u"mayEmpty"_s);
        connect(box, &QCheckBox::toggled, this,
                [this, name](bool isTicked) { m_presenter.setMayEmpty(name, isTicked); });
        layout->addWidget(box);
        m_boxes.append(box);
    }
    m_emptied->setWidget(content);
    m_emptied->setMaximumHeight(qMin(content->sizeHint().height(), fontMetrics().height() * 6) + 2);
    m_emptied->setVisible(!names.isEmpty());
}

QString CleanupEffect::objectionTo(const CleanupPlan &plan)
{
    if (plan.inUseError)
        return plan.inUseError->message;
    if (!faultsOf(plan.rules).isEmpty())
        return tr("The rules are not valid; see above what is wrong with them.");
    const bool isIncomplete =
        std::all_of(plan.repositories.begin(), plan.repositories.end(),
                    [](const RepositoryCleanup &one) { return one.decisions.incomplete; });
    if (isIncomplete && !plan.repositories.isEmpty())
        return tr("Nothing could be read completely, so nothing can be deleted safely.");
    return removedCount(plan.repositories) > 0 ? QString() : tr("No tag goes by these rules.");
}

QString CleanupEffect::headlineOf(const CleanupPlan &plan)
{
    int gone = 0;
    int left = 0;
    for (const RepositoryCleanup &one : plan.repositories) {
        const CleanupOutcomes outcomes(one);
        for (const TagDecision &tag : one.decisions.tags) {
            const QString state = outcomes.of(tag).state;
            if (state == "deleted"_L1 || state == "untagged"_L1)
                ++gone;
            else if (tag.isRemoved())
                ++left;
        }
    }
    const QString headline = tr("%n tag(s) are gone.", nullptr, gone);
    return left == 0 ? headline
                     : headline + u' ' + tr("%n tag(s) are not: the list says why.", nullptr, left);
}

void CleanupEffect::showResult()
{
    const CleanupPlan &plan = m_presenter.plan();
    m_summary->setText(headlineOf(plan));
    m_space->show();
    m_space->setText(
        tr("The space comes back when the garbage collection of the server runs. For Docker's "
           "registry: registry garbage-collect /etc/docker/registry/config.yml"));
    QStringList failures;
    for (const RepositoryCleanup &one : plan.repositories) {
        if (one.failure)
            failures.append(one.failure->isCancelled()
                                ? tr("%1: it was stopped before anything was deleted.")
                                      .arg(quotedText(one.decisions.repository.toString()))
                                : one.failure->message);
    }
    m_warnings->setText(failures.join(u'\n'));
    m_warnings->setVisible(!failures.isEmpty());
    showEmptied({});
}

} // namespace Longshore::Ui
