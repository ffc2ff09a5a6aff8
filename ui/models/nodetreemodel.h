// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractItemModel>

#include <memory>
#include <utility>
#include <vector>

namespace Longshore::Ui {

/// The part of a tree model that is the same for all: an index points at a node, a node knows
/// its parent and its row.
///
/// A Node has `Node *parent` and `int row`; nodes must not move in memory.
template <typename Node>
class NodeTreeModel : public QAbstractItemModel
{
public:
    using QAbstractItemModel::QAbstractItemModel;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const final
    {
        if (!hasIndex(row, column, parent))
            return {};
        return createIndex(row, column, childAt(*nodeAt(parent), row));
    }

    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const final
    {
        return child.isValid() ? indexOf(*nodeAt(child)->parent) : QModelIndex();
    }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const final
    {
        return parent.column() > 0 ? 0 : childCount(*nodeAt(parent));
    }

    [[nodiscard]] bool hasChildren(const QModelIndex &parent = {}) const final
    {
        return parent.column() <= 0 && (canFetchMore(parent) || childCount(*nodeAt(parent)) > 0);
    }

protected:
    [[nodiscard]] virtual Node *root() const = 0;
    [[nodiscard]] virtual int childCount(const Node &node) const
    {
        return static_cast<int>(node.children.size());
    }
    [[nodiscard]] virtual Node *childAt(const Node &node, int row) const
    {
        return node.children[static_cast<size_t>(row)].get();
    }

    [[nodiscard]] Node *nodeAt(const QModelIndex &index) const
    {
        return index.isValid() ? static_cast<Node *>(index.internalPointer()) : root();
    }

    [[nodiscard]] QModelIndex indexOf(const Node &node, int column = 0) const
    {
        return &node == root() ? QModelIndex() : createIndex(node.row, column, &node);
    }

    /// Replaces the rows below \a parent; views are told only of rows that they know.
    void replaceChildren(Node &parent, std::vector<std::unique_ptr<Node>> children, bool isShown)
    {
        const QModelIndex index = isShown ? indexOf(parent) : QModelIndex();
        if (isShown && !parent.children.empty())
            this->beginRemoveRows(index, 0, static_cast<int>(parent.children.size()) - 1);
        const bool hadRows = !std::exchange(parent.children, {}).empty();
        if (isShown && hadRows)
            this->endRemoveRows();
        if (children.empty())
            return;
        for (size_t i = 0; i < children.size(); ++i)
            children[i]->row = static_cast<int>(i);
        if (isShown)
            this->beginInsertRows(index, 0, static_cast<int>(children.size()) - 1);
        parent.children = std::move(children);
        if (isShown)
            this->endInsertRows();
    }
};

} // namespace Longshore::Ui
