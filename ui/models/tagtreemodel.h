// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/nodetreemodel.h"
#include "ui/models/tagorder.h"

#include <QHash>

namespace Longshore::Ui {

/// What a tag's row shows, as a presenter has found it out.
struct TagRow
{
    Descriptor manifest;
    QDateTime created;
    qint64 size = -1;
    QStringList platforms;

    struct Child
    {
        Descriptor manifest;
        QString label;
        bool isAttestation = false;
    };
    QList<Child> children; ///< Manifests by platform.
};

/// The tags of a repository; a tag opens to its manifests, a manifest to its layers.
///
/// Passive: it asks through signals. Sorts and filters by a list of its own, because a proxy over
/// a hundred thousand rows takes seconds. What arrives later does not move rows: whoever wants
/// a new order sorts again.
class TagTreeModel final : public NodeTreeModel<TagTreeNode>
{
    Q_OBJECT

public:
    enum Column {
        NameColumn,
        CreatedColumn,
        SizeColumn,
        PlatformsColumn,
        DigestColumn,
        ColumnCount
    };
    enum Role {
        KindRole = Qt::UserRole + 1, ///< TagTreeNode::Kind as int.
        TagRole, ///< The tag that the row belongs to.
        DigestRole, ///< Whole, as text.
        MediaTypeRole,
        SizeRole, ///< Bytes, as qint64.
        NumberRole, ///< Of a layer, from 1.
        IsReadRole,
    };

    explicit TagTreeModel(QObject *parent = nullptr);
    ~TagTreeModel() override;

    void clear();
    void appendTags(const QStringList &page);
    void removeTags(const QStringList &tags);
    void setReading(const QString &tag);
    void setUnread(const QString &tag); ///< The reading was given up.
    void setDetails(const QString &tag, const TagRow &row);
    void setFailed(const QString &tag, const QString &message);
    void setLayers(const QString &tag, const QString &manifestDigest,
                   const QList<Descriptor> &layers);
    void setLayersFailed(const QString &tag, const QString &manifestDigest, const QString &message);

    void setFilter(const QString &text);
    [[nodiscard]] qsizetype tagCount() const
    {
        return static_cast<qsizetype>(m_root.children.size());
    }
    [[nodiscard]] qsizetype shownCount() const { return m_shown.size(); }
    [[nodiscard]] qsizetype readCount() const noexcept { return m_readCount; }
    /// Tags in their order on the screen whose details nobody has read yet.
    [[nodiscard]] QStringList unreadTags() const;
    /// Those of \a tags whose details nobody has read yet.
    [[nodiscard]] QStringList unreadOf(const QStringList &tags) const;
    [[nodiscard]] QModelIndex find(const QString &tag) const;

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    /// Tags can be dragged.
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override
    {
        const bool isTag = index.isValid() && nodeAt(index)->kind == Node::Kind::Tag;
        return NodeTreeModel::flags(index) | (isTag ? Qt::ItemIsDragEnabled : Qt::NoItemFlags);
    }
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    void sort(int column, Qt::SortOrder order) override;

signals:
    void detailsRequested(const QString &tag);
    void layersRequested(const QString &tag, const QString &manifestDigest);

private:
    using Node = TagTreeNode;

    [[nodiscard]] Node *root() const override { return &m_root; }
    [[nodiscard]] int childCount(const Node &node) const override;
    [[nodiscard]] Node *childAt(const Node &node, int row) const override;
    [[nodiscard]] static const Node &tagOf(const Node &node);
    [[nodiscard]] static bool isShown(const Node &node) { return tagOf(node).row >= 0; }
    [[nodiscard]] Node *manifestNode(const QString &tag, const QString &digest) const;
    void arrange();
    void setState(Node *node, Node::Details state, const QString &failure = {});
    void changed(const Node &node);

    mutable Node m_root{Node::Kind::Root};
    QList<Node *> m_shown; ///< Tags as filtered and sorted.
    QHash<QString, Node *> m_byName;
    TagOrder m_order;
    qsizetype m_readCount = 0;
};

} // namespace Longshore::Ui
