// SPDX-License-Identifier: Apache-2.0
#include "core/oci/digest.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr qsizetype longestDigest = 255;
constexpr auto sha256Name = "sha256"_L1;
constexpr auto sha512Name = "sha512"_L1;

bool isLowerHex(QStringView text, qsizetype length)
{
    return text.size() == length && std::all_of(text.begin(), text.end(), [](QChar c) {
               return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
           });
}

bool followsGrammar(QStringView text)
{
    static const QRegularExpression grammar(
        QStringLiteral(R"(\A[a-z0-9]+(?:[+._-][a-z0-9]+)*:[A-Za-z0-9=_-]+\z)"));
    return text.size() <= longestDigest && grammar.match(text).hasMatch();
}

} // namespace

std::optional<Digest> Digest::parse(QStringView text)
{
    if (!followsGrammar(text))
        return {};
    const qsizetype colon = text.indexOf(u':');
    const QStringView algorithm = text.left(colon);
    const QStringView encoded = text.mid(colon + 1);
    if (algorithm == sha256Name && !isLowerHex(encoded, 64))
        return {};
    if (algorithm == sha512Name && !isLowerHex(encoded, 128))
        return {};
    // Content under a broken hash could be anything.
    if (algorithm == "md5"_L1 || algorithm == "sha1"_L1)
        return {};
    return Digest(text.toString(), colon);
}

Digest Digest::ofBytes(QByteArrayView bytes, Hasher::Algorithm algorithm)
{
    return fromHash(Hasher::hash(bytes, algorithm), algorithm);
}

Digest Digest::fromHash(const QByteArray &hash, Hasher::Algorithm algorithm)
{
    const auto name = algorithm == Hasher::Algorithm::Sha512 ? sha512Name : sha256Name;
    return {name + u':' + QString::fromLatin1(hash.toHex()), name.size()};
}

std::optional<Hasher::Algorithm> Digest::hashAlgorithm() const
{
    const QStringView name = QStringView(m_text).left(m_colon);
    if (name == sha256Name)
        return Hasher::Algorithm::Sha256;
    if (name == sha512Name)
        return Hasher::Algorithm::Sha512;
    return {};
}

bool Digest::matches(QByteArrayView bytes) const
{
    const auto algorithm = hashAlgorithm();
    return algorithm && ofBytes(bytes, *algorithm) == *this;
}

} // namespace Longshore
