// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/cleanuptable.h"

#include "core/base/displaytext.h"
#include "ui/delegates/roomydelegate.h"
#include "ui/views/filteredit.h"

#include <QAction>
#include <QBoxLayout>
#include <QComboBox>
#include <QHeaderView>
#include <QMenu>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

using Decision = CleanupRow::Decision;
using Choice = CleanupRow::Choice;

CleanupTable::CleanupTable(QWidget *parent)
    : QWidget(parent)
    , m_filter(new FilterEdit(tr("Filter tags and reasons")))
    , m_causes(new QComboBox)
    , m_group(new QToolButton)
    , m_view(new QTreeView)
    , m_decide(new QToolButton)
{
    setObjectName(u"cleanupTable"_s);
    m_view->setObjectName(u"cleanupList"_s);
    m_view->setAccessibleName(tr("What becomes of each tag"));
    m_view->setModel(&m_model);
    m_view->setItemDelegate(new RoomyDelegate(m_view));
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setAlternatingRowColors(true);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setSortingEnabled(true);
    m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_view->sortByColumn(CleanupTableModel::TagColumn, Qt::AscendingOrder);
    const QList<int> widths{22, 16, 46, 18, 11, 18, 15, 16, 22, 12, 40};
    for (int column = 0; column < widths.size(); ++column)
        m_view->header()->resizeSection(column,
                                        fontMetrics().averageCharWidth() * widths.at(column));
    m_view->header()->setStretchLastSection(false);
    m_view->header()->moveSection(CleanupTableModel::StatusColumn,
                                  CleanupTableModel::CreatedColumn);
    m_view->header()->moveSection(CleanupTableModel::ServerColumn,
                                  CleanupTableModel::CreatedColumn + 1);
    setAnswersShown(false);
    makeActions();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(makeBar());
    layout->addWidget(m_view, 1);
    connect(m_filter, &FilterEdit::filterChanged, this, &CleanupTable::filter);
    connect(m_filter, &FilterEdit::left, m_view, qOverload<>(&QWidget::setFocus));
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &CleanupTable::selectionHasChanged);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &CleanupTable::selectionHasChanged);
}

void CleanupTable::makeActions()
{
    const auto make = [this](const QString &name, const QString &text, Choice choice, int key) {
        auto *action = new QAction(text, this);
        action->setObjectName(name);
        action->setShortcut(QKeySequence(key));
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, [this, choice] {
            const QList<CleanupRow> rows = selectedRows();
            if (!rows.isEmpty())
                emit chosen(rows, choice);
        });
        m_view->addAction(action);
        m_choices.append(action);
    };
    make(u"chooseKeep"_s, tr("&Keep, Whatever the Rules Say"), Choice::Keep, Qt::Key_Plus);
    make(u"chooseDelete"_s, tr("&Delete, Whatever the Rules Say"), Choice::Delete, Qt::Key_Minus);
    auto *image = new QAction(tr("Delete Its &Image with All Its Tags"), this);
    image->setObjectName(u"chooseImage"_s);
    image->setStatusTip(tr("Decide for every tag of the selected images that it goes"));
    connect(image, &QAction::triggered, this, &CleanupTable::chooseImages);
    m_view->addAction(image);
    m_choices.append(image);
    make(u"chooseRules"_s, tr("Leave It to the &Rules"), Choice::ByRules, Qt::Key_Equal);
    m_decide->setObjectName(u"decideByHand"_s);
    m_decide->setText(tr("By &Hand"));
    m_decide->setToolTip(tr("Decide about the selected tags, whatever the rules say"));
    m_decide->setFocusPolicy(Qt::StrongFocus);
    m_decide->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(m_decide);
    menu->addActions(m_choices);
    m_decide->setMenu(menu);
}

/// Of each image that is selected every tag, also those that the filter hides: they go with it.
void CleanupTable::chooseImages()
{
    QSet<std::pair<QString, QString>> images;
    const QList<CleanupRow> selected = selectedRows();
    for (const CleanupRow &row : selected)
        images.insert({row.repository, row.digest});
    QList<CleanupRow> rows = m_model.rows();
    rows.removeIf([&](const CleanupRow &row) {
        return !images.contains({row.repository, row.digest});
    });
    showAll();
    if (!rows.isEmpty())
        emit chosen(rows, Choice::Delete);
}

QWidget *CleanupTable::makeBar()
{
    m_filter->setObjectName(u"filterDecisions"_s);
    auto *bar = new QWidget;
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_filter, 1);
    for (const Decision decision : {Decision::Delete, Decision::Untag, Decision::Keep,
                                    Decision::Protected, Decision::LeftAlone, Decision::Blocked}) {
        auto *chip = new QToolButton;
        chip->setObjectName(u"chip%1"_s.arg(static_cast<int>(decision)));
        chip->setCheckable(true);
        chip->setFocusPolicy(Qt::StrongFocus);
        chip->setToolTip(tr("Show only these; several can be chosen"));
        connect(chip, &QToolButton::toggled, this, &CleanupTable::filter);
        m_chips.insert(decision, chip);
        layout->addWidget(chip);
    }
    m_causes->setObjectName(u"reasonFilter"_s);
    m_causes->setAccessibleName(tr("Reason"));
    m_causes->setToolTip(tr("Show only what is decided for this reason"));
    m_causes->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_causes->setMinimumContentsLength(12);
    connect(m_causes, &QComboBox::currentIndexChanged, this, &CleanupTable::filter);
    layout->addWidget(m_causes);
    m_group->setObjectName(u"groupByImage"_s);
    m_group->setText(tr("Group by Digest"));
    m_group->setToolTip(tr("Show the tags of one image together"));
    m_group->setCheckable(true);
    m_group->setFocusPolicy(Qt::StrongFocus);
    connect(m_group, &QToolButton::toggled, this, [this](bool isGrouped) {
        m_view->setAlternatingRowColors(!isGrouped); // Then the model tells images apart.
        m_model.setGrouped(isGrouped);
    });
    layout->addWidget(m_group);
    layout->addWidget(m_decide);
    updateChips();
    updateCauses();
    return bar;
}

void CleanupTable::updateChips()
{
    QHash<Decision, int> counts;
    for (const CleanupRow &row : m_model.rows())
        ++counts[row.decision];
    for (auto chip = m_chips.begin(); chip != m_chips.end(); ++chip) {
        const int count = counts.value(chip.key());
        (*chip)->setText(u"%1 %2"_s.arg(CleanupTableModel::nameOf(chip.key())).arg(count));
        (*chip)->setVisible(count > 0 || (*chip)->isChecked());
    }
}

/// What was chosen stays chosen, also where nothing is decided for that reason any more.
void CleanupTable::updateCauses()
{
    const QSignalBlocker blocker(m_causes);
    const QString chosen = m_causes->currentData().toString();
    QMap<QString, int> counts;
    if (!chosen.isEmpty())
        counts[chosen] = 0;
    for (const CleanupRow &row : m_model.rows()) {
        if (!row.cause.isEmpty())
            ++counts[row.cause];
    }
    m_causes->clear();
    m_causes->addItem(tr("All Reasons"));
    for (auto cause = counts.cbegin(); cause != counts.cend(); ++cause)
        m_causes->addItem(u"%1 %2"_s.arg(displayText(cause.key())).arg(*cause), cause.key());
    m_causes->setCurrentIndex(qMax(0, m_causes->findData(chosen)));
}

void CleanupTable::filter()
{
    QSet<Decision> decisions;
    for (auto chip = m_chips.begin(); chip != m_chips.end(); ++chip) {
        if ((*chip)->isChecked())
            decisions.insert(chip.key());
    }
    m_model.setFilter(decisions, m_filter->text(), m_causes->currentData().toString());
}

void CleanupTable::setRows(const QList<CleanupRow> &rows)
{
    const QList<CleanupRow> selected = selectedRows();
    const int top = m_view->indexAt({0, 0}).row();
    m_model.setRows(rows);
    updateChips();
    updateCauses();
    const QItemSelection selection = m_model.find(selected);
    if (!selection.isEmpty()) {
        m_view->selectionModel()->setCurrentIndex(selection.first().topLeft(),
                                                  QItemSelectionModel::NoUpdate);
        m_view->selectionModel()->select(selection,
                                         QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }
    if (top > 0)
        m_view->scrollTo(m_model.index(qMin(top, m_model.rowCount() - 1), 0),
                         QAbstractItemView::PositionAtTop);
}

void CleanupTable::setRepositoryShown(bool isShown)
{
    QHeaderView *header = m_view->header();
    header->setSectionHidden(CleanupTableModel::RepositoryColumn, !isShown);
    header->moveSection(header->visualIndex(CleanupTableModel::RepositoryColumn), 0);
}

void CleanupTable::setAnswersShown(bool areShown)
{
    m_view->setColumnHidden(CleanupTableModel::StatusColumn, !areShown);
    m_view->setColumnHidden(CleanupTableModel::ServerColumn, !areShown);
}

void CleanupTable::setChangeable(bool isChangeable)
{
    m_decide->setEnabled(isChangeable);
    for (QAction *choice : std::as_const(m_choices))
        choice->setEnabled(isChangeable);
}

QList<CleanupRow> CleanupTable::selectedRows() const
{
    QList<CleanupRow> rows;
    const QModelIndexList selected = m_view->selectionModel()->selectedRows();
    for (const QModelIndex &index : selected)
        rows.append(m_model.rows().at(index.data(CleanupTableModel::PlaceRole).toLongLong()));
    return rows;
}

QList<Property> CleanupTable::selectedProperties() const
{
    const auto rows = selectedRows();
    if (rows.size() != 1)
        return {};
    const CleanupRow &row = rows.first();
    return {{tr("Tag"), displayText(row.repository + u':' + row.tag)},
            {tr("Decision"), CleanupTableModel::nameOf(row.decision)},
            {tr("Reason"), row.reason},
            {tr("Digest"), row.digest},
            {tr("Same image"), CleanupTableModel::siblingsOf(row)}};
}

void CleanupTable::showAll()
{
    m_filter->clear();
    m_causes->setCurrentIndex(0);
    for (QToolButton *chip : std::as_const(m_chips))
        chip->setChecked(false);
    filter();
}

void CleanupTable::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

} // namespace Longshore::Ui
