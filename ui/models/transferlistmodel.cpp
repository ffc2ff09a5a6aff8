// SPDX-License-Identifier: Apache-2.0
#include "ui/models/transferlistmodel.h"

#include "core/base/displaytext.h"
#include "ui/format/errortext.h"
#include "ui/format/quietcolour.h"
#include "ui/format/tintedicon.h"
#include "ui/format/tooltip.h"

#include <QFileInfo>
#include <QMimeData>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

using State = TransferRow::State;
using PartState = TransferPartRow::State;

namespace {

/// In one line.
QString statusAndRemark(const TransferRow &row)
{
    const QString status = transferStatus(row);
    return row.remark.isEmpty() ? status : QString(status + u" \u00b7 "_s + row.remark);
}

QString spoken(const TransferRow &row)
{
    QStringList words{displayText(row.title), statusAndRemark(row), transferOrigin(row)};
    words.removeAll(QString());
    return words.join(", "_L1);
}

QIcon icon(const TransferRow &row)
{
    switch (row.state) {
    case State::Finished: return tintedIcon(u"done"_s);
    case State::Failed: return tintedIcon(needsSignIn(row) ? u"lock"_s : u"warning"_s);
    case State::Cancelled: return tintedIcon(u"stop"_s);
    case State::Paused: return tintedIcon(u"pause"_s);
    default: return tintedIcon(row.path.isEmpty() ? u"upload"_s : u"export"_s);
    }
}

QIcon icon(const TransferPartRow &part)
{
    switch (part.state) {
    case PartState::Waiting: return tintedIcon(u"dot"_s);
    case PartState::Running: return tintedIcon(u"play"_s);
    case PartState::Arrived:
    case PartState::Present: return tintedIcon(u"done"_s);
    }
    Q_UNREACHABLE();
}

QVariant dataOf(const TransferRow &row, int role)
{
    switch (role) {
    case Qt::DisplayRole: return displayText(row.title);
    case Qt::ToolTipRole: return toolTipText(displayText(placeOf(row), 4096));
    case Qt::DecorationRole: return icon(row);
    case Qt::AccessibleTextRole: return spoken(row);
    case TransferListModel::StateRole: return static_cast<int>(row.state);
    case TransferListModel::StatusRole: return statusAndRemark(row);
    case TransferListModel::PermilleRole: return transferPermille(row);
    case TransferListModel::PathRole: return row.path;
    case TransferListModel::SourceRole: return displayText(row.source);
    case TransferListModel::OriginRole: return transferOrigin(row);
    case TransferListModel::CopyRole:
        return u"%1: %2 %3"_s.arg(placeOf(row), statusAndRemark(row),
                                  row.error ? errorText(*row.error).details : QString());
    default: return {};
    }
}

QVariant dataOf(const QString &note, int role)
{
    switch (role) {
    case Qt::DisplayRole:
    case TransferListModel::CopyRole: return note;
    case Qt::ToolTipRole: return toolTipText(note);
    case TransferListModel::CellsRole: return QStringList{note};
    default: return {};
    }
}

QVariant dataOf(const TransferPartRow &part, int role)
{
    switch (role) {
    case Qt::DisplayRole: return partCells(part).join(", "_L1);
    case Qt::ToolTipRole: return toolTipText(part.blob.digest.toString());
    case Qt::DecorationRole: return icon(part);
    case Qt::ForegroundRole: return part.state == PartState::Waiting ? quietColour() : QVariant();
    case TransferListModel::PermilleRole: {
        const auto permille = partPermille(part);
        return permille ? QVariant(*permille) : QVariant();
    }
    case TransferListModel::CellsRole: return partCells(part);
    case TransferListModel::CopyRole: return part.blob.digest.toString();
    default: return {};
    }
}

} // namespace

qsizetype TransferListModel::find(quint64 id) const
{
    for (qsizetype row = 0; row < m_rows.size(); ++row) {
        if (m_rows.at(row).id == id)
            return row;
    }
    return -1;
}

QList<TransferListModel::Detail> TransferListModel::detailsOf(const TransferRow &row)
{
    QList<Detail> details;
    for (const QString &note : transferNotes(row))
        details.append(note);
    for (const TransferPartRow &part : row.parts)
        details.append(part);
    return details;
}

const TransferListModel::Detail *TransferListModel::detailAt(const QModelIndex &index) const
{
    const auto details = m_details.constFind(index.internalId());
    return details == m_details.constEnd() ? nullptr : &details->at(index.row());
}

bool TransferListModel::isPart(const QModelIndex &index) const
{
    const Detail *detail = detailAt(index);
    return detail && std::holds_alternative<TransferPartRow>(*detail);
}

void TransferListModel::update(const TransferRow &row)
{
    const qsizetype known = find(row.id);
    if (known >= 0) {
        m_rows[known] = row;
        const QModelIndex transfer = index(static_cast<int>(known));
        emit dataChanged(transfer, transfer);
        return showDetails(transfer);
    }
    const auto last = static_cast<int>(m_rows.size());
    beginInsertRows({}, last, last);
    m_rows.append(row);
    m_details.insert(row.id, detailsOf(row));
    endInsertRows();
}

/// What is about the same keeps its row, and whatever a person has selected of it.
void TransferListModel::showDetails(const QModelIndex &transfer)
{
    const TransferRow &row = m_rows.at(transfer.row());
    const QList<Detail> details = detailsOf(row);
    QList<Detail> &shown = m_details[row.id];
    const auto isOfSame = [](const Detail &one, const Detail &other) {
        const auto *part = std::get_if<TransferPartRow>(&one);
        const auto *otherPart = std::get_if<TransferPartRow>(&other);
        return part && otherPart ? part->blob == otherPart->blob : !part && !otherPart;
    };
    qsizetype same = 0;
    for (; same < qMin(shown.size(), details.size()); ++same) {
        if (!isOfSame(shown.at(same), details.at(same)))
            break;
        if (shown.at(same) == details.at(same))
            continue;
        shown[same] = details.at(same);
        const QModelIndex changed = index(static_cast<int>(same), 0, transfer);
        emit dataChanged(changed, changed);
    }
    if (shown.size() > same) {
        beginRemoveRows(transfer, static_cast<int>(same), static_cast<int>(shown.size() - 1));
        shown.resize(same);
        endRemoveRows();
    }
    if (details.size() > same) {
        beginInsertRows(transfer, static_cast<int>(same), static_cast<int>(details.size() - 1));
        shown += details.mid(same);
        endInsertRows();
    }
}

void TransferListModel::remove(quint64 id)
{
    const qsizetype known = find(id);
    if (known < 0)
        return;
    beginRemoveRows({}, static_cast<int>(known), static_cast<int>(known));
    m_rows.removeAt(known);
    m_details.remove(id);
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

/// What is below a transfer knows it by its number; transfers themselves have none there.
QModelIndex TransferListModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? m_rows.at(parent.row()).id : 0);
}

QModelIndex TransferListModel::parent(const QModelIndex &child) const
{
    const qsizetype row = child.internalId() == 0 ? -1 : find(child.internalId());
    return row < 0 ? QModelIndex() : createIndex(static_cast<int>(row), 0);
}

int TransferListModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_rows.size());
    const bool isTransfer = parent.internalId() == 0;
    return isTransfer ? static_cast<int>(m_details.value(m_rows.at(parent.row()).id).size()) : 0;
}

QVariant TransferListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Detail *detail = detailAt(index);
    if (role == IdRole)
        return QVariant::fromValue<quint64>(detail ? index.internalId()
                                                   : m_rows.at(index.row()).id);
    if (!detail)
        return dataOf(m_rows.at(index.row()), role);
    return std::visit([role](const auto &one) { return dataOf(one, role); }, *detail);
}

Qt::ItemFlags TransferListModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractItemModel::flags(index);
    if (!index.isValid())
        return flags;
    if (index.parent().isValid())
        return flags | Qt::ItemNeverHasChildren;
    const TransferRow &row = m_rows.at(index.row());
    const bool isFile = row.state == State::Finished && !row.path.isEmpty();
    return isFile ? flags | Qt::ItemIsDragEnabled : flags;
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
