// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>

class QAction;
class QLabel;

namespace Longshore::Ui {

/// Says in red that a registry is in production, so that nobody takes it for another. Hidden until
/// there is one.
class ProductionBand final : public QFrame
{
    Q_OBJECT

public:
    /// With a button for \a allowChanges, if there is one.
    explicit ProductionBand(QAction *allowChanges = nullptr, QWidget *parent = nullptr);

    /// Of no registry when \a host is empty.
    void showHost(const QString &host, bool allowsChanges);

private:
    QLabel *m_text;
};

} // namespace Longshore::Ui
