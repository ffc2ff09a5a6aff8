// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/copywithbackupjob.h"
#include "core/transfer/transfertask.h"

namespace Longshore {

/// What \a target has got by \a copy, which was planned as \a plan.
[[nodiscard]] PlacedImage placedBy(const BackedCopy &copy, const Session &source,
                                   const std::shared_ptr<RegistrySession> &target,
                                   const ImageCopyPlan &plan);

/// Brings an image into a registry as it was planned: see CopyWithBackupJob. What loses its tag goes
/// to SaveBackupJob::defaultFolder(). Each attempt asks for HttpClient::permitChanges(): only what a
/// person has confirmed is put into a queue. \a from says in words of the user where the image comes from.
[[nodiscard]] TransferTask copyTransfer(const std::shared_ptr<Session> &source,
                                        const std::shared_ptr<RegistrySession> &target,
                                        const ImageCopyPlan &plan, const QString &from);

} // namespace Longshore
