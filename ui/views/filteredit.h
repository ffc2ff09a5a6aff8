// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLineEdit>
#include <QTimer>

namespace Longshore::Ui {

/// The line above a list that filters it. Down and Enter go on in the list; Escape empties the
/// line first, and goes on then.
class FilterEdit final : public QLineEdit
{
    Q_OBJECT

public:
    /// \a name is shown while the line is empty, and is what assistive tools call it.
    explicit FilterEdit(const QString &name, QWidget *parent = nullptr);

signals:
    /// Somebody has stopped typing.
    void filterChanged(const QString &text);
    void left();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void leave();

    QTimer m_typing;
};

} // namespace Longshore::Ui
