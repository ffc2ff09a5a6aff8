// SPDX-License-Identifier: Apache-2.0
#include "ui/views/registrytreeview.h"

#include "ui/delegates/roomydelegate.h"
#include "ui/models/registrytreemodel.h"

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

// More matches than anybody looks through are left closed.
constexpr int mostExpanded = 500;

static QString keyOf(const QModelIndex &index)
{
    return index.data(RegistryTreeModel::KeyRole).toString();
}

RegistryTreeView::RegistryTreeView(RegistryTreeModel &model, QWidget *parent)
    : QTreeView(parent), m_model(model)
{
    setObjectName(u"registries"_s);
    setAccessibleName(tr("Registries"));
    setModel(&model);
    setHeaderHidden(true);
    setItemDelegate(new RoomyDelegate(this));
    setUniformRowHeights(true);
    setEditTriggers(NoEditTriggers);
    setContextMenuPolicy(Qt::ActionsContextMenu);
    setTextElideMode(Qt::ElideMiddle);

    connect(this, &QTreeView::expanded, this, [this](const QModelIndex &index) {
        if (!m_isRestoring && m_model.filter().isEmpty())
            m_expanded.insert(keyOf(index));
    });
    connect(this, &QTreeView::collapsed, this, [this](const QModelIndex &index) {
        if (!m_isRestoring && m_model.filter().isEmpty())
            m_expanded.remove(keyOf(index));
    });
    connect(this, &QTreeView::activated, this, &RegistryTreeView::handleActivated);
    connect(&model, &QAbstractItemModel::modelAboutToBeReset, this,
            [this] { m_current = keyOf(currentIndex()); });
    connect(&model, &QAbstractItemModel::modelReset, this, &RegistryTreeView::restore);
    connect(&model, &QAbstractItemModel::rowsInserted, this, &RegistryTreeView::reopen);
}

/// Rows that come back after a reload open as they were, and those that came with them.
void RegistryTreeView::reopen(const QModelIndex &parent, int first, int last)
{
    if (!m_model.filter().isEmpty() || !m_expanded.contains(keyOf(parent)))
        return;
    expand(parent);
    for (int row = first; row <= last; ++row) {
        const QModelIndex child = m_model.index(row, 0, parent);
        reopen(child, 0, m_model.rowCount(child) - 1);
    }
}

void RegistryTreeView::restore()
{
    m_isRestoring = true;
    const QModelIndexList rows =
        m_model.match(m_model.index(0, 0), RegistryTreeModel::KeyRole, QString(), -1,
                      Qt::MatchContains | Qt::MatchRecursive);
    const bool isFiltered = !m_model.filter().isEmpty();
    for (const QModelIndex &row : rows) {
        const bool wasOpen = m_expanded.contains(keyOf(row));
        if (isFiltered ? rows.size() <= mostExpanded && m_model.rowCount(row) > 0 : wasOpen)
            expand(row);
        if (!m_current.isEmpty() && keyOf(row) == m_current)
            setCurrentIndex(row);
    }
    m_isRestoring = false;
}

void RegistryTreeView::handleActivated(const QModelIndex &index)
{
    const QString connection = index.data(RegistryTreeModel::ConnectionIdRole).toString();
    if (index.data(RegistryTreeModel::IsRepositoryRole).toBool())
        emit repositoryActivated(connection, index.data(RegistryTreeModel::PathRole).toString());
    else if (!index.parent().isValid())
        emit connectionActivated(connection);
}

} // namespace Longshore::Ui
