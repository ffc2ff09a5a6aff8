// SPDX-License-Identifier: Apache-2.0
#include "core/auth/tokenserververdicts.h"

#include "core/base/settledjob.h"

namespace Longshore {

std::optional<Result<Done>> TokenServerVerdicts::about(const TokenServerQuestion &question) const
{
    const auto verdict = m_verdicts.constFind(question);
    if (verdict == m_verdicts.constEnd())
        return {};
    return *verdict;
}

Job *TokenServerVerdicts::ask(const TokenServerQuestion &question)
{
    if (m_question)
        return m_question;
    auto *job =
        m_consent ? m_consent->ask(question) : new SettledJob<Done>(tokenServerRefused(question));
    job->setParent(this);
    m_question = job;
    job->then(this, [this, question](const Result<Done> &verdict) {
        m_question.clear();
        m_verdicts.insert(question, verdict);
    });
    job->start();
    return job;
}

} // namespace Longshore
