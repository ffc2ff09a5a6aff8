// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/nodetreemodel.h"

#include <QJsonValue>

#include <memory>
#include <vector>

namespace Longshore::Ui {

/// One member or element of a JSON document.
struct JsonTreeNode
{
    QString name;
    QJsonValue value;
    JsonTreeNode *parent = nullptr;
    int row = 0;
    bool isFilled = false; ///< Whether the children were made: on demand, a document may be large.
    std::vector<std::unique_ptr<JsonTreeNode>> children;
};

/// A JSON document as a tree of names and values.
class JsonTreeModel final : public NodeTreeModel<JsonTreeNode>
{
    Q_OBJECT

public:
    enum Column { NameColumn, ValueColumn, ColumnCount };

    explicit JsonTreeModel(QObject *parent = nullptr);

    /// Shows \a bytes; nothing when they are no JSON document.
    void setDocument(const QByteArray &bytes);

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

private:
    using Node = JsonTreeNode;

    [[nodiscard]] Node *root() const override { return m_root.get(); }

    std::unique_ptr<Node> m_root;
};

} // namespace Longshore::Ui
