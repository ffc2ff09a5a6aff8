// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QSettings>
#include <QStringList>

namespace Longshore {

/// How the window looked when it was closed.
class WindowSettings
{
public:
    /// What the user chose; System follows the desktop.
    enum class Theme { System, Light, Dark };

    /// Reads \a path, an INI file, and writes it at each change.
    explicit WindowSettings(const QString &path = defaultPath());

    /// Beside the connections. QSettings would choose a folder named "Unknown Organization".
    [[nodiscard]] static QString defaultPath();

    /// @{
    /// Place and size of the window, as QWidget::saveGeometry() gives them.
    [[nodiscard]] QByteArray geometry() const { return bytes(QStringLiteral("window/geometry")); }
    void setGeometry(const QByteArray &geometry)
    {
        set(QStringLiteral("window/geometry"), geometry);
    }
    /// @}

    /// @{
    /// Docks and toolbars; belongs to one version of the layout.
    [[nodiscard]] QByteArray state() const { return bytes(QStringLiteral("window/state")); }
    void setState(const QByteArray &state) { set(QStringLiteral("window/state"), state); }
    /// @}

    /// @{
    /// Columns of one table: "tags", "layers".
    [[nodiscard]] QByteArray columns(const QString &table) const
    {
        return bytes(QStringLiteral("columns/") + table);
    }
    void setColumns(const QString &table, const QByteArray &state)
    {
        set(QStringLiteral("columns/") + table, state);
    }
    /// @}

    /// @{
    /// What was open, in the order of the tabs.
    [[nodiscard]] QStringList openTabs() const;
    void setOpenTabs(const QStringList &references);
    /// @}

    /// @{
    /// Where the last file was saved; the folder for downloads when that has gone.
    [[nodiscard]] QString exportFolder() const;
    void setExportFolder(const QString &folder);
    /// @}

    /// @{
    /// Where the last file to upload was; the folder for downloads when that has gone.
    [[nodiscard]] QString importFolder() const;
    void setImportFolder(const QString &folder);
    /// @}

    /// @{
    /// The colours of the window.
    [[nodiscard]] Theme theme() const;
    void setTheme(Theme theme);
    /// @}

private:
    [[nodiscard]] QByteArray bytes(const QString &key) const
    {
        return m_settings.value(key).toByteArray();
    }
    [[nodiscard]] QString folder(const QString &key) const;
    void set(const QString &key, const QVariant &value) { m_settings.setValue(key, value); }

    QSettings m_settings;
};

} // namespace Longshore
