// SPDX-License-Identifier: Apache-2.0
#include "core/oci/schema1.h"

#include "core/oci/base64url.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Schema1)
};

Error refused()
{
    return {Error::Kind::Protocol,
            Text::tr("The signatures of the schema 1 manifest are damaged.")};
}

struct Format
{
    qint64 length = -1;
    QByteArray tail;

    friend bool operator==(const Format &, const Format &) = default;
};

Format formatOf(const QJsonValue &signature)
{
    const auto header = fromBase64Url(signature.toObject().value("protected"_L1).toString());
    const QJsonObject object = QJsonDocument::fromJson(header.value_or(QByteArray())).object();
    const auto tail = fromBase64Url(object.value("formatTail"_L1).toString());
    return {tail ? object.value("formatLength"_L1).toInteger(-1) : -1, tail.value_or(QByteArray())};
}

} // namespace

Result<QByteArray> schema1Payload(const QByteArray &document)
{
    const QJsonObject object = QJsonDocument::fromJson(document).object();
    if (!object.contains("signatures"_L1))
        return document;
    const QJsonArray signatures = object.value("signatures"_L1).toArray();
    if (signatures.isEmpty())
        return refused();
    const Format format = formatOf(signatures.first());
    for (const auto &signature : signatures) {
        if (formatOf(signature) != format)
            return refused();
    }
    if (format.length < 0 || format.length > document.size())
        return refused();
    return QByteArray(document.left(format.length) + format.tail);
}

} // namespace Longshore
