// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/layers/mergedwriter.h"

#include <QString>
#include <QStringList>

namespace Longshore {

/// Makes a folder of entries that were read from others, who may want to write elsewhere.
///
/// Every name is walked part by part from the folder that was opened first, and no link is followed on
/// the way, so that nothing outside of it can be written, whatever somebody else does to it
/// meanwhile. Nothing is ever replaced. Files are of whoever runs this, with the rights of new files;
/// only whether they can be run is kept of their mode, and their time. Links stay what they are.
/// What is no file, folder or link, and what the file system has no name for, is left out and told.
class MergedFolderWriter final : public MergedWriter
{
public:
    /// Touches nothing before open(), for which nothing may have the name of \a folder.
    explicit MergedFolderWriter(const QString &folder);
    ~MergedFolderWriter() override;

    /// An Error of kind LocalFile, as from every function here; Unsupported where the system has no
    /// such walks.
    [[nodiscard]] Result<Done> open() override;
    [[nodiscard]] Result<Done> addFolder(const QByteArray &name) override;
    [[nodiscard]] Result<Done> addEntry(archive_entry *entry, const QByteArray &name) override;
    [[nodiscard]] Result<Done> write(QByteArrayView bytes) override;
    [[nodiscard]] Result<Done> addHardLink(const QByteArray &name,
                                           const QByteArray &target) override;
    /// Waits until all of it is on the disk.
    [[nodiscard]] Result<Done> finish() override;

    /// What was left out, and why; sentences, safe to show. Of very many, the first.
    [[nodiscard]] QStringList deviations() const;

private:
    [[nodiscard]] Result<int> openParent(const QByteArray &name);
    [[nodiscard]] Result<Done> makeFile(archive_entry *entry, const QByteArray &name);
    [[nodiscard]] Result<Done> makeLink(const QByteArray &target, const QByteArray &name);
    [[nodiscard]] Result<Done> endFile();
    [[nodiscard]] Result<Done> outcome(int error, const QByteArray &name);
    [[nodiscard]] Result<Done> linkOutcome(int error, const QByteArray &name);
    Done leaveOut(const QByteArray &name, const QString &reason);
    void closeParent();

    const QString m_folder;
    int m_root = -1; ///< A descriptor, as the two below; -1 for none.
    int m_parent = -1; ///< Of the last name.
    int m_file = -1; ///< That is being written.
    QByteArray m_parentName;
    QByteArray m_name; ///< Of the last entry.
    qint64 m_time = 0; ///< Of the file, in seconds since 1970.
    bool m_isLeftOut = false; ///< The last entry.
    QStringList m_deviations;
    qsizetype m_leftOut = 0; ///< Entries, more than the deviations when these are too many.
};

} // namespace Longshore
