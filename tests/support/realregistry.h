// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

struct RealRegistryOptions
{
    bool canDelete = true;
    bool hasPassword = false; ///< User "demo", password "secret" by htpasswd.
    bool cachesBlobs = false; ///< Remembers which blobs it has, also those that are gone by then.
    QByteArray furtherConfiguration = {}; ///< YAML, appended.
};

/// Debian's docker-registry, started for one test on a free port of 127.0.0.1.
///
/// The program is found through LONGSHORE_DOCKER_REGISTRY, in the build folder or in PATH.
class RealRegistry
{
public:
    using Options = RealRegistryOptions;

    explicit RealRegistry(const Options &options = {});
    ~RealRegistry();
    Q_DISABLE_COPY_MOVE(RealRegistry)

    /// Whether there is such a program; a test of it has to be skipped otherwise.
    [[nodiscard]] static bool isInstalled();
    /// Empty when it runs; else why not.
    [[nodiscard]] const QString &failure() const { return m_failure; }
    [[nodiscard]] QString host() const { return QStringLiteral("127.0.0.1:%1").arg(m_port); }
    [[nodiscard]] QString storage() const { return m_folder.filePath(QStringLiteral("data")); }

    /// Pushes a small image with the given layers; the tag's digest, empty on failure.
    QString push(const QString &repository, const QString &tag, const QList<QByteArray> &layers);
    /// Stores bytes as a blob; their digest.
    QString pushBlob(const QString &repository, const QByteArray &bytes);
    /// Removes what nothing refers to, as an administrator would; whether that worked.
    bool collectGarbage() const;
    /// One plain HTTP request, independent of our own client: status and body.
    struct Answer
    {
        int status = 0;
        QByteArray body;
        QByteArray digest;
        QByteArray location;
    };
    Answer request(const QByteArray &method, const QString &path, const QByteArray &body = {},
                   const QByteArray &contentType = {}) const;

private:
    void writeConfiguration(const Options &options) const;
    [[nodiscard]] QString configuration() const
    {
        return m_folder.filePath(QStringLiteral("config.yml"));
    }

    QTemporaryDir m_folder;
    QProcess m_process;
    quint16 m_port = 0;
    QString m_failure;
};

/// Runs a program to its end.
struct ProcessResult
{
    int exitStatus = -1;
    QByteArray output;
    QByteArray errors;
};
ProcessResult runProcess(const QString &program, const QStringList &arguments,
                         const QByteArray &input = {});
