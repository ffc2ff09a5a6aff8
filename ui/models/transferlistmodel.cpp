// SPDX-License-Identifier: Apache-2.0
#include "ui/models/transferlistmodel.h"

#include "core/base/displaytext.h"
#include "ui/format/errortext.h"
#include "ui/format/tintedicon.h"
#include "ui/format/tooltip.h"
#include "ui/format/valueformat.h"

#include <QFileInfo>
#include <QMimeData>
#include <QUrl>

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

static QString runningStatus(const TransferRow &row)
{
    QStringList parts{shareDone(row)};
    if (row.bytesPerSecond)
        parts.append(TransferListModel::tr("%1/s").arg(formatBytes(*row.bytesPerSecond)));
    if (row.secondsLeft)
        parts.append(formatTimeLeft(*row.secondsLeft));
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

/// In one line.
static QString statusAndRemark(const TransferRow &row)
{
    const QString status = transferStatus(row);
    return row.remark.isEmpty() ? status : QString(status + u" \u00b7 "_s + row.remark);
}

int transferPermille(const TransferRow &row)
{
    if (row.state == State::Finished)
        return 1000;
    if (row.total <= 0)
        return row.state == State::Running ? -1 : 0;
    return static_cast<int>(
        qBound(0.0, static_cast<double>(row.done) / static_cast<double>(row.total), 1.0) * 1000);
}

qsizetype TransferListModel::find(quint64 id) const
{
    for (qsizetype row = 0; row < m_rows.size(); ++row) {
        if (m_rows.at(row).id == id)
            return row;
    }
    return -1;
}

void TransferListModel::update(const TransferRow &row)
{
    const qsizetype known = find(row.id);
    if (known >= 0) {
        m_rows[known] = row;
        emit dataChanged(index(static_cast<int>(known)), index(static_cast<int>(known)));
        return;
    }
    const auto last = static_cast<int>(m_rows.size());
    beginInsertRows({}, last, last);
    m_rows.append(row);
    endInsertRows();
}

void TransferListModel::remove(quint64 id)
{
    const qsizetype known = find(id);
    if (known < 0)
        return;
    beginRemoveRows({}, static_cast<int>(known), static_cast<int>(known));
    m_rows.removeAt(known);
    endRemoveRows();
}

void TransferListModel::move(quint64 id, qsizetype row)
{
    const qsizetype known = find(id);
    if (known < 0 || known == row || row < 0 || row >= m_rows.size())
        return;
    const auto from = static_cast<int>(known);
    // Qt counts the place while the row is still where it was.
    beginMoveRows({}, from, from, {}, static_cast<int>(row > known ? row + 1 : row));
    m_rows.move(known, row);
    endMoveRows();
}

int TransferListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

static QIcon icon(const TransferRow &row)
{
    switch (row.state) {
    case State::Finished: return tintedIcon(u"done"_s);
    case State::Failed: return tintedIcon(needsSignIn(row) ? u"lock"_s : u"warning"_s);
    case State::Cancelled: return tintedIcon(u"stop"_s);
    case State::Paused: return tintedIcon(u"pause"_s);
    default: return tintedIcon(row.path.isEmpty() ? u"upload"_s : u"export"_s);
    }
}

QString placeOf(const TransferRow &row)
{
    return row.path.isEmpty() ? row.title : row.path;
}

QVariant TransferListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const TransferRow &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole: return displayText(row.title);
    case Qt::ToolTipRole: return toolTipText(displayText(placeOf(row), 4096));
    case Qt::DecorationRole: return icon(row);
    case Qt::AccessibleTextRole:
        return QString(displayText(row.title) + u", "_s + statusAndRemark(row));
    case IdRole: return row.id;
    case StateRole: return static_cast<int>(row.state);
    case StatusRole: return statusAndRemark(row);
    case PermilleRole: return transferPermille(row);
    case PathRole: return row.path;
    case SourceRole: return displayText(row.source);
    case ErrorDetailsRole: return row.error ? errorText(*row.error).details : QString();
    default: return {};
    }
}

Qt::ItemFlags TransferListModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractListModel::flags(index);
    if (!index.isValid() || m_rows.at(index.row()).state != State::Finished
        || m_rows.at(index.row()).path.isEmpty())
        return flags;
    return flags | Qt::ItemIsDragEnabled;
}

QStringList TransferListModel::mimeTypes() const
{
    return {u"text/uri-list"_s};
}

QMimeData *TransferListModel::mimeData(const QModelIndexList &indexes) const
{
    QList<QUrl> urls;
    for (const QModelIndex &index : indexes) {
        // Somebody may have moved it away.
        if (const QString path = index.data(PathRole).toString(); QFileInfo::exists(path))
            urls.append(QUrl::fromLocalFile(path));
    }
    if (urls.isEmpty())
        return nullptr;
    auto *data = new QMimeData; // Belongs to whoever drags.
    data->setUrls(urls);
    return data;
}

} // namespace Longshore::Ui
