// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/runjournal.h"
#include "core/settings/windowsettings.h"
#include "ui/pages/page.h"

class QWidget;

namespace Longshore::Ui {

class BackgroundRuns;
class CleanupPage;
class MainActions;
class PageTabs;
class RegistryPresenter;
class RegistryTreeView;
class RestoreCommands;

/// What clean-ups need of the window.
struct CleanupParts
{
    RegistryTreeView &tree;
    PageTabs &tabs;
    RegistryPresenter &registries;
    RestoreCommands &restores;
    WindowSettings &settings;
    BackgroundRuns &runs;
};

/// Opens pages that plan clean-ups, and does for them what needs a dialog: asks before anything is
/// deleted, keeps the rules of each connection, writes lists and reports, brings back what is gone.
class CleanupCommands final : public QObject
{
    Q_OBJECT

public:
    CleanupCommands(const MainActions &actions, const CleanupParts &parts,
                    std::shared_ptr<RunJournal> journal, QWidget *window);

private:
    void update();
    void plan();
    /// What is selected where somebody works: a repository, or all of them in a folder or registry.
    [[nodiscard]] std::optional<Place> target() const;
    [[nodiscard]] bool isListed(const QString &connectionId) const;
    [[nodiscard]] QString whyNot(const std::optional<Place> &target) const;
    void serve(Page *page);
    void confirm(CleanupPage *page);
    void handleCleaned(CleanupPage *page);
    void restore(CleanupPage *page);
    void openBackup(CleanupPage *page);
    void loadRules(CleanupPage *page);
    void saveRules(CleanupPage *page);
    void exportTable(CleanupPage *page);

    const MainActions &m_actions;
    CleanupParts m_parts;
    std::shared_ptr<RunJournal> m_journal;
    QWidget *m_window;
};

} // namespace Longshore::Ui
