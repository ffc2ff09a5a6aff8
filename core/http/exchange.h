// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/http/bodydevice.h"
#include "core/http/httprequest.h"
#include "core/http/httpresponse.h"
#include "core/http/httpsettings.h"
#include "core/http/throttle.h"

#include <QElapsedTimer>
#include <QNetworkReply>
#include <QPointer>
#include <QTimer>

#include <functional>

class QNetworkAccessManager;

namespace Longshore {

/// One request on the wire, in the network thread: bytes out, bytes in, nothing decided but
/// whether the other side still does something.
class Exchange final : public QObject
{
    Q_OBJECT

public:
    /// Who is told; both functions are called in the network thread.
    struct Observer
    {
        /// In bytes of the body that is large: what is sent, or what a sink takes. \a total is -1
        /// while nobody has named it.
        std::function<void(qint64 done, qint64 total)> progressed;
        /// Exactly once, unless the exchange is deleted first.
        std::function<void(const Result<HttpResponse> &)> finished;
        /// Before that, when nobody was found whom to send anything: not one byte of the request has
        /// left, so that it was surely not carried out.
        std::function<void()> foundNobody = [] {};
    };

    /// Sends nothing before start().
    Exchange(const HttpRequest &request, const HttpTimeouts &timeouts, Observer observer,
             QObject *parent);
    ~Exchange() override;

    /// Of what a sink takes and a source gives; none by default.
    void setLimit(std::shared_ptr<RateLimit> limit) { m_throttle.setLimit(std::move(limit)); }
    /// Sends the request. \a network must live in this thread, and outlive the exchange.
    void start(QNetworkAccessManager &network);
    /// Whether the server has shown a certificate that is accepted, or needs none.
    [[nodiscard]] bool isServerKnown() const noexcept { return m_isServerKnown; }

private:
    void send(QNetworkAccessManager &network);
    /// Before anything is sent; of a connection that is used again Qt tells nothing, and then
    /// before the answer is believed.
    void checkCertificate();
    void handleRequestSent();
    [[nodiscard]] Result<Done> openBody();
    void handleBodyRead();
    void handleHeaders();
    void handleReadable();
    void handleFinished();
    /// What was held back is there to be read.
    void handleRefill()
    {
        if (m_reply && m_reply->isFinished())
            handleFinished();
        else if (m_reply && m_reply->bytesAvailable() > 0)
            handleReadable();
    }
    void handleSilence();
    void checkSpeed();
    [[nodiscard]] bool drain();
    [[nodiscard]] Result<Done> accept(QByteArrayView bytes);
    [[nodiscard]] Result<Done> beginSink();
    [[nodiscard]] Result<HttpResponse> outcome();
    [[nodiscard]] bool isBodyForSink() const
    {
        return m_request.sink && (m_response.status == 200 || m_response.status == 206);
    }
    /// Now and then Qt calls an answer whole whose connection was closed right behind its headers.
    [[nodiscard]] bool isCutShort() const
    {
        return !isRefusal() && m_request.method != HttpRequest::Method::Head
               && m_response.status != 204 && m_received < m_expected;
    }
    [[nodiscard]] bool isRefusal() const { return m_response.status >= 300; }
    void reportProgress(bool isLast);
    void watch(std::chrono::milliseconds limit) { m_watchdog.start(limit); }
    void end(const Result<HttpResponse> &result);
    [[nodiscard]] Result<HttpResponse> settled(const Result<HttpResponse> &result) const;
    void dropReply();

    const HttpRequest m_request;
    const HttpTimeouts m_timeouts;
    Observer m_observer;
    QPointer<BodyDevice> m_body; ///< Of the reply; none for bodies in the request itself.
    QPointer<QNetworkReply> m_reply; // QNetworkAccessManager deletes its replies when it dies.
    HttpResponse m_response;
    QByteArray m_buffer;
    Throttle m_throttle; ///< Of what a sink takes, and of what a source gives.
    QTimer m_watchdog;
    QTimer m_speedCheck;
    QElapsedTimer m_sinceProgress;
    qint64 m_received = 0;
    qint64 m_movedAtCheck = 0; ///< Bytes in both directions.
    qint64 m_expected = -1;
    bool m_isServerKnown = false;
    bool m_isSent = false;
    bool m_hasHeaders = false;
    bool m_hasBegunSink = false;
};

} // namespace Longshore
