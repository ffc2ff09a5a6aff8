// SPDX-License-Identifier: Apache-2.0
#include "core/layout/ocilayoutwriter.h"

#include "core/base/displaytext.h"
#include "core/base/safefile.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(OciLayoutWriter)
};

constexpr qint64 largestIndex = 4LL * 1024 * 1024; // In bytes.

QString referenceName(const QJsonValue &entry)
{
    return entry["annotations"_L1]["org.opencontainers.image.ref.name"_L1].toString();
}

bool isEmptyFolder(const QDir &folder)
{
    return folder.isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
}

/// Nothing when the file is not there, is too large, or is no object.
std::optional<QJsonObject> readObject(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > largestIndex)
        return {};
    const QJsonDocument document = QJsonDocument::fromJson(file.read(largestIndex));
    return document.isObject() ? std::optional(document.object()) : std::nullopt;
}

} // namespace

Result<Done> OciLayoutWriter::create()
{
    const QDir folder(m_folder);
    if (folder.exists() && !isEmptyFolder(folder))
        return Error{Error::Kind::LocalFile,
                     Text::tr("The folder %1 is not empty.").arg(quotedText(m_folder))};
    if (!folder.mkpath(u"blobs"_s))
        return Error{Error::Kind::LocalFile,
                     Text::tr("Cannot make the folder %1.").arg(quotedText(m_folder))};
    return SafeFile::writeFile(folder.filePath(u"oci-layout"_s),
                               R"({"imageLayoutVersion":"1.0.0"})", SafeFile::Existing::Keep);
}

Result<Done> OciLayoutWriter::open()
{
    const QDir folder(m_folder);
    if (!folder.exists() || isEmptyFolder(folder))
        return create();
    const auto layout = readObject(folder.filePath(u"oci-layout"_s));
    if (!layout || layout->value("imageLayoutVersion"_L1) != "1.0.0"_L1)
        return Error{Error::Kind::LocalFile,
                     Text::tr("The folder %1 is not empty, and holds no OCI image layout.")
                         .arg(quotedText(m_folder))};
    m_index = {};
    m_manifests = {};
    if (!folder.exists(u"index.json"_s))
        return Done(); // Somebody was stopped before the end.
    const auto index = readObject(folder.filePath(u"index.json"_s));
    if (!index || !index->value("manifests"_L1).isArray())
        return Error{
            Error::Kind::LocalFile,
            Text::tr("The file index.json in %1 cannot be read, so nothing is added to it.")
                .arg(quotedText(m_folder))};
    m_index = *index;
    m_manifests = m_index.take("manifests"_L1).toArray();
    return Done();
}

QString OciLayoutWriter::blobPath(const Digest &digest) const
{
    return m_folder + "/blobs/"_L1 + digest.algorithm() + u'/' + digest.encoded();
}

void OciLayoutWriter::removeParts() const
{
    QDirIterator parts(m_folder + "/blobs"_L1, {u".*.part"_s}, QDir::Files | QDir::Hidden,
                       QDirIterator::Subdirectories);
    while (parts.hasNext())
        QFile::remove(parts.next());
}

Result<Done> OciLayoutWriter::addBlob(const Digest &digest, const QByteArray &bytes)
{
    if (!digest.matches(bytes))
        return Error{Error::Kind::DigestMismatch,
                     Text::tr("A document does not match its digest %1.").arg(digest.toString())};
    if (!QDir(m_folder).mkpath("blobs/"_L1 + digest.algorithm()))
        return Error{Error::Kind::LocalFile,
                     Text::tr("Cannot make the folder %1.").arg(quotedText(m_folder))};
    // What has this name can be nothing else, or is damaged.
    return SafeFile::writeFile(blobPath(digest), bytes, SafeFile::Existing::Replace);
}

void OciLayoutWriter::addReference(const Descriptor &manifest, const QString &name)
{
    const QString digest = manifest.digest.toString();
    for (qsizetype i = m_manifests.size() - 1; i >= 0; --i) {
        const QJsonValue entry = m_manifests.at(i);
        const bool isSame =
            referenceName(entry) == name && (!name.isEmpty() || entry["digest"_L1] == digest);
        if (isSame)
            m_manifests.removeAt(i);
    }
    QJsonObject entry{{u"mediaType"_s, manifest.mediaType.toString()},
                      {u"digest"_s, digest},
                      {u"size"_s, manifest.size}};
    if (!name.isEmpty())
        entry.insert("annotations"_L1, QJsonObject{{u"org.opencontainers.image.ref.name"_s, name}});
    m_manifests.append(entry);
}

Result<Done> OciLayoutWriter::finish()
{
    m_index.insert("schemaVersion"_L1, 2);
    m_index.insert("mediaType"_L1, MediaType::ociIndex().toString());
    m_index.insert("manifests"_L1, m_manifests);
    return SafeFile::writeFile(m_folder + "/index.json"_L1,
                               QJsonDocument(m_index).toJson(QJsonDocument::Compact));
}

} // namespace Longshore
