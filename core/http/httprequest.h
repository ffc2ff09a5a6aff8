// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytesink.h"
#include "core/base/bytesource.h"
#include "core/base/jobqueue.h"

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
    enum class Method { Get, Head, Post, Put, Patch, Delete };
    enum class Redirects {
        Follow, ///< Also to other hosts, without anything that is meant for this one.
        SameOrigin, ///< For what must not be answered by anybody else: tokens.
        Never, ///< The redirect is the answer.
    };
    enum class SignIn {
        AsAsked,
        Never, ///< A 401 is the answer.
    };

    Method method = Method::Get;
    QUrl url;
    QList<std::pair<QByteArray, QByteArray>> headers = {};
    QByteArray body = {};
    /// Gives the body instead, however large; only for requests that are not safe.
    std::shared_ptr<ByteSource> source = {};
    /// Rights that the request needs, as "repository:a/b:pull"; asked for before the first try.
    QStringList scopes = {};
    /// Takes the body of a successful answer; without one the answer keeps it.
    std::shared_ptr<ByteSink> sink = {};
    qint64 maximumBody = 4 * 1024 * 1024; ///< In bytes; of answers without a sink.
    JobQueue::Priority priority = JobQueue::Priority::Interactive;
    int attempts = 0; ///< In all; 0 leaves it to the policy of the connection.
    Redirects redirects = Redirects::Follow;
    SignIn signIn = SignIn::AsAsked;
    /// A status of 400 or above that is an answer to the one who asks; 0 for none.
    int expectedRefusal = 0;
    /// Set by HttpJob, and only on the way to the registry itself.
    std::shared_ptr<const TlsSettings> tls = {};
    std::shared_ptr<const ProxyRules> proxies = {}; ///< Set by HttpJob.
    bool asksForToken = false; ///< A POST that changes nothing, and whose body is a secret.

    /// May be sent again without asking what became of the first time.
    [[nodiscard]] bool isSafe() const
    {
        return method == Method::Get || method == Method::Head || asksForToken;
    }
    [[nodiscard]] QByteArray verb() const;
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
