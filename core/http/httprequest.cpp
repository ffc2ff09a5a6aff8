// SPDX-License-Identifier: Apache-2.0
#include "core/http/httprequest.h"

#include "core/http/urlpolicy.h"

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
