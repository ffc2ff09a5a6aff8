// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"

#include <QEventLoop>
#include <QTest>
#include <QTimer>

/// Starts \a job and waits for its result; the test fails when none comes.
template <typename T>
Longshore::Result<T> outcomeOf(Longshore::ResultJob<T> *job)
{
    std::optional<Longshore::Result<T>> outcome;
    QEventLoop loop; // QTest::qWaitFor() would sleep 10 ms at each step of the job.
    job->then(&loop, [&](const Longshore::Result<T> &result) {
        outcome = result;
        loop.quit();
    });
    job->start();
    QTimer::singleShot(60'000, &loop, &QEventLoop::quit);
    loop.exec();
    if (!outcome)
        return Longshore::Error{Longshore::Error::Kind::Timeout,
                                QStringLiteral("the job never finished")};
    return *outcome;
}
