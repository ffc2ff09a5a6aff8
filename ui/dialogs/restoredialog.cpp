// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/restoredialog.h"

#include "core/base/displaytext.h"
#include "ui/delegates/roomydelegate.h"
#include "ui/dialogs/restoretext.h"
#include "ui/format/errortext.h"
#include "ui/format/tintedicon.h"
#include "ui/views/plainlabel.h"
#include "ui/views/productionband.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QTreeWidget>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

RestoreDialog::RestoreDialog(std::unique_ptr<RestorePresenter> presenter, QWidget *parent)
    : QDialog(parent)
    , m_presenter(std::move(presenter))
    , m_band(new ProductionBand)
    , m_headline(plainLabel(u"restoreHeadline"_s))
    , m_text(plainLabel(u"restoreText"_s))
    , m_list(new QTreeWidget)
    , m_name(new QLineEdit)
    , m_folder(plainLabel(u"restoreFolder"_s))
    , m_progress(new QProgressBar)
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Cancel))
    , m_restore(m_buttons->addButton(tr("&Restore"), QDialogButtonBox::AcceptRole))
{
    setObjectName(u"restoreDialog"_s);
    setWindowTitle(tr("Restore from Backup"));
    buildLayout();
    connectSignals();
    m_headline->setText(tr("Restore deleted tags?"));
    m_text->setText(tr("Reading the backup, and looking what the server still has\u2026"));
    m_presenter->prepare();
}

RestoreDialog::~RestoreDialog() = default;

void RestoreDialog::buildLayout()
{
    QFont font = m_headline->font();
    font.setBold(true);
    m_headline->setFont(font);
    m_list->setObjectName(u"restoreList"_s);
    m_list->setAccessibleName(tr("What is in the backup"));
    m_list->setHeaderLabels({tr("Tag"), tr("What is possible"), tr("Image")});
    m_list->setItemDelegate(new RoomyDelegate(m_list));
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAlternatingRowColors(true);
    m_list->header()->resizeSection(0, fontMetrics().averageCharWidth() * 28);
    m_list->header()->resizeSection(1, fontMetrics().averageCharWidth() * 48);
    m_name->setObjectName(u"repositoryName"_s);
    m_name->setPlaceholderText(tr("This is production: type the name of the repository"));
    m_name->setAccessibleName(m_name->placeholderText());
    m_name->hide();
    m_folder->setText(tr("The backup is in %1.").arg(quotedPath(m_presenter->folder())));
    m_progress->setObjectName(u"restoreProgress"_s);
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->setRange(0, 0);
    m_restore->setObjectName(u"restore"_s);
    m_restore->setIcon(tintedIcon(u"retry"_s));
    m_restore->setAutoDefault(false);
    m_restore->setEnabled(false);
    QPushButton *cancel = m_buttons->button(QDialogButtonBox::Cancel);
    cancel->setObjectName(u"cancel"_s);

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_band);
    layout->addWidget(m_headline);
    layout->addWidget(m_text);
    layout->addWidget(m_progress);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_name);
    layout->addWidget(m_folder);
    layout->addWidget(m_buttons);
    setTabOrder(m_restore, cancel); // The box leads to the first of them, and on from there.
    cancel->setFocus();
    resize(fontMetrics().averageCharWidth() * 104, fontMetrics().height() * 26);
}

void RestoreDialog::connectSignals()
{
    const RestorePresenter *presenter = m_presenter.get();
    connect(presenter, &RestorePresenter::checking, this, &RestoreDialog::showChecking);
    connect(presenter, &RestorePresenter::planned, this, &RestoreDialog::showPlan);
    connect(presenter, &RestorePresenter::running, this, &RestoreDialog::showChecking);
    connect(presenter, &RestorePresenter::finished, this, &RestoreDialog::showReport);
    connect(presenter, &RestorePresenter::failed, this, &RestoreDialog::showFailure);
    connect(m_list, &QTreeWidget::itemChanged, this, &RestoreDialog::updateButton);
    connect(m_name, &QLineEdit::textChanged, this, &RestoreDialog::updateButton);
    connect(m_restore, &QPushButton::clicked, this, &RestoreDialog::run);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &RestoreDialog::reject);
}

void RestoreDialog::showChecking(qint64 done, qint64 total)
{
    m_progress->setRange(0, static_cast<int>(total));
    m_progress->setValue(static_cast<int>(done));
}

void RestoreDialog::showPlan()
{
    const RestorePlan &plan = *m_presenter->plan();
    m_progress->hide();
    m_band->showHost(m_presenter->needsName() ? m_presenter->host() : QString(), true);
    m_headline->setText(
        tr("Restore tags of %1 as of %2?")
            .arg(quotedText(plan.repository.toString()),
                 QLocale().toString(plan.backup.taken.toLocalTime(), QLocale::ShortFormat)));
    showItems(plan);
    m_text->setText(RestoreText::explanation(plan));
    updateButton();
    if (m_restore->isEnabled())
        m_restore->setFocus();
    else if (m_name->isVisible())
        m_name->setFocus();
}

void RestoreDialog::showItems(const RestorePlan &plan)
{
    const QSignalBlocker blocker(m_list);
    for (const RestoreItem &item : plan.items) {
        auto *row = new QTreeWidgetItem(
            {item.tag ? displayText(item.tag->toString()) : tr("(without a tag)"),
             RestoreText::state(item), item.manifest.digest.shortText()});
        row->setToolTip(2, item.manifest.digest.toString());
        const bool isTicked = item.place == RestoreItem::Place::Free;
        if (item.canComeBack())
            row->setCheckState(0, isTicked ? Qt::Checked : Qt::Unchecked);
        m_list->addTopLevelItem(row);
    }
    m_list->setCurrentItem(m_list->topLevelItem(0));
}

QList<qsizetype> RestoreDialog::ticked() const
{
    QList<qsizetype> ticked;
    for (int row = 0; row < m_list->topLevelItemCount(); ++row) {
        if (m_list->topLevelItem(row)->checkState(0) == Qt::Checked)
            ticked.append(row);
    }
    return ticked;
}

void RestoreDialog::updateButton()
{
    const auto count = static_cast<int>(ticked().size());
    m_restore->setText(count > 0 ? tr("&Restore %n Tag(s)", nullptr, count) : tr("&Restore"));
    m_name->setVisible(m_presenter->needsName() && count > 0);
    const bool isNamed =
        !m_presenter->needsName() || m_name->text() == m_presenter->plan()->repository.toString();
    m_restore->setEnabled(count > 0 && isNamed);
}

void RestoreDialog::run()
{
    const QList<qsizetype> wanted = ticked();
    m_restore->setEnabled(false); // One click, one run.
    m_name->setEnabled(false);
    m_list->setEnabled(false);
    m_buttons->button(QDialogButtonBox::Cancel)->setText(tr("&Stop"));
    m_buttons->button(QDialogButtonBox::Cancel)->setFocus();
    m_text->setText(tr("Restoring, and reading back what the server stored\u2026"));
    m_progress->setRange(0, 0);
    m_progress->show();
    m_presenter->run(wanted);
}

void RestoreDialog::showReport(const RestoreReport &report)
{
    const QSignalBlocker blocker(m_list);
    m_list->clear();
    m_list->setEnabled(true);
    m_list->setHeaderLabels({tr("Tag"), tr("What happened"), tr("Image")});
    for (const RestoreOutcome &outcome : report.outcomes) {
        const RestoreItem &item = outcome.item;
        auto *row = new QTreeWidgetItem(
            {item.tag ? displayText(item.tag->toString()) : tr("(without a tag)"),
             RestoreText::outcome(outcome), item.manifest.digest.shortText()});
        row->setToolTip(1, row->text(1));
        row->setToolTip(2, item.manifest.digest.toString());
        m_list->addTopLevelItem(row);
    }
    if (!report.replacedBackup.isEmpty())
        m_folder->setText(tr("What the tags pointed to before was saved in %1.")
                              .arg(quotedPath(report.replacedBackup)));
    finishWith(RestoreText::headline(report), {});
    if (report.count(RestoreOutcome::State::Restored) > 0)
        emit tagsRestored(m_presenter->plan()->backup.host, report.repository.toString());
}

void RestoreDialog::showFailure(const Error &error)
{
    const ErrorText text = errorText(error);
    finishWith(error.isCancelled() ? tr("Stopped. See what was restored by reloading the list.")
                                   : tr("Nothing was restored."),
               error.isCancelled()
                   ? QString()
                   : QString(text.headline + u'\n' + text.advice + u'\n' + text.details).trimmed());
}

void RestoreDialog::finishWith(const QString &headline, const QString &text)
{
    m_headline->setText(headline);
    m_headline->setAccessibleName(headline);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    m_progress->hide();
    m_name->hide();
    m_list->setEnabled(true);
    m_buttons->setStandardButtons(QDialogButtonBox::Close);
    m_restore->hide(); // Not earlier: the box shows all its buttons anew.
    m_buttons->button(QDialogButtonBox::Close)->setObjectName(u"close"_s);
    m_buttons->button(QDialogButtonBox::Close)->setFocus();
}

void RestoreDialog::reject()
{
    // While it runs, the button stops it, and the dialog stays to show what was done.
    if (m_presenter->isRunning())
        return m_presenter->cancel();
    m_presenter->cancel();
    QDialog::reject();
}

} // namespace Longshore::Ui
