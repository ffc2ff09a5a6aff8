// SPDX-License-Identifier: Apache-2.0
#include "core/layers/mergedtree.h"

#include "core/base/displaytext.h"

#include <QCoreApplication>

#include <algorithm>

namespace Longshore {

namespace {

constexpr int mostLinks = 40; // As the kernel has it.

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(MergedTree)
};

using Kind = LayerItem::Kind;

QByteArray parentOf(const QByteArray &place)
{
    return place.left(std::max<qsizetype>(place.lastIndexOf('/'), 0));
}

QByteArray lastPart(const QByteArray &place)
{
    return place.mid(place.lastIndexOf('/') + 1);
}

QByteArray joined(const QByteArray &folder, const QByteArray &name)
{
    return folder.isEmpty() ? name : QByteArray(folder + '/' + name);
}

Error tooLongName()
{
    return {Error::Kind::TooLarge,
            Text::tr("The layer has a name that is longer than any system takes.")};
}

Error wrong(const QString &sentence, const QByteArray &name)
{
    return {Error::Kind::Protocol, sentence.arg(quotedText(QString::fromUtf8(name)))};
}

} // namespace

/// Without "." and empty parts; the root is empty.
Result<QByteArray> MergedTree::checked(const QByteArray &name) const
{
    if (name.size() > m_limits.name || name.count('/') > m_limits.depth)
        return tooLongName();
    QByteArray place;
    const QList<QByteArray> parts = name.split('/');
    for (const QByteArray &part : parts) {
        if (part == ".." || part.contains('\0'))
            return wrong(Text::tr("The layer has the name %1, which no file may have."), name);
        if (!part.isEmpty() && part != ".")
            place = joined(place, part);
    }
    return place;
}

/// Where a name really is: links among its parents are followed, its last part is not. Nothing when
/// they go round in circles.
std::optional<QByteArray> MergedTree::placeOf(const QByteArray &name) const
{
    QList<QByteArray> rest = name.split('/');
    QByteArray place;
    for (int links = 0; !rest.isEmpty() && links <= mostLinks && place.size() <= m_limits.name;) {
        const QByteArray part = rest.takeFirst();
        if (part.isEmpty() || part == ".")
            continue;
        if (part == "..") { // Of a link; above the root there is the root.
            place = parentOf(place);
            continue;
        }
        const QByteArray next = joined(place, part);
        const auto node = m_nodes.find(next);
        if (rest.isEmpty() || node == m_nodes.end() || node->second.kind != Kind::Link) {
            place = next;
            continue;
        }
        ++links;
        if (node->second.target.startsWith('/'))
            place.clear();
        rest = node->second.target.split('/') + rest;
    }
    return rest.isEmpty() && place.size() <= m_limits.name ? std::optional(place) : std::nullopt;
}

Result<Done> MergedTree::addLayer(const QList<LayerItem> &items)
{
    // Whiteouts are about lower layers only, wherever they stand.
    for (const LayerItem &item : items) {
        const auto name = checked(item.name);
        if (!name)
            return name.error();
        if (item.kind == Kind::Folder)
            replaceLink(*name);
        if (const auto hidden = hide(*name); !hidden)
            return hidden;
    }
    for (qsizetype number = 0; number < items.size(); ++number) {
        if (const auto added = add(items.at(number), {m_layers, number}); !added)
            return added;
    }
    ++m_layers;
    return Done();
}

/// A folder that takes the place of a link has its own whiteouts, and not those of where that led.
void MergedTree::replaceLink(const QByteArray &name)
{
    const auto place = placeOf(name);
    const auto node = place ? m_nodes.find(*place) : m_nodes.end();
    if (node != m_nodes.end() && node->second.kind == Kind::Link)
        remove(node);
}

Result<Done> MergedTree::hide(const QByteArray &name)
{
    if (!lastPart(name).startsWith(".wh."))
        return Done();
    const QByteArray hidden = lastPart(name).mid(4);
    if (hidden.isEmpty() || hidden == "." || hidden == "..")
        return wrong(Text::tr("The layer has the whiteout %1, which says nothing."), name);
    const auto folder = placeOf(parentOf(name) + "/x");
    if (!folder)
        return Done(); // There is no such folder, and nothing to hide in it.
    if (hidden == ".wh..opq")
        removeBelow(parentOf(*folder));
    if (hidden.startsWith(".wh."))
        return Done(); // The others are what aufs kept for itself.
    const QByteArray place = joined(parentOf(*folder), hidden);
    removeBelow(place);
    if (const auto node = m_nodes.find(place); node != m_nodes.end())
        remove(node);
    return Done();
}

Result<Done> MergedTree::add(const LayerItem &item, const Source &source)
{
    const QByteArray name = *checked(item.name);
    // Whiteouts are no files, nor is what aufs kept in folders of such names.
    if (name.startsWith(".wh.") || name.contains("/.wh."))
        return Done();
    const auto place = placeOf(name);
    if (!place)
        return wrong(Text::tr("The layer has the name %1, whose links go round in circles."), name);
    if (item.target.size() > m_limits.name)
        return tooLongName();
    if (item.kind != Kind::HardLink)
        return addNode(*place, {item.kind, source, item.target});
    const auto target = checked(item.target);
    if (!target)
        return target.error();
    const auto found = m_nodes.find(placeOf(*target).value_or(QByteArray()));
    if (found == m_nodes.end() || found->second.kind == Kind::Folder)
        return wrong(Text::tr("The layer has a hard link to %1, which is no file in it or below."),
                     item.target);
    const Node shared = found->second; // Which may be in a folder that it takes the place of.
    return addNode(*place, shared);
}

Result<Done> MergedTree::addNode(const QByteArray &place, const Node &node)
{
    if (place.isEmpty() && node.kind != Kind::Folder)
        return Error{Error::Kind::Protocol,
                     Text::tr("The layer has something else than a folder for its root.")};
    if (const auto added = addParents(place); !added)
        return added;
    const auto known = m_nodes.find(place);
    if (known != m_nodes.end()) {
        if (node.kind != Kind::Folder)
            removeBelow(place);
        m_bytes += node.target.size() - known->second.target.size();
        known->second = node;
        return checkSize();
    }
    m_nodes.emplace(place, node);
    m_bytes += place.size() + node.target.size();
    return checkSize();
}

Result<Done> MergedTree::checkSize() const
{
    const bool fits = qsizetype(m_nodes.size()) <= m_limits.files && m_bytes <= m_limits.bytes;
    return fits ? Result<Done>(Done())
                : Error{Error::Kind::TooLarge,
                        Text::tr("The image has more files than can be put together here.")};
}

/// What is no folder gives way to one; links are followed before.
Result<Done> MergedTree::addParents(const QByteArray &place)
{
    QList<QByteArray> missing;
    for (QByteArray parent = parentOf(place); !parent.isEmpty(); parent = parentOf(parent)) {
        const auto node = m_nodes.find(parent);
        if (node != m_nodes.end() && node->second.kind == Kind::Folder)
            break;
        missing.prepend(parent);
    }
    for (const QByteArray &parent : std::as_const(missing)) {
        if (const auto added = addNode(parent, {}); !added)
            return added;
    }
    return Done();
}

void MergedTree::removeBelow(const QByteArray &place)
{
    // '0' comes right after '/'.
    auto node = place.isEmpty() ? m_nodes.upper_bound(place) : m_nodes.lower_bound(place + '/');
    const auto end = place.isEmpty() ? m_nodes.end() : m_nodes.lower_bound(place + '0');
    while (node != end)
        remove(node++);
}

void MergedTree::remove(Nodes::iterator node)
{
    m_bytes -= node->first.size() + node->second.target.size();
    m_nodes.erase(node);
}

QList<MergedTree::File> MergedTree::files() const
{
    QList<File> files;
    for (const auto &[place, node] : m_nodes) {
        if (node.source)
            files.append({*node.source, place});
    }
    std::stable_sort(files.begin(), files.end(), [](const File &left, const File &right) {
        return left.source < right.source;
    });
    return files;
}

QList<QByteArray> MergedTree::impliedFolders() const
{
    QList<QByteArray> folders;
    for (const auto &[place, node] : m_nodes) {
        if (!node.source)
            folders.append(place);
    }
    return folders;
}

} // namespace Longshore
