// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpresponse.h"
#include "core/http/retrypolicy.h"
#include "core/http/warningheader.h"
#include "core/registry/uploadsession.h"
#include "fuzz/fuzztarget.h"

using namespace Longshore;

namespace {

/// What tells of an upload: never less than nothing, and nowhere else than on the web.
void fuzzUpload(const QByteArray &input)
{
    require(parseReceived(input).value_or(0) >= 0);
    HttpResponse response;
    response.url = QUrl(QStringLiteral("https://registry.example/v2/a/blobs/uploads/"));
    for (const char *name : {"Location", "Range", "OCI-Chunk-Min-Length"})
        response.headers.insert(name, input);
    const auto session = readUploadSession(response);
    if (!session)
        return;
    require(session->location.isValid() && session->location.scheme().startsWith(u"http"));
    require(session->received.value_or(0) >= 0 && session->smallestPart >= 0);
}

} // namespace

/// Content-Range, Retry-After and Warning: never backwards, never in the past, never too long; and
/// what upload sessions are made of.
void fuzz(const QByteArray &input)
{
    if (const auto range = parseContentRange(input)) {
        require(range->first >= 0 && range->last >= range->first);
        require(range->total == -1 || range->total > range->last);
    }
    fuzzUpload(input);
    const QDateTime now(QDate(2026, 1, 1), QTime(0, 0), Qt::UTC);
    if (const auto wait = parseRetryAfter(input, now))
        require(wait->count() >= 0);
    qsizetype size = 0;
    for (const QString &text : parseWarnings(input))
        size += text.toUtf8().size();
    require(size <= 4096);
}
