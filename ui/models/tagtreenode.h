// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/imageconfig.h"

#include <memory>
#include <vector>

namespace Longshore::Ui {

/// One row of the tag tree. Nodes never move in memory, so an index may point at one.
struct TagTreeNode
{
    enum class Kind { Root, Tag, Manifest, Layer };
    enum class Details { Unread, Reading, Read, Failed };

    explicit TagTreeNode(Kind nodeKind, TagTreeNode *parentNode = nullptr)
        : kind(nodeKind), parent(parentNode)
    {}

    Kind kind;
    QString name; ///< Of a tag; else what the first column says.
    QString sortKey = {}; ///< Of a tag's name.
    Details details = Details::Unread; ///< Of a tag, and of a manifest's layers.
    std::optional<Descriptor> descriptor;
    QDateTime created;
    qint64 size = -1;
    QStringList platforms;
    bool isAttestation = false;
    QString failure; ///< Why the details could not be read.
    TagTreeNode *parent;
    int row = 0; ///< Position among the siblings as shown; -1 while filtered out.
    std::vector<std::unique_ptr<TagTreeNode>> children;
};

} // namespace Longshore::Ui
