// SPDX-License-Identifier: Apache-2.0
#include "core/layout/temporaryfile.h"

#include "core/base/displaytext.h"

#include <QCoreApplication>
#include <QDir>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TemporaryFile)
};

} // namespace

Error cannotWriteTemporaryFile(const QString &reason)
{
    return {Error::Kind::LocalFile, Text::tr("Cannot write a temporary file in %1: %2.")
                                        .arg(quotedPath(QDir::tempPath()), quotedText(reason))};
}

Result<std::unique_ptr<QTemporaryFile>> openTemporaryFile()
{
    auto file = std::make_unique<QTemporaryFile>(QDir::tempPath() + "/longshore-XXXXXX"_L1);
    if (!file->open())
        return cannotWriteTemporaryFile(file->errorString());
    return file;
}

} // namespace Longshore
