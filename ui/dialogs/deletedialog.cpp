// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/deletedialog.h"

#include "core/base/displaytext.h"
#include "ui/dialogs/deletionchoice.h"
#include "ui/dialogs/deletionlist.h"
#include "ui/dialogs/deletiontext.h"
#include "ui/dialogs/resultbuttons.h"
#include "ui/format/errortext.h"
#include "ui/format/tintedicon.h"
#include "ui/views/plainlabel.h"
#include "ui/views/productionband.h"
#include "ui/views/rundetails.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

DeleteDialog::DeleteDialog(std::unique_ptr<DeletionPresenter> presenter, QWidget *parent)
    : QDialog(parent)
    , m_presenter(std::move(presenter))
    , m_headline(plainLabel(u"headline"_s))
    , m_text(plainLabel(u"explanation"_s))
    , m_list(new DeletionList)
    , m_choice(new DeletionChoice)
    , m_question(plainLabel(u"confirmationQuestion"_s))
    , m_typed(new QLineEdit)
    , m_backup(plainLabel(u"backup"_s))
    , m_layers(new QCheckBox(tr("Save the la&yers too, however large they are")))
    , m_more(new ResultButtons)
    , m_progress(new QProgressBar)
    , m_details(new RunDetails)
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Cancel))
    , m_delete(m_buttons->addButton(tr("&Delete"), QDialogButtonBox::DestructiveRole))
{
    setObjectName(u"deleteDialog"_s);
    setWindowTitle(tr("Delete Tags"));
    buildLayout();
    connectSignals();
    showHeadline(
        tr("Delete %n tag(s) from %1?", nullptr, static_cast<int>(m_presenter->chosen().size()))
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
    m_typed->setObjectName(u"typedConfirmation"_s);
    m_typed->setAccessibleName(tr("Confirmation"));
    m_question->hide();
    m_typed->hide();
    m_layers->setObjectName(u"saveLayers"_s);
    m_layers->hide();
    m_progress->setObjectName(u"deletionProgress"_s);
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->setRange(0, 0);
    m_details->offerBackground();
    m_details->hide();
    m_delete->setObjectName(u"delete"_s);
    m_delete->setIcon(tintedIcon(u"delete"_s));
    m_delete->setAutoDefault(false);
    m_delete->setEnabled(false);
    QPushButton *cancel = m_buttons->button(QDialogButtonBox::Cancel);
    cancel->setObjectName(u"cancel"_s);

    auto *band = new ProductionBand;
    band->showHost(m_presenter->isProduction() ? m_presenter->host() : QString(), true);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(band);
    layout->addWidget(m_headline);
    layout->addWidget(m_text);
    layout->addWidget(m_progress);
    layout->addWidget(m_details);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_choice);
    layout->addWidget(m_question);
    layout->addWidget(m_typed);
    layout->addWidget(m_backup);
    layout->addWidget(m_layers);
    layout->addWidget(m_more);
    layout->addWidget(m_buttons);
    setTabOrder(m_delete, cancel); // The box leads to the first of them, and on from there.
    cancel->setDefault(true); // Not earlier: it belongs to this window only now.
    cancel->setFocus();
    resize(fontMetrics().averageCharWidth() * 100, fontMetrics().height() * 32);
}

void DeleteDialog::connectSignals()
{
    connect(m_presenter.get(), &DeletionPresenter::checking, this, &DeleteDialog::showChecking);
    connect(m_presenter.get(), &DeletionPresenter::planned, this, &DeleteDialog::showPlan);
    connect(m_presenter.get(), &DeletionPresenter::remainsFound, m_list,
            [this] { m_list->appendRemains(*m_presenter); });
    connect(m_presenter.get(), &DeletionPresenter::running, this, &DeleteDialog::showRunning);
    connect(m_presenter.get(), &DeletionPresenter::finished, this, &DeleteDialog::showReport);
    connect(m_presenter.get(), &DeletionPresenter::failed, this, &DeleteDialog::showFailure);
    connect(&watch(), &RunWatch::changed, this, &DeleteDialog::showDetails);
    connect(m_details, &RunDetails::pauseRequested, &watch(), &RunWatch::pause);
    connect(m_details, &RunDetails::resumeRequested, &watch(), &RunWatch::resume);
    connect(m_details, &RunDetails::backgroundRequested, this, &DeleteDialog::backgroundRequested);
    connect(m_choice, &DeletionChoice::changed, this, &DeleteDialog::choose);
    connect(m_typed, &QLineEdit::textChanged, this, &DeleteDialog::updateButton);
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
    m_progress->hide();
    {
        const QSignalBlocker blocker(m_choice); // What it shows is chosen already.
        m_choice->offer(*m_presenter);
    }
    showChosen();
}

void DeleteDialog::choose()
{
    m_presenter->setScope(m_choice->scope());
    m_presenter->setPlaceholder(m_choice->allowsPlaceholder() ? TagRemoval::Placeholder::Allowed
                                                              : TagRemoval::Placeholder::Never);
    showChosen();
}

/// Everything that depends on how much shall go. What was typed was typed for something else.
void DeleteDialog::showChosen()
{
    const DeletionPlan &plan = *m_presenter->plan();
    const bool isPossible = m_presenter->isPossible();
    m_list->showPlan(*m_presenter);
    m_text->setText(DeletionText::explanation(plan, m_presenter->scope())
                    + (m_presenter->scope() == DeletionScope::OnlyTags
                           ? DeletionText::unshared(m_presenter->leavingImages())
                           : QString()));
    m_typed->clear();
    m_question->setText(isPossible ? DeletionText::question(*m_presenter) : QString());
    if (!m_question->text().isEmpty())
        m_typed->setAccessibleName(m_question->text());
    for (QWidget *widget : QList<QWidget *>{m_question, m_typed})
        widget->setVisible(!m_question->text().isEmpty());
    m_backup->setText(isPossible ? DeletionText::plannedBackup(*m_presenter) : QString());
    m_layers->setVisible(isPossible);
    updateButton();
}

void DeleteDialog::updateButton()
{
    const auto count = static_cast<int>(m_presenter->decisions().removedCount());
    if (m_presenter->isPossible())
        showHeadline(tr("Delete %n tag(s) from %1?", nullptr, count)
                         .arg(quotedText(m_presenter->repository().toString())));
    m_delete->setText(m_presenter->scope() ? tr("&Delete %n Tag(s)", nullptr, count)
                                           : tr("&Delete"));
    const QString expected = m_presenter->neededConfirmation();
    m_delete->setEnabled(m_presenter->isPossible()
                         && (expected.isEmpty() || m_typed->text() == expected));
}

void DeleteDialog::run()
{
    m_delete->setEnabled(false); // One click, one run.
    m_choice->setEnabled(false);
    m_typed->setEnabled(false);
    m_layers->setEnabled(false);
    m_presenter->setSavesLayers(m_layers->isChecked());
    m_buttons->button(QDialogButtonBox::Cancel)->setText(tr("&Stop after Current"));
    m_progress->setRange(0, 0);
    m_progress->show();
    m_details->show();
    m_presenter->run();
}

void DeleteDialog::showRunning(qint64 done, qint64 total)
{
    m_text->setText(DeletionText::running(*m_presenter));
    m_progress->setRange(0, static_cast<int>(total));
    m_progress->setValue(static_cast<int>(done));
}

void DeleteDialog::showDetails()
{
    if (!m_presenter->isRunning())
        return; // What became of it is said elsewhere.
    const auto pausing =
        watch().isPaused() ? RunDetails::Offer::Continue : RunDetails::Offer::Pause;
    m_details->showRun(watch().step(), watch().counts(),
                       watch().isStopping() ? RunDetails::Offer::Nothing : pausing);
    m_text->setText(DeletionText::running(*m_presenter));
}

void DeleteDialog::showReport(const CleanupReport &report)
{
    m_list->showReport(report);
    const QStringList folders = report.backupFolders();
    m_backup->setText(DeletionText::backup(folders));
    finishWith(DeletionText::headline(report), {});
    offerMore(report);
    const QStringList gone = DeletionText::goneTags(report);
    if (DeletionText::hasDeleted(report))
        emit tagsDeleted(gone, folders);
    else if (!gone.isEmpty())
        emit tagsDeleted(gone, {});
}

void DeleteDialog::offerMore(const CleanupReport &report)
{
    const QList<Tag> failed = DeletionText::failedTags(report);
    const QStringList folders = report.backupFolders();
    connect(m_more, &ResultButtons::undoRequested, this, [this, folders] {
        accept();
        emit undoRequested(folders);
    });
    connect(m_more, &ResultButtons::retryRequested, this, [this, failed] {
        accept();
        emit retryRequested(failed);
    });
    connect(m_more, &ResultButtons::openRequested, this,
            [this, folders] { emit backupRequested(folders.constFirst()); });
    connect(m_more, &ResultButtons::reportRequested, this,
            [this, report] { emit reportRequested(report); });
    const bool hasBackup = !folders.isEmpty();
    m_more->showOffer(
        {hasBackup && DeletionText::hasDeleted(report), !failed.isEmpty(), hasBackup});
}

void DeleteDialog::showHeadline(const QString &text)
{
    m_headline->setText(text);
    m_headline->setAccessibleName(text);
}

QString DeleteDialog::headline() const
{
    return m_headline->text();
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
    showHeadline(headline);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    m_progress->hide();
    m_details->hide();
    m_choice->hide();
    m_question->hide();
    m_typed->hide();
    m_layers->hide();
    m_buttons->setStandardButtons(QDialogButtonBox::Close);
    m_delete->hide(); // Not earlier: the box shows all its buttons anew.
    m_buttons->button(QDialogButtonBox::Close)->setObjectName(u"close"_s);
    m_buttons->button(QDialogButtonBox::Close)->setFocus();
}

void DeleteDialog::reject()
{
    // While it runs, the button stops it, and the dialog stays to show what was done.
    const bool isRunning = m_presenter->isRunning();
    m_presenter->stop();
    if (!isRunning)
        QDialog::reject();
}

} // namespace Longshore::Ui
