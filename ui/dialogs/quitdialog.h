// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QMessageBox>

namespace Longshore::Ui {

/// Asks once, before the window takes running transfers with it.
class QuitDialog final : public QMessageBox
{
    Q_OBJECT

public:
    QuitDialog(qsizetype transferCount, QWidget *parent);

signals:
    void quitRequested();
};

} // namespace Longshore::Ui
