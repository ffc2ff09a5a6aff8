// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytesink.h"
#include "core/base/bytesource.h"
#include "core/base/jobqueue.h"
#include "core/http/referralcheck.h"

#include <QByteArray>
#include <QList>
#include <QUrl>

#include <memory>

namespace Longshore {

class ProxyRules;
struct TlsSettings;

/// What shall be asked of a server; how it is asked is the business of HttpClient.
struct HttpRequest
{
    /// RFC 9110, 9.3; RFC 5789 for PATCH.
    enum class Method { Get, Head, Post, Put, Patch, Delete };
    /// What happens to a redirect. RFC 9110, 15.4.
    enum class Redirects {
        Follow, ///< Also to other hosts, without anything that is meant for this one.
        SameOrigin, ///< For what must not be answered by anybody else: tokens.
        Never, ///< The redirect is the answer.
    };
    /// What happens to a 401. RFC 9110, 11.
    enum class SignIn {
        AsAsked, ///< The authorizer of the connection answers, if the request is for the registry.
        Never, ///< A 401 is the answer.
    };

    Method method = Method::Get; ///< What shall be done.
    QUrl url; ///< Checked before it is asked, whoever named it.
    /// Beside those that every request has; see hasSoundHeaders().
    QList<std::pair<QByteArray, QByteArray>> headers = {};
    QByteArray body = {}; ///< Sent with every try.
    /// Gives the body instead, however large; only for requests that are not safe.
    std::shared_ptr<ByteSource> source = {};
    /// Rights that the request needs, as "repository:a/b:pull"; asked for before the first try.
    QStringList scopes = {};
    /// Takes the body of a successful answer; without one the answer keeps it.
    std::shared_ptr<ByteSink> sink = {};
    qint64 maximumBody = 4 * 1024 * 1024; ///< In bytes; of answers without a sink.
    /// Transfers have a thread and connections of their own.
    JobQueue::Priority priority = JobQueue::Priority::Interactive;
    int attempts = 0; ///< In all; 0 leaves it to the policy of the connection.
    Redirects redirects = Redirects::Follow; ///< Of requests that are safe; others go nowhere else.
    SignIn signIn = SignIn::AsAsked; ///< Whether the connection may sign in.
    /// A status of 400 or above that is an answer to the one who asks; 0 for none.
    int expectedRefusal = 0;
    /// Set by HttpJob, and only on the way to the registry itself.
    std::shared_ptr<const TlsSettings> tls = {};
    std::shared_ptr<const ProxyRules> proxies = {}; ///< Set by HttpJob.
    std::optional<Referral> referral = {}; ///< Set by HttpJob where the URL is not of the registry.
    bool asksForToken = false; ///< A POST that changes nothing, and whose body is a secret.

    /// May be sent again without asking what became of the first time.
    [[nodiscard]] bool isSafe() const
    {
        return method == Method::Get || method == Method::Head || asksForToken;
    }
    /// The method as it stands on the wire: "GET".
    [[nodiscard]] QByteArray verb() const;
    /// Adds a field. Of two with one name the later is sent.
    void addHeader(const QByteArray &name, const QByteArray &value)
    {
        headers.emplaceBack(name, value);
    }
    /// Whether each header would arrive as one: a line break from outside would make it two.
    [[nodiscard]] bool hasSoundHeaders() const;
    /// The same request for another URL. Another origin sees only what says which bytes are
    /// wanted; credentials and headers of the user stay at home.
    [[nodiscard]] HttpRequest redirectedTo(const QUrl &target) const;
};

} // namespace Longshore
