// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QCheckBox;
class QLabel;
class QProgressBar;
class QTreeView;

namespace Longshore::Ui {

class CopyPresenter;
class IconLabel;

/// The part of a dialog that shows what it takes to bring images into a registry: which blobs are
/// there, what has to be sent, and which tags would point to something else; these need a tick.
class CopyPlanSection final : public QWidget
{
    Q_OBJECT

public:
    explicit CopyPlanSection(CopyPresenter &presenter, QWidget *parent = nullptr);

    /// Whether every tag may be moved.
    [[nodiscard]] bool isAgreed() const;
    /// Nothing is brought: only what becomes of tags is shown.
    void showTagsOnly();
    /// Whether it is not known yet what there is to bring.
    void setReading(bool isReading);
    /// How far that is; \a total is -1 while nobody knows.
    void showProgress(qint64 done, qint64 total);

signals:
    void agreementChanged();

private:
    void buildLayout();
    void update();
    void showTotals();
    void showReplaced();

    CopyPresenter &m_presenter;
    QProgressBar *m_progress;
    QTreeView *m_blobs;
    QLabel *m_totals;
    IconLabel *m_warningIcon;
    QLabel *m_warning;
    QCheckBox *m_overwrite;
    bool m_isReading = false;
};

} // namespace Longshore::Ui
