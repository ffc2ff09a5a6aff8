// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"

#include <QTest>

/// Starts \a job and waits for its result; the test fails when none comes.
template <typename T>
Longshore::Result<T> outcomeOf(Longshore::ResultJob<T> *job)
{
    std::optional<Longshore::Result<T>> outcome;
    job->then(job, [&](const Longshore::Result<T> &result) { outcome = result; });
    job->start();
    const bool isOver = QTest::qWaitFor([&] { return outcome.has_value(); }, 30'000);
    if (!isOver)
        return Longshore::Error{Longshore::Error::Kind::Timeout,
                                QStringLiteral("the job never finished")};
    return *outcome;
}
