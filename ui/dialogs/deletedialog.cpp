// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/deletedialog.h"

#include "core/base/displaytext.h"
#include "ui/delegates/roomydelegate.h"
#include "ui/dialogs/deletiontext.h"
#include "ui/format/errortext.h"
#include "ui/format/tintedicon.h"
#include "ui/views/plainlabel.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTreeWidget>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

DeleteDialog::DeleteDialog(std::unique_ptr<DeletionPresenter> presenter, QWidget *parent)
    : QDialog(parent)
    , m_presenter(std::move(presenter))
    , m_headline(plainLabel(u"headline"_s))
    , m_text(plainLabel(u"explanation"_s))
    , m_list(new QTreeWidget)
    , m_withSiblings(new QCheckBox(tr("&Also delete the other tags of these images")))
    , m_backup(plainLabel(u"backup"_s))
    , m_progress(new QProgressBar)
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Cancel))
    , m_delete(m_buttons->addButton(tr("&Delete"), QDialogButtonBox::DestructiveRole))
{
    setObjectName(u"deleteDialog"_s);
    setWindowTitle(tr("Delete Tags"));
    buildLayout();
    connectSignals();
    const auto count = static_cast<int>(m_presenter->chosen().size());
    m_headline->setText(tr("Delete %n tag(s) from %1?", nullptr, count)
                            .arg(quotedText(m_presenter->repository().toString())));
    m_text->setText(tr("Checking every tag of the repository, because other tags may point to the "
                       "same images\u2026"));
    m_presenter->prepare();
}

DeleteDialog::~DeleteDialog() = default;

void DeleteDialog::buildLayout()
{
    QFont font = m_headline->font();
    font.setBold(true);
    m_headline->setFont(font);
    m_list->setObjectName(u"deletionList"_s);
    m_list->setAccessibleName(tr("What will be deleted"));
    m_list->setHeaderLabels({tr("Tag"), tr("What happens"), tr("Image")});
    m_list->setItemDelegate(new RoomyDelegate(m_list));
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAlternatingRowColors(true);
    m_list->setSelectionMode(QAbstractItemView::NoSelection);
    m_list->header()->resizeSection(0, fontMetrics().averageCharWidth() * 26);
    m_list->header()->resizeSection(1, fontMetrics().averageCharWidth() * 44);
    m_withSiblings->setObjectName(u"withSiblings"_s);
    m_withSiblings->hide();
    m_progress->setObjectName(u"deletionProgress"_s);
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->setRange(0, 0);
    m_delete->setObjectName(u"delete"_s);
    m_delete->setIcon(tintedIcon(u"delete"_s));
    m_delete->setAutoDefault(false);
    m_delete->setEnabled(false);
    QPushButton *cancel = m_buttons->button(QDialogButtonBox::Cancel);
    cancel->setObjectName(u"cancel"_s);

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_headline);
    layout->addWidget(m_text);
    layout->addWidget(m_progress);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_withSiblings);
    layout->addWidget(m_backup);
    layout->addWidget(m_buttons);
    setTabOrder(m_delete, cancel); // The box leads to the first of them, and on from there.
    cancel->setDefault(true); // Not earlier: it belongs to this window only now.
    cancel->setFocus();
    resize(fontMetrics().averageCharWidth() * 100, fontMetrics().height() * 26);
}

void DeleteDialog::connectSignals()
{
    connect(m_presenter.get(), &DeletionPresenter::checking, this, &DeleteDialog::showChecking);
    connect(m_presenter.get(), &DeletionPresenter::planned, this, &DeleteDialog::showPlan);
    connect(m_presenter.get(), &DeletionPresenter::running, this, &DeleteDialog::showRunning);
    connect(m_presenter.get(), &DeletionPresenter::finished, this, &DeleteDialog::showReport);
    connect(m_presenter.get(), &DeletionPresenter::failed, this, &DeleteDialog::showFailure);
    connect(m_withSiblings, &QCheckBox::toggled, this, &DeleteDialog::updateButton);
    connect(m_delete, &QPushButton::clicked, this, &DeleteDialog::run);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &DeleteDialog::reject);
}

void DeleteDialog::showChecking(qint64 done, qint64 total)
{
    m_progress->setRange(0, static_cast<int>(total));
    m_progress->setValue(static_cast<int>(done));
}

void DeleteDialog::showPlan()
{
    const DeletionPlan &plan = *m_presenter->plan();
    m_progress->hide();
    showGroups(plan);
    showSiblings(plan);
    m_text->setText(DeletionText::explanation(plan));
    if (!plan.isBlocked())
        m_backup->setText(
            tr("A backup of %n manifest(s) will be written before anything is deleted, to %1. "
               "Layers are not included.",
               nullptr, static_cast<int>(plan.groups.size()))
                .arg(quotedPath(m_presenter->backupFolder())));
    updateButton();
}

void DeleteDialog::showGroups(const DeletionPlan &plan)
{
    m_list->clear();
    const auto add = [this](const Tag &tag, const QString &effect, const DeletionGroup &group) {
        auto *item = new QTreeWidgetItem(
            {displayText(tag.toString()), effect, group.manifest.digest.shortText()});
        item->setToolTip(2, group.manifest.digest.toString());
        m_list->addTopLevelItem(item);
    };
    for (const DeletionGroup &group : plan.groups) {
        for (const Tag &tag : group.chosen)
            add(tag, DeletionText::effect(group), group);
        for (const Tag &tag : group.siblings)
            add(tag, tr("points to the same image and goes with it"), group);
    }
    for (const Tag &tag : plan.unknown)
        m_list->addTopLevelItem(
            new QTreeWidgetItem({displayText(tag.toString()), tr("is not there any more"), {}}));
}

void DeleteDialog::showSiblings(const DeletionPlan &plan)
{
    const QList<Tag> siblings = plan.siblings();
    m_withSiblings->setVisible(!siblings.isEmpty() && !plan.isBlocked());
    // The list names all of them; a check box does not wrap its text.
    const QString names = fontMetrics().elidedText(DeletionText::names(siblings), Qt::ElideRight,
                                                   fontMetrics().averageCharWidth() * 70);
    m_withSiblings->setText(
        tr("&Also delete %n more tag(s): %1", nullptr, static_cast<int>(siblings.size()))
            .arg(labelText(names)));
}

void DeleteDialog::updateButton()
{
    const DeletionPlan &plan = *m_presenter->plan();
    const bool needsConsent = !plan.siblings().isEmpty();
    const auto count = static_cast<int>(plan.chosenCount() + plan.siblings().size());
    m_delete->setText(tr("&Delete %n Tag(s)", nullptr, count));
    m_delete->setEnabled(!plan.isBlocked() && (!needsConsent || m_withSiblings->isChecked()));
}

void DeleteDialog::run()
{
    m_delete->setEnabled(false); // One click, one run.
    m_withSiblings->setEnabled(false);
    m_buttons->button(QDialogButtonBox::Cancel)->setText(tr("&Stop"));
    m_text->setText(tr("Saving the backup, then deleting\u2026"));
    m_progress->setRange(0, 0);
    m_progress->show();
    m_presenter->run();
}

void DeleteDialog::showRunning(qint64 done, qint64 total)
{
    m_progress->setRange(0, static_cast<int>(total));
    m_progress->setValue(static_cast<int>(done));
}

void DeleteDialog::showReport(const DeletionReport &report)
{
    m_list->clear();
    m_list->setHeaderLabels({tr("Tag"), tr("What happened"), tr("Image")});
    QStringList deleted;
    for (const DeletionOutcome &outcome : report.outcomes) {
        const QList<Tag> tags = outcome.group.allTags();
        for (const Tag &tag : tags) {
            if (outcome.state == DeletionOutcome::State::Deleted)
                deleted.append(tag.toString());
            m_list->addTopLevelItem(
                new QTreeWidgetItem({displayText(tag.toString()), DeletionText::outcome(outcome),
                                     outcome.group.manifest.digest.shortText()}));
        }
    }
    m_backup->setText(tr("The backup is in %1. The space on the server comes back when its garbage "
                         "collection runs.")
                          .arg(quotedPath(report.backup.folder)));
    finishWith(DeletionText::headline(report), {});
    if (deleted.isEmpty())
        return;
    offerUndo();
    emit tagsDeleted(deleted);
}

/// Not made earlier: a hidden button in front of the others would take the focus for all of them.
void DeleteDialog::offerUndo()
{
    QPushButton *undo = m_buttons->addButton(tr("&Undo\u2026"), QDialogButtonBox::ResetRole);
    undo->setObjectName(u"undo"_s);
    undo->setIcon(tintedIcon(u"retry"_s));
    undo->setAutoDefault(false);
    connect(undo, &QPushButton::clicked, this, [this] {
        accept();
        emit undoRequested(m_presenter->backupFolder());
    });
    m_delete->hide(); // The box has shown all its buttons anew.
    QPushButton *close = m_buttons->button(QDialogButtonBox::Close);
    setTabOrder(undo, close);
    close->setFocus();
}

void DeleteDialog::showFailure(const Error &error)
{
    const ErrorText text = errorText(error);
    finishWith(error.isCancelled() ? tr("Stopped. See what was deleted by reloading the list.")
                                   : tr("Nothing was deleted."),
               error.isCancelled()
                   ? QString()
                   : QString(text.headline + u'\n' + text.advice + u'\n' + text.details).trimmed());
}

void DeleteDialog::finishWith(const QString &headline, const QString &text)
{
    m_headline->setText(headline);
    m_headline->setAccessibleName(headline);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    m_progress->hide();
    m_withSiblings->hide();
    m_buttons->setStandardButtons(QDialogButtonBox::Close);
    m_delete->hide(); // Not earlier: the box shows all its buttons anew.
    m_buttons->button(QDialogButtonBox::Close)->setObjectName(u"close"_s);
    m_buttons->button(QDialogButtonBox::Close)->setFocus();
}

void DeleteDialog::reject()
{
    // While it runs, the button stops it, and the dialog stays to show what was done.
    if (m_presenter->isRunning())
        return m_presenter->cancel();
    m_presenter->cancel();
    QDialog::reject();
}

} // namespace Longshore::Ui
