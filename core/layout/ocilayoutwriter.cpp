// SPDX-License-Identifier: Apache-2.0
#include "core/layout/ocilayoutwriter.h"

#include "core/base/displaytext.h"
#include "core/base/safefile.h"
#include "core/layout/missingblobs.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
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

/// By what an entry is replaced: its name, or its digest where it has none.
QString entryKey(const QString &name, const QString &digest)
{
    return name.isEmpty() ? u'@' + digest : name;
}

/// What somebody leaves behind who was stopped while making a layout counts for nothing.
bool isEmptyFolder(const QDir &folder)
{
    const auto everything = QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot;
    QStringList names = folder.entryList(everything);
    names.removeIf([](const QString &name) {
        return name.startsWith(".oci-layout."_L1) && name.endsWith(".part"_L1);
    });
    if (QDir(folder.filePath(u"blobs"_s)).isEmpty(everything))
        names.removeAll(u"blobs"_s);
    return names.isEmpty();
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
    SafeFile::removeParts(folder.filePath(u"oci-layout"_s));
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
    const auto missing = readMissingBlobs(m_folder);
    if (!missing)
        return missing.error();
    m_missingBefore = *missing;
    m_index = {};
    m_manifests = {};
    m_listed.clear();
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
    for (const QJsonValue entry : std::as_const(m_manifests))
        m_listed.insert(entryKey(referenceName(entry), entry["digest"_L1].toString()));
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
    for (const QLatin1StringView name : {"index.json"_L1, missingBlobsFile})
        SafeFile::removeParts(m_folder + u'/' + name);
}

Result<Done> OciLayoutWriter::addBlob(const Digest &digest, const QByteArray &bytes) const
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
    const QString key = entryKey(name, digest);
    const bool isListed = m_listed.contains(key);
    for (qsizetype i = m_manifests.size() - 1; isListed && i >= 0; --i) {
        const QJsonValue listed = m_manifests.at(i);
        if (entryKey(referenceName(listed), listed["digest"_L1].toString()) == key)
            m_manifests.removeAt(i);
    }
    m_listed.insert(key);
    QJsonObject entry{{u"mediaType"_s, manifest.mediaType.toString()},
                      {u"digest"_s, digest},
                      {u"size"_s, manifest.size}};
    if (!manifest.artifactType.isEmpty())
        entry.insert("artifactType"_L1, manifest.artifactType);
    if (!name.isEmpty())
        entry.insert("annotations"_L1, QJsonObject{{u"org.opencontainers.image.ref.name"_s, name}});
    m_manifests.append(entry);
}

/// What a later export has brought is not missing any more.
Result<Done> OciLayoutWriter::listMissing() const
{
    const QString path = m_folder + u'/' + missingBlobsFile;
    QList<Descriptor> missing = m_missing + m_missingBefore;
    missing.removeIf([this](const Descriptor &blob) {
        const QFileInfo file(blobPath(blob.digest));
        return file.isFile() && file.size() == blob.size;
    });
    if (!missing.isEmpty())
        return SafeFile::writeFile(path, missingBlobsToJson(missing));
    if (!QFileInfo::exists(path) || QFile::remove(path))
        return Done();
    return Error{Error::Kind::LocalFile, Text::tr("Cannot remove %1.").arg(quotedPath(path))};
}

Result<Done> OciLayoutWriter::finish()
{
    if (const auto listed = listMissing(); !listed)
        return listed;
    m_index.insert("schemaVersion"_L1, 2);
    m_index.insert("mediaType"_L1, MediaType::ociIndex().toString());
    m_index.insert("manifests"_L1, m_manifests);
    return SafeFile::writeFile(m_folder + "/index.json"_L1,
                               QJsonDocument(m_index).toJson(QJsonDocument::Compact));
}

} // namespace Longshore
