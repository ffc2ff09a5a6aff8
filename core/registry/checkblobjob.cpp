// SPDX-License-Identifier: Apache-2.0
#include "core/registry/checkblobjob.h"

#include "core/base/bytesink.h"
#include "core/http/httpclient.h"
#include "core/http/httpjob.h"
#include "core/registry/blobexistsjob.h"

#include <atomic>

namespace Longshore {

namespace {

constexpr int attemptsToRead = 3; // What fails again and again is not there.

/// Takes one byte, and ends the stream at the next: a server that knows no ranges sends them all.
class FirstByteSink final : public ByteSink
{
public:
    [[nodiscard]] bool hasByte() const { return m_hasByte; }

    Result<Done> begin(qint64 offset, qint64) override
    {
        m_isAtStart = offset == 0;
        return Done();
    }
    Result<Done> write(QByteArrayView bytes) override
    {
        const bool isMore = m_hasByte.exchange(m_isAtStart) || bytes.size() > 1;
        return isMore ? Result<Done>(Error::cancelled()) : Result<Done>(Done());
    }
    Result<Done> finish() override { return Done(); }

private:
    bool m_isAtStart = false;
    std::atomic<bool> m_hasByte = false;
};

/// Whether the server speaks of the blob, and not of itself or of who asks.
bool isAboutBlob(const Error &error)
{
    // 500 is what a registry may say when its cache knows a blob that its disk does not have.
    return error.kind == Error::Kind::NotFound || error.httpStatus == 416
           || error.httpStatus == 500;
}

} // namespace

CheckBlobJob::CheckBlobJob(HttpClient &client, const QUrl &url, const QString &scope, qint64 size,
                           QObject *parent)
    : ResultJob(parent), m_client(client), m_url(url), m_scope(scope), m_size(size)
{}

void CheckBlobJob::doStart()
{
    runChild(new BlobExistsJob(m_client, m_url, m_scope),
             [this](const Result<BlobPresence> &presence) {
                 if (!presence)
                     return fail(presence.error());
                 if (!presence->exists)
                     return succeed(BlobCondition::Absent);
                 if (presence->size >= 0 && presence->size != m_size)
                     return succeed(BlobCondition::Unreadable);
                 readFirstByte();
             });
}

void CheckBlobJob::readFirstByte()
{
    const auto sink = std::make_shared<FirstByteSink>();
    HttpRequest request;
    request.url = m_url;
    request.scopes = QStringList{m_scope};
    request.sink = sink;
    request.attempts = attemptsToRead;
    if (m_size > 0) // Of an empty blob there is no first byte.
        request.addHeader("Range", "bytes=0-0");
    runChild(m_client.send(request), [this, sink](const Result<HttpResponse> &response) {
        if (sink->hasByte() || (response && m_size == 0))
            return succeed(BlobCondition::Readable);
        if (response || isAboutBlob(response.error()))
            return succeed(BlobCondition::Unreadable);
        if (response.error().kind != Error::Kind::Network)
            return fail(response.error());
        askAgain(response.error());
    });
}

/// Distribution announces a blob that only its cache knows, and breaks off before the first byte.
/// When it can still be talked to, that was no fault of the network.
void CheckBlobJob::askAgain(const Error &doubt)
{
    runChild(new BlobExistsJob(m_client, m_url, m_scope),
             [this, doubt](const Result<BlobPresence> &presence) {
                 if (!presence)
                     return fail(doubt);
                 succeed(presence->exists ? BlobCondition::Unreadable : BlobCondition::Absent);
             });
}

} // namespace Longshore
