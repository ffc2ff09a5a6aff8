// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>

class QDialogButtonBox;
class QLabel;
class QProgressBar;

namespace Longshore::Ui {

class TransferListModel;
class TransferPresenter;
struct TransferRow;

/// The progress of one transfer that somebody waits for. Closing it leaves the transfer running.
class TransferDialog final : public QDialog
{
    Q_OBJECT

public:
    TransferDialog(TransferPresenter &presenter, TransferListModel &model, quint64 id,
                   QWidget *parent = nullptr);

private:
    void update();
    [[nodiscard]] QPushButton *addCopyButton(const QString &name, const QString &text);
    void offerToCopy(const TransferRow &row);
    /// Null when it was cleared from the list.
    [[nodiscard]] const TransferRow *row() const;

    TransferPresenter &m_presenter;
    TransferListModel &m_model;
    quint64 m_id;
    QLabel *m_title;
    QLabel *m_status;
    QProgressBar *m_progress;
    QDialogButtonBox *m_buttons;
    QPushButton *m_cancel;
    QPushButton *m_copyReference;
    QPushButton *m_copyDigest;
};

} // namespace Longshore::Ui
