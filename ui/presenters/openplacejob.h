// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/session/session.h"
#include "core/transfer/transferrecord.h"

#include <QPointer>

namespace Longshore::Ui {

class RegistryPresenter;

/// Opens what a transfer of an earlier time works on: a connection, unless it is open, or files with
/// images.
///
/// Fails as NotFound when the connection was removed, as Network when somebody stops opening it, as opening it does, and as OpenLayoutJob.
class OpenPlaceJob final : public ResultJob<std::shared_ptr<Session>>
{
    Q_OBJECT

public:
    OpenPlaceJob(RegistryPresenter &registries, const TransferPlace &place,
                 QObject *parent = nullptr);

private:
    void doStart() override;
    void openFiles();
    void openConnection();

    const QPointer<RegistryPresenter> m_registries;
    const TransferPlace m_place;
};

/// Why a place cannot be opened, as far as that can be told at once.
[[nodiscard]] std::optional<Error> objectionTo(const TransferPlace &place,
                                               const RegistryPresenter &registries);

} // namespace Longshore::Ui
