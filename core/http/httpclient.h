// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/jobqueue.h"
#include "core/http/exchangejob.h"
#include "core/http/networkthread.h"
#include "core/http/urlpolicy.h"

namespace Longshore {

class HttpJob;
class RequestAuthorizer;

/// Held by a run that a person has confirmed; see HttpClient::permitChanges().
struct ChangePermit
{};

/// All requests of one connection go through here: limits, redirects, retries, sign-in.
///
/// The parts: HttpJob decides, ExchangeJob carries one request to the network thread, Exchange
/// sees QNetworkAccessManager.
class HttpClient final : public QObject
{
    Q_OBJECT

public:
    /// \a home is the registry: the only origin that ever sees what the authorizer answers.
    HttpClient(Network &network, const Origin &home, const HttpSettings &settings = {},
               QObject *parent = nullptr);

    /// Not owned; must outlive the requests. None by default.
    void setAuthorizer(RequestAuthorizer *authorizer) { m_authorizer = authorizer; }

    /// The job must be started by the caller, and finds its place in the queue by itself.
    [[nodiscard]] HttpJob *send(const HttpRequest &request);

    /// A registry in production is only read from until this says otherwise, or the client ends. What
    /// was permitted before that is taken back goes to its end: it may have to put something back.
    /// Means nothing to others.
    void allowChanges(bool isAllowed) { m_mayChange = isAllowed; }
    /// Whether a person may ask for changes at all.
    [[nodiscard]] bool allowsChanges() const
    {
        return !m_settings.isReadOnly && (m_mayChange || !m_settings.isProduction);
    }
    /// Lets changes through to a registry in production for as long as somebody holds this, and
    /// not a moment longer: whoever runs something that a person has confirmed asks for it then.
    /// Null, and of no help, where allowsChanges() is false.
    [[nodiscard]] std::shared_ptr<const ChangePermit> permitChanges();
    /// Why the request must not leave this program; nothing when it may.
    [[nodiscard]] std::optional<Error> objectionTo(const HttpRequest &request) const;

    /// The registry.
    [[nodiscard]] const Origin &home() const noexcept { return m_home; }
    /// As they were when the client was made.
    [[nodiscard]] const HttpSettings &settings() const noexcept { return m_settings; }
    /// Where requests wait for their turn; one for all hosts that this connection speaks to.
    [[nodiscard]] JobQueue &queue() noexcept { return m_queue; }
    /// What the registry wanted people to know so far, as serverWarned() told it.
    [[nodiscard]] const QStringList &warnings() const noexcept { return m_warnings; }

signals:
    /// A request failed and is tried again after \a delay; for the status bar.
    void retryScheduled(const Longshore::Error &reason, std::chrono::milliseconds delay);
    /// The registry wants people to know something; nothing is done about it. \a notice is a
    /// sentence that says who warns of what, safe to show, and comes once however often it was
    /// sent. OCI distribution-spec, "Warnings".
    void serverWarned(const QString &notice);

private:
    friend class HttpJob;

    /// Counts answers that did not come from \a host, until one does.
    void noteOutcome(const QString &host, const Result<HttpResponse> &answer);
    /// Whether the last requests to \a host all went unanswered: then nobody waits for further
    /// tries, until one request gets through.
    [[nodiscard]] bool seemsDown(const QString &host) const;
    /// Of the registry; others have nothing to say.
    void noteWarnings(const HttpResponse &response);

    Origin m_home;
    HttpSettings m_settings;
    RequestAuthorizer *m_authorizer = nullptr;
    ExchangeLane m_requests;
    ExchangeLane m_transfers;
    JobQueue m_queue;
    QHash<QString, int> m_silences; ///< In a row.
    QStringList m_warnings;
    std::weak_ptr<const ChangePermit> m_permit;
    bool m_mayChange = false; ///< Though it is in production.
};

} // namespace Longshore
