// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/cleanuptablemodel.h"
#include "ui/models/propertymodel.h"

#include <QWidget>

class QComboBox;
class QToolButton;
class QTreeView;

namespace Longshore::Ui {

class FilterEdit;

/// What becomes of each tag in a clean-up, with what narrows the list: a line to type in, and a
/// button for each decision that says how many there are.
class CleanupTable final : public QWidget
{
    Q_OBJECT

public:
    explicit CleanupTable(QWidget *parent = nullptr);

    /// Keeps the place in the list as far as it can.
    void setRows(const QList<CleanupRow> &rows);
    void setRepositoryShown(bool isShown);
    /// Whether there is something to show of what a server has answered.
    void setAnswersShown(bool areShown);
    /// Whether a person may decide about tags.
    void setChangeable(bool isChangeable);
    [[nodiscard]] QTreeView &view() const noexcept { return *m_view; }
    [[nodiscard]] QList<CleanupRow> selectedRows() const;
    /// What is known of the selected row; nothing of several.
    [[nodiscard]] QList<Property> selectedProperties() const;
    /// Whatever was filtered.
    void showAll();
    void focusFilter();

signals:
    /// For each row that is selected.
    void chosen(const QList<Longshore::Ui::CleanupRow> &rows,
                Longshore::Ui::CleanupRow::Choice choice);
    void selectionHasChanged();

private:
    QWidget *makeBar();
    void makeActions();
    void chooseImages();
    void filter();
    void updateChips();
    void updateCauses();

    CleanupTableModel m_model;
    FilterEdit *m_filter;
    QHash<CleanupRow::Decision, QToolButton *> m_chips;
    QComboBox *m_causes;
    QToolButton *m_group;
    QTreeView *m_view;
    QList<QAction *> m_choices;
    QToolButton *m_decide;
};

} // namespace Longshore::Ui
