// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QPushButton;

namespace Longshore::Ui {

/// What can be done with a result of a deletion: bring back what went, look at the backup, write a
/// report, try once more what failed. A row of buttons; hidden until there is a result.
class ResultButtons final : public QWidget
{
    Q_OBJECT

public:
    /// What there is to offer; a report can always be written.
    struct Offer
    {
        bool hasDeleted = false; ///< Something can come back.
        bool hasFailed = false; ///< Something can be tried once more.
        bool hasBackup = false;
    };

    explicit ResultButtons(QWidget *parent = nullptr);

    void showOffer(const Offer &offer);

signals:
    void undoRequested();
    void retryRequested();
    void openRequested();
    void reportRequested();

private:
    QPushButton *add(const QString &name, const QString &icon, const QString &text);

    QPushButton *m_undo;
    QPushButton *m_retry;
    QPushButton *m_open;
    QPushButton *m_report;
};

} // namespace Longshore::Ui
