// SPDX-License-Identifier: Apache-2.0
#include "core/http/exchange.h"

#include "core/http/exchangerequest.h"
#include "core/http/httperror.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr qsizetype chunkSize = 256 * 1024;
// More over TLS, where each read costs a record: measured, see ARCHITECTURE.md.
constexpr qint64 readBuffer = 1024 * 1024;
constexpr qint64 readBufferTls = 4 * 1024 * 1024;
constexpr qint64 mostHeaderBytes = 64 * 1024;
constexpr qint64 mostErrorBytes = 64 * 1024;
constexpr qint64 progressInterval = 100;

} // namespace

Exchange::Exchange(const HttpRequest &request, const HttpTimeouts &timeouts, Observer observer,
                   QObject *parent)
    : QObject(parent), m_request(request), m_timeouts(timeouts), m_observer(std::move(observer))
{
    connect(&m_throttle, &Throttle::refilled, this, &Exchange::handleRefill);
    m_watchdog.setSingleShot(true);
    connect(&m_watchdog, &QTimer::timeout, this, &Exchange::handleSilence);
    connect(&m_speedCheck, &QTimer::timeout, this, &Exchange::checkSpeed);
}

Exchange::~Exchange()
{
    dropReply();
}

void Exchange::start(QNetworkAccessManager &network)
{
    m_response.url = m_request.url;
    m_isServerKnown = m_request.url.scheme() == "http"_L1;
    watch(m_timeouts.connect);
    checkRoute(m_request, this, [this, &network](const auto &objection) {
        if (objection)
            end(*objection);
        else if (m_observer.finished) // Else it took too long.
            send(network);
    });
}

void Exchange::send(QNetworkAccessManager &network)
{
    if (const auto opened = openBody(); !opened)
        return end(opened.error());
    m_reply = sendRequest(network, m_request, m_body);
    if (m_body)
        m_body->setParent(m_reply); // Which reads it, also while it is being destroyed.
    m_reply->setReadBufferSize(m_request.url.scheme() == "https"_L1 ? readBufferTls : readBuffer);
    connect(m_reply, &QNetworkReply::encrypted, this, &Exchange::checkCertificate);
    connect(m_reply, &QNetworkReply::requestSent, this, &Exchange::handleRequestSent);
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &Exchange::handleHeaders);
    connect(m_reply, &QNetworkReply::readyRead, this, &Exchange::handleReadable);
    connect(m_reply, &QNetworkReply::finished, this, &Exchange::handleFinished);
}

void Exchange::checkCertificate()
{
    const auto objection = objectionToCertificate(*m_reply, m_request.tls.get());
    m_isServerKnown = !objection;
    if (objection)
        end(*objection);
}

Result<Done> Exchange::openBody()
{
    if (!m_request.source)
        return Done();
    m_body = new BodyDevice(m_request.source, this);
    m_body->setThrottle(&m_throttle);
    connect(m_body, &BodyDevice::advanced, this, &Exchange::handleBodyRead);
    // Not at once: Qt is in the middle of reading.
    connect(
        m_body, &BodyDevice::failed, this, [this] { end(*m_body->failure()); },
        Qt::QueuedConnection);
    return m_body->begin();
}

/// Comes for each piece, so that timers are only touched now and then.
void Exchange::handleBodyRead()
{
    if (!std::exchange(m_isSent, true))
        m_speedCheck.start(m_timeouts.lowSpeedWindow);
    if (m_body->isExhausted()) {
        m_speedCheck.stop(); // The server may take its time now.
        watch(m_timeouts.firstByteOfChange);
    } else if (!m_sinceProgress.isValid() || m_sinceProgress.elapsed() >= progressInterval) {
        watch(m_timeouts.idle);
    }
    reportProgress(false);
}

void Exchange::handleRequestSent()
{
    if (m_body && !m_body->isExhausted())
        return; // Only the headers were.
    m_isSent = true;
    watch(m_request.isSafe() ? m_timeouts.firstByte : m_timeouts.firstByteOfChange);
}

void Exchange::handleHeaders()
{
    if (m_hasHeaders)
        return;
    if (m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).isValid())
        checkCertificate();
    if (!m_reply)
        return;
    if (readHeaders(*m_reply, m_response) > mostHeaderBytes)
        return end(Error{Error::Kind::TooLarge,
                         tr("The server sent more header lines than any registry does.")});
    if (m_response.status >= 100 && m_response.status < 200)
        return end(unexpectedStatus(m_response)); // Qt takes the real answer for its body.
    m_hasHeaders = true;
    const auto length = bodyLength(m_response.headers);
    if (!length)
        return end(length.error());
    m_expected = *length;
    watch(m_timeouts.idle);
    m_speedCheck.start(m_timeouts.lowSpeedWindow);
    m_sinceProgress.start();
}

void Exchange::handleReadable()
{
    if (!m_hasHeaders)
        handleHeaders();
    if (!m_reply)
        return;
    watch(m_timeouts.idle);
    if (drain())
        reportProgress(false);
    // The reason is in there by now; nobody reads an error without end.
    if (m_reply && m_response.body.size() >= mostErrorBytes && m_response.status >= 400)
        end(m_response);
}

/// Takes what has arrived; false when the exchange ended over it.
bool Exchange::drain()
{
    if (m_buffer.isEmpty())
        m_buffer.resize(chunkSize);
    while (m_reply && m_reply->bytesAvailable() > 0) {
        const qint64 wanted = qMin<qint64>(m_buffer.size(), m_reply->bytesAvailable());
        const qint64 most = isBodyForSink() ? m_throttle.take(wanted) : wanted;
        const qint64 count = m_reply->read(m_buffer.data(), most);
        if (count <= 0)
            break;
        m_received += count;
        const auto accepted = accept(QByteArrayView(m_buffer.constData(), count));
        if (!accepted) {
            end(accepted.error());
            return false;
        }
    }
    return true;
}

Result<Done> Exchange::accept(QByteArrayView bytes)
{
    if (isBodyForSink()) {
        if (auto begun = beginSink(); !begun)
            return begun;
        return m_request.sink->write(bytes);
    }
    if (m_response.status >= 400) {
        // Enough to find the reason in; the rest is read and forgotten.
        m_response.body += bytes.first(qMin(bytes.size(), mostErrorBytes - m_response.body.size()));
        return Done();
    }
    if (m_response.body.size() + bytes.size() > m_request.maximumBody)
        return Error{Error::Kind::TooLarge, tr("The answer is larger than allowed."),
                     u"limit %1"_s.arg(m_request.maximumBody)};
    m_response.body += bytes;
    return Done();
}

Result<Done> Exchange::beginSink()
{
    if (std::exchange(m_hasBegunSink, true))
        return Done();
    if (m_response.status == 200)
        return m_request.sink->begin(0, m_expected);
    const auto range = parseContentRange(m_response.headers.value("Content-Range"));
    if (!range)
        return Error{Error::Kind::Protocol,
                     tr("The server sent a part without saying which part.")};
    return m_request.sink->begin(range->first, range->total);
}

void Exchange::handleFinished()
{
    if (!m_hasHeaders)
        handleHeaders();
    // What is held back comes with the next refill.
    if (m_reply && drain() && m_reply->bytesAvailable() <= 0)
        end(outcome());
}

Result<HttpResponse> Exchange::outcome()
{
    const QNetworkReply::NetworkError code = m_reply->error();
    // A status of its own counts more than what Qt makes of it: 416 comes with a length and
    // without a body, and Qt calls that a broken connection.
    const bool isBroken = !isRefusal() && (code != QNetworkReply::NoError || isCutShort());
    if (!m_isSent && hasFoundNobody(*m_reply))
        m_observer.foundNobody();
    if (m_response.status == 0 || isBroken)
        return networkError(*m_reply, {m_isSent && !m_request.isSafe(), m_response.status != 0});
    if (!isBodyForSink())
        return m_response;
    if (auto begun = beginSink(); !begun)
        return begun.error();
    if (auto finished = m_request.sink->finish(); !finished)
        return finished.error();
    return m_response;
}

void Exchange::handleSilence()
{
    if (isRefusal())
        return end(m_response); // What it says is enough, also without the rest.
    end(timeoutError(m_request.url, m_isSent, m_isSent && !m_request.isSafe()));
}

void Exchange::checkSpeed()
{
    const qint64 moved = m_received + (m_body ? m_body->position() : 0);
    const bool isSlow = moved - std::exchange(m_movedAtCheck, moved) < m_timeouts.lowSpeedBytes;
    if (isSlow && !m_throttle.hasHeldBack())
        handleSilence();
}

void Exchange::reportProgress(bool isLast)
{
    if (!m_body && !isBodyForSink())
        return; // The text of a refusal is no progress.
    if (!isLast && m_sinceProgress.isValid() && m_sinceProgress.elapsed() < progressInterval)
        return;
    m_sinceProgress.start();
    if (m_body)
        m_observer.progressed(m_body->position(), m_body->total());
    else
        m_observer.progressed(m_received, m_expected);
}

void Exchange::end(const Result<HttpResponse> &result)
{
    m_watchdog.stop();
    m_speedCheck.stop();
    reportProgress(true);
    dropReply();
    if (const auto finished = std::exchange(m_observer.finished, {}))
        finished(settled(result));
}

/// A change whose answer cannot be read may have been made, whatever is wrong with the answer;
/// but not one that we did not send to its end.
Result<HttpResponse> Exchange::settled(const Result<HttpResponse> &result) const
{
    if (m_body && m_body->failure())
        return *m_body->failure();
    if (result || !m_isSent || m_request.isSafe() || isRefusal())
        return result;
    Error error = result.error();
    error.kind = Error::Kind::Ambiguous;
    return error;
}

void Exchange::dropReply()
{
    if (!m_reply)
        return;
    m_reply->disconnect(this); // abort() emits finished() at once.
    if (m_body)
        m_body->disconnect(this);
    m_reply->abort();
    m_reply->deleteLater();
    m_reply.clear();
}

} // namespace Longshore
