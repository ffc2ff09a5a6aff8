// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QSettings>
#include <QStringList>

namespace Longshore {

/// What transfers may take of the network.
struct TransferLimits
{
    static constexpr int mostParallel = 16; ///< More would only be in each other's way.

    int parallel = 3; ///< Transfers that run at once, 1 to mostParallel.
    qint64 bytesPerSecond = 0; ///< Of all of them together; 0 for no limit.

    friend bool operator==(const TransferLimits &, const TransferLimits &) = default;
};

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
    /// Files and folders with images that were looked into, the last one first.
    [[nodiscard]] QStringList recentFiles() const;
    /// Takes its place in front; the oldest goes when there are too many.
    void addRecentFile(const QString &path);
    void forgetRecentFiles() { m_settings.remove(QStringLiteral("window/recentFiles")); }
    /// @}

    /// @{
    /// Of transfers.
    [[nodiscard]] TransferLimits transferLimits() const;
    void setTransferLimits(const TransferLimits &limits);
    /// @}

    /// @{
    /// The rules of the last clean-up of a connection, as JSON; empty when there was none.
    [[nodiscard]] QByteArray cleanupRules(const QString &connectionId) const
    {
        return bytes(QStringLiteral("cleanup/") + connectionId);
    }
    void setCleanupRules(const QString &connectionId, const QByteArray &rules)
    {
        set(QStringLiteral("cleanup/") + connectionId, rules);
    }
    /// @}

    /// @{
    /// For how many days backups of deletions are kept; 0 for ever. \a usual where nobody has said.
    [[nodiscard]] int backupDays(int usual) const;
    void setBackupDays(int days) { set(QStringLiteral("backups/days"), days); }
    /// @}

    /// @{
    /// What all backups of deletions may take; 0 for any amount. \a usual where nobody has said.
    [[nodiscard]] qint64 backupBytes(qint64 usual) const;
    void setBackupBytes(qint64 bytes) { set(QStringLiteral("backups/bytes"), bytes); }
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
