// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>

class QAction;
class QHBoxLayout;
class QLabel;

namespace Longshore::Ui {

class IconLabel;

/// A message above the content that it is about: stays until it is closed or replaced.
class MessageBar final : public QFrame
{
    Q_OBJECT

public:
    enum class Kind { Information, Warning };

    explicit MessageBar(QWidget *parent = nullptr);

    /// \a details is shown below the text, and copied with it.
    void showMessage(Kind kind, const QString &text, const QString &details = {},
                     const QList<QAction *> &actions = {});
    [[nodiscard]] QString text() const;

private:
    IconLabel *m_icon;
    QLabel *m_text;
    QHBoxLayout *m_actions;
};

} // namespace Longshore::Ui
