// SPDX-License-Identifier: Apache-2.0
#include "core/http/httprequest.h"

#include "core/http/urlpolicy.h"

#include <algorithm>

namespace Longshore {

QByteArray HttpRequest::verb() const
{
    switch (method) {
    case Method::Get: return "GET";
    case Method::Head: return "HEAD";
    case Method::Post: return "POST";
    case Method::Put: return "PUT";
    case Method::Patch: return "PATCH";
    case Method::Delete: return "DELETE";
    }
    Q_UNREACHABLE();
}

bool HttpRequest::hasSoundHeaders() const
{
    const auto isText = [](uchar c) { return (c >= ' ' || c == '\t') && c != 0x7f; };
    const auto isWord = [](char c) { return c > ' ' && c < 0x7f && c != ':'; };
    return std::all_of(headers.begin(), headers.end(), [&](const auto &header) {
        const auto &[name, value] = header;
        return !name.isEmpty() && std::all_of(name.begin(), name.end(), isWord)
               && std::all_of(value.begin(), value.end(), isText);
    });
}

HttpRequest HttpRequest::redirectedTo(const QUrl &target) const
{
    HttpRequest result = *this;
    result.url = target;
    if (Origin::of(target) == Origin::of(url))
        return result;
    result.headers.removeIf([](const auto &header) {
        const QByteArray name = header.first.toLower();
        return name != "accept" && name != "range" && name != "if-range";
    });
    return result;
}

} // namespace Longshore
