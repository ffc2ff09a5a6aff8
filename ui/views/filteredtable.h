// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSortFilterProxyModel>
#include <QWidget>

class QAction;
class QStackedWidget;
class QTreeView;

namespace Longshore::Ui {

class FilterEdit;
class Placeholder;

/// A table that is sorted by its headers, with a line above that filters it; where there is nothing
/// to show, it says why. The model answers to TableRole.
class FilteredTable final : public QWidget
{
    Q_OBJECT

public:
    /// What its parts are called.
    struct Names
    {
        QString object; ///< Of the table; that of the line ends in "Filter".
        QString table; ///< By assistive tools.
        QString filter; ///< Of the line, in words.
    };

    FilteredTable(QAbstractItemModel &model, const Names &names, QWidget *parent = nullptr);

    [[nodiscard]] QTreeView &view() const noexcept { return *m_view; }
    /// By rows of the model, as they are shown.
    [[nodiscard]] QList<int> selectedRows() const;
    [[nodiscard]] QList<int> shownRows() const;

    void showLoading(const QString &text);
    /// The rows, or this where there are none.
    void showRows(const QString &emptyHeadline, const QString &emptyText);
    void showFailure(const QString &headline, const QString &text, QAction *retry);

signals:
    void selectionChanged();
    /// Enter, or a double click, on that row of the model.
    void activated(int row);

private:
    void updateContent();

    QSortFilterProxyModel m_proxy;
    FilterEdit *m_filter;
    QTreeView *m_view;
    Placeholder *m_placeholder;
    QStackedWidget *m_stack;
    QAction *m_clearFilter;
    QString m_emptyHeadline;
    QString m_emptyText;
};

} // namespace Longshore::Ui
