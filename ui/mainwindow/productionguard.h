// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

namespace Longshore::Ui {

class MainActions;
class ProductionBand;
class RegistryPresenter;

/// Shows when what somebody works with is in production, and lets changes through to it when they are
/// asked for, until its session ends.
class ProductionGuard final : public QObject
{
    Q_OBJECT

public:
    ProductionGuard(const MainActions &actions, RegistryPresenter &registries, QObject *parent);

    /// For the window, which owns it.
    [[nodiscard]] ProductionBand *band() const noexcept { return m_band; }
    void showConnection(const QString &id);

private:
    const MainActions &m_actions;
    RegistryPresenter &m_registries;
    ProductionBand *m_band;
    QString m_id;
};

} // namespace Longshore::Ui
