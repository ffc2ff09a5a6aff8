// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <QByteArrayView>
#include <QFile>
#include <QString>

#include <memory>

namespace Longshore {

/// A file that appears under its name only when it is complete and on the disk.
///
/// Written to a hidden part file in the same folder, which is removed unless commit() succeeds.
/// QSaveFile is not used: in Qt 6.4 it replaces the old file by a truncated one when the last
/// write meets a full disk, and it ignores a failed sync.
class SafeFile
{
public:
    enum class Existing {
        Keep, ///< commit() fails when something has the name by then.
        Replace, ///< A file, or a link itself; never what a link points to.
    };

    enum class Access {
        Everybody, ///< Whom new files are open to, by the umask.
        Owner, ///< Nobody else may read it: mode 0600.
    };

    explicit SafeFile(const QString &path, Existing existing = Existing::Keep,
                      Access access = Access::Everybody);
    ~SafeFile();
    Q_DISABLE_COPY_MOVE(SafeFile)

    /// Creates the part file and reserves \a size bytes, if given, so that a full disk shows
    /// before anything is fetched.
    [[nodiscard]] Result<Done> open(qint64 size = -1);
    [[nodiscard]] Result<Done> write(QByteArrayView bytes);
    /// Throws away what was written, and starts again.
    [[nodiscard]] Result<Done> restart();
    /// Syncs, gives the file its name, syncs the folder.
    [[nodiscard]] Result<Done> commit();
    void discard();

    [[nodiscard]] const QString &path() const noexcept { return m_path; }

    /// The whole of it in one call.
    [[nodiscard]] static Result<Done> writeFile(const QString &path, QByteArrayView bytes,
                                                Existing existing = Existing::Replace,
                                                Access access = Access::Everybody);

private:
    [[nodiscard]] Error failure(int errorNumber) const;
    [[nodiscard]] Result<Done> reserve(qint64 size);
    [[nodiscard]] Result<Done> giveName();

    QString m_path;
    QString m_partPath;
    Existing m_existing;
    Access m_access;
    qint64 m_expectedSize = -1;
    QFile m_file; ///< Unbuffered; open while the part file exists.
};

} // namespace Longshore
