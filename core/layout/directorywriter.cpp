// SPDX-License-Identifier: Apache-2.0
#include "core/layout/directorywriter.h"

#include "core/base/displaytext.h"
#include "core/base/safefile.h"

#include <QCoreApplication>
#include <QDir>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr qint64 longestVersion = 1024; // In bytes.

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DirectoryWriter)
};

bool isUsual(const Digest &digest)
{
    return digest.algorithm() == "sha256"_L1;
}

/// Nothing when the file is not there, or is larger than \a most bytes.
std::optional<QByteArray> readFile(const QString &path, qint64 most)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > most)
        return {};
    return file.read(most);
}

/// The lock of whoever writes here counts for nothing, nor what somebody leaves behind who was
/// stopped while beginning.
bool isEmptyFolder(const QDir &folder)
{
    QStringList names =
        folder.entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    names.removeAll(u".longshore.lock"_s);
    names.removeIf([](const QString &name) {
        return name.startsWith(".version."_L1) && name.endsWith(".part"_L1);
    });
    return names.isEmpty();
}

} // namespace

Result<Done> DirectoryWriter::open()
{
    const QDir folder(m_folder);
    if (!folder.mkpath(u"."_s))
        return Error{Error::Kind::LocalFile,
                     Text::tr("Cannot make the folder %1.").arg(quotedText(m_folder))};
    if (!isEmptyFolder(folder)) {
        if (const auto checked = checkContent(); !checked)
            return checked;
    }
    SafeFile::removeParts(folder.filePath(u"version"_s));
    const bool areUsual =
        std::all_of(m_parts.blobs.keyBegin(), m_parts.blobs.keyEnd(), isUsual)
        && std::all_of(m_parts.manifests.keyBegin(), m_parts.manifests.keyEnd(), isUsual);
    return SafeFile::writeFile(folder.filePath(u"version"_s),
                               areUsual ? "Directory Transport Version: 1.1\n"
                                        : "Directory Transport Version: 1.2\n");
}

Result<Done> DirectoryWriter::checkContent() const
{
    const QDir folder(m_folder);
    const auto version = readFile(folder.filePath(u"version"_s), longestVersion);
    if (!version || !version->startsWith("Directory Transport Version: 1."))
        return Error{Error::Kind::LocalFile,
                     Text::tr("The folder %1 is not empty, and holds something else.")
                         .arg(quotedText(m_folder))};
    const bool isUnfinished = !folder.exists(u"manifest.json"_s);
    const auto manifest = readFile(folder.filePath(u"manifest.json"_s), m_parts.root.bytes.size());
    if (isUnfinished || manifest == m_parts.root.bytes)
        return Done();
    return Error{Error::Kind::LocalFile,
                 Text::tr("The folder %1 holds another image already.").arg(quotedText(m_folder))};
}

QString DirectoryWriter::blobPath(const Digest &digest) const
{
    const QString name =
        isUsual(digest) ? digest.encoded() : QString(digest.algorithm() + u'-' + digest.encoded());
    return m_folder + u'/' + name;
}

Result<Done> DirectoryWriter::finish()
{
    for (const Manifest &manifest : std::as_const(m_parts.manifests)) {
        if (manifest.digest == m_parts.root.digest)
            continue;
        const auto written =
            SafeFile::writeFile(blobPath(manifest.digest) + ".manifest.json"_L1, manifest.bytes);
        if (!written)
            return written;
    }
    return SafeFile::writeFile(m_folder + "/manifest.json"_L1, m_parts.root.bytes);
}

} // namespace Longshore
