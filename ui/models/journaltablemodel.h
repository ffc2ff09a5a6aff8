// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/digest.h"

#include <QAbstractTableModel>
#include <QDateTime>

namespace Longshore::Ui {

/// One change that the program made, or was about to make.
struct JournalRow
{
    enum class Action {
        Deletion,
        Untagging,
        Restore,
        Copy,
        Tagging,
        BlobDeletion,
        BlobUpload,
        ReadOnlyOn,
        ReadOnlyOff,
        ChangesAllowed,
        ChangesForbidden
    };

    QDateTime time; ///< When its run began.
    QString registry;
    QString repository;
    QStringList tags; ///< None for a manifest without any.
    Action action = Action::Deletion;
    std::optional<Digest> digest; ///< Of the image that went, or came.
    QString state = {}; ///< As the journal has it: "deleted"; empty while nobody knows.
    QString message = {}; ///< Why it did not end well.
    bool isOpen = false; ///< Its run has no end yet.
    QString backupFolder = {}; ///< Empty for none.
    QString user = {}; ///< As whom; empty where nobody wrote that down.
    QString connection = {}; ///< What the person calls it; empty for none.
    QString replaced = {}; ///< The digest of what lost its tags to an image that came.

    /// Whether it is about the connection, and not about an image.
    [[nodiscard]] bool isOfConnection() const { return !digest; }

    /// What the tags pointed to before and after it; empty for nothing, or where nobody knows.
    [[nodiscard]] QString before() const;
    [[nodiscard]] QString after() const;
};

/// Every change that is remembered, the newest first.
class JournalTableModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        TimeColumn,
        RegistryColumn,
        RepositoryColumn,
        ActionColumn,
        TagsColumn,
        BeforeColumn,
        AfterColumn,
        ResultColumn,
        UserColumn,
        ConnectionColumn,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(const QList<JournalRow> &rows);
    [[nodiscard]] const JournalRow &row(int number) const { return m_rows.at(number); }
    /// In words.
    [[nodiscard]] static QString actionText(JournalRow::Action action);
    [[nodiscard]] static QString resultText(const JournalRow &row);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    QList<JournalRow> m_rows;
};

} // namespace Longshore::Ui
