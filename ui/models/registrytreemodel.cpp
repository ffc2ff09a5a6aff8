// SPDX-License-Identifier: Apache-2.0
#include "ui/models/registrytreemodel.h"

#include "core/base/displaytext.h"
#include "ui/format/tintedicon.h"
#include "ui/format/tooltip.h"

#include <QSet>

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

using Kind = RegistryTreeNode::Kind;

RegistryTreeModel::RegistryTreeModel(QObject *parent)
    : NodeTreeModel(parent), m_root(std::make_unique<Node>())
{}

void RegistryTreeModel::setConnections(const QList<Connection> &connections)
{
    beginResetModel();
    QHash<QString, Known> known;
    m_root = std::make_unique<Node>();
    for (const Connection &connection : connections) {
        Known entry = m_known.value(connection.id);
        entry.connection = connection;
        auto node = m_root->makeChild(Kind::Connection, connection.name);
        node->path.clear();
        node->connectionId = connection.id;
        entry.node = m_root->append(std::move(node));
        known.insert(connection.id, entry);
    }
    m_known = known;
    rebuild();
    endResetModel();
}

void RegistryTreeModel::setFilter(const QString &text)
{
    if (text == m_filter)
        return;
    beginResetModel();
    m_filter = text;
    m_words = text.simplified().toLower().split(u' ', Qt::SkipEmptyParts);
    rebuild();
    endResetModel();
}

/// Makes all rows anew from what is known; within a reset.
void RegistryTreeModel::rebuild()
{
    for (Known &known : m_known) {
        known.node->clear();
        if (!known.message.isEmpty())
            known.node->append(known.node->makeChild(Kind::Message, known.message));
        for (const QString &name : std::as_const(known.repositories)) {
            if (!matches(name))
                continue;
            Node *node = known.node;
            for (const QString &part : name.split(u'/')) {
                Node *child = node->child(part);
                node = child ? child : node->append(node->makeChild(Kind::Folder, part));
            }
            node->isRepository = true;
        }
    }
}

bool RegistryTreeModel::matches(const QString &path) const
{
    return std::all_of(m_words.begin(), m_words.end(),
                       [&](const QString &word) { return path.contains(word); });
}

void RegistryTreeModel::setState(const QString &connectionId, State state, const QString &message)
{
    const auto known = m_known.find(connectionId);
    if (known == m_known.end())
        return;
    known->state = state;
    if (known->message != message) {
        hideMessage(*known);
        known->message = message;
        showMessage(*known);
    }
    const QModelIndex row = indexOf(*known->node);
    emit dataChanged(row, row);
}

RegistryTreeModel::State RegistryTreeModel::state(const QString &connectionId) const
{
    return m_known.value(connectionId).state;
}

void RegistryTreeModel::showMessage(Known &known)
{
    if (known.message.isEmpty())
        return;
    std::vector<std::unique_ptr<Node>> nodes;
    nodes.push_back(known.node->makeChild(Kind::Message, known.message));
    insert(*known.node, std::move(nodes));
}

void RegistryTreeModel::hideMessage(Known &known)
{
    auto &children = known.node->children;
    const auto message = std::find_if(children.begin(), children.end(), [](const auto &child) {
        return child->kind == Kind::Message;
    });
    if (message == children.end())
        return;
    const int row = (*message)->row;
    beginRemoveRows(indexOf(*known.node), row, row);
    const auto next = children.erase(message);
    std::for_each(next, children.end(), [](const auto &child) { --child->row; });
    endRemoveRows();
}

bool RegistryTreeModel::isReading() const
{
    return std::any_of(m_known.begin(), m_known.end(), [](const Known &known) {
        return known.state == State::Opening || known.state == State::Reading;
    });
}

void RegistryTreeModel::clearRepositories(const QString &connectionId)
{
    const auto known = m_known.find(connectionId);
    if (known == m_known.end())
        return;
    known->repositories.clear();
    known->message.clear();
    const int count = static_cast<int>(known->node->children.size());
    if (count == 0)
        return;
    beginRemoveRows(indexOf(*known->node), 0, count - 1);
    known->node->clear();
    endRemoveRows();
}

void RegistryTreeModel::appendRepositories(const QString &connectionId, const QStringList &page)
{
    const auto known = m_known.find(connectionId);
    if (known == m_known.end())
        return; // The connection was removed while the answer was under way.
    known->repositories += page;
    QStringList shown;
    std::copy_if(page.begin(), page.end(), std::back_inserter(shown),
                 [this](const QString &name) { return matches(name); });
    showRepositories(*known, shown);
}

/// Puts new repositories below a connection, with one insertion for each row that gets children.
void RegistryTreeModel::showRepositories(Known &known, const QStringList &names)
{
    std::map<Node *, std::vector<std::unique_ptr<Node>>> additions; // By rows that views know.
    QSet<const Node *> added;
    for (const QString &name : names) {
        Node *node = known.node;
        for (const QString &part : name.split(u'/')) {
            Node *child = node->child(part);
            if (!child) {
                auto made = node->makeChild(Kind::Folder, part);
                child = made.get();
                const bool isShown = !added.contains(node);
                added.insert(child);
                if (isShown) {
                    node->announce(*child);
                    additions[node].push_back(std::move(made));
                } else {
                    node->append(std::move(made));
                }
            }
            node = child;
        }
        node->isRepository = true;
        if (!added.contains(node))
            emit dataChanged(indexOf(*node), indexOf(*node)); // It was only a namespace.
    }
    for (auto &[parent, nodes] : additions)
        insert(*parent, std::move(nodes));
}

void RegistryTreeModel::insert(Node &parent, std::vector<std::unique_ptr<Node>> nodes)
{
    if (nodes.empty())
        return;
    const auto first = static_cast<int>(parent.children.size());
    beginInsertRows(indexOf(parent), first, first + static_cast<int>(nodes.size()) - 1);
    for (auto &node : nodes)
        parent.append(std::move(node));
    endInsertRows();
}

qsizetype RegistryTreeModel::repositoryCount(const QString &connectionId) const
{
    return m_known.value(connectionId).repositories.size();
}

QModelIndex RegistryTreeModel::find(const QString &connectionId, const QString &path) const
{
    const auto known = m_known.constFind(connectionId);
    if (known == m_known.constEnd())
        return {};
    const Node *node = known->node;
    for (const QString &part : path.split(u'/', Qt::SkipEmptyParts)) {
        node = node->child(part);
        if (!node)
            return {};
    }
    return indexOf(*node);
}

int RegistryTreeModel::columnCount(const QModelIndex &) const
{
    return 1;
}

bool RegistryTreeModel::canFetchMore(const QModelIndex &parent) const
{
    const Node &node = *nodeAt(parent);
    return node.kind == Kind::Connection && state(node.connectionId) == State::Closed;
}

void RegistryTreeModel::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent))
        emit repositoriesRequested(nodeAt(parent)->connectionId);
}

Qt::ItemFlags RegistryTreeModel::flags(const QModelIndex &index) const
{
    if (index.isValid() && nodeAt(index)->kind == Kind::Message)
        return Qt::ItemIsEnabled;
    return QAbstractItemModel::flags(index);
}

/// What is dangerous is said beside the name, so that nobody depends on a picture.
static QString title(const RegistryTreeModel::Connection &connection)
{
    const QString name = displayText(connection.name);
    const bool isDangerous = connection.protection == Protection::Unverified
                             || connection.protection == Protection::Unencrypted;
    return isDangerous ? QString(name + u" \u00b7 "_s + protectionMark(connection.protection))
                       : name;
}

QVariant RegistryTreeModel::connectionData(const Known &known, int role) const
{
    const Protection protection = known.connection.protection;
    switch (role) {
    case Qt::AccessibleDescriptionRole: return protectionSentence(protection);
    case Qt::ToolTipRole: {
        const QString address = displayText(known.connection.address);
        const QString sentence = protectionSentence(protection);
        return toolTipText(sentence.isEmpty() ? address : QString(address + u'\n' + sentence));
    }
    case Qt::DecorationRole:
        if (known.state == State::Failed)
            return tintedIcon(u"warning"_s);
        return protection == Protection::Ordinary ? tintedIcon(u"registry"_s)
                                                  : protectionIcon(protection);
    case StateRole: return QVariant::fromValue(known.state);
    default: return {};
    }
}

QVariant RegistryTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node &node = *nodeAt(index);
    switch (role) {
    case Qt::DisplayRole:
        if (node.kind == Kind::Connection)
            return title(m_known.constFind(node.connectionId)->connection);
        // A message is our own sentence; what it quotes was made safe where it was written.
        return node.kind == Kind::Message ? node.name : displayText(node.name);
    case ConnectionIdRole: return node.connectionId;
    case PathRole: return node.kind == Kind::Folder ? node.path : QString();
    case IsRepositoryRole: return node.isRepository;
    case KeyRole: return QString(node.connectionId + u'\n' + node.path);
    default: break;
    }
    if (node.kind == Kind::Connection)
        return connectionData(*m_known.constFind(node.connectionId), role);
    if (role == Qt::DecorationRole && node.kind == Kind::Folder)
        return tintedIcon(node.isRepository ? u"repository"_s : u"folder"_s);
    if (role == Qt::ToolTipRole)
        return toolTipText(node.kind == Kind::Message ? node.name : displayText(node.path));
    return {};
}

} // namespace Longshore::Ui
