// SPDX-License-Identifier: Apache-2.0
#include "ui/models/tagtreetext.h"

#include "core/base/displaytext.h"
#include "ui/format/tintedicon.h"
#include "ui/format/tooltip.h"
#include "ui/format/valueformat.h"
#include "ui/models/tagtreemodel.h"

#include <QCoreApplication>
#include <QFontDatabase>

using namespace Qt::StringLiterals;

namespace Longshore::Ui::TagTreeText {

namespace {

using Kind = TagTreeNode::Kind;
using Details = TagTreeNode::Details;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TagTreeText)
};

constexpr qsizetype mostPlatforms = 3;

QString platforms(const TagTreeNode &node)
{
    QStringList shown;
    for (const QString &platform : node.platforms.mid(0, mostPlatforms))
        shown.append(displayText(platform, 40));
    const auto more = static_cast<int>(node.platforms.size() - shown.size());
    return more > 0 ? Text::tr("%1 and %n more", nullptr, more).arg(shown.join(u", "_s))
                    : shown.join(u", "_s);
}

QString allPlatforms(const TagTreeNode &node)
{
    QStringList lines;
    for (const QString &platform : node.platforms)
        lines.append(displayText(platform, 100));
    return lines.join(u'\n');
}

/// What a cell says while its value is not there.
QString substitute(const TagTreeNode &node)
{
    switch (node.details) {
    case Details::Reading: return u"\u2026"_s;
    case Details::Failed: return u"!"_s;
    default: return {};
    }
}

QString toolTip(const TagTreeNode &node, int column)
{
    if (node.details == Details::Failed)
        return node.failure; // Our own sentence.
    switch (column) {
    case TagTreeModel::NameColumn: return displayText(node.name);
    case TagTreeModel::CreatedColumn:
        return node.created.isValid() ? formatDate(node.created) : QString();
    case TagTreeModel::SizeColumn: return node.size >= 0 ? formatExactBytes(node.size) : QString();
    case TagTreeModel::PlatformsColumn: return allPlatforms(node);
    case TagTreeModel::DigestColumn:
        return node.descriptor ? node.descriptor->digest.toString() : QString();
    default: return {};
    }
}

/// The whole row as one sentence, for assistive tools.
QString sentence(const TagTreeNode &node)
{
    const QString name = displayText(node.name);
    if (node.kind == Kind::Layer)
        return Text::tr("%1, %2").arg(name, formatBytes(node.size));
    if (node.kind == Kind::Manifest && node.isAttestation)
        return Text::tr("Attestation");
    if (node.kind == Kind::Manifest)
        return node.details == Details::Failed
                   ? Text::tr("Image for %1, could not be read").arg(name)
                   : Text::tr("Image for %1").arg(name);
    if (node.details == Details::Failed)
        return Text::tr("Tag %1, could not be read").arg(name);
    if (node.details != Details::Read)
        return Text::tr("Tag %1").arg(name);
    return Text::tr("Tag %1, %2, %3, %4")
        .arg(name, formatAge(node.created), formatBytes(node.size), platforms(node));
}

QIcon icon(const TagTreeNode &node)
{
    if (node.details == Details::Failed)
        return tintedIcon(u"warning"_s);
    switch (node.kind) {
    case Kind::Tag: return tintedIcon(u"tag"_s);
    case Kind::Manifest: return tintedIcon(node.isAttestation ? u"attestation"_s : u"image"_s);
    default: return tintedIcon(u"layer"_s);
    }
}

QString title(int column)
{
    switch (column) {
    case TagTreeModel::NameColumn: return Text::tr("Tag");
    case TagTreeModel::CreatedColumn: return Text::tr("Created");
    case TagTreeModel::SizeColumn: return Text::tr("Size");
    case TagTreeModel::PlatformsColumn: return Text::tr("Platforms");
    case TagTreeModel::DigestColumn: return Text::tr("Digest");
    default: return {};
    }
}

} // namespace

QString cell(const TagTreeNode &node, int column)
{
    if (column == TagTreeModel::NameColumn)
        return displayText(node.name);
    if (node.kind == Kind::Tag && node.details != Details::Read)
        return substitute(node);
    switch (column) {
    case TagTreeModel::CreatedColumn:
        return node.kind == Kind::Tag ? formatAge(node.created) : QString();
    case TagTreeModel::SizeColumn:
        return node.kind == Kind::Manifest ? substitute(node) : formatBytes(node.size);
    case TagTreeModel::PlatformsColumn:
        return node.kind == Kind::Layer ? displayText(node.descriptor->mediaType.toString(), 80)
                                        : platforms(node);
    case TagTreeModel::DigestColumn:
        return node.descriptor ? node.descriptor->digest.shortText() : QString();
    default: return {};
    }
}

QVariant value(const TagTreeNode &node, int column, int role)
{
    const bool isFirst = column == TagTreeModel::NameColumn;
    switch (role) {
    case Qt::DisplayRole: return cell(node, column);
    case Qt::ToolTipRole: return toolTipText(toolTip(node, column));
    case Qt::AccessibleTextRole: return isFirst ? sentence(node) : QVariant();
    case Qt::DecorationRole: return isFirst ? icon(node) : QVariant();
    case Qt::TextAlignmentRole: return header(column, role);
    case Qt::FontRole:
        return column == TagTreeModel::DigestColumn
                   ? QVariant(QFontDatabase::systemFont(QFontDatabase::FixedFont))
                   : QVariant();
    default: return {};
    }
}

QVariant header(int column, int role)
{
    if (role == Qt::TextAlignmentRole && column == TagTreeModel::SizeColumn)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    return role == Qt::DisplayRole ? title(column) : QVariant();
}

} // namespace Longshore::Ui::TagTreeText
