// SPDX-License-Identifier: Apache-2.0
#include "ui/mainwindow/themecommands.h"

#include "ui/mainwindow/mainactions.h"
#include "ui/mainwindow/theme.h"

namespace Longshore::Ui {

using Theme = WindowSettings::Theme;

ThemeCommands::ThemeCommands(const MainActions &actions, WindowSettings &settings, QObject *parent)
    : QObject(parent)
{
    const QHash<Theme, QAction *> choices{{Theme::System, actions.themeSystem},
                                          {Theme::Light, actions.themeLight},
                                          {Theme::Dark, actions.themeDark}};
    for (auto choice = choices.begin(); choice != choices.end(); ++choice) {
        connect(*choice, &QAction::triggered, this, [theme = choice.key(), &settings] {
            settings.setTheme(theme);
            applyTheme(theme);
        });
    }
    choices.value(settings.theme())->setChecked(true);
    applyTheme(settings.theme());
}

} // namespace Longshore::Ui
