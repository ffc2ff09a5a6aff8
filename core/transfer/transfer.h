// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/session/session.h"
#include "core/transfer/downloadblobjob.h"
#include "core/transfer/ratemeter.h"

#include <QPointer>

namespace Longshore {

/// What a transfer is about.
struct TransferSubject
{
    std::shared_ptr<Session> session; ///< Kept until the transfer is gone.
    BlobDownload download;
    QString source; ///< In words of the user: "team/app:1.0, layer 3".
};

/// One transfer that the user sees: it can wait, fail, and be tried again.
class Transfer final : public QObject
{
    Q_OBJECT

public:
    enum class State { Waiting, Running, Finished, Failed, Cancelled };

    Transfer(const TransferSubject &subject, QObject *parent);

    [[nodiscard]] State state() const noexcept { return m_state; }
    [[nodiscard]] bool isOver() const;
    [[nodiscard]] const TransferSubject &subject() const noexcept { return m_subject; }
    [[nodiscard]] QString fileName() const;
    [[nodiscard]] qint64 done() const noexcept { return m_done; }
    [[nodiscard]] qint64 total() const noexcept { return m_total; } ///< -1 while unknown.
    [[nodiscard]] const RateMeter &rate() const noexcept { return m_rate; }
    [[nodiscard]] const std::optional<Error> &error() const noexcept { return m_error; }
    /// Of a finished transfer: what was verified.
    [[nodiscard]] const std::optional<DownloadedBlob> &result() const noexcept { return m_result; }

    void cancel();

signals:
    void changed();
    /// The state became Finished, Failed or Cancelled.
    void ended();

private:
    friend class TransferQueue;

    void start();
    void waitAgain();
    void handleProgress(qint64 done, qint64 total);
    void handleResult(const Result<DownloadedBlob> &result);
    void end(State state);

    TransferSubject m_subject;
    QPointer<DownloadBlobJob> m_job;
    State m_state = State::Waiting;
    qint64 m_done = 0;
    qint64 m_total = -1;
    RateMeter m_rate;
    QElapsedTimer m_clock;
    std::optional<Error> m_error;
    std::optional<DownloadedBlob> m_result;
};

} // namespace Longshore
