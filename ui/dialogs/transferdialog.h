// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>

class QDialogButtonBox;
class QLabel;
class QProgressBar;

namespace Longshore::Ui {

class TransferListModel;
class TransferPresenter;

/// The progress of one transfer that somebody waits for. Closing it leaves the transfer running.
class TransferDialog final : public QDialog
{
    Q_OBJECT

public:
    TransferDialog(TransferPresenter &presenter, TransferListModel &model, quint64 id,
                   QWidget *parent = nullptr);

private:
    void update();

    TransferPresenter &m_presenter;
    TransferListModel &m_model;
    quint64 m_id;
    QLabel *m_title;
    QLabel *m_status;
    QProgressBar *m_progress;
    QDialogButtonBox *m_buttons;
    QPushButton *m_cancel;
};

} // namespace Longshore::Ui
