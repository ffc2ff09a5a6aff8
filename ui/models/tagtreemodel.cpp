// SPDX-License-Identifier: Apache-2.0
#include "ui/models/tagtreemodel.h"

#include "core/oci/naturalorder.h"
#include "ui/models/tagtreetext.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

using Kind = TagTreeNode::Kind;
using Details = TagTreeNode::Details;

TagTreeModel::TagTreeModel(QObject *parent) : NodeTreeModel(parent)
{}

TagTreeModel::~TagTreeModel() = default;

void TagTreeModel::clear()
{
    beginResetModel();
    m_root.children.clear();
    m_shown.clear();
    m_byName.clear();
    m_readCount = 0;
    endResetModel();
}

void TagTreeModel::appendTags(const QStringList &page)
{
    QList<Node *> shown;
    for (const QString &name : page) {
        if (m_byName.contains(name))
            continue;
        auto node = std::make_unique<Node>(Kind::Tag, &m_root);
        node->name = name;
        node->sortKey = naturalKey(name);
        node->row = -1;
        m_byName.insert(name, node.get());
        if (m_order.shows(*node))
            shown.append(node.get());
        m_root.children.push_back(std::move(node));
    }
    if (shown.isEmpty())
        return;
    const auto first = static_cast<int>(m_shown.size());
    beginInsertRows({}, first, first + static_cast<int>(shown.size()) - 1);
    for (Node *node : std::as_const(shown)) {
        node->row = static_cast<int>(m_shown.size());
        m_shown.append(node);
    }
    endInsertRows();
}

void TagTreeModel::removeTags(const QStringList &tags)
{
    const QSet<QString> leaving(tags.begin(), tags.end());
    beginResetModel();
    m_shown.clear();
    auto &children = m_root.children;
    for (const QString &name : tags) {
        const Node *node = m_byName.take(name);
        m_readCount -= node && node->details == Details::Read ? 1 : 0;
    }
    std::erase_if(children, [&](const auto &node) { return leaving.contains(node->name); });
    arrange();
    endResetModel();
}

void TagTreeModel::setReading(const QString &tag)
{
    setState(m_byName.value(tag), Details::Reading);
}

void TagTreeModel::setUnread(const QString &tag)
{
    setState(m_byName.value(tag), Details::Unread);
}

void TagTreeModel::setFailed(const QString &tag, const QString &message)
{
    setState(m_byName.value(tag), Details::Failed, message);
}

/// What is known already stays: a reading that fails later takes nothing away.
void TagTreeModel::setState(Node *node, Details state, const QString &failure)
{
    if (!node || node->details == Details::Read)
        return;
    node->details = state;
    node->failure = failure;
    changed(*node);
}

void TagTreeModel::setDetails(const QString &tag, const TagRow &row)
{
    Node *node = m_byName.value(tag);
    if (!node)
        return; // The list was cleared while the answer was under way.
    m_readCount += node->details == Details::Read ? 0 : 1;
    node->details = Details::Read;
    node->descriptor = row.manifest;
    node->created = row.created;
    node->size = row.size;
    node->platforms = row.platforms;
    std::vector<std::unique_ptr<Node>> children;
    for (const TagRow::Child &child : row.children) {
        auto manifest = std::make_unique<Node>(Kind::Manifest, node);
        manifest->name = child.label;
        manifest->descriptor = child.manifest;
        manifest->size = child.manifest.size;
        manifest->isAttestation = child.isAttestation;
        children.push_back(std::move(manifest));
    }
    replaceChildren(*node, std::move(children), isShown(*node));
    changed(*node);
}

void TagTreeModel::setLayers(const QString &tag, const QString &manifestDigest,
                             const QList<Descriptor> &layers)
{
    Node *manifest = manifestNode(tag, manifestDigest);
    if (!manifest)
        return;
    manifest->details = Details::Read;
    std::vector<std::unique_ptr<Node>> children;
    for (const Descriptor &layer : layers) {
        auto node = std::make_unique<Node>(Kind::Layer, manifest);
        node->name = tr("Layer %1").arg(children.size() + 1);
        node->descriptor = layer;
        node->size = layer.size;
        children.push_back(std::move(node));
    }
    replaceChildren(*manifest, std::move(children), isShown(*manifest));
    changed(*manifest);
}

void TagTreeModel::setLayersFailed(const QString &tag, const QString &manifestDigest,
                                   const QString &message)
{
    setState(manifestNode(tag, manifestDigest), Details::Failed, message);
}

void TagTreeModel::setFilter(const QString &text)
{
    const QStringList words = TagOrder::wordsOf(text);
    if (words == m_order.words)
        return;
    beginResetModel();
    m_order.words = words;
    arrange();
    endResetModel();
}

void TagTreeModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0)
        return;
    m_order.key = static_cast<TagOrder::Key>(column);
    m_order.direction = order;
    emit layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    arrange();
    QModelIndexList after;
    for (const QModelIndex &index : before)
        after.append(indexOf(*nodeAt(index), index.column()));
    changePersistentIndexList(before, after);
    emit layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

/// Fills the list of shown tags from all tags; within a reset or a change of layout.
void TagTreeModel::arrange()
{
    for (const auto &node : m_root.children)
        node->row = -1;
    m_shown = m_order.arranged(m_root.children);
    for (qsizetype i = 0; i < m_shown.size(); ++i)
        m_shown.at(i)->row = static_cast<int>(i);
}

QStringList TagTreeModel::unreadTags() const
{
    QStringList result;
    for (const Node *node : m_shown) {
        if (node->details == Details::Unread)
            result.append(node->name);
    }
    return result;
}

QStringList TagTreeModel::unreadOf(const QStringList &tags) const
{
    QStringList result;
    std::copy_if(tags.begin(), tags.end(), std::back_inserter(result), [this](const QString &tag) {
        const Node *node = m_byName.value(tag);
        return node && node->details == Details::Unread;
    });
    return result;
}

QModelIndex TagTreeModel::find(const QString &tag) const
{
    const Node *node = m_byName.value(tag);
    return node && node->row >= 0 ? indexOf(*node) : QModelIndex();
}

TagTreeNode *TagTreeModel::manifestNode(const QString &tag, const QString &digest) const
{
    const Node *node = m_byName.value(tag);
    if (!node)
        return nullptr;
    for (const auto &child : node->children) {
        if (child->descriptor->digest.toString() == digest)
            return child.get();
    }
    return nullptr;
}

int TagTreeModel::childCount(const Node &node) const
{
    return static_cast<int>(&node == &m_root ? m_shown.size()
                                             : static_cast<qsizetype>(node.children.size()));
}

TagTreeNode *TagTreeModel::childAt(const Node &node, int row) const
{
    return &node == &m_root ? m_shown.at(row) : node.children[static_cast<size_t>(row)].get();
}

const TagTreeNode &TagTreeModel::tagOf(const Node &node)
{
    const Node *tag = &node;
    while (tag->kind != Kind::Tag)
        tag = tag->parent;
    return *tag;
}

void TagTreeModel::changed(const Node &node)
{
    if (isShown(node))
        emit dataChanged(indexOf(node), indexOf(node, ColumnCount - 1));
}

int TagTreeModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

bool TagTreeModel::canFetchMore(const QModelIndex &parent) const
{
    const Node &node = *nodeAt(parent);
    if (node.kind == Kind::Tag)
        return node.details == Details::Unread || node.details == Details::Failed;
    const bool mayHaveLayers = node.kind == Kind::Manifest;
    return mayHaveLayers && (node.details == Details::Unread || node.details == Details::Failed);
}

void TagTreeModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    Node &node = *nodeAt(parent);
    node.details = Details::Reading;
    if (node.kind == Kind::Tag)
        emit detailsRequested(node.name);
    else
        emit layersRequested(tagOf(node).name, node.descriptor->digest.toString());
}

QVariant TagTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return orientation == Qt::Horizontal ? TagTreeText::header(section, role) : QVariant();
}

QVariant TagTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node &node = *nodeAt(index);
    switch (role) {
    case KindRole: return static_cast<int>(node.kind);
    case TagRole: return tagOf(node).name;
    case DigestRole: return node.descriptor ? node.descriptor->digest.toString() : QString();
    case MediaTypeRole: return node.descriptor ? node.descriptor->mediaType.toString() : QString();
    case SizeRole: return node.descriptor ? node.descriptor->size : -1;
    case NumberRole: return node.kind == Kind::Layer ? node.row + 1 : 0;
    case IsReadRole: return node.details == Details::Read;
    default: return TagTreeText::value(node, index.column(), role);
    }
}

} // namespace Longshore::Ui
