// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"

namespace Longshore {

/// A registry that wants the sign-in for it to be shown to somebody else.
struct TokenServerQuestion
{
    QString registry; ///< "reg.lab:5000"
    /// The host on another site that the registry names; "http://tokens.lab" where it has no TLS.
    QString tokenServer;

    friend bool operator==(const TokenServerQuestion &, const TokenServerQuestion &) = default;
    friend size_t qHash(const TokenServerQuestion &question, size_t seed = 0)
    {
        return qHashMulti(seed, question.registry, question.tokenServer);
    }
};

/// Says whether a password or an identity token may go to a token server on another site than the
/// registry's. Any registry can name any host, so that somebody has to be asked, once.
class TokenServerConsent
{
public:
    TokenServerConsent() = default;
    virtual ~TokenServerConsent() = default;
    Q_DISABLE_COPY_MOVE(TokenServerConsent)

    /// Succeeds when it may; else the error tells why not. Not started, always finishes.
    [[nodiscard]] virtual ResultJob<Done> *ask(const TokenServerQuestion &question) = 0;
};

/// Why nothing was sent; for whoever asks somebody and is told no.
[[nodiscard]] Error tokenServerRefused(const TokenServerQuestion &question);

} // namespace Longshore
