// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/journalpresenter.h"

#include "core/base/safefile.h"
#include "core/base/workerjob.h"
#include "core/oci/tagnames.h"
#include "ui/models/journaltablemodel.h"

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

JournalPresenter::JournalPresenter(std::shared_ptr<RunJournal> journal, JournalTableModel &model,
                                   QObject *parent)
    : QObject(parent), m_journal(std::move(journal)), m_model(model)
{}

void JournalPresenter::reload()
{
    if (!m_journal)
        return show({});
    if (m_reading)
        m_reading->cancel();
    auto *job = m_journal->runs();
    m_reading = job;
    job->then(this, [this](const Result<QList<JournalRun>> &runs) {
        if (runs)
            show(*runs);
        else if (!runs.error().isCancelled()) // By a later reload.
            emit failed(runs.error());
    });
    job->start();
}

static JournalRow::Action actionOf(JournalRun::Kind kind)
{
    switch (kind) {
    case JournalRun::Kind::Deletion: return JournalRow::Action::Deletion;
    case JournalRun::Kind::Untagging: return JournalRow::Action::Untagging;
    case JournalRun::Kind::Restore: return JournalRow::Action::Restore;
    case JournalRun::Kind::Copy: return JournalRow::Action::Copy;
    case JournalRun::Kind::Tagging: return JournalRow::Action::Tagging;
    case JournalRun::Kind::BlobDeletion: return JournalRow::Action::BlobDeletion;
    case JournalRun::Kind::BlobUpload: return JournalRow::Action::BlobUpload;
    case JournalRun::Kind::ReadOnlyOn: return JournalRow::Action::ReadOnlyOn;
    case JournalRun::Kind::ReadOnlyOff: return JournalRow::Action::ReadOnlyOff;
    case JournalRun::Kind::ChangesAllowed: return JournalRow::Action::ChangesAllowed;
    case JournalRun::Kind::ChangesForbidden: return JournalRow::Action::ChangesForbidden;
    }
    Q_UNREACHABLE();
}

/// What the items of a run have in common.
static JournalRow rowOf(const JournalRun &run)
{
    JournalRow row{
        run.begun, run.host,           run.repository ? run.repository->toString() : QString(),
        {},        actionOf(run.kind), {}};
    row.isOpen = !run.ended;
    row.backupFolder = run.backupFolder;
    row.user = run.user;
    row.connection = run.connection;
    return row;
}

static QList<JournalRow> rowsOf(const JournalRun &run)
{
    if (!run.repository)
        return {rowOf(run)};
    QList<JournalRow> rows(run.items.size(), rowOf(run));
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const JournalItem &item = run.items.at(i);
        JournalRow &row = rows[i];
        row.tags = namesOf(item.tags);
        row.digest = item.manifest;
        row.state = item.result.state;
        row.message = item.result.message;
        row.replaced = item.replaced ? item.replaced->toString() : QString();
    }
    return rows;
}

void JournalPresenter::show(const QList<JournalRun> &runs)
{
    QList<JournalRow> rows;
    for (const JournalRun &run : runs)
        rows += rowsOf(run);
    m_model.setRows(rows);
    emit loaded();
}

ReportTable JournalPresenter::report(const QList<JournalRow> &rows)
{
    ReportTable table{tr("Journal of Longshore")};
    table.facts = {
        {{u"written"_s, tr("Written")}, QDateTime::currentDateTimeUtc().toString(Qt::ISODate)}};
    table.columns = {{u"time"_s, tr("Time")},
                     {u"registry"_s, tr("Registry")},
                     {u"connection"_s, tr("Connection")},
                     {u"user"_s, tr("User")},
                     {u"repository"_s, tr("Repository")},
                     {u"action"_s, tr("Action")},
                     {u"tags"_s, tr("Tags")},
                     {u"before"_s, tr("Image before")},
                     {u"after"_s, tr("Image after")},
                     {u"result"_s, tr("Result")},
                     {u"message"_s, tr("Reason")},
                     {u"backup"_s, tr("Backup")}};
    for (const JournalRow &row : rows)
        table.rows.append({row.time.toUTC().toString(Qt::ISODate), row.registry, row.connection,
                           row.user, row.repository, JournalTableModel::actionText(row.action),
                           row.tags.join(u' '), row.before(), row.after(), row.state, row.message,
                           row.backupFolder});
    return table;
}

void JournalPresenter::save(const QList<JournalRow> &rows, const QString &path)
{
    auto *job = new WorkerJob<Done>(
        [table = report(rows), path](const CancelFlag &) {
            return SafeFile::writeFile(path, bytesFor(table, path));
        },
        this);
    job->then(this, [this, path](const Result<Done> &written) {
        if (written)
            emit saved(path);
        else
            emit savingFailed(written.error());
    });
    job->start();
}

} // namespace Longshore::Ui
