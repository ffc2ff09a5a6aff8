// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/runwatch.h"

#include "core/base/displaytext.h"
#include "core/cleanup/runcleanupjob.h"
#include "core/oci/tagnames.h"
#include "ui/format/valueformat.h"

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

using Stage = RunProgress::Stage;

RunWatch::RunWatch(QObject *parent) : QObject(parent)
{
    m_tick.setInterval(std::chrono::seconds(1));
    connect(&m_tick, &QTimer::timeout, this, &RunWatch::changed);
}

void RunWatch::begin()
{
    m_earlier = m_progress = {};
    m_saved.reset();
    m_isRunning = true;
    m_isPaused = m_isStopped = false;
    m_clock.start();
    m_tick.start();
    emit changed();
}

void RunWatch::follow(RunCleanupJob *job)
{
    m_job = job;
    m_earlier.done += m_progress.done;
    m_earlier.skipped += m_progress.skipped;
    m_earlier.failed += m_progress.failed;
    m_progress = {};
    if (m_isStopped)
        job->stop();
    if (m_isPaused)
        job->pause();
    connect(job, &RunCleanupJob::stepped, this, &RunWatch::handleStep);
}

void RunWatch::end()
{
    m_isRunning = m_isPaused = false;
    m_tick.stop();
    if (m_clock.isRunning())
        m_clock.pause();
    emit changed();
}

void RunWatch::handleStep(const RunProgress &progress)
{
    m_progress = progress;
    if (progress.stage == Stage::Paused)
        m_clock.pause();
    else if (progress.stage != Stage::Backup && !m_saved)
        m_saved = m_clock.elapsed();
    emit changed();
}

void RunWatch::pause()
{
    if (!m_isRunning || m_isStopped || std::exchange(m_isPaused, true))
        return;
    if (m_job)
        m_job->pause();
    emit changed();
}

void RunWatch::resume()
{
    if (!std::exchange(m_isPaused, false))
        return;
    if (!m_clock.isRunning())
        m_clock.resume();
    if (m_job)
        m_job->resume();
    emit changed();
}

void RunWatch::stop()
{
    m_isStopped = true;
    m_isPaused = false; // It ends instead.
    if (m_job)
        m_job->stop();
    emit changed();
}

std::optional<std::chrono::nanoseconds> RunWatch::sinceBackup() const
{
    return m_saved ? std::optional(m_clock.elapsed() - *m_saved) : std::nullopt;
}

/// A few of them, and how many more there are.
static QString namesIn(const QList<Tag> &tags)
{
    constexpr qsizetype mostNames = 3;
    const QString names = displayText(namesOf(tags.mid(0, mostNames)).join(u", "_s));
    const auto more = static_cast<int>(tags.size() - mostNames);
    return more > 0 ? RunWatch::tr("%1 and %n more", nullptr, more).arg(names) : names;
}

QString RunWatch::step() const
{
    const Stage stage = m_progress.stage;
    if (isStopping())
        return tr("Stopping behind what is being dealt with\u2026");
    if (stage == Stage::Paused)
        return tr("Paused. Everything is looked at once more when it goes on.");
    if (m_isPaused)
        return tr("Pausing behind what is being dealt with\u2026");
    if (stage == Stage::Backup)
        return tr("Saving the backup\u2026");
    const QString names = namesIn(m_progress.tags);
    if (names.isEmpty()) // It has no tag, or this is about all of them.
        return stage == Stage::Check    ? tr("Checking what is there now\u2026")
               : stage == Stage::Delete ? tr("Deleting an image without a tag\u2026")
                                        : tr("Verifying that it is gone\u2026");
    return (stage == Stage::Check    ? tr("Checking %1\u2026")
            : stage == Stage::Delete ? tr("Deleting %1\u2026")
                                     : tr("Verifying the deletion of %1\u2026"))
        .arg(names);
}

QString RunWatch::counts() const
{
    const auto of = [this](qsizetype RunProgress::*count) {
        return static_cast<int>(m_earlier.*count + m_progress.*count);
    };
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(m_clock.elapsed());
    return tr("%1 deleted, %2 skipped, %3 failed, %4", "the last is the time that has passed")
        .arg(of(&RunProgress::done))
        .arg(of(&RunProgress::skipped))
        .arg(of(&RunProgress::failed))
        .arg(formatElapsed(seconds.count()));
}

} // namespace Longshore::Ui
