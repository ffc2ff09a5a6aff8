// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"

#include <optional>

namespace Longshore {

/// A Job that ends with a Result<T>.
template <typename T>
class ResultJob : public Job
{
public:
    using Job::Job;

    /// Valid once finished() has been emitted.
    [[nodiscard]] const Result<T> &result() const { return *m_result; }

    /// Calls \a handler with the result, unless \a context dies first.
    template <typename Handler>
    void then(QObject *context, Handler &&handler)
    {
        connect(this, &Job::finished, context,
                [this, handler = std::forward<Handler>(handler)]() mutable { handler(result()); });
    }

protected:
    /// Ends the job with \a value. Either this or fail() is called, once.
    void succeed(T value) { settle(std::move(value)); }
    /// Ends the job with \a error, as cancel() does.
    void fail(const Error &error) final { settle(error); }

private:
    void settle(Result<T> result)
    {
        m_result = std::move(result);
        markFinished();
    }

    std::optional<Result<T>> m_result;
};

} // namespace Longshore
