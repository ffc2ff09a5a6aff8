// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/transferpartmodel.h"

#include <QWidget>

class QLabel;

namespace Longshore::Ui {

class RowTable;
struct TransferRow;

/// All that is known of one transfer: what became of it in full, and each of its blobs.
class TransferDetails final : public QWidget
{
    Q_OBJECT

public:
    explicit TransferDetails(QWidget *parent = nullptr);

    /// Null for none.
    void showTransfer(const TransferRow *row);

private:
    QLabel *m_title;
    QLabel *m_status;
    TransferPartModel m_parts;
    RowTable *m_table;
};

} // namespace Longshore::Ui
