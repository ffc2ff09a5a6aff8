// SPDX-License-Identifier: Apache-2.0
#include "core/layout/missingblobs.h"

#include "core/base/displaytext.h"
#include "core/layout/fileslice.h"
#include "core/oci/strictjson.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(MissingBlobs)
};

constexpr qint64 largestList = 4LL * 1024 * 1024; // In bytes, as parseStrictJson() takes them.

Error noList()
{
    return {Error::Kind::Protocol, Text::tr("This is no list of blobs that are missing.")};
}

Result<QByteArray> readAll(const QString &path)
{
    const auto file = ReadableFile::open(path);
    if (!file)
        return file.error();
    QByteArray bytes;
    QByteArray piece(64 * 1024, Qt::Uninitialized);
    while (bytes.size() < (*file)->size() && bytes.size() <= largestList) {
        const auto count = (*file)->read(bytes.size(), piece.data(), piece.size());
        if (!count)
            return count.error();
        bytes += QByteArrayView(piece.constData(), *count);
    }
    return bytes;
}

} // namespace

QByteArray missingBlobsToJson(const QList<Descriptor> &blobs)
{
    QMap<Digest, Descriptor> sorted;
    for (const Descriptor &blob : blobs)
        sorted.insert(blob.digest, blob);
    QJsonArray list;
    for (const Descriptor &blob : std::as_const(sorted))
        list.append(QJsonObject{{u"mediaType"_s, blob.mediaType.toString()},
                                {u"digest"_s, blob.digest.toString()},
                                {u"size"_s, blob.size}});
    return QJsonDocument(QJsonObject{{u"missing"_s, list}}).toJson(QJsonDocument::Indented);
}

Result<QList<Descriptor>> missingBlobsFromJson(const QByteArray &json)
{
    const auto document = parseStrictJson(json);
    if (!document)
        return document.error();
    const QJsonValue list = document->value("missing"_L1);
    if (!list.isArray())
        return noList();
    QList<Descriptor> blobs;
    const QJsonArray entries = list.toArray();
    for (const QJsonValue &entry : entries) {
        const auto blob = Descriptor::fromJson(entry.toObject());
        if (!blob)
            return noList();
        blobs.append(*blob);
    }
    return blobs;
}

Result<QList<Descriptor>> readMissingBlobs(const QString &folder)
{
    const QString path = folder + u'/' + missingBlobsFile;
    const auto json = readAll(path);
    if (!json && json.error().kind == Error::Kind::NotFound)
        return QList<Descriptor>();
    const auto blobs = json ? missingBlobsFromJson(*json) : json.error();
    if (blobs)
        return blobs;
    return Error{blobs.error().kind,
                 Text::tr("%1 cannot be read, so nothing is added to that layout: %2 Remove the "
                          "file to forget which blobs the layout lacks.")
                     .arg(quotedPath(path), blobs.error().message)};
}

} // namespace Longshore
