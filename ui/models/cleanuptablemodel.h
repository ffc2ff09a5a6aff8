// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractTableModel>
#include <QDateTime>
#include <QItemSelection>
#include <QSet>

namespace Longshore::Ui {

/// A tag and what becomes of it in a clean-up, as a presenter has found it out.
struct CleanupRow
{
    enum class Decision { Delete, Untag, Keep, Protected, LeftAlone, Blocked };
    /// What a person has decided about the tag.
    enum class Choice { ByRules, Keep, Delete };

    QString repository;
    QString tag;
    QString digest;
    QStringList siblings; ///< All tags of the image, this one among them.
    QDateTime created; ///< Invalid when nobody knows.
    qint64 size = -1;
    Decision decision = Decision::LeftAlone;
    QString reason;
    Choice choice = Choice::ByRules;
    QString outcome = {}; ///< What became of it, in words; empty before it was tried.
    bool hasFailed = false; ///< It did not become what was decided.
    QString cause = {}; ///< The reason without what differs from tag to tag.
    int httpStatus = 0; ///< With which the server refused it; 0 for none.
    QString serverWords = {}; ///< What it said to that.

    friend bool operator==(const CleanupRow &, const CleanupRow &) = default;
};

/// What becomes of each tag. Passive, as every model; sorts and filters by a list of its own, because
/// a proxy over ten thousands of rows takes seconds.
class CleanupTableModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        TagColumn,
        DecisionColumn,
        ReasonColumn,
        CreatedColumn,
        SizeColumn,
        SiblingsColumn,
        DigestColumn,
        ChoiceColumn,
        RepositoryColumn,
        StatusColumn,
        ServerColumn,
        ColumnCount
    };
    /// The place of a row among those of setRows().
    static constexpr int PlaceRole = Qt::UserRole + 1;

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(const QList<CleanupRow> &rows);
    [[nodiscard]] const QList<CleanupRow> &rows() const noexcept { return m_rows; }
    /// Shows only these decisions, all of them when none is named, for that cause, likewise, and what
    /// contains every word.
    void setFilter(const QSet<CleanupRow::Decision> &decisions, const QString &text,
                   const QString &cause = {});
    /// Whether the tags of one image stand together, each image where the first of them would.
    void setGrouped(bool isGrouped);
    /// Where these tags are on the screen, those left out that are not.
    [[nodiscard]] QItemSelection find(const QList<CleanupRow> &tags) const;
    /// The other tags of the image; a few of them, and how many more there are.
    [[nodiscard]] static QString siblingsOf(const CleanupRow &row);
    /// "Delete", "Left alone".
    [[nodiscard]] static QString nameOf(CleanupRow::Decision decision);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    void sort(int column, Qt::SortOrder order) override;

private:
    void arrange();
    void group();
    [[nodiscard]] bool isShown(const CleanupRow &row) const;
    [[nodiscard]] bool isBefore(const CleanupRow &a, const CleanupRow &b) const;
    [[nodiscard]] static QString text(const CleanupRow &row, int column);

    QList<CleanupRow> m_rows;
    QList<qsizetype> m_shown; ///< Places of rows, as filtered and sorted.
    QSet<CleanupRow::Decision> m_decisions;
    QString m_cause;
    QStringList m_words;
    bool m_isGrouped = false;
    QList<bool> m_shades; ///< Of what is shown, in groups: every other image.
    int m_column = TagColumn;
    Qt::SortOrder m_order = Qt::AscendingOrder;
};

} // namespace Longshore::Ui
