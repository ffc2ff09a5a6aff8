// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"

namespace Longshore {

/// A job whose result is known before it starts: for whoever has to hand out a job, and needs no
/// request to answer. Finishes from the event loop all the same.
template <typename T>
class SettledJob final : public ResultJob<T>
{
public:
    /// Ends with \a outcome, whether that is a value or an error.
    explicit SettledJob(Result<T> outcome, QObject *parent = nullptr)
        : ResultJob<T>(parent), m_outcome(std::move(outcome))
    {}

private:
    void doStart() override
    {
        if (m_outcome)
            this->succeed(*std::move(m_outcome));
        else
            this->fail(m_outcome.error());
    }

    Result<T> m_outcome;
};

} // namespace Longshore
