// SPDX-License-Identifier: Apache-2.0
#include "core/layout/openlayoutjob.h"

#include "core/base/displaytext.h"
#include "core/base/workerjob.h"
#include "core/layout/dockerarchivefiles.h"
#include "core/layout/layoutsession.h"
#include "core/layout/ocilayoutfiles.h"
#include "core/layout/skopeofolderfiles.h"
#include "core/layout/tartree.h"
#include "core/layout/unpack.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace Longshore {

namespace {

using Files = std::shared_ptr<const ImageFiles>;
using Report = std::function<void(qint64 done, qint64 total)>;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(OpenLayoutJob)
};

/// What is there decides, not what it is called. A layout is asked first: Docker writes one beside
/// its own list, which then names the same images.
Result<Files> readTree(const std::shared_ptr<const FileTree> &tree, const QString &path,
                       const CancelFlag &cancelled)
{
    if (OciLayoutFiles::isIn(*tree))
        return OciLayoutFiles::read(tree);
    if (DockerArchiveFiles::isIn(*tree))
        return DockerArchiveFiles::read(tree, cancelled);
    if (SkopeoFolderFiles::isIn(*tree))
        return SkopeoFolderFiles::read(tree);
    return Error{Error::Kind::Unsupported,
                 Text::tr("%1 holds no images in a form that can be read.").arg(quotedPath(path))};
}

/// Links are followed here: the path is what somebody has chosen.
Result<FileSlice> openArchive(const QFileInfo &info, const CancelFlag &cancelled,
                              const Report &report)
{
    auto file = ReadableFile::open(info.canonicalFilePath());
    if (!file)
        return file.error();
    const FileSlice whole = FileSlice::whole(*std::move(file));
    const auto compression = compressionOf(whole);
    if (!compression)
        return compression.error();
    switch (*compression) {
    case Compression::None: return whole;
    case Compression::Gzip:
    case Compression::Zstd:
        return unpackToFile(whole, {}, cancelled,
                            [&] { report(whole.file->readTo(), whole.size); });
    case Compression::Other: break;
    }
    return Error{Error::Kind::Unsupported,
                 Text::tr("%1 is compressed in a way that cannot be read.")
                     .arg(quotedPath(info.filePath()))};
}

Result<Files> openFiles(const QString &path, const CancelFlag &cancelled, const Report &report)
{
    const QFileInfo info(path);
    if (!info.exists())
        return Error{Error::Kind::NotFound,
                     Text::tr("There is no file or folder %1.").arg(quotedPath(path))};
    if (info.isDir())
        return readTree(std::make_shared<FolderTree>(path), path, cancelled);
    const auto archive = openArchive(info, cancelled, report);
    if (!archive)
        return archive.error();
    const auto tree = TarTree::scan(*archive, cancelled);
    if (!tree)
        return tree.error();
    return readTree(*tree, path, cancelled);
}

} // namespace

OpenLayoutJob::OpenLayoutJob(const QString &path, QObject *parent) : ResultJob(parent), m_path(path)
{}

void OpenLayoutJob::doStart()
{
    // `this` is only used from the mailbox, which dies with the job.
    const Report report = [this, home = m_mailbox.address()](qint64 done, qint64 total) {
        home.post([this, done, total] {
            if (isRunning())
                emit progressChanged(done, total);
        });
    };
    auto *worker = new WorkerJob<Files>([path = m_path, report](const CancelFlag &cancelled) {
        return openFiles(path, cancelled, report);
    });
    runChild(worker, [this](const Result<Files> &files) {
        if (!files)
            return fail(files.error());
        succeed(std::make_shared<LayoutSession>(m_path, *files));
    });
}

} // namespace Longshore
