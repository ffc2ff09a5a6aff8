// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/transfertask.h"

#include <QPointer>

namespace Longshore {
class RegistrySession;
}

namespace Longshore::Ui {

class RegistryPresenter;

/// Goes on with a transfer of an earlier time: opens what it works on, and does what it did then.
///
/// Fails as OpenPlaceJob and as the transfer; a copy as Changed, before anything is sent, when it would
/// not be the one that somebody agreed to.
class ContinueTransferJob final : public ResultJob<TransferOutcome>
{
    Q_OBJECT

public:
    /// Without \a registries, which have gone with the window, it ends as cancelled.
    ContinueTransferJob(RegistryPresenter *registries, const TransferRecord &record,
                        QObject *parent = nullptr);

    /// Takes what TransferTask::unconfirmed says; before start().
    void setUnconfirmed(std::shared_ptr<std::optional<PlacedImage>> unconfirmed)
    {
        m_unconfirmed = std::move(unconfirmed);
    }

private:
    void doStart() override;
    void releaseResources() override;
    void begin(const std::shared_ptr<Session> &from);
    void plan(const std::shared_ptr<Session> &from, const std::shared_ptr<Session> &to,
              const AgreedCopy &agreed);
    void makeAnew(const std::shared_ptr<Session> &base, const std::shared_ptr<Session> &to,
                  const AgreedCopy &agreed);
    void compressAnew(const std::shared_ptr<Session> &plain, const std::shared_ptr<Session> &to,
                      const AgreedCopy &agreed);
    void run(const TransferTask &task);

    const QPointer<RegistryPresenter> m_registries;
    const TransferRecord m_record;
    std::shared_ptr<std::optional<PlacedImage>> m_unconfirmed;
    std::shared_ptr<std::optional<PlacedImage>>
        m_placed; ///< What the transfer itself says of that.
    std::shared_ptr<Session> m_from; ///< While the plan is made.
    std::shared_ptr<RegistrySession> m_to;
};

} // namespace Longshore::Ui
