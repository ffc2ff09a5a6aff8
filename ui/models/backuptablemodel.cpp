// SPDX-License-Identifier: Apache-2.0
#include "ui/models/backuptablemodel.h"

#include "core/base/displaytext.h"
#include "ui/format/tintedicon.h"
#include "ui/format/tooltip.h"
#include "ui/format/valueformat.h"
#include "ui/format/warningcolour.h"
#include "ui/models/tablerole.h"

#include <QDir>
#include <QIcon>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

using State = BackupRow::State;
using Model = BackupTableModel;

QString BackupRow::name() const
{
    return repository.isEmpty() ? displayText(QDir::toNativeSeparators(folder))
                                : displayText(registry + u'/' + repository);
}

void BackupTableModel::setRows(const QList<BackupRow> &rows)
{
    beginResetModel();
    m_rows = rows;
    endResetModel();
}

void BackupTableModel::setChecked(const QString &folder, const QString &problem)
{
    for (int number = 0; number < rowCount(); ++number) {
        BackupRow &row = m_rows[number];
        if (row.folder != folder)
            continue;
        row.state = problem.isEmpty() ? State::Whole : State::Damaged;
        row.problem = problem;
        emit dataChanged(index(number, 0), index(number, ColumnCount - 1));
    }
}

qint64 BackupTableModel::totalBytes() const
{
    qint64 total = 0;
    for (const BackupRow &row : m_rows)
        total += row.bytes;
    return total;
}

int BackupTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int BackupTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

static QString stateText(const BackupRow &row)
{
    switch (row.state) {
    case State::Unchecked: return Model::tr("not verified");
    case State::Needed: return Model::tr("needed by a run that is not finished");
    case State::Whole: return Model::tr("verified, complete");
    case State::Damaged: return Model::tr("damaged");
    }
    Q_UNREACHABLE();
}

static QIcon stateIcon(State state)
{
    switch (state) {
    case State::Unchecked: return tintedIcon(u"dot"_s);
    case State::Needed: return tintedIcon(u"lock"_s);
    case State::Whole: return tintedIcon(u"done"_s);
    case State::Damaged: return tintedIcon(u"warning"_s, Tint::Warning);
    }
    Q_UNREACHABLE();
}

static QString cell(const BackupRow &row, int column)
{
    switch (column) {
    case Model::TimeColumn:
        return QLocale().toString(row.taken.toLocalTime(), QLocale::ShortFormat);
    case Model::NameColumn: return row.name();
    case Model::TagsColumn: return displayText(row.tags.join(", "_L1));
    case Model::ImagesColumn: return QLocale().toString(row.images);
    case Model::SizeColumn: return formatBytes(row.bytes);
    case Model::StateColumn: return stateText(row);
    default: return {};
    }
}

static QString toolTip(const BackupRow &row, int column)
{
    switch (column) {
    case Model::TimeColumn:
        return row.run == 0 ? formatDate(row.taken)
                            : QString(formatDate(row.taken) + u'\n'
                                      + Model::tr("Run %1 of the journal").arg(row.run));
    case Model::NameColumn:
        return row.name() + u'\n' + displayText(QDir::toNativeSeparators(row.folder));
    case Model::SizeColumn: return formatExactBytes(row.bytes);
    case Model::StateColumn:
        return row.problem.isEmpty() ? stateText(row) : displayText(row.problem, 2000);
    default: return cell(row, column);
    }
}

static QVariant sortKey(const BackupRow &row, int column)
{
    switch (column) {
    case Model::TimeColumn: return row.taken;
    case Model::ImagesColumn: return row.images;
    case Model::SizeColumn: return row.bytes;
    default: return cell(row, column);
    }
}

static QString searchText(const BackupRow &row)
{
    return QStringList{row.name(), row.tags.join(u' '), cell(row, Model::TimeColumn),
                       cell(row, Model::StateColumn), row.folder}
        .join(u' ');
}

static QString sentence(const BackupRow &row)
{
    return Model::tr("Backup of %1 from %2, %3, %4")
        .arg(row.name(), cell(row, Model::TimeColumn), cell(row, Model::SizeColumn),
             stateText(row));
}

QVariant BackupTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const BackupRow &row = m_rows.at(index.row());
    const int column = index.column();
    const bool isNumber = column == ImagesColumn || column == SizeColumn;
    switch (role) {
    case Qt::DisplayRole: return cell(row, column);
    case Qt::ToolTipRole: return toolTipText(toolTip(row, column));
    case Qt::AccessibleTextRole: return column == 0 ? QVariant(sentence(row)) : QVariant();
    case Qt::TextAlignmentRole:
        return isNumber ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::DecorationRole: return column == StateColumn ? stateIcon(row.state) : QVariant();
    case Qt::ForegroundRole:
        return column == StateColumn && row.state == State::Damaged ? QVariant(warningColour())
                                                                    : QVariant();
    case SortRole: return sortKey(row, column);
    case SearchRole: return searchText(row);
    default: return {};
    }
}

QVariant BackupTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const bool isNumber = section == ImagesColumn || section == SizeColumn;
    if (role == Qt::TextAlignmentRole)
        return QVariant((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn: return tr("Made");
    case NameColumn: return tr("Repository");
    case TagsColumn: return tr("Tags");
    case ImagesColumn: return tr("Images");
    case SizeColumn: return tr("Size");
    case StateColumn: return tr("State");
    default: return {};
    }
}

} // namespace Longshore::Ui
