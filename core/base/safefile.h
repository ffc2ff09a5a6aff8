// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <QByteArrayView>
#include <QFile>
#include <QList>
#include <QString>

#include <functional>
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
    /// What becomes of a file that has the name already.
    enum class Existing {
        Keep, ///< commit() fails when something has the name by then.
        Replace, ///< A file, or a link itself; never what a link points to.
    };

    /// Who may read the file.
    enum class Access {
        Everybody, ///< Whom new files are open to, by the umask.
        Owner, ///< Nobody else may read it: mode 0600.
    };

    /// Touches nothing yet. A relative \a path is taken from where the program stands now.
    explicit SafeFile(const QString &path, Existing existing = Existing::Keep,
                      Access access = Access::Everybody);
    /// Discards what was not committed, unless it is to be kept.
    ~SafeFile();
    Q_DISABLE_COPY_MOVE(SafeFile)

    /// Creates the part file and reserves \a size bytes, if given, so that a full disk shows
    /// before anything is fetched.
    [[nodiscard]] Result<Done> open(qint64 size = -1);
    /// The same with a part that outlives this object: a later file of the same path and \a key goes
    /// on with it. Gives what is there of it, in bytes, which nobody vouches for: read it with
    /// readPart(). Another program that has the part at the moment is an error, too.
    [[nodiscard]] Result<qint64> openKept(const QString &key, qint64 size = -1);
    /// Gives the bytes that a kept part had to \a take, in pieces and in order, until it says no. What
    /// is written follows them.
    [[nodiscard]] Result<Done> readPart(const std::function<bool(QByteArrayView)> &take);
    /// Appends \a bytes. An Error of kind LocalFile, as from every function here.
    [[nodiscard]] Result<Done> write(QByteArrayView bytes);
    /// Throws away what was written, and starts again.
    [[nodiscard]] Result<Done> restart();
    /// Syncs, gives the file its name, syncs the folder.
    [[nodiscard]] Result<Done> commit();
    /// Removes the part file; a file of that name stays what it was.
    void discard();

    /// The name of the finished file, from the root.
    [[nodiscard]] const QString &path() const noexcept { return m_path; }

    /// The whole of it in one call.
    [[nodiscard]] static Result<Done> writeFile(const QString &path, QByteArrayView bytes,
                                                Existing existing = Existing::Replace,
                                                Access access = Access::Everybody);

    /// Removes what programs left behind that were killed while they wrote \a path. Only for whoever
    /// knows that nobody else writes it now.
    static void removeParts(const QString &path);
    /// Bytes of the disk that the part of \a path takes which is kept under \a key, with what is
    /// reserved for it.
    [[nodiscard]] static qint64 keptSpace(const QString &path, const QString &key);
    /// Removes the part of \a path that is kept under \a key, unless somebody writes it now.
    static void removeKept(const QString &path, const QString &key);
    /// A part that is kept: of which file, and under which key.
    struct KeptPart
    {
        QString path; ///< Of the file that it is to become.
        QString key; ///< As openKept() was given it.
    };
    /// All that are kept in \a folder, by their names.
    [[nodiscard]] static QList<KeptPart> keptIn(const QString &folder);

private:
    [[nodiscard]] Error failure(int errorNumber) const;
    [[nodiscard]] Result<Done> checkName() const;
    [[nodiscard]] Result<Done> reserve(qint64 size);
    [[nodiscard]] Result<Done> giveName();

    QString m_path;
    QString m_partPath;
    Existing m_existing;
    Access m_access;
    bool m_isKept = false; ///< The part, when this object goes.
    qint64 m_expectedSize = -1;
    qint64 m_unsynced = 0; ///< Bytes that the disk has not been told to take.
    QFile m_file; ///< Unbuffered; open while the part file exists.
};

} // namespace Longshore
