// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QPointer>

#include <functional>

class QStatusBar;
class QToolButton;
class QWidget;

namespace Longshore::Ui {

class DeleteDialog;
class RunWatch;

/// Deletions and clean-ups that go on, or have ended, where nobody looks at them: a button in the status
/// bar says how far they are, and leads back to them.
class BackgroundRuns final : public QObject
{
    Q_OBJECT

public:
    BackgroundRuns(QStatusBar &bar, QWidget *window);

    /// Hides \a dialog until somebody asks for it, be its run over or not.
    void send(DeleteDialog *dialog);
    /// Tells of the run of a page for as long as it goes on; \a show leads to it.
    void add(RunWatch &watch, const QString &what, const std::function<void()> &show);
    /// Whether the window may close now. If not, somebody is asked, and it may close
    /// by itself once what was running is stopped. Clean-ups do not count: their pages have a say.
    [[nodiscard]] bool mayClose();

signals:
    /// Something that the person should know; a sentence.
    void noticed(const QString &notice);

private:
    struct Run
    {
        QPointer<RunWatch> watch; ///< Null when it is gone with what it was of.
        std::function<QString()> text;
        std::function<void()> show;
        bool staysWhenOver = false; ///< Until somebody has seen what became of it.
    };

    void begin(const Run &run);
    void update();
    void show(const Run &run);
    void chooseRun();
    void stopAll();
    void closeIfStopped();
    /// Whether that would be missed when the program ended now.
    [[nodiscard]] static bool wouldBeMissed(const Run &run);
    [[nodiscard]] bool isBusy() const;

    QWidget *m_window;
    QToolButton *m_button;
    QList<Run> m_runs;
    bool m_closesWhenStopped = false;
};

} // namespace Longshore::Ui
