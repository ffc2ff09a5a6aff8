// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/presenters/restorepresenter.h"

#include <QDialog>

class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QTreeWidget;

namespace Longshore::Ui {

class ProductionBand;

/// Shows what can come back of a backup, as the registry stands now, lets the user choose, brings it
/// back and shows what became of it.
///
/// Ticked at first is what has no other in its place; what cannot come back cannot be ticked. In
/// production the name of the repository has to be typed, as for a deletion: tags may be moved.
class RestoreDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit RestoreDialog(std::unique_ptr<RestorePresenter> presenter, QWidget *parent = nullptr);
    ~RestoreDialog() override;

    void reject() override;

signals:
    /// Tags of this repository are there again.
    void tagsRestored(const QString &host, const QString &repository);

private:
    void buildLayout();
    void connectSignals();
    void showChecking(qint64 done, qint64 total);
    void showPlan();
    void showItems(const RestorePlan &plan);
    void updateButton();
    void run();
    void showReport(const RestoreReport &report);
    void showFailure(const Error &error);
    void finishWith(const QString &headline, const QString &text);
    [[nodiscard]] QList<qsizetype> ticked() const;

    std::unique_ptr<RestorePresenter> m_presenter;
    ProductionBand *m_band;
    QLabel *m_headline;
    QLabel *m_text;
    QTreeWidget *m_list;
    QLineEdit *m_name; ///< Of the repository, typed where that is needed.
    QLabel *m_folder;
    QProgressBar *m_progress;
    QDialogButtonBox *m_buttons;
    QPushButton *m_restore;
};

} // namespace Longshore::Ui
