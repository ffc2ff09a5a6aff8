// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QMessageBox>

namespace Longshore::Ui {

/// Asks once, before the window takes running transfers with it.
class QuitDialog final : public QMessageBox
{
    Q_OBJECT

public:
    /// How many are not finished.
    struct Transfers
    {
        int kept = 0; ///< They come back when the program starts again.
        int lost = 0;
    };

    QuitDialog(const Transfers &transfers, QWidget *parent);

signals:
    void quitRequested();
    /// As soon as there is nothing left to miss.
    void waitRequested();
};

} // namespace Longshore::Ui
