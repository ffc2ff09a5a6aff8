// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/tagtreenode.h"

namespace Longshore::Ui {

/// Which tags are shown, and in which order.
struct TagOrder
{
    enum class Key { Name, Created, Size, Platforms, Digest };

    QStringList words = {}; ///< All must occur in the name; in lower case.
    Key key = Key::Name;
    Qt::SortOrder direction = Qt::AscendingOrder;

    [[nodiscard]] static QStringList wordsOf(const QString &filter);
    [[nodiscard]] bool shows(const TagTreeNode &tag) const;
    /// Tags without a value stay at the end in either direction, in the order of their names.
    [[nodiscard]] bool isBefore(const TagTreeNode &left, const TagTreeNode &right) const;
    /// The shown ones of \a tags, sorted.
    [[nodiscard]] QList<TagTreeNode *>
    arranged(const std::vector<std::unique_ptr<TagTreeNode>> &tags) const;
};

} // namespace Longshore::Ui
