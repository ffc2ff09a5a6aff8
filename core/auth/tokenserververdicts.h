// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/auth/tokenserverconsent.h"

#include <QHash>
#include <QObject>
#include <QPointer>

#include <optional>

namespace Longshore {

/// What somebody has said about token servers on other sites, for all sign-ins of one connection:
/// who says no is not asked once more for each part of the registry.
class TokenServerVerdicts final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Who is asked from now on; null refuses everything.
    void setConsent(std::shared_ptr<TokenServerConsent> consent) { m_consent = std::move(consent); }
    /// None as long as nobody was asked. Fails as the consent says.
    [[nodiscard]] std::optional<Result<Done>> about(const TokenServerQuestion &question) const;
    /// Asks, one question at a time: the job that ends may be that of another one, after which
    /// about() has to be looked at again. It runs already.
    [[nodiscard]] Job *ask(const TokenServerQuestion &question);
    /// Lets everything be asked again, because somebody signs in anew.
    void forget() { m_verdicts.clear(); }

private:
    std::shared_ptr<TokenServerConsent> m_consent;
    QPointer<Job> m_question; ///< Runs.
    QHash<TokenServerQuestion, Result<Done>> m_verdicts;
};

} // namespace Longshore
