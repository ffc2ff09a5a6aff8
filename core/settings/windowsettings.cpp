// SPDX-License-Identifier: Apache-2.0
#include "core/settings/windowsettings.h"

#include <QDir>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace Longshore {

WindowSettings::WindowSettings(const QString &path) : m_settings(path, QSettings::IniFormat)
{}

QString WindowSettings::defaultPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) + "/window.ini"_L1;
}

QStringList WindowSettings::openTabs() const
{
    return m_settings.value("window/tabs"_L1).toStringList();
}

void WindowSettings::setOpenTabs(const QStringList &references)
{
    set(u"window/tabs"_s, references);
}

QString WindowSettings::folder(const QString &key) const
{
    const QString folder = m_settings.value(key).toString();
    if (!folder.isEmpty() && QDir(folder).exists())
        return folder;
    return QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
}

QString WindowSettings::exportFolder() const
{
    return folder(u"export/folder"_s);
}

void WindowSettings::setExportFolder(const QString &folder)
{
    set(u"export/folder"_s, folder);
}

QString WindowSettings::importFolder() const
{
    return folder(u"import/folder"_s);
}

void WindowSettings::setImportFolder(const QString &folder)
{
    set(u"import/folder"_s, folder);
}

WindowSettings::Theme WindowSettings::theme() const
{
    const QString name = m_settings.value("window/theme"_L1).toString();
    if (name == "light"_L1)
        return Theme::Light;
    return name == "dark"_L1 ? Theme::Dark : Theme::System;
}

void WindowSettings::setTheme(Theme theme)
{
    set(u"window/theme"_s,
        theme == Theme::Light ? u"light"_s : (theme == Theme::Dark ? u"dark"_s : u"system"_s));
}

} // namespace Longshore
