// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/session/listsummary.h"
#include "ui/models/tagtreemodel.h"
#include "ui/pages/page.h"
#include "ui/presenters/tagspresenter.h"

class QHeaderView;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace Longshore::Ui {

class FilterEdit;
class MessageBar;
class Placeholder;
class TagTreeView;

/// The tags of a repository as one list, however many there are.
class RepositoryPage final : public Page
{
    Q_OBJECT

public:
    RepositoryPage(const Place &place, std::shared_ptr<Session> session, QWidget *parent = nullptr);

    [[nodiscard]] QHeaderView *header() const;
    [[nodiscard]] TagTreeView &tags() const noexcept { return *m_tree; }
    /// Takes tags out of the list that were deleted; the next row becomes the current one.
    void removeTags(const QStringList &tags);

    void reload() override;
    void addContextActions(const QList<QAction *> &actions) override;
    void focusFilter() override;
    void readAll() override { m_presenter.readAll(); }
    [[nodiscard]] bool canReadAll() const override
    {
        return m_model.readCount() < m_model.tagCount() && !m_presenter.isListing();
    }
    [[nodiscard]] bool isLoaded() const override { return m_isLoaded; }
    [[nodiscard]] QList<Tag> selectedTags() const override;
    [[nodiscard]] QList<LayerChoice> selectedLayers() const override;
    [[nodiscard]] QString selectedDigest() const override;
    [[nodiscard]] QList<Property> details() const override;
    [[nodiscard]] QString summary() const override;

private:
    void buildLayout();
    void connectSignals();
    void handleListingEnd(const ListSummary &summary);
    void handleListingFailure(const Error &error);
    void showFailure(const Error &error);
    void enterList();
    void updateContent();
    void updateCoverage();
    void markLoaded();
    [[nodiscard]] bool visibleDetailsAreRead() const;

    TagTreeModel m_model;
    TagsPresenter m_presenter;
    TagTreeView *m_tree;
    FilterEdit *m_filter;
    QLabel *m_coverage;
    QPushButton *m_readAll;
    MessageBar *m_message;
    Placeholder *m_placeholder;
    QStackedWidget *m_stack;
    QAction *m_clearFilter;
    QAction *m_stop;
    QStringList m_visible;
    std::optional<Error> m_failure; ///< Why there is no list at all.
    bool m_isLoaded = false;
};

} // namespace Longshore::Ui
