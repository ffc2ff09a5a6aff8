// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <functional>

class QMimeData;
class QWidget;

namespace Longshore::Ui {

/// Something that is dragged, and may become a file outside of the window.
struct OutwardDrag
{
    QString text; ///< What goes along with the pointer.
    QString fileName; ///< What the file is proposed to be called.
    std::function<void(QMimeData &data)> fill; ///< Adds what it is for the drop in the window.
    /// Called when it was dropped where it can be saved.
    std::function<void(const QString &path)> save;
};

/// Drags it out of \a view until it is dropped.
void dragOut(QWidget &view, const OutwardDrag &drag);

} // namespace Longshore::Ui
