// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTimer>
#include <QWidget>

class QAction;
class QBoxLayout;
class QLabel;
class QProgressBar;

namespace Longshore::Ui {

/// Stands where content would be: says why there is none, and what can be done.
class Placeholder final : public QWidget
{
    Q_OBJECT

public:
    explicit Placeholder(QWidget *parent = nullptr);

    /// Something is being read. The sign of it appears a little later, so that it never flashes.
    void showLoading(const QString &text, const QList<QAction *> &actions = {});
    void showMessage(const QString &headline, const QString &text = {},
                     const QList<QAction *> &actions = {});
    [[nodiscard]] QString headline() const;

private:
    void setActions(const QList<QAction *> &actions);

    QLabel *m_headline;
    QLabel *m_text;
    QProgressBar *m_busy;
    QBoxLayout *m_buttons;
    QTimer m_delay;
};

} // namespace Longshore::Ui
