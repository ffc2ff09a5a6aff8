// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QHash>
#include <QUrl>

#include <optional>

namespace Longshore {

/// The header fields of an answer; names are compared without case, and repeated fields
/// arrive joined by ", ".
class HttpHeaders
{
public:
    /// Adds a field, or replaces the one of that name.
    void insert(const QByteArray &name, const QByteArray &value)
    {
        m_fields.insert(name.toLower(), value);
    }
    /// Empty when there is no such field.
    [[nodiscard]] QByteArray value(const QByteArray &name) const
    {
        return m_fields.value(name.toLower());
    }
    /// Whether there is such a field, be it empty.
    [[nodiscard]] bool contains(const QByteArray &name) const
    {
        return m_fields.contains(name.toLower());
    }

private:
    QHash<QByteArray, QByteArray> m_fields;
};

/// What a server answered.
struct HttpResponse
{
    int status = 0; ///< RFC 9110, 15.
    HttpHeaders headers; ///< Of this answer, not of redirects before it.
    QByteArray body; ///< Empty when a sink took it.
    QUrl url; ///< Of the request that was answered, after redirects.
};

/// How long the body is that follows; -1 when nobody says. Qt takes what it likes of a length that
/// can be read in two ways, and calls that a success; here it is an Error of kind Protocol. RFC
/// 9112, 6.3.
[[nodiscard]] Result<qint64> bodyLength(const HttpHeaders &headers);

/// A Content-Range of one part: "bytes 3-9/10".
struct ContentRange
{
    qint64 first = 0; ///< In bytes from the start of the whole.
    qint64 last = 0; ///< Inclusive.
    qint64 total = -1; ///< -1 for "*".
};

/// RFC 9110, 14.4. Nothing when the field is malformed, repeated or names no range.
[[nodiscard]] std::optional<ContentRange> parseContentRange(const QByteArray &value);

} // namespace Longshore
