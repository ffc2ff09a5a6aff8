// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

class QAction;
class QKeyEvent;
class QWidget;

namespace Longshore::Ui {

/// Gives a view the keys of its own actions, also where the window has the same ones: Qt takes
/// such a key for ambiguous, and does nothing.
class OwnKeys final : public QObject
{
    Q_OBJECT

public:
    /// Of those actions that \a widget has when a key is pressed.
    explicit OwnKeys(QWidget &widget);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] QAction *actionFor(const QKeyEvent &event) const;

    QWidget &m_widget;
};

} // namespace Longshore::Ui
