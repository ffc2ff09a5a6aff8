// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace Longshore::Ui {

/// What a run is busy with and has come to, with buttons to pause it and to look at something else.
class RunDetails final : public QWidget
{
    Q_OBJECT

public:
    /// What can be done about the run.
    enum class Offer { Pause, Continue, Nothing };

    explicit RunDetails(QWidget *parent = nullptr);

    /// Shows also the button by which the run goes on where it is not in the way.
    void offerBackground();
    void showRun(const QString &step, const QString &counts, Offer offer);

signals:
    void pauseRequested();
    void resumeRequested();
    void backgroundRequested();

private:
    QPushButton *add(const QString &name);

    QLabel *m_step;
    QLabel *m_counts;
    QPushButton *m_pause;
    QPushButton *m_resume;
    QPushButton *m_background;
};

} // namespace Longshore::Ui
