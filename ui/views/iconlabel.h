// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QIcon>
#include <QLabel>

namespace Longshore::Ui {

/// A small picture beside words that say the same; keeps to the colours of the window.
class IconLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit IconLabel(const QIcon &icon = {}, QWidget *parent = nullptr);

    void setIcon(const QIcon &icon);

protected:
    void changeEvent(QEvent *event) override;

private:
    void draw();

    QIcon m_icon;
};

} // namespace Longshore::Ui
