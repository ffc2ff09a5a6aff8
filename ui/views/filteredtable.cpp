// SPDX-License-Identifier: Apache-2.0
#include "ui/views/filteredtable.h"

#include "ui/delegates/roomydelegate.h"
#include "ui/format/tintedicon.h"
#include "ui/models/tablerole.h"
#include "ui/views/filteredit.h"
#include "ui/views/placeholder.h"

#include <QAction>
#include <QBoxLayout>
#include <QHeaderView>
#include <QStackedWidget>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

FilteredTable::FilteredTable(QAbstractItemModel &model, const Names &names, QWidget *parent)
    : QWidget(parent)
    , m_filter(new FilterEdit(names.filter))
    , m_view(new QTreeView)
    , m_placeholder(new Placeholder)
    , m_stack(new QStackedWidget)
    , m_clearFilter(new QAction(tintedIcon(u"clear"_s), tr("Clear Filter"), this))
{
    m_clearFilter->setObjectName(u"clearFilter"_s);
    m_filter->setObjectName(names.object + "Filter"_L1);
    m_view->setObjectName(names.object);
    m_proxy.setSourceModel(&model);
    m_proxy.setSortRole(SortRole);
    m_proxy.setSortLocaleAware(true);
    m_proxy.setFilterRole(SearchRole);
    m_proxy.setFilterKeyColumn(0);
    m_proxy.setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_view->setModel(&m_proxy);
    m_view->setAccessibleName(names.table);
    m_view->setItemDelegate(new RoomyDelegate(m_view));
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setAlternatingRowColors(true);
    m_view->setAllColumnsShowFocus(true);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_view->header()->setSortIndicator(-1, Qt::AscendingOrder); // As the model has them.
    m_view->setSortingEnabled(true);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_placeholder);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_filter);
    layout->addWidget(m_stack, 1);
    connect(m_clearFilter, &QAction::triggered, m_filter, &QLineEdit::clear);
    connect(m_filter, &FilterEdit::filterChanged, this, [this](const QString &text) {
        m_proxy.setFilterFixedString(text);
        updateContent();
    });
    connect(m_filter, &FilterEdit::left, m_view, qOverload<>(&QWidget::setFocus));
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &FilteredTable::selectionChanged);
    connect(&m_proxy, &QAbstractItemModel::modelReset, this, &FilteredTable::selectionChanged);
    connect(m_view, &QTreeView::activated, this,
            [this](const QModelIndex &index) { emit activated(m_proxy.mapToSource(index).row()); });
}

QList<int> FilteredTable::selectedRows() const
{
    QList<int> rows;
    const QModelIndexList selected = m_view->selectionModel()->selectedRows();
    for (const QModelIndex &index : selected)
        rows.append(m_proxy.mapToSource(index).row());
    return rows;
}

QList<int> FilteredTable::shownRows() const
{
    QList<int> rows;
    for (int row = 0; row < m_proxy.rowCount(); ++row)
        rows.append(m_proxy.mapToSource(m_proxy.index(row, 0)).row());
    return rows;
}

void FilteredTable::showLoading(const QString &text)
{
    m_placeholder->showLoading(text);
    m_stack->setCurrentWidget(m_placeholder);
}

void FilteredTable::showRows(const QString &emptyHeadline, const QString &emptyText)
{
    m_emptyHeadline = emptyHeadline;
    m_emptyText = emptyText;
    updateContent();
}

void FilteredTable::showFailure(const QString &headline, const QString &text, QAction *retry)
{
    m_placeholder->showMessage(headline, text, {retry});
    m_stack->setCurrentWidget(m_placeholder);
}

void FilteredTable::updateContent()
{
    const int all = m_proxy.sourceModel()->rowCount();
    const bool isEmpty = m_proxy.rowCount() == 0;
    if (all == 0)
        m_placeholder->showMessage(m_emptyHeadline, m_emptyText);
    else if (isEmpty)
        m_placeholder->showMessage(tr("Nothing matches."),
                                   tr("%n row(s) are hidden by the filter.", nullptr, all),
                                   {m_clearFilter});
    m_stack->setCurrentWidget(isEmpty ? static_cast<QWidget *>(m_placeholder) : m_view);
    if (!isEmpty && !m_view->selectionModel()->hasSelection())
        m_view->setCurrentIndex(m_proxy.index(0, 0));
}

} // namespace Longshore::Ui
