// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

/// A folder with credential helpers, which are tiny scripts of the shell.
class HelperFolder
{
public:
    /// Nobody else may write there, unless a test wants just that.
    HelperFolder() { setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner); }

    void setPermissions(QFile::Permissions permissions)
    {
        QFile::setPermissions(m_folder.path(), permissions);
    }
    [[nodiscard]] QString path() const { return m_folder.path(); }
    [[nodiscard]] QString filePath(const QString &name) const { return m_folder.filePath(name); }
    [[nodiscard]] bool has(const QString &name) const { return QFile::exists(filePath(name)); }
    [[nodiscard]] QByteArray content(const QString &name) const
    {
        QFile file(filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    /// Adds docker-credential-NAME; the script finds this folder as $FOLDER.
    QString add(const QString &name, const QByteArray &script)
    {
        const QString path = filePath(QStringLiteral("docker-credential-") + name);
        QFile file(path);
        if (file.open(QIODevice::WriteOnly))
            file.write("#!/bin/sh\nFOLDER='" + m_folder.path().toUtf8() + "'\n" + script + '\n');
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return path;
    }

private:
    QTemporaryDir m_folder;
};
