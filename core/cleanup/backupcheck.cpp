// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/backupcheck.h"

#include "core/base/displaytext.h"
#include "core/layout/ocilayoutfiles.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BackupCheck)
};

constexpr qint64 reportEvery = 8 * 1024 * 1024; // Bytes; the main thread has other things to do.

/// One look at one backup; collects what is wrong.
class BackupChecker
{
public:
    using Report = std::function<void(qint64 done, qint64 total)>;

    BackupChecker(const QString &folder, const Report &report, const CancelFlag &cancelled)
        : m_folder(folder)
        , m_report(report)
        , m_cancelled(cancelled)
        , m_tree(std::make_shared<FolderTree>(folder))
    {}

    Result<BackupCheck> check()
    {
        checkRecord();
        listBlobs();
        for (const QString &name : std::as_const(m_blobs)) {
            checkBlob(name);
            if (m_cancelled)
                return Error::cancelled();
        }
        return m_check;
    }

private:
    void complain(const QString &problem) { m_check.problems.append(problem); }

    /// With the manifests that it needs, and with the list that other tools read.
    void checkRecord()
    {
        const auto backup = readBackup(m_folder, m_cancelled);
        const auto layout = OciLayoutFiles::read(m_tree);
        if (!backup)
            complain(backup.error().message);
        if (!layout && layout.error().kind != Error::Kind::TooLarge) // That is for other tools.
            complain(layout.error().message);
        if (!backup)
            return;
        for (const Digest &layer : backup->layers) {
            if (!m_tree->contains(blobNameInBackup(layer)))
                complain(Text::tr("The layer %1 is not there any more.").arg(layer.toString()));
        }
        if (!layout)
            return;
        QSet<Digest> listed;
        for (const StoredImage &image : (*layout)->images())
            listed.insert(image.manifest.digest);
        for (const Backup::Entry &entry : backup->entries) {
            if (!listed.contains(entry.manifest))
                complain(Text::tr("The image layout does not list the image %1.")
                             .arg(entry.manifest.toString()));
        }
    }

    void listBlobs()
    {
        const QDir folder(m_folder);
        QDirIterator files(m_folder + "/blobs"_L1,
                           QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString name = folder.relativeFilePath(files.next());
            const QFileInfo info = files.fileInfo();
            if (info.isDir() && !info.isSymLink())
                continue;
            m_blobs.append(name);
            m_total += info.isSymLink() ? 0 : info.size();
        }
        m_blobs.sort();
    }

    void checkBlob(const QString &name)
    {
        const QStringList parts = name.split(u'/');
        const auto digest = Digest::parse(QString(parts.value(1) + u':' + parts.value(2)));
        if (parts.size() != 3 || !digest)
            return complain(Text::tr("%1 is no blob of an image layout.").arg(quotedText(name)));
        const auto algorithm = digest->hashAlgorithm();
        if (!algorithm)
            return complain(Text::tr("%1 cannot be checked: its algorithm is unknown.")
                                .arg(digest->toString()));
        const auto blob = m_tree->open(name);
        if (!blob)
            return complain(blob.error().message);
        Hasher hasher(*algorithm);
        if (const auto read = hash(*blob, hasher); !read)
            return complain(read.error().message);
        ++m_check.blobs;
        m_check.bytes += blob->size;
        if (Digest::fromHash(hasher.result(), *algorithm) != *digest)
            complain(Text::tr("A file does not match its digest %1.").arg(digest->toString()));
    }

    Result<Done> hash(const FileSlice &blob, Hasher &hasher)
    {
        QByteArray piece(256 * 1024, Qt::Uninitialized);
        for (qint64 position = 0; position < blob.size;) {
            if (m_cancelled)
                return Error::cancelled();
            const auto count = blob.read(position, piece.data(), piece.size());
            if (!count)
                return count.error();
            hasher.add(QByteArrayView(piece).first(*count));
            position += *count;
            m_done += *count;
            if (m_done - m_reported >= reportEvery || m_done >= m_total)
                m_report(m_reported = m_done, m_total);
        }
        return Done();
    }

    const QString m_folder;
    const Report &m_report;
    const CancelFlag &m_cancelled;
    const std::shared_ptr<const FolderTree> m_tree;
    QStringList m_blobs; ///< By their names in the backup.
    qint64 m_done = 0; ///< Bytes.
    qint64 m_reported = 0; ///< Of them.
    qint64 m_total = 0;
    BackupCheck m_check;
};

} // namespace

Result<BackupCheck> checkBackup(const QString &folder,
                                const std::function<void(qint64 done, qint64 total)> &report,
                                const CancelFlag &cancelled)
{
    return BackupChecker(folder, report, cancelled).check();
}

} // namespace Longshore
