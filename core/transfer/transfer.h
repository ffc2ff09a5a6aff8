// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/ratemeter.h"
#include "core/transfer/transferpart.h"
#include "core/transfer/transferphase.h"
#include "core/transfer/transfertask.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>

namespace Longshore {

/// One transfer that the user sees: it can wait, fail, and be tried again.
class Transfer final : public QObject
{
    Q_OBJECT

public:
    /// Waiting and Running go by; Paused waits for a person; what is over can be tried again, unless it
    /// is Finished.
    enum class State { Waiting, Running, Paused, Finished, Failed, Cancelled };

    /// Waits. TransferQueue::add() makes transfers, and starts them.
    Transfer(TransferTask task, QObject *parent);
    /// What a failed or cancelled one has left for a next attempt goes with it, unless keepParts()
    /// was called. One that never began has left nothing: what is there is of somebody else.
    ~Transfer() override;

    /// How far it is.
    [[nodiscard]] State state() const noexcept { return m_state; }
    /// Whether it neither waits, nor runs, nor is paused.
    [[nodiscard]] bool isOver() const;
    /// What it is about, as it was given last.
    [[nodiscard]] const TransferTask &task() const noexcept { return m_task; }
    /// Of the file or folder that it writes, which may have got another name than the task says.
    [[nodiscard]] const QString &path() const;
    /// The same without the folder above.
    [[nodiscard]] QString fileName() const;
    /// When the last attempt began; invalid before the first.
    [[nodiscard]] const QDateTime &started() const noexcept { return m_started; }
    [[nodiscard]] qint64 done() const noexcept { return m_done; } ///< In bytes.
    [[nodiscard]] qint64 total() const noexcept { return m_total; } ///< -1 while unknown.
    /// The blobs that it brings, as far as they are known; none where there is only one.
    [[nodiscard]] const QList<TransferPart> &parts() const noexcept { return m_parts; }
    /// What it is busy with while it runs.
    [[nodiscard]] TransferPhase phase() const noexcept { return m_phase; }
    /// Of what it waits for, the next to be tried again; nothing while nothing has failed.
    [[nodiscard]] const std::optional<RetryInTime> &retry() const noexcept { return m_retry; }
    /// How fast it goes, or went at its end.
    [[nodiscard]] const RateMeter &rate() const noexcept { return m_rate; }
    /// Why it failed or was cancelled; as the job of its task says.
    [[nodiscard]] const std::optional<Error> &error() const noexcept { return m_error; }
    /// Of a finished transfer: what was verified.
    [[nodiscard]] const std::optional<TransferOutcome> &result() const noexcept { return m_result; }

    /// Ends a transfer that is not over.
    void cancel();
    /// Holds a transfer that waits or runs, until TransferQueue::resume(). It goes on then with what
    /// has arrived.
    void pause();
    /// What a failed one has left is for a later program.
    void keepParts() noexcept { m_keepsParts = true; }

signals:
    /// It has become Paused.
    void paused();
    /// Any of what can be asked here; a few times a second while it runs.
    void changed();
    /// The state became Finished, Failed or Cancelled.
    void ended();

private:
    friend class TransferQueue;

    [[nodiscard]] QList<std::function<void()>> leftovers() const;
    void start();
    void waitAgain();
    void markPaused();
    void noteJobs();
    void handleProgress(qint64 done, qint64 total);
    void handleResult(const Result<TransferOutcome> &result);
    void end(State state);
    void bringBack(qint64 done, qint64 total, const std::optional<Error> &error);

    TransferTask m_task;
    QPointer<ResultJob<TransferOutcome>> m_job;
    bool m_isPausing = false; ///< Until the job has ended.
    bool m_keepsParts = false;
    bool m_mayHaveLeft = false; ///< Parts, by itself or by one whose place it takes.
    /// Removes what others have left that were given up, and that this one does not need.
    QList<std::function<void()>> m_inherited;
    State m_state = State::Waiting;
    qint64 m_done = 0;
    qint64 m_total = -1;
    RateMeter m_rate;
    QElapsedTimer m_clock;
    QDateTime m_started;
    QTimer m_looking; ///< At what tells nothing by itself.
    TransferPhase m_phase = TransferPhase::Looking;
    std::optional<RetryInTime> m_retry;
    QList<TransferPart> m_parts;
    std::optional<Error> m_error;
    std::optional<TransferOutcome> m_result;
};

} // namespace Longshore
