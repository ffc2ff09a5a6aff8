// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/auth/fetchtokenjob.h"
#include "core/base/secret.h"

#include <functional>

namespace Longshore {

// The ways in which RegistryAuthorizer comes to what stands in a header.

/// Waits for a request that others wait for too; giving up waiting does not stop it.
class AwaitTokenJob final : public ResultJob<Secret>
{
public:
    AwaitTokenJob(FetchTokenJob *fetch, QObject *parent) : ResultJob(parent)
    {
        fetch->then(this, [this](const Result<Token> &token) {
            if (isFinished())
                return;
            if (token)
                succeed(token->header());
            else
                fail(token.error());
        });
    }

private:
    void doStart() override {}
};

/// Lets another job end before it asks for its answer.
class LaterAnswerJob final : public ResultJob<Secret>
{
public:
    using Ask = std::function<ResultJob<Secret> *()>;

    LaterAnswerJob(Job *first, Ask ask, QObject *parent) : ResultJob(parent), m_ask(std::move(ask))
    {
        connect(first, &Job::finished, this, [this] {
            if (!isFinished())
                runChild(m_ask(), [this](const Result<Secret> &answer) { settleWith(answer); });
        });
    }

private:
    void doStart() override {}
    void settleWith(const Result<Secret> &answer)
    {
        if (answer)
            succeed(*answer);
        else
            fail(answer.error());
    }

    Ask m_ask;
};

} // namespace Longshore
