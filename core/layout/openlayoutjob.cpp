// SPDX-License-Identifier: Apache-2.0
#include "core/layout/openlayoutjob.h"

#include "core/base/displaytext.h"
#include "core/base/workerjob.h"
#include "core/layout/layoutsession.h"
#include "core/layout/ocilayoutfiles.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace Longshore {

namespace {

using Files = std::shared_ptr<const ImageFiles>;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(OpenLayoutJob)
};

QString shownPath(const QString &path)
{
    return quotedText(QDir::toNativeSeparators(path));
}

Result<Files> openFiles(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists())
        return Error{Error::Kind::NotFound,
                     Text::tr("There is no file or folder %1.").arg(shownPath(path))};
    const auto tree = std::make_shared<FolderTree>(path);
    if (info.isDir() && OciLayoutFiles::isIn(*tree))
        return OciLayoutFiles::read(tree);
    return Error{Error::Kind::Unsupported,
                 Text::tr("%1 holds no images in a form that can be read.").arg(shownPath(path))};
}

} // namespace

OpenLayoutJob::OpenLayoutJob(const QString &path, QObject *parent) : ResultJob(parent), m_path(path)
{}

void OpenLayoutJob::doStart()
{
    auto *worker = new WorkerJob<Files>(
        [path = m_path](const CancelFlag &) -> Result<Files> { return openFiles(path); });
    runChild(worker, [this](const Result<Files> &files) {
        if (!files)
            return fail(files.error());
        succeed(std::make_shared<LayoutSession>(m_path, *files));
    });
}

} // namespace Longshore
