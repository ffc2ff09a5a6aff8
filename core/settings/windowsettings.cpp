// SPDX-License-Identifier: Apache-2.0
#include "core/settings/windowsettings.h"

#include <QDir>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace Longshore {

constexpr qsizetype mostRecent = 8; // Files; what a page can show at once.

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

QStringList WindowSettings::recentFiles() const
{
    return m_settings.value("window/recentFiles"_L1).toStringList().mid(0, mostRecent);
}

void WindowSettings::addRecentFile(const QString &path)
{
    QStringList files = recentFiles();
    files.removeAll(path);
    files.prepend(path);
    set(u"window/recentFiles"_s, files.mid(0, mostRecent));
}

WindowSettings::Theme WindowSettings::theme() const
{
    const QString name = m_settings.value("window/theme"_L1).toString();
    if (name == "light"_L1)
        return Theme::Light;
    return name == "dark"_L1 ? Theme::Dark : Theme::System;
}

TransferLimits WindowSettings::transferLimits() const
{
    const TransferLimits usual;
    const int parallel = m_settings.value("transfers/parallel"_L1, usual.parallel).toInt();
    const qint64 rate = m_settings.value("transfers/bytesPerSecond"_L1).toLongLong();
    const bool isSound = parallel >= 1 && parallel <= TransferLimits::mostParallel;
    return {isSound ? parallel : usual.parallel, qMax<qint64>(rate, 0)};
}

void WindowSettings::setTransferLimits(const TransferLimits &limits)
{
    set(u"transfers/parallel"_s, limits.parallel);
    set(u"transfers/bytesPerSecond"_s, limits.bytesPerSecond);
}

int WindowSettings::backupDays(int usual) const
{
    bool isNumber = false;
    const int days = m_settings.value("backups/days"_L1, usual).toInt(&isNumber);
    return isNumber && days >= 0 ? days : usual;
}

qint64 WindowSettings::backupBytes(qint64 usual) const
{
    bool isNumber = false;
    const qint64 bytes = m_settings.value("backups/bytes"_L1, usual).toLongLong(&isNumber);
    return isNumber && bytes >= 0 ? bytes : usual;
}

void WindowSettings::setTheme(Theme theme)
{
    set(u"window/theme"_s,
        theme == Theme::Light ? u"light"_s : (theme == Theme::Dark ? u"dark"_s : u"system"_s));
}

} // namespace Longshore
