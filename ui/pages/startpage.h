// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QAction;

namespace Longshore::Ui {

/// What the window shows while no tab is open: where to begin.
class StartPage final : public QWidget
{
    Q_OBJECT

public:
    explicit StartPage(const QList<QAction *> &actions, QWidget *parent = nullptr);
};

} // namespace Longshore::Ui
