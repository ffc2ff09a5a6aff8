// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcessEnvironment>
#include <QTemporaryDir>

/// A home folder in which Docker and Podman may have left something, and the environment that
/// points there.
class TestHome
{
public:
    TestHome()
    {
        set("HOME", filePath({}));
        set("XDG_CONFIG_HOME", filePath(QStringLiteral("config")));
        set("XDG_RUNTIME_DIR", filePath(QStringLiteral("run")));
        set("PATH", QStringLiteral("/nowhere"));
    }

    [[nodiscard]] const QProcessEnvironment &environment() const { return m_environment; }
    void set(const char *variable, const QString &value)
    {
        m_environment.insert(QString::fromLatin1(variable), value);
    }
    [[nodiscard]] QString filePath(const QString &name) const { return m_folder.filePath(name); }

    QString write(const QString &name, const QByteArray &content) const
    {
        const QString path = filePath(name);
        QDir().mkpath(QFileInfo(path).absolutePath());
        QFile file(path);
        if (file.open(QIODevice::WriteOnly))
            file.write(content);
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        return path;
    }
    /// The file with the password "secret" for \a user at \a host.
    QString writeAuth(const QString &name, const QString &host, const QByteArray &user) const
    {
        return write(name, R"({"auths":{")" + host.toUtf8() + R"(":{"auth":")"
                               + QByteArray(user + ":secret").toBase64() + R"("}}})");
    }

private:
    QTemporaryDir m_folder;
    QProcessEnvironment m_environment;
};
