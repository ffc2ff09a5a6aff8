// SPDX-License-Identifier: Apache-2.0
#include "core/layout/ocilayoutwriter.h"

#include "core/base/displaytext.h"
#include "core/base/safefile.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(OciLayoutWriter)
};

QString blobPath(const QString &folder, const Digest &digest)
{
    return folder + "/blobs/"_L1 + digest.algorithm() + u'/' + digest.encoded();
}

} // namespace

Result<Done> OciLayoutWriter::create()
{
    const QDir folder(m_folder);
    if (folder.exists() && !folder.isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot))
        return Error{Error::Kind::LocalFile,
                     Text::tr("The folder %1 is not empty.").arg(quotedText(m_folder))};
    if (!folder.mkpath(u"blobs"_s))
        return Error{Error::Kind::LocalFile,
                     Text::tr("Cannot make the folder %1.").arg(quotedText(m_folder))};
    return SafeFile::writeFile(folder.filePath(u"oci-layout"_s),
                               R"({"imageLayoutVersion":"1.0.0"})", SafeFile::Existing::Keep);
}

Result<Done> OciLayoutWriter::addBlob(const Digest &digest, const QByteArray &bytes)
{
    if (!digest.matches(bytes))
        return Error{Error::Kind::DigestMismatch,
                     Text::tr("A document does not match its digest %1.").arg(digest.toString())};
    const QString path = blobPath(m_folder, digest);
    if (QFile::exists(path))
        return Done();
    if (!QDir(m_folder).mkpath("blobs/"_L1 + digest.algorithm()))
        return Error{Error::Kind::LocalFile,
                     Text::tr("Cannot make the folder %1.").arg(quotedText(m_folder))};
    return SafeFile::writeFile(path, bytes, SafeFile::Existing::Keep);
}

void OciLayoutWriter::addReference(const Descriptor &manifest, const QString &name)
{
    m_references.append({manifest, name});
}

Result<Done> OciLayoutWriter::finish()
{
    QJsonArray manifests;
    for (const auto &[manifest, name] : m_references) {
        QJsonObject entry{{u"mediaType"_s, manifest.mediaType.toString()},
                          {u"digest"_s, manifest.digest.toString()},
                          {u"size"_s, manifest.size}};
        if (!name.isEmpty())
            entry.insert("annotations"_L1,
                         QJsonObject{{u"org.opencontainers.image.ref.name"_s, name}});
        manifests.append(entry);
    }
    const QJsonObject index{{u"schemaVersion"_s, 2},
                            {u"mediaType"_s, MediaType::ociIndex().toString()},
                            {u"manifests"_s, manifests}};
    return SafeFile::writeFile(m_folder + "/index.json"_L1,
                               QJsonDocument(index).toJson(QJsonDocument::Compact));
}

} // namespace Longshore
