// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/transferqueue.h"
#include "ui/presenters/notifier.h"

#include <functional>

namespace Longshore::Ui {

/// Tells of the end of transfers that nobody watches: once for all that end before none waits or runs.
class TransferAnnouncer final : public QObject
{
    Q_OBJECT

public:
    /// \a isWatched is asked in the end: whoever has a window in front sees for himself.
    TransferAnnouncer(TransferQueue &queue, Notifier &notifier, std::function<bool()> isWatched,
                      QObject *parent = nullptr);

private:
    void handleEnd(const Transfer *transfer);
    void announceWhenIdle();
    void announce();
    [[nodiscard]] Notification notification() const;

    TransferQueue &m_queue;
    Notifier &m_notifier;
    const std::function<bool()> m_isWatched;
    int m_finished = 0;
    int m_failed = 0;
    QString m_last; ///< What became of the last one, in words.
    QString m_folder; ///< Of the last file that arrived.
};

} // namespace Longshore::Ui
