// SPDX-License-Identifier: Apache-2.0
#include "ui/models/journaltablemodel.h"

#include "core/base/displaytext.h"
#include "ui/format/tooltip.h"
#include "ui/format/valueformat.h"
#include "ui/format/warningcolour.h"
#include "ui/models/tablerole.h"

#include <QFontDatabase>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

using Action = JournalRow::Action;
using Model = JournalTableModel;

QString JournalRow::before() const
{
    const bool isGone =
        action == Action::Deletion || action == Action::Untagging || action == Action::BlobDeletion;
    return isGone && digest ? digest->toString() : replaced;
}

QString JournalRow::after() const
{
    const bool isThere = action == Action::Restore || action == Action::Copy
                         || action == Action::Tagging || action == Action::BlobUpload;
    return isThere && digest ? digest->toString() : QString();
}

QString JournalTableModel::actionText(Action action)
{
    switch (action) {
    case Action::Deletion: return tr("Delete image");
    case Action::Untagging: return tr("Remove tag");
    case Action::Restore: return tr("Restore");
    case Action::Copy: return tr("Store image");
    case Action::Tagging: return tr("Set tag");
    case Action::BlobDeletion: return tr("Delete blob");
    case Action::BlobUpload: return tr("Store blob");
    case Action::ReadOnlyOn: return tr("Turn read-only on");
    case Action::ReadOnlyOff: return tr("Turn read-only off");
    case Action::ChangesAllowed: return tr("Allow changes");
    case Action::ChangesForbidden: return tr("Allow no more changes");
    }
    Q_UNREACHABLE();
}

static QString stateText(const JournalRow &row)
{
    static const QHash<QString, QString> texts{{u"deleted"_s, Model::tr("Deleted")},
                                               {u"untagged"_s, Model::tr("Removed")},
                                               {u"restored"_s, Model::tr("Restored")},
                                               {u"stored"_s, Model::tr("Stored")},
                                               {u"already-there"_s, Model::tr("Was there already")},
                                               {u"already-gone"_s, Model::tr("Already gone")},
                                               {u"skipped"_s, Model::tr("Skipped")},
                                               {u"conflict"_s, Model::tr("Left alone")},
                                               {u"lost"_s, Model::tr("Lost")},
                                               {u"failed"_s, Model::tr("Failed")},
                                               {u"unverified"_s, Model::tr("Unclear")},
                                               {u"not-tried"_s, Model::tr("Not tried")}};
    if (row.isOfConnection())
        return Model::tr("Done");
    if (row.state.isEmpty())
        return row.isOpen ? Model::tr("Not finished") : Model::tr("Not known");
    return texts.value(row.state, displayText(row.state));
}

static bool isTrouble(const JournalRow &row)
{
    return row.state == "failed"_L1 || row.state == "unverified"_L1 || row.state == "lost"_L1
           || (row.state.isEmpty() && row.isOpen);
}

QString JournalTableModel::resultText(const JournalRow &row)
{
    const QString state = stateText(row);
    return row.message.isEmpty() ? state : tr("%1: %2").arg(state, displayText(row.message));
}

void JournalTableModel::setRows(const QList<JournalRow> &rows)
{
    beginResetModel();
    m_rows = rows;
    endResetModel();
}

int JournalTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int JournalTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

static QString shortDigest(const QString &digest)
{
    const auto parsed = Digest::parse(digest);
    return parsed ? parsed->shortText() : u"\u2013"_s;
}

static QString tagsText(const JournalRow &row)
{
    if (row.tags.isEmpty())
        return row.isOfConnection() ? u"\u2013"_s : Model::tr("(without a tag)");
    return displayText(row.tags.join(", "_L1));
}

static QString userText(const JournalRow &row)
{
    return row.user == "anonymous"_L1 ? Model::tr("anonymous") : displayText(row.user);
}

static QString cell(const JournalRow &row, int column)
{
    switch (column) {
    case Model::TimeColumn: return QLocale().toString(row.time.toLocalTime(), QLocale::ShortFormat);
    case Model::RegistryColumn: return displayText(row.registry);
    case Model::ConnectionColumn: return displayText(row.connection);
    case Model::UserColumn: return userText(row);
    case Model::RepositoryColumn: return displayText(row.repository);
    case Model::ActionColumn: return Model::actionText(row.action);
    case Model::TagsColumn: return tagsText(row);
    case Model::BeforeColumn: return shortDigest(row.before());
    case Model::AfterColumn: return shortDigest(row.after());
    case Model::ResultColumn: return Model::resultText(row);
    default: return {};
    }
}

static QString toolTip(const JournalRow &row, int column)
{
    switch (column) {
    case Model::TimeColumn: return formatDate(row.time);
    case Model::BeforeColumn: return row.before();
    case Model::AfterColumn: return row.after();
    default: return cell(row, column);
    }
}

/// What is cut short in the table is found as a whole.
static QString searchText(const JournalRow &row)
{
    QStringList words{row.before(), row.after(), displayText(row.backupFolder)};
    for (int column = 0; column < Model::ColumnCount; ++column)
        words.append(cell(row, column));
    return words.join(u' ');
}

static QString sentence(const JournalRow &row)
{
    return QStringList{cell(row, Model::ActionColumn), cell(row, Model::RepositoryColumn),
                       cell(row, Model::TagsColumn), cell(row, Model::ResultColumn),
                       cell(row, Model::TimeColumn)}
        .join(", "_L1);
}

QVariant JournalTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const JournalRow &row = m_rows.at(index.row());
    const int column = index.column();
    const bool isDigest = column == BeforeColumn || column == AfterColumn;
    switch (role) {
    case Qt::DisplayRole: return cell(row, column);
    case Qt::ToolTipRole: return toolTipText(toolTip(row, column));
    case Qt::AccessibleTextRole: return column == 0 ? QVariant(sentence(row)) : QVariant();
    case Qt::ForegroundRole:
        return column == ResultColumn && isTrouble(row) ? QVariant(warningColour()) : QVariant();
    case Qt::FontRole:
        return isDigest ? QFontDatabase::systemFont(QFontDatabase::FixedFont) : QVariant();
    case SortRole: return column == TimeColumn ? QVariant(row.time) : cell(row, column);
    case SearchRole: return searchText(row);
    default: return {};
    }
}

QVariant JournalTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn: return tr("Time");
    case RegistryColumn: return tr("Registry");
    case ConnectionColumn: return tr("Connection");
    case UserColumn: return tr("User");
    case RepositoryColumn: return tr("Repository");
    case ActionColumn: return tr("Action");
    case TagsColumn: return tr("Tags");
    case BeforeColumn: return tr("Image before");
    case AfterColumn: return tr("Image after");
    case ResultColumn: return tr("Result");
    default: return {};
    }
}

} // namespace Longshore::Ui
