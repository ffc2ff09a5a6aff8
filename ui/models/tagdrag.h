// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/names.h"

#include <QStringList>

class QMimeData;

namespace Longshore::Ui {

/// Tags that are dragged from their list to another repository.
struct TagDrag
{
    QString connectionId;
    QString host; ///< As references write it.
    QString repository;
    QStringList tags;

    /// Tags for this window; for others their references as text.
    void writeTo(QMimeData &data) const;
    /// Whether it says that it holds tags; reads nothing.
    [[nodiscard]] static bool isIn(const QMimeData &data);
    /// Nothing unless it holds tags, and all of them follow the grammar: any program may say so.
    [[nodiscard]] static std::optional<TagDrag> from(const QMimeData &data);

    friend bool operator==(const TagDrag &, const TagDrag &) = default;
};

} // namespace Longshore::Ui
