// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/hasher.h"

#include <QHash>
#include <QString>

#include <optional>

namespace Longshore {

/// The name of some content by its hash, such as "sha256:e3b0...".
///
/// Only what parse() accepted can be a Digest, so one may be put into a URL or a file name.
/// OCI image-spec, descriptor.md, "Digests".
class Digest
{
public:
    /// Nothing unless \a text follows the grammar; sha256 and sha512 must have exactly their
    /// number of lower-case hexadecimal digits; md5 and sha1 are refused.
    [[nodiscard]] static std::optional<Digest> parse(QStringView text);
    /// The digest of \a bytes.
    [[nodiscard]] static Digest ofBytes(QByteArrayView bytes,
                                        Hasher::Algorithm algorithm = Hasher::Algorithm::Sha256);
    /// \a hash is the raw result of a Hasher.
    [[nodiscard]] static Digest fromHash(const QByteArray &hash, Hasher::Algorithm algorithm);

    /// The whole of it, "sha256:e3b0...".
    [[nodiscard]] const QString &toString() const noexcept { return m_text; }
    /// @{
    /// What stands before and after the colon.
    [[nodiscard]] QString algorithm() const { return m_text.left(m_colon); }
    [[nodiscard]] QString encoded() const { return m_text.mid(m_colon + 1); }
    /// @}
    /// The first twelve characters of the encoded part, as every tool shows them.
    [[nodiscard]] QString shortText() const { return m_text.mid(m_colon + 1, 12); }

    /// How to check content against this digest; nothing when we know no such algorithm.
    [[nodiscard]] std::optional<Hasher::Algorithm> hashAlgorithm() const;
    /// Whether \a bytes hash to this digest; never true for an unknown algorithm.
    [[nodiscard]] bool matches(QByteArrayView bytes) const;

    friend bool operator==(const Digest &, const Digest &) = default;
    friend bool operator<(const Digest &a, const Digest &b) { return a.m_text < b.m_text; }
    friend size_t qHash(const Digest &digest, size_t seed = 0)
    {
        return qHash(digest.m_text, seed);
    }

private:
    Digest(QString text, qsizetype colon) : m_text(std::move(text)), m_colon(colon) {}

    QString m_text;
    qsizetype m_colon = 0;
};

} // namespace Longshore
