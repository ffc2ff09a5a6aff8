// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QDebug>

namespace Longshore {

/// Bytes that must never be shown: a password, a token.
///
/// It prints as "***" and converts to nothing; whoever needs the bytes must ask by name.
class Secret
{
public:
    /// No secret at all.
    Secret() = default;
    /// Takes the bytes as they are: UTF-8 for what people type.
    explicit Secret(const QByteArray &bytes) : m_bytes(bytes) {}

    /// Whether there is no secret, or one of no length.
    [[nodiscard]] bool isEmpty() const noexcept { return m_bytes.isEmpty(); }
    /// The bytes themselves, for the one place that puts them on the wire or into a keychain.
    [[nodiscard]] const QByteArray &reveal() const noexcept { return m_bytes; }

    friend bool operator==(const Secret &, const Secret &) = default;
    friend size_t qHash(const Secret &secret, size_t seed) { return qHash(secret.m_bytes, seed); }
    /// Prints "***".
    friend QDebug operator<<(QDebug debug, const Secret &) { return debug << "***"; }

private:
    QByteArray m_bytes;
};

} // namespace Longshore
