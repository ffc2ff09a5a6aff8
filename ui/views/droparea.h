// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QRect>

#include <functional>

class QDropEvent;
class QMimeData;
class QRubberBand;
class QWidget;

namespace Longshore::Ui {

/// Lets something be dropped on a widget. While it is dragged there, frames what would take it, and
/// says what a drop would do or why it would do nothing. Nothing is ever moved by a drop.
class DropArea final : public QObject
{
    Q_OBJECT

public:
    /// What a drop at some point would do.
    struct Answer
    {
        QString text; ///< In words; empty when it is nothing that anybody could drop here.
        QRect frame; ///< In the widget; empty when nothing would be done.
    };

    /// Looks at the kind of what is dragged, not at the data: whoever drags may have to make them.
    using Look = std::function<Answer(const QMimeData &data, const QPoint &point)>;
    using Take = std::function<void(const QMimeData &data, const QPoint &point)>;

    /// Both are asked as long as \a area lives.
    DropArea(QWidget &area, Look look, Take take);

signals:
    /// To be shown while it lasts; empty when there is nothing to be said any more.
    void announced(const QString &text);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool handleMove(QDropEvent &event);
    void handleDrop(QDropEvent &event);
    void leave();

    QWidget &m_area;
    const Look m_look;
    const Take m_take;
    QRubberBand *m_frame;
};

} // namespace Longshore::Ui
