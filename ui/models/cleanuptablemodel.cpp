// SPDX-License-Identifier: Apache-2.0
#include "ui/models/cleanuptablemodel.h"

#include "core/base/displaytext.h"
#include "core/oci/naturalorder.h"
#include "ui/format/tintedicon.h"
#include "ui/format/tooltip.h"
#include "ui/format/valueformat.h"

#include <QGuiApplication>
#include <QPalette>

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

using Decision = CleanupRow::Decision;
using Choice = CleanupRow::Choice;

static QIcon iconOf(const CleanupRow &row)
{
    if (!row.outcome.isEmpty())
        return row.hasFailed ? tintedIcon(u"warning"_s, Tint::Warning) : tintedIcon(u"done"_s);
    switch (row.decision) {
    case Decision::Delete: return tintedIcon(u"delete"_s, Tint::Warning);
    case Decision::Untag: return tintedIcon(u"tag"_s, Tint::Warning);
    case Decision::Protected: return tintedIcon(u"lock"_s);
    case Decision::Keep: return tintedIcon(u"pin"_s);
    case Decision::LeftAlone: return tintedIcon(u"dot"_s);
    case Decision::Blocked: return tintedIcon(u"warning"_s);
    }
    Q_UNREACHABLE();
}

static QString nameOf(Choice choice)
{
    switch (choice) {
    case Choice::ByRules: return CleanupTableModel::tr("By the rules");
    case Choice::Keep: return CleanupTableModel::tr("\u270B Keep");
    case Choice::Delete: return CleanupTableModel::tr("\u270B Delete");
    }
    Q_UNREACHABLE();
}

QString CleanupTableModel::nameOf(Decision decision)
{
    switch (decision) {
    case Decision::Delete: return tr("Delete");
    case Decision::Untag: return tr("Untag");
    case Decision::Keep: return tr("Keep");
    case Decision::Protected: return tr("Protected");
    case Decision::LeftAlone: return tr("Left alone");
    case Decision::Blocked: return tr("Blocked");
    }
    Q_UNREACHABLE();
}

QString CleanupTableModel::siblingsOf(const CleanupRow &row)
{
    constexpr qsizetype mostNamed = 20;
    QStringList names = row.siblings.mid(0, mostNamed + 1);
    names.removeOne(row.tag);
    names = names.mid(0, mostNamed);
    const auto more = static_cast<int>(row.siblings.size() - 1 - names.size());
    const QString text = displayText(names.join(u", "_s));
    return more > 0 ? tr("%1 and %n more", nullptr, more).arg(text) : text;
}

void CleanupTableModel::setRows(const QList<CleanupRow> &rows)
{
    beginResetModel();
    m_rows = rows;
    arrange();
    endResetModel();
}

void CleanupTableModel::setFilter(const QSet<Decision> &decisions, const QString &text,
                                  const QString &cause)
{
    beginResetModel();
    m_decisions = decisions;
    m_cause = cause;
    m_words = text.split(u' ', Qt::SkipEmptyParts);
    arrange();
    endResetModel();
}

bool CleanupTableModel::isShown(const CleanupRow &row) const
{
    if (!m_decisions.isEmpty() && !m_decisions.contains(row.decision))
        return false;
    if (!m_cause.isEmpty() && m_cause != row.cause)
        return false;
    return std::all_of(m_words.begin(), m_words.end(), [&row](const QString &word) {
        return row.tag.contains(word, Qt::CaseInsensitive)
               || row.repository.contains(word, Qt::CaseInsensitive)
               || row.reason.contains(word, Qt::CaseInsensitive);
    });
}

bool CleanupTableModel::isBefore(const CleanupRow &a, const CleanupRow &b) const
{
    switch (m_column) {
    case DecisionColumn: return a.decision < b.decision;
    case CreatedColumn: return a.created < b.created;
    case SizeColumn: return a.size < b.size;
    case ChoiceColumn: return a.choice < b.choice;
    case SiblingsColumn: return a.siblings.size() < b.siblings.size();
    case StatusColumn: return a.httpStatus < b.httpStatus;
    case TagColumn: return naturalCompare(a.tag, b.tag) < 0;
    default: return text(a, m_column) < text(b, m_column);
    }
}

void CleanupTableModel::arrange()
{
    m_shown.clear();
    for (qsizetype place = 0; place < m_rows.size(); ++place) {
        if (isShown(m_rows.at(place)))
            m_shown.append(place);
    }
    std::stable_sort(m_shown.begin(), m_shown.end(), [this](qsizetype a, qsizetype b) {
        const bool isUp = m_order == Qt::AscendingOrder;
        return isBefore(m_rows.at(isUp ? a : b), m_rows.at(isUp ? b : a));
    });
    m_shades.clear();
    if (m_isGrouped)
        group();
}

void CleanupTableModel::group()
{
    QHash<std::pair<QString, QString>, qsizetype> numbers; // Of images, as they are met.
    QList<QList<qsizetype>> groups;
    for (const qsizetype place : std::as_const(m_shown)) {
        const CleanupRow &row = m_rows.at(place);
        const std::pair image{row.repository, row.digest};
        if (!numbers.contains(image)) {
            numbers.insert(image, groups.size());
            groups.append(QList<qsizetype>());
        }
        groups[numbers.value(image)].append(place);
    }
    m_shown.clear();
    for (qsizetype number = 0; number < groups.size(); ++number) {
        m_shown += groups.at(number);
        m_shades.insert(m_shades.size(), groups.at(number).size(), number % 2 == 1);
    }
}

void CleanupTableModel::setGrouped(bool isGrouped)
{
    beginResetModel();
    m_isGrouped = isGrouped;
    arrange();
    endResetModel();
}

void CleanupTableModel::sort(int column, Qt::SortOrder order)
{
    beginResetModel();
    m_column = std::max(column, 0);
    m_order = order;
    arrange();
    endResetModel();
}

QItemSelection CleanupTableModel::find(const QList<CleanupRow> &tags) const
{
    QSet<std::pair<QString, QString>> wanted;
    for (const CleanupRow &row : tags)
        wanted.insert({row.repository, row.tag});
    const auto isWanted = [&](int row) {
        const CleanupRow &known = m_rows.at(m_shown.at(row));
        return wanted.contains({known.repository, known.tag});
    };
    QItemSelection selection; // In ranges: one for each row would take minutes for many.
    for (int row = 0; !wanted.isEmpty() && row < rowCount(); ++row) {
        if (!isWanted(row))
            continue;
        const int first = row;
        while (row + 1 < rowCount() && isWanted(row + 1))
            ++row;
        selection.select(index(first, 0), index(row, 0));
    }
    return selection;
}

int CleanupTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int CleanupTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString CleanupTableModel::text(const CleanupRow &row, int column)
{
    switch (column) {
    case TagColumn: return displayText(row.tag);
    case RepositoryColumn: return displayText(row.repository);
    case CreatedColumn: return formatAge(row.created);
    case SizeColumn: return formatBytes(row.size);
    case DecisionColumn: return row.outcome.isEmpty() ? nameOf(row.decision) : row.outcome;
    case ReasonColumn: return row.reason;
    case SiblingsColumn: return siblingsOf(row);
    case DigestColumn: return row.digest.section(u':', 1).left(12);
    case ChoiceColumn: return Ui::nameOf(row.choice);
    case StatusColumn: return row.httpStatus == 0 ? QString() : QString::number(row.httpStatus);
    case ServerColumn: return displayText(row.serverWords);
    default: return {};
    }
}

QVariant CleanupTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const qsizetype place = m_shown.at(index.row());
    const CleanupRow &row = m_rows.at(place);
    const int column = index.column();
    switch (role) {
    case PlaceRole: return place;
    case Qt::DisplayRole: return text(row, column);
    case Qt::AccessibleTextRole:
        return column == TagColumn
                   ? tr("%1, %2, %3")
                         .arg(text(row, TagColumn), text(row, DecisionColumn), row.reason)
                   : text(row, column);
    case Qt::BackgroundRole:
        return m_isGrouped && m_shades.at(index.row()) ? QGuiApplication::palette().alternateBase()
                                                       : QVariant();
    case Qt::DecorationRole: return column == DecisionColumn ? iconOf(row) : QVariant();
    case Qt::TextAlignmentRole:
        return column == SizeColumn ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
    case Qt::ToolTipRole:
        if (column == DigestColumn)
            return row.digest;
        if (column == CreatedColumn && row.created.isValid())
            return formatDate(row.created);
        return column == ReasonColumn || column == SiblingsColumn || column == TagColumn
                       || column == ServerColumn
                   ? toolTipText(text(row, column))
                   : QVariant();
    default: return {};
    }
}

QVariant CleanupTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TagColumn: return tr("Tag");
    case RepositoryColumn: return tr("Repository");
    case CreatedColumn: return tr("Created");
    case SizeColumn: return tr("Size");
    case DecisionColumn: return tr("Decision");
    case ReasonColumn: return tr("Reason");
    case SiblingsColumn: return tr("Same Image");
    case DigestColumn: return tr("Image");
    case ChoiceColumn: return tr("By Hand");
    case StatusColumn: return tr("HTTP Status");
    case ServerColumn: return tr("Answer of the Server");
    default: return {};
    }
}

} // namespace Longshore::Ui
