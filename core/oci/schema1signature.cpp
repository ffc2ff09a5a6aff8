// SPDX-License-Identifier: Apache-2.0
#include "core/oci/schema1signature.h"

#include "core/oci/base64url.h"
#include "core/oci/schema1.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Schema1Signature)
};

Error invalid(const QString &message)
{
    return {Error::Kind::DigestMismatch, message};
}

Result<PublicKey> keyOf(const QJsonObject &header)
{
    const QJsonArray chain = header.value("x5c"_L1).toArray();
    if (chain.isEmpty())
        return PublicKey::fromJwk(header.value("jwk"_L1).toObject());
    // Certificates are in plain base 64: RFC 7515, 4.1.6.
    return PublicKey::fromCertificate(QByteArray::fromBase64(chain.first().toString().toLatin1()));
}

Schema1Check::Signature check(const QJsonObject &entry, const QByteArray &payload)
{
    const QJsonObject header = entry.value("header"_L1).toObject();
    Schema1Check::Signature result{{}, header.value("alg"_L1).toString(), {}};
    const auto key = keyOf(header);
    if (!key) {
        result.error = key.error();
        return result;
    }
    result.keyId = key->keyId();
    const QJsonValue claimed = header.value("jwk"_L1).toObject().value("kid"_L1);
    const auto signature = fromBase64Url(entry.value("signature"_L1).toString());
    // As it stands there: the signature covers the text, not what it means.
    const QByteArray signedText =
        entry.value("protected"_L1).toString().toUtf8() + '.' + toBase64Url(payload);
    if (!claimed.isUndefined() && claimed.toString() != result.keyId)
        result.error = invalid(Text::tr("The key is not the one whose name it has."));
    else if (!signature || !key->verifies(*signature, result.algorithm, signedText))
        result.error = invalid(Text::tr("The signature does not fit the manifest."));
    return result;
}

/// The last byte before the bracket that closes the document, and white space around it.
std::optional<qsizetype> formatLength(const QByteArray &payload)
{
    const auto isSpace = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    const auto skipSpace = [&](qsizetype end) {
        while (end > 0 && isSpace(payload.at(end - 1)))
            --end;
        return end;
    };
    const qsizetype bracket = skipSpace(payload.size()) - 1;
    if (bracket < 1 || payload.at(bracket) != '}')
        return {};
    const qsizetype length = skipSpace(bracket);
    // Behind an empty object, or behind nothing, a comma would make no JSON.
    return length == 0 || payload.at(length - 1) == '{' ? std::nullopt : std::optional(length);
}

/// The white space that starts the members of the document; empty when it has no lines.
QByteArray indentOf(const QByteArray &payload)
{
    const qsizetype line = payload.indexOf('\n');
    if (line < 0)
        return {};
    qsizetype end = line + 1;
    while (end < payload.size() && (payload.at(end) == ' ' || payload.at(end) == '\t'))
        ++end;
    return payload.sliced(line + 1, end - line - 1);
}

using Members = QList<std::pair<QByteArray, QByteArray>>; ///< Names, and values as JSON.

QByteArray object(const Members &members, const QByteArray &newLine, const QByteArray &indent)
{
    const QByteArray colon = newLine.isEmpty() ? ":" : ": ";
    QByteArrayList lines;
    for (const auto &[name, value] : members)
        lines.append(newLine + indent + '"' + name + '"' + colon + value);
    return '{' + lines.join(',') + newLine + '}';
}

QByteArray quoted(const QByteArray &text)
{
    return '"' + text + '"'; // Nothing that is quoted here needs to be escaped.
}

/// The member "signatures", in the order and with the lines that libtrust gives it.
QByteArray signatureBlock(const SigningKey &key, const QByteArray &signature,
                          const QByteArray &header, const QByteArray &indent)
{
    const bool hasLines = !indent.isEmpty();
    const auto line = [&](int level) {
        return hasLines ? QByteArray('\n' + indent.repeated(level)) : QByteArray();
    };
    Members jwk = key.publicJwk();
    for (auto &[name, value] : jwk)
        value = quoted(value);
    const Members head{{"jwk", object(jwk, line(4), indent)}, {"alg", quoted(key.algorithm())}};
    const Members entry{{"header", object(head, line(3), indent)},
                        {"signature", quoted(toBase64Url(signature))},
                        {"protected", quoted(header)}};
    return line(1) + R"("signatures":)" + (hasLines ? " [" : "[") + line(2)
           + object(entry, line(2), indent) + line(1) + ']' + line(0);
}

} // namespace

bool Schema1Check::isValid() const
{
    return !signatures.isEmpty()
           && std::all_of(signatures.begin(), signatures.end(),
                          [](const Signature &signature) { return !signature.error; });
}

Result<Schema1Check> checkSchema1Signatures(const QByteArray &document)
{
    const QJsonArray entries =
        QJsonDocument::fromJson(document).object().value("signatures"_L1).toArray();
    if (entries.isEmpty())
        return invalid(Text::tr("The document is not signed."));
    const auto payload = schema1Payload(document);
    if (!payload)
        return payload.error();
    Schema1Check result{*payload, {}};
    for (const auto &entry : entries)
        result.signatures.append(check(entry.toObject(), *payload));
    return result;
}

Result<QByteArray> signSchema1(const QByteArray &payload, const SigningKey &key,
                               const QDateTime &time)
{
    const auto length = formatLength(payload);
    const QJsonDocument json = QJsonDocument::fromJson(payload);
    if (!length || !json.isObject())
        return Error{Error::Kind::InvalidInput, Text::tr("Only a JSON object can be signed.")};
    if (json.object().contains("signatures"_L1))
        return Error{Error::Kind::InvalidInput, Text::tr("The document is signed already.")};
    const QByteArray header =
        toBase64Url(R"({"formatLength":)" + QByteArray::number(*length) + R"(,"formatTail":")"
                    + toBase64Url(payload.sliced(*length)) + R"(","time":")"
                    + time.toUTC().toString(u"yyyy-MM-ddTHH:mm:ss'Z'"_s).toLatin1() + R"("})");
    const QByteArray signature = key.sign(header + '.' + toBase64Url(payload));
    if (signature.isEmpty())
        return Error{Error::Kind::LocalFile, Text::tr("The key cannot sign.")};

    return QByteArray(payload.first(*length) + ','
                      + signatureBlock(key, signature, header, indentOf(payload)) + '}');
}

} // namespace Longshore
