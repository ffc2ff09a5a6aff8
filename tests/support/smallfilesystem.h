// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProcess>
#include <QTemporaryDir>

/// A file system of one mebibyte in memory, for tests of a full disk, also one that has room for a few
/// files only. Needs root on Linux.
class SmallFileSystem
{
public:
    /// As many files and folders as it shall have room for, its own folder among them; 0 for many.
    explicit SmallFileSystem([[maybe_unused]] int mostFiles = 0)
    {
#ifdef Q_OS_LINUX
        m_isMounted =
            QProcess::execute(QStringLiteral("mount"),
                              {QStringLiteral("-t"), QStringLiteral("tmpfs"), QStringLiteral("-o"),
                               QStringLiteral("size=1m,nr_inodes=%1").arg(mostFiles),
                               QStringLiteral("tmpfs"), m_folder.path()})
            == 0;
#endif
    }
    ~SmallFileSystem()
    {
        if (m_isMounted)
            QProcess::execute(QStringLiteral("umount"), {QStringLiteral("-l"), m_folder.path()});
    }
    Q_DISABLE_COPY_MOVE(SmallFileSystem)

    /// False where mounting is not allowed; the test then has to be skipped.
    [[nodiscard]] bool isMounted() const
    {
        return m_isMounted;
    }
    [[nodiscard]] QString filePath(const QString &name) const
    {
        return m_folder.filePath(name);
    }
    [[nodiscard]] QString path() const
    {
        return m_folder.path();
    }

private:
    QTemporaryDir m_folder;
    bool m_isMounted = false;
};
