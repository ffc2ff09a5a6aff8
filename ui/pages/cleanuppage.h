// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/pages/page.h"
#include "ui/presenters/cleanuppresenter.h"

class QSplitter;
class QStackedWidget;

namespace Longshore::Ui {

class CleanupEffect;
class CleanupFoot;
class CleanupTable;
class MessageBar;
class Placeholder;
class RulesPanel;

/// Which tags of some repositories go by rules: the rules, what becomes of each tag, and what that
/// comes to. Asks before anything is deleted, by a signal; carries it out, and shows what became of it.
class CleanupPage final : public Page
{
    Q_OBJECT

public:
    CleanupPage(const Place &place, std::shared_ptr<RegistrySession> session,
                QWidget *parent = nullptr);

    [[nodiscard]] CleanupPresenter &presenter() noexcept { return *m_presenter; }
    [[nodiscard]] CleanupRules rules() const;
    /// From the last time, or from a file.
    void setRules(const CleanupRules &rules);
    /// Carries out the plan that was confirmed.
    void run() { m_presenter->run(); }

    /// What may be done may have changed.
    void updateButtons();
    void reload() override;
    void addContextActions(const QList<QAction *> &) override {}
    void focusFilter() override;
    [[nodiscard]] bool isLoaded() const override
    {
        return m_presenter->state() != CleanupPresenter::State::Reading
               && !m_presenter->isDeciding();
    }
    [[nodiscard]] QList<Tag> selectedTags() const override { return {}; }
    [[nodiscard]] QList<LayerChoice> selectedLayers() const override { return {}; }
    [[nodiscard]] QString selectedDigest() const override;
    [[nodiscard]] QList<Property> details() const override;
    [[nodiscard]] QString objectionToClosing() const override;
    void warn(const QString &sentence) override;
    [[nodiscard]] QString summary() const override;

signals:
    void rulesChanged();
    /// The plan is complete and shall be carried out, if a person says so.
    void confirmationRequested();
    /// Something was deleted.
    void cleaned();
    void restoreRequested();
    void backupFolderRequested();
    void loadRequested();
    void saveRequested();
    /// The list, or after a run the report, shall go into a file.
    void exportRequested();

private:
    void buildLayout();
    void connectSignals();
    void handleRules();
    void updateState();
    void planAgain();
    void planFailed();
    void showPlan();
    void showProgress(const QString &what, qint64 done, qint64 total);
    [[nodiscard]] QString timeLeftText() const;
    void showSaving(const QString &what, qint64 done, qint64 total);
    void showFailure(const Error &error);

    CleanupPresenter *m_presenter;
    RulesPanel *m_rules;
    CleanupTable *m_table;
    CleanupEffect *m_effect;
    MessageBar *m_message;
    Placeholder *m_placeholder;
    QStackedWidget *m_stack;
    QSplitter *m_splitter;
    CleanupFoot *m_foot;
    QAction *m_stopReading;
};

} // namespace Longshore::Ui
