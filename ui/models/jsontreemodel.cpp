// SPDX-License-Identifier: Apache-2.0
#include "ui/models/jsontreemodel.h"

#include "core/base/displaytext.h"
#include "ui/format/tooltip.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace Longshore::Ui {

namespace {

std::vector<std::unique_ptr<JsonTreeNode>> childrenOf(JsonTreeNode &parent)
{
    std::vector<std::unique_ptr<JsonTreeNode>> children;
    const auto add = [&](const QString &name, const QJsonValue &value) {
        auto child = std::make_unique<JsonTreeNode>();
        child->name = name;
        child->value = value;
        child->parent = &parent;
        child->row = static_cast<int>(children.size());
        children.push_back(std::move(child));
    };
    if (parent.value.isObject()) {
        const QJsonObject object = parent.value.toObject();
        for (auto member = object.begin(); member != object.end(); ++member)
            add(member.key(), member.value());
    } else {
        const QJsonArray array = parent.value.toArray();
        for (const auto &element : array)
            add(QString::number(children.size()), element);
    }
    return children;
}

qsizetype sizeOf(const QJsonValue &value)
{
    return value.isObject() ? value.toObject().size() : value.toArray().size();
}

QString valueText(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Bool: return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    case QJsonValue::Double: return value.toVariant().toString();
    case QJsonValue::String: return displayText(value.toString());
    case QJsonValue::Array:
        return JsonTreeModel::tr("%n element(s)", nullptr, static_cast<int>(sizeOf(value)));
    case QJsonValue::Object:
        return JsonTreeModel::tr("%n member(s)", nullptr, static_cast<int>(sizeOf(value)));
    default: return QStringLiteral("null");
    }
}

} // namespace

JsonTreeModel::JsonTreeModel(QObject *parent)
    : NodeTreeModel(parent), m_root(std::make_unique<Node>())
{}

void JsonTreeModel::setDocument(const QByteArray &bytes)
{
    beginResetModel();
    m_root = std::make_unique<Node>();
    m_root->value = QJsonDocument::fromJson(bytes).object();
    m_root->children = childrenOf(*m_root);
    m_root->isFilled = true;
    endResetModel();
}

int JsonTreeModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

bool JsonTreeModel::canFetchMore(const QModelIndex &parent) const
{
    const Node &node = *nodeAt(parent);
    return !node.isFilled && sizeOf(node.value) > 0;
}

void JsonTreeModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    Node &node = *nodeAt(parent);
    node.isFilled = true;
    auto children = childrenOf(node);
    beginInsertRows(parent, 0, static_cast<int>(children.size()) - 1);
    node.children = std::move(children);
    endInsertRows();
}

QVariant JsonTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node &node = *nodeAt(index);
    const bool isName = index.column() == NameColumn;
    if (role == Qt::DisplayRole)
        return isName ? displayText(node.name) : valueText(node.value);
    if (role == Qt::ToolTipRole && !isName && node.value.isString())
        return toolTipText(displayText(node.value.toString(), 4096));
    return {};
}

QVariant JsonTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == NameColumn ? tr("Name") : tr("Value");
}

} // namespace Longshore::Ui
