// SPDX-License-Identifier: Apache-2.0
#include "core/registry/checksigninjob.h"

#include "core/http/httpclient.h"
#include "core/http/httpjob.h"

namespace Longshore {

void CheckSignInJob::doStart()
{
    HttpRequest request;
    request.url = m_url;
    runChild(m_client.send(request), [this](const Result<HttpResponse> &response) {
        if (response)
            return succeed(Done());
        Error error = response.error();
        if (error.httpStatus == 401) // Also of a token: there is no right that it could lack.
            error.kind = Error::Kind::Unauthorized;
        fail(error);
    });
}

} // namespace Longshore
