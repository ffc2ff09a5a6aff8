// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/presenters/cleanuppresenter.h"

#include <QDialog>

class QCheckBox;
class QLineEdit;
class QPushButton;

namespace Longshore::Ui {

/// Asks once more before a clean-up: says how many tags go from which repository, and where the
/// backups go. Where much is at stake the number has to be typed, and in production a name. Cancel is the default button.
class CleanupDialog final : public QDialog
{
    Q_OBJECT

public:
    /// Asks about the plan of \a presenter as it is now.
    explicit CleanupDialog(const CleanupPresenter &presenter, QWidget *parent = nullptr);

    [[nodiscard]] bool savesLayers() const;
    /// Of tags whose image stays.
    [[nodiscard]] TagRemoval::Placeholder placeholder() const;

private:
    /// Why something has to be typed; nothing where it has not.
    [[nodiscard]] static QStringList thresholdsOf(const CleanupPresenter &presenter);

    QCheckBox *m_layers;
    QCheckBox *m_placeholder;
    QLineEdit *m_typed;
    QPushButton *m_delete;
};

} // namespace Longshore::Ui
