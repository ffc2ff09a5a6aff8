// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

class QMainWindow;

namespace Longshore::Ui {

class MainActions;

/// What the Help menu offers.
class HelpCommands final : public QObject
{
    Q_OBJECT

public:
    HelpCommands(const MainActions &actions, QMainWindow *window);

private:
    void showShortcuts();

    const MainActions &m_actions;
    QMainWindow &m_window;
};

} // namespace Longshore::Ui
