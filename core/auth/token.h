// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"

#include <QDeadlineTimer>
#include <QStringList>

namespace Longshore {

/// A bearer token and how long it may be used. Distribution "Token Authentication".
struct Token
{
    Secret value; ///< Opaque; fit to stand in a header.
    QDeadlineTimer renewal; ///< From then on a new one is fetched.
    /// Replaces the one with which this token was fetched; mostly there is none.
    Secret identityToken = {};

    /// Reads the answer of a token server: "token" or "access_token"; a lifetime of 60 s to 24 h,
    /// 60 s when none is given. An Error of kind Protocol when there is no token that a header can
    /// hold.
    [[nodiscard]] static Result<Token> parse(const QByteArray &body);

    /// The value of an Authorization header. RFC 6750, 2.1.
    [[nodiscard]] Secret header() const { return Secret("Bearer " + value.reveal()); }
};

/// Tokens of one account at one registry, by the rights that they give. Only in memory.
class TokenCache
{
public:
    /// Keeps \a token, in place of those that give no more than it.
    void insert(const QStringList &scopes, const Token &token);
    /// A token that is still fresh and gives at least \a scopes.
    [[nodiscard]] std::optional<Token> find(const QStringList &scopes) const;
    /// Forgets every token that gives \a scopes: the registry refused it.
    void remove(const QStringList &scopes);
    /// Forgets them all: somebody else signs in.
    void clear() { m_entries.clear(); }

private:
    struct Entry
    {
        QStringList scopes;
        Token token;
    };

    QList<Entry> m_entries;
};

/// The rights of both lists, each resource once: "repository:a:pull" and "repository:a:push"
/// become "repository:a:pull,push".
[[nodiscard]] QStringList unitedScopes(const QStringList &left, const QStringList &right);

} // namespace Longshore
