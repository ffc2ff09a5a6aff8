// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/consentkeeper.h"

#include <QMetaMethod>

#include <algorithm>

namespace Longshore::Ui {

/// Waits for the person.
class ConsentKeeper::Waiting final : public ResultJob<Done>
{
public:
    Waiting(ConsentKeeper &keeper, const TokenServerQuestion &asked)
        : question(asked), m_keeper(&keeper)
    {}

    void settle(bool agrees)
    {
        if (agrees)
            succeed(Done());
        else
            fail(tokenServerRefused(question));
    }

    const TokenServerQuestion question;

private:
    void doStart() override
    {
        if (m_keeper)
            m_keeper->begin(this);
        else
            settle(false);
    }

    QPointer<ConsentKeeper> m_keeper;
};

ResultJob<Done> *ConsentKeeper::ask(const TokenServerQuestion &question)
{
    return new Waiting(*this, question);
}

bool ConsentKeeper::isAsked(const TokenServerQuestion &question) const
{
    return std::any_of(m_waiting.begin(), m_waiting.end(), [&](const auto &job) {
        return job && !job->isFinished() && job->question == question;
    });
}

void ConsentKeeper::begin(Waiting *job)
{
    if (m_agreed.contains(job->question) || m_store.contains(job->question))
        return job->settle(true);
    if (!isSignalConnected(QMetaMethod::fromSignal(&ConsentKeeper::asked)))
        return job->settle(false);
    const bool isNew = !isAsked(job->question);
    m_waiting.append(job);
    if (isNew)
        emit asked(job->question);
}

void ConsentKeeper::answer(const TokenServerQuestion &question, bool agrees)
{
    if (agrees) {
        m_agreed.append(question);
        if (const auto kept = m_store.add(question); !kept)
            emit notKept(kept.error().message);
    }
    for (const QPointer<Waiting> &job : std::exchange(m_waiting, {})) {
        if (!job || job->isFinished())
            continue;
        if (job->question == question)
            job->settle(agrees);
        else
            m_waiting.append(job);
    }
}

} // namespace Longshore::Ui
