// SPDX-License-Identifier: Apache-2.0
#include "ui/models/transferrow.h"

#include "core/base/displaytext.h"
#include "ui/format/errortext.h"
#include "ui/format/valueformat.h"
#include "ui/models/descriptortablemodel.h"
#include "ui/models/transferlistmodel.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

using State = TransferRow::State;

bool isOver(State state)
{
    return state == State::Finished || state == State::Failed || state == State::Cancelled;
}

bool needsSignIn(const TransferRow &row)
{
    return row.canSignIn && row.state == State::Failed && row.error
           && row.error->kind == Error::Kind::Unauthorized;
}

bool belongsTo(TransferGroup group, const TransferRow &row)
{
    switch (group) {
    case TransferGroup::All: return true;
    case TransferGroup::Running: return row.state == State::Running;
    case TransferGroup::Waiting:
        return row.state == State::Waiting || row.state == State::Paused || needsSignIn(row);
    case TransferGroup::Failed: return row.state == State::Failed && !needsSignIn(row);
    case TransferGroup::Done: return row.state == State::Finished || row.state == State::Cancelled;
    }
    Q_UNREACHABLE();
}

static QString shareDone(const TransferRow &row)
{
    return row.total >= 0 ? TransferListModel::tr("%1 of %2")
                                .arg(formatBytes(row.done), formatBytes(row.total))
                          : formatBytes(row.done);
}

static QStringList whatIsDone(const TransferRow &row)
{
    switch (row.phase) {
    case TransferRow::Phase::Looking: return {TransferListModel::tr("Looking what there is to do")};
    case TransferRow::Phase::Bringing: break;
    case TransferRow::Phase::Writing:
        return {TransferListModel::tr("Writing, %1").arg(shareDone(row))};
    case TransferRow::Phase::Comparing: return {TransferListModel::tr("Comparing what arrived")};
    }
    QStringList parts{shareDone(row)};
    if (row.bytesPerSecond)
        parts.append(TransferListModel::tr("%1/s").arg(formatBytes(*row.bytesPerSecond)));
    if (row.secondsLeft)
        parts.append(formatTimeLeft(*row.secondsLeft));
    return parts;
}

static QString runningStatus(const TransferRow &row)
{
    QStringList parts = whatIsDone(row);
    if (!row.retryReason.isEmpty())
        parts.append(TransferListModel::tr("a request is tried again in %n second(s): %1", nullptr,
                                           row.secondsToRetry)
                         .arg(row.retryReason));
    return parts.join(u" \u00b7 "_s);
}

QString transferStatus(const TransferRow &row)
{
    switch (row.state) {
    case State::Waiting: return TransferListModel::tr("Waiting");
    case State::Running: return runningStatus(row);
    case State::Paused:
        return row.done > 0 ? TransferListModel::tr("Paused, %1").arg(shareDone(row))
                            : TransferListModel::tr("Paused");
    case State::Finished:
        if (row.isSkipped)
            return TransferListModel::tr("Already there; nothing was written");
        return TransferListModel::tr("Finished, %1, verified: %2")
            .arg(formatBytes(row.done), row.digest);
    case State::Failed:
        if (needsSignIn(row))
            return TransferListModel::tr("Waiting for sign-in: %1").arg(row.error->message);
        return TransferListModel::tr("Failed: %1").arg(row.error ? row.error->message : QString());
    case State::Cancelled: return TransferListModel::tr("Cancelled");
    }
    Q_UNREACHABLE();
}

QString transferOrigin(const TransferRow &row, const QDateTime &now)
{
    QStringList parts{displayText(row.connection, 60)};
    if (row.started.isValid()) {
        const QDateTime started = row.started.toLocalTime();
        const QLocale locale;
        parts.append(started.date() == now.date()
                         ? locale.toString(started.time(), QLocale::ShortFormat)
                         : locale.toString(started, QLocale::ShortFormat));
    }
    parts.removeAll(QString());
    return parts.join(u" \u00b7 "_s);
}

QString placeOf(const TransferRow &row)
{
    return row.path.isEmpty() ? row.title : row.path;
}

/// Numbers may be larger than what can be multiplied.
static int permilleOf(qint64 done, qint64 total)
{
    return static_cast<int>(qBound(0.0, static_cast<double>(done) / static_cast<double>(total), 1.0)
                            * 1000);
}

int transferPermille(const TransferRow &row)
{
    if (row.state == State::Finished)
        return 1000;
    if (row.total <= 0)
        return row.state == State::Running ? -1 : 0;
    return permilleOf(row.done, row.total);
}

std::optional<int> partPermille(const TransferPartRow &part)
{
    if (part.state != TransferPartRow::State::Running)
        return {};
    return part.blob.size > 0 ? permilleOf(part.done, part.blob.size) : -1;
}

QStringList transferNotes(const TransferRow &row)
{
    QStringList lines{
        TransferListModel::tr("From %1").arg(displayText(row.source)),
        TransferListModel::tr("To %1", "a place").arg(displayText(placeOf(row), 4096))};
    if (!row.connection.isEmpty())
        lines.append(
            TransferListModel::tr("By the connection %1").arg(displayText(row.connection)));
    if (row.started.isValid())
        lines.append(TransferListModel::tr("Started %1").arg(formatDate(row.started)));
    lines += row.remark.split(u'\n');
    if (row.error) {
        const ErrorText text = errorText(*row.error);
        for (const QString &words : {text.headline, text.advice, text.details})
            lines += words.split(u'\n');
    }
    lines.removeAll(QString());
    return lines;
}

static QString stateText(const TransferPartRow &part)
{
    switch (part.state) {
    case TransferPartRow::State::Waiting: return TransferListModel::tr("waiting");
    case TransferPartRow::State::Running:
        return TransferListModel::tr("%1 so far").arg(formatBytes(part.done));
    case TransferPartRow::State::Arrived: return TransferListModel::tr("arrived");
    case TransferPartRow::State::Present: return TransferListModel::tr("there already");
    }
    Q_UNREACHABLE();
}

QStringList partCells(const TransferPartRow &part)
{
    return {DescriptorTableModel::partText(part.blob.mediaType), formatBytes(part.blob.size),
            stateText(part), part.blob.digest.shortText()};
}

} // namespace Longshore::Ui
