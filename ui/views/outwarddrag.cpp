// SPDX-License-Identifier: Apache-2.0
#include "ui/views/outwarddrag.h"

#include "ui/models/directsavedata.h"
#include "ui/views/dragproperty.h"
#include "ui/views/plainlabel.h"

#include <QDrag>
#include <QLabel>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

static QPixmap dragPicture(const QWidget &view, const QString &text)
{
    QLabel label(text);
    label.setTextFormat(Qt::PlainText);
    label.setFont(view.font());
    label.setPalette(view.palette());
    label.setAutoFillBackground(true);
    label.setBackgroundRole(QPalette::Highlight);
    label.setForegroundRole(QPalette::HighlightedText);
    label.setMargin(view.fontMetrics().height() / 3);
    label.adjustSize();
    return label.grab();
}

void dragOut(QWidget &view, const OutwardDrag &wanted)
{
    auto *data = new DirectSaveData(DragProperty::isThere() ? DragProperty::read
                                                            : DirectSaveData::ReadProperty());
    wanted.fill(*data);
    QObject::connect(data, &DirectSaveData::placeChosen, &view, wanted.save, Qt::QueuedConnection);
    auto *drag = new QDrag(&view); // Belongs to itself from exec() on.
    drag->setMimeData(data);
    drag->setPixmap(dragPicture(view, wanted.text));
    // The window that the name is written to is there once the drag has begun.
    QTimer::singleShot(0, drag, [name = wanted.fileName.toUtf8()] { DragProperty::write(name); });
    drag->exec(Qt::CopyAction);
}

} // namespace Longshore::Ui
