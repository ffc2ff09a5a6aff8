// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/presenters/restorespresenter.h"

#include <QDialog>

class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace Longshore::Ui {

class ProductionBand;
class RestoreList;

/// Shows what can come back of backups, as the registries stand now, lets the user choose, brings it
/// back and shows what became of it.
///
/// In production the name of the repository has to be typed, as for a deletion: tags may be moved. Where
/// it is several repositories that is the name of the registry, as for a clean-up.
class RestoreDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit RestoreDialog(std::unique_ptr<RestoresPresenter> presenter, QWidget *parent = nullptr);
    ~RestoreDialog() override;

    void reject() override;

signals:
    /// Tags of this repository are there again.
    void tagsRestored(const QString &host, const QString &repository);

private:
    void buildLayout();
    void connectSignals();
    void showProgress(qint64 done, qint64 total);
    void showPlans();
    [[nodiscard]] QString question() const;
    void updateButton();
    void askFor(const Confirmation &needed);
    [[nodiscard]] QString hint() const;
    void showHint();
    void run();
    void showResults();
    void showFailure(const Error &error);
    void tellOfRestored();
    void finishWith(const QString &headline, const QString &text);

    std::unique_ptr<RestoresPresenter> m_presenter;
    ProductionBand *m_band;
    QLabel *m_headline;
    QLabel *m_text;
    RestoreList *m_list;
    QLineEdit *m_name; ///< Of the repository or registry, typed where that is needed.
    Confirmation m_needed; ///< What was asked for last.
    QLabel *m_folder;
    QProgressBar *m_progress;
    QDialogButtonBox *m_buttons;
    QPushButton *m_restore;
};

} // namespace Longshore::Ui
