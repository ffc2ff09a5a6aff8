// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/restoredialog.h"

#include "core/base/displaytext.h"
#include "ui/dialogs/restorelist.h"
#include "ui/dialogs/restoretext.h"
#include "ui/format/errortext.h"
#include "ui/format/tintedicon.h"
#include "ui/views/plainlabel.h"
#include "ui/views/productionband.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

RestoreDialog::RestoreDialog(std::unique_ptr<RestoresPresenter> presenter, QWidget *parent)
    : QDialog(parent)
    , m_presenter(std::move(presenter))
    , m_band(new ProductionBand)
    , m_headline(plainLabel(u"restoreHeadline"_s))
    , m_text(plainLabel(u"restoreText"_s))
    , m_list(new RestoreList)
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
    m_text->setText(m_presenter->backups().size() > 1
                        ? tr("Reading the backups, and looking what the server still has\u2026")
                        : tr("Reading the backup, and looking what the server still has\u2026"));
    m_presenter->prepare();
}

RestoreDialog::~RestoreDialog() = default;

static QString quotedPaths(QStringList paths)
{
    paths.removeDuplicates();
    for (QString &path : paths)
        path = quotedPath(path);
    return paths.join(u", "_s);
}

static QString placeOf(const QList<BackupRestore> &backups)
{
    if (backups.size() == 1)
        return RestoreDialog::tr("The backup is in %1.")
            .arg(quotedPath(backups.constFirst().presenter->folder()));
    QStringList places;
    for (const BackupRestore &backup : backups)
        places.append(QFileInfo(backup.presenter->folder()).path());
    return RestoreDialog::tr("The backups are in %1.").arg(quotedPaths(places));
}

void RestoreDialog::buildLayout()
{
    QFont font = m_headline->font();
    font.setBold(true);
    m_headline->setFont(font);
    m_name->setObjectName(u"repositoryName"_s);
    m_name->hide();
    showHint();
    m_folder->setText(placeOf(m_presenter->backups()));
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
    const RestoresPresenter *presenter = m_presenter.get();
    connect(presenter, &RestoresPresenter::progressed, this, &RestoreDialog::showProgress);
    connect(presenter, &RestoresPresenter::planned, this, &RestoreDialog::showPlans);
    connect(presenter, &RestoresPresenter::finished, this, &RestoreDialog::showResults);
    connect(m_list, &RestoreList::tickedChanged, this, &RestoreDialog::updateButton);
    connect(m_name, &QLineEdit::textChanged, this, &RestoreDialog::updateButton);
    connect(m_restore, &QPushButton::clicked, this, &RestoreDialog::run);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &RestoreDialog::reject);
}

void RestoreDialog::showProgress(qint64 done, qint64 total)
{
    m_progress->setRange(0, static_cast<int>(total));
    m_progress->setValue(static_cast<int>(done));
}

static int countIf(const QList<BackupRestore> &backups, auto predicate)
{
    return static_cast<int>(std::count_if(backups.begin(), backups.end(), predicate));
}

/// Those of which nothing can come back, or came back; not those that were stopped.
static QString failuresIn(const QList<BackupRestore> &backups)
{
    const int failed = countIf(
        backups, [](const BackupRestore &one) { return one.error && !one.error->isCancelled(); });
    return failed > 0 ? RestoreDialog::tr("%n backup(s) cannot be restored; the list says why.",
                                          nullptr, failed)
                      : QString();
}

QString RestoreDialog::question() const
{
    const auto &backups = m_presenter->backups();
    if (backups.size() > 1)
        return tr("Restore tags of %n backup(s)?", nullptr,
                  countIf(backups, [](const auto &one) { return one.presenter->plan(); }));
    const RestorePlan &plan = *backups.constFirst().presenter->plan();
    return tr("Restore tags of %1 as of %2?")
        .arg(quotedText(plan.repository.toString()),
             QLocale().toString(plan.backup.taken.toLocalTime(), QLocale::ShortFormat));
}

void RestoreDialog::showPlans()
{
    const auto &backups = m_presenter->backups();
    m_progress->hide();
    m_band->showHost(m_presenter->productionHosts().join(u", "_s), true);
    m_headline->setText(question());
    m_list->showPlans(backups);
    m_text->setText(
        QString(RestoreText::explanation(m_presenter->items()) + u' ' + failuresIn(backups))
            .trimmed());
    updateButton();
    if (m_restore->isEnabled())
        m_restore->setFocus();
    else if (m_name->isVisible())
        m_name->setFocus();
}

void RestoreDialog::updateButton()
{
    const QList<QList<qsizetype>> ticked = m_list->ticked();
    const auto count = static_cast<int>(
        std::accumulate(ticked.begin(), ticked.end(), qsizetype(0),
                        [](qsizetype sum, const auto &list) { return sum + list.size(); }));
    m_restore->setText(count > 0 ? tr("&Restore %n Tag(s)", nullptr, count) : tr("&Restore"));
    const Confirmation needed = m_presenter->neededConfirmation(ticked);
    askFor(needed);
    const bool isNamed = needed.text.isEmpty() || m_name->text() == needed.text;
    m_restore->setEnabled(count > 0 && isNamed);
}

/// While nothing is ticked, what was typed stays. A hint that is set anew would be read out anew.
void RestoreDialog::askFor(const Confirmation &needed)
{
    m_name->setVisible(!needed.text.isEmpty());
    if (needed.text.isEmpty() || needed == m_needed)
        return;
    m_needed = needed;
    m_name->clear(); // It was meant for something else.
    showHint();
}

QString RestoreDialog::hint() const
{
    if (m_needed.text.isEmpty() || m_presenter->backups().size() == 1) // The question names it.
        return tr("This is production: type the name of the repository");
    if (m_needed.name.isEmpty())
        return tr("This is production: type %1").arg(quotedText(m_needed.text));
    return tr("%1 is production: type %2", "a repository with its host, and without")
        .arg(quotedText(m_needed.name), quotedText(m_needed.text));
}

void RestoreDialog::showHint()
{
    m_name->setPlaceholderText(hint());
    m_name->setAccessibleName(m_name->placeholderText());
}

void RestoreDialog::run()
{
    const QList<QList<qsizetype>> wanted = m_list->ticked();
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

static QString headlineOf(const RestoresPresenter &presenter)
{
    const QList<RestoreOutcome> outcomes = presenter.outcomes();
    const bool isStopped =
        countIf(presenter.backups(),
                [](const BackupRestore &one) { return one.error && one.error->isCancelled(); })
        > 0;
    if (outcomes.isEmpty() && !isStopped)
        return RestoreDialog::tr("Nothing was restored.");
    const QString headline = outcomes.isEmpty() ? QString() : RestoreText::headline(outcomes);
    return isStopped ? RestoreDialog::tr("Stopped. %1").arg(headline).trimmed() : headline;
}

void RestoreDialog::showResults()
{
    const auto &backups = m_presenter->backups();
    if (backups.size() == 1 && backups.constFirst().error)
        return showFailure(*backups.constFirst().error);
    QStringList replaced;
    for (const BackupRestore &backup : backups) {
        if (backup.report && !backup.report->replacedBackup.isEmpty())
            replaced.append(backup.report->replacedBackup);
    }
    if (!replaced.isEmpty())
        m_folder->setText(
            tr("What the tags pointed to before was saved in %1.").arg(quotedPaths(replaced)));
    m_list->showResults(backups);
    finishWith(headlineOf(*m_presenter), failuresIn(backups));
    tellOfRestored();
}

void RestoreDialog::tellOfRestored()
{
    QSet<QString> told; // A repository may have two backups.
    for (const BackupRestore &backup : m_presenter->backups()) {
        const QString &name = backup.presenter->name();
        if (!backup.report || backup.report->count(RestoreOutcome::State::Restored) == 0
            || told.contains(name))
            continue;
        told.insert(name);
        emit tagsRestored(backup.presenter->plan()->backup.host,
                          backup.report->repository.toString());
    }
}

void RestoreDialog::showFailure(const Error &error)
{
    const ErrorText text = errorText(error);
    finishWith(error.isCancelled() ? RestoreText::failure(error) : tr("Nothing was restored."),
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
