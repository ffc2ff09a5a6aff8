// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QList>

#include <compare>
#include <map>
#include <optional>

namespace Longshore {

/// What the header of an entry in a layer says, as far as the tree needs it.
struct LayerItem
{
    /// What the entry is.
    enum class Kind {
        Folder,
        Link, ///< A symbolic one.
        HardLink,
        Other, ///< A file, a device, anything that nothing can be in.
    };

    QByteArray name; ///< As it is written; bytes of any encoding.
    Kind kind = Kind::Other; ///< As its header tells.
    QByteArray target = {}; ///< Of links, as it is written.
};

/// The files that are left when layers are put on one another: which entry of which layer each of
/// them is. OCI image-spec, layer.md, "Whiteouts".
///
/// Nothing leads out of the tree: parents that are symbolic links are followed inside of it, as those
/// who unpack layers on one another do, and names that climb are refused.
class MergedTree
{
public:
    /// An entry of a layer.
    struct Source
    {
        qsizetype layer = 0; ///< From 0, the lowest.
        qsizetype number = 0; ///< In the layer, from 0.

        /// By layer, then by entry.
        friend auto operator<=>(const Source &, const Source &) = default;
    };
    /// An entry that is left, and a name that it has now.
    struct File
    {
        Source source; ///< Which entry it is.
        QByteArray name; ///< Without a slash at either end; that of the root is empty.
    };
    /// What may be in a tree.
    struct Limits
    {
        qsizetype files = 1'000'000; ///< Of any kind, folders included.
        qsizetype bytes = 200 * 1024 * 1024; ///< Of all names, and of the targets of links.
        qsizetype name = 4096; ///< In bytes, each.
        qsizetype depth = 256; ///< Parts of each name.
    };

    /// Empty, with the usual limits.
    MergedTree() = default;
    /// Empty, with other \a limits.
    explicit MergedTree(const Limits &limits) : m_limits(limits) {}

    /// Puts the next layer on top. An Error of kind Protocol for names that no layer may have, and
    /// for hard links to nothing; TooLarge beyond the limits.
    [[nodiscard]] Result<Done> addLayer(const QList<LayerItem> &items);

    /// Every file that is left, in the order of the layers and their entries; an entry that has several
    /// names, because of hard links, once for each.
    [[nodiscard]] QList<File> files() const;
    /// Folders that something is in, but that no layer has an entry for; each before what is in it.
    [[nodiscard]] QList<QByteArray> impliedFolders() const;

private:
    struct Node
    {
        LayerItem::Kind kind = LayerItem::Kind::Folder;
        std::optional<Source> source = {}; ///< Nothing for an implied folder.
        QByteArray target = {};
    };
    using Nodes = std::map<QByteArray, Node>;

    [[nodiscard]] Result<QByteArray> checked(const QByteArray &name) const;
    [[nodiscard]] std::optional<QByteArray> placeOf(const QByteArray &name) const;
    void replaceLink(const QByteArray &name);
    [[nodiscard]] Result<Done> hide(const QByteArray &name);
    [[nodiscard]] Result<Done> add(const LayerItem &item, const Source &source);
    [[nodiscard]] Result<Done> addNode(const QByteArray &place, const Node &node);
    [[nodiscard]] Result<Done> addParents(const QByteArray &place);
    [[nodiscard]] Result<Done> checkSize() const;
    void removeBelow(const QByteArray &place);
    void remove(Nodes::iterator node);

    Limits m_limits;
    Nodes m_nodes; ///< By their paths, without a slash at either end; that of the root is empty.
    qsizetype m_bytes = 0; ///< Of the paths and targets.
    qsizetype m_layers = 0;
};

} // namespace Longshore
