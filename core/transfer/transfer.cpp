// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/transfer.h"

#include "core/base/logging.h"
#include "core/http/httpjob.h"

#include <QFileInfo>
#include <QThreadPool>

#include <algorithm>

using namespace std::chrono_literals;

namespace Longshore {

Transfer::Transfer(TransferTask task, QObject *parent)
    : QObject(parent), m_task(std::move(task)), m_total(m_task.size)
{
    connect(&m_looking, &QTimer::timeout, this, [this] {
        noteJobs();
        emit changed();
    });
}

Transfer::~Transfer()
{
    if (m_keepsParts)
        return;
    const QList<std::function<void()>> all = leftovers();
    for (const std::function<void()> &discard : all)
        QThreadPool::globalInstance()->start(discard);
}

/// What removes the parts that nobody goes on with.
QList<std::function<void()>> Transfer::leftovers() const
{
    const bool isLost = m_state == State::Failed || m_state == State::Cancelled;
    QList<std::function<void()>> all = m_inherited;
    if (m_task.discard && isLost && m_mayHaveLeft)
        all.append(m_task.discard);
    return all;
}

bool Transfer::isOver() const
{
    return m_state == State::Finished || m_state == State::Failed || m_state == State::Cancelled;
}

const QString &Transfer::path() const
{
    return m_result && !m_result->path.isEmpty() ? m_result->path : m_task.path;
}

QString Transfer::fileName() const
{
    return QFileInfo(path()).fileName();
}

void Transfer::start()
{
    m_state = State::Running;
    m_phase = TransferPhase::Looking;
    m_mayHaveLeft = true;
    m_clock.start();
    m_started = QDateTime::currentDateTimeUtc();
    m_looking.start(1s);
    m_job = m_task.makeJob(this);
    connect(m_job, &Job::progressChanged, this, &Transfer::handleProgress);
    m_job->then(this, [this](const auto &result) { handleResult(result); });
    m_job->start();
    emit changed();
}

void Transfer::waitAgain()
{
    m_state = State::Waiting;
    m_done = 0;
    m_error.reset();
    m_parts.clear();
    m_rate.clear();
    emit changed();
}

void Transfer::pause()
{
    m_isPausing = m_state == State::Running;
    if (m_job)
        m_job->cancel();
    else if (m_state == State::Waiting)
        markPaused();
}

void Transfer::markPaused()
{
    m_isPausing = false;
    m_state = State::Paused;
    emit changed();
    emit paused();
}

void Transfer::bringBack(qint64 done, qint64 total, const std::optional<Error> &error)
{
    m_mayHaveLeft = true;
    m_state = error ? State::Failed : State::Paused;
    m_total = total;
    m_done = total >= 0 ? qMin(done, total) : done;
    m_error = error;
}

void Transfer::cancel()
{
    m_isPausing = false;
    if (m_job)
        m_job->cancel();
    else if (!isOver())
        end(State::Cancelled);
}

static RetryInTime retryOf(const HttpJob &job)
{
    return {*job.retriedError(), static_cast<int>((job.retryTime().remainingTime() + 999) / 1000)};
}

/// Those who know come and go among the jobs of which ours consists.
void Transfer::noteJobs()
{
    m_retry.reset();
    const auto jobs = m_job->findChildren<Job *>();
    for (const Job *job : jobs) {
        if (const auto *parts = dynamic_cast<const TransferParts *>(job))
            m_parts = parts->parts();
        if (const auto *phased = dynamic_cast<const PhasedJob *>(job))
            m_phase = std::max(m_phase, phased->phase());
        const auto *request = qobject_cast<const HttpJob *>(job);
        if (!request || !request->retriedError())
            continue;
        if (const RetryInTime retry = retryOf(*request);
            !m_retry || retry.seconds < m_retry->seconds)
            m_retry = retry;
    }
}

void Transfer::handleProgress(qint64 done, qint64 total)
{
    m_done = done;
    m_total = total;
    m_rate.add(m_clock.elapsed(), done);
    noteJobs();
    emit changed();
}

void Transfer::handleResult(const Result<TransferOutcome> &result)
{
    m_job.clear();
    m_looking.stop();
    m_retry.reset();
    if (result) {
        m_result = *result;
        m_done = m_total = result->size;
        for (TransferPart &part : m_parts) {
            if (part.state != TransferPart::State::Present)
                part = {part.blob, part.blob.size, TransferPart::State::Arrived};
        }
        return end(State::Finished);
    }
    if (m_isPausing && result.error().isCancelled())
        return markPaused();
    m_error = result.error();
    end(m_error->isCancelled() ? State::Cancelled : State::Failed);
}

void Transfer::end(State state)
{
    m_state = state;
    qCDebug(logTransfer).noquote() << fileName() << (m_error ? m_error->message : QString());
    emit changed();
    emit ended();
}

} // namespace Longshore
