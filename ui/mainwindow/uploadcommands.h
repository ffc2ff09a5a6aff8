// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/dialogs/copydialog.h"
#include "ui/models/tagdrag.h"
#include "ui/pages/page.h"
#include "ui/views/droparea.h"

#include <QModelIndex>
#include <QTimer>

namespace Longshore::Ui {

class CopyCommands;
class MainActions;
class PageTabs;
class RegistryPresenter;
class RegistryTreeView;

/// What comes into a repository: files that somebody chooses, or drops on it in the tree or on its
/// page, and tags that are dragged onto another one.
class UploadCommands final : public QObject
{
    Q_OBJECT

public:
    UploadCommands(const MainActions &actions, RegistryTreeView &tree, PageTabs &tabs,
                   RegistryPresenter &registries, CopyCommands &copies);

    /// Enables the commands as far as there is somewhere to upload to.
    void update();

signals:
    /// What a drop would do; empty when nothing is dragged any more.
    void announced(const QString &text);

private:
    using Proposal = CopyDialog::Proposal;

    void acceptDrops();
    [[nodiscard]] Proposal proposal() const;
    /// A row of the tree: a repository, a connection, or of a folder what its repositories begin with.
    [[nodiscard]] static Proposal proposalFor(const QModelIndex &row);
    /// The same, and nothing where there is no row.
    [[nodiscard]] static std::optional<Proposal> targetAt(const QModelIndex &row);
    /// The repository in front; nothing for an image.
    [[nodiscard]] std::optional<Proposal> targetInFront() const;
    /// An image in front that can get another layer, and its digest.
    struct Base
    {
        Place place;
        Digest digest;
    };
    [[nodiscard]] std::optional<Base> imageInFront() const;
    [[nodiscard]] DropArea::Answer lookOnPage(const QMimeData &data) const;
    void takeOnPage(const QMimeData &data);
    [[nodiscard]] QStringList localPaths(const QMimeData &data);
    [[nodiscard]] QString whyNot(const QString &connectionId) const;
    [[nodiscard]] DropArea::Answer
    answer(const QMimeData &data, const std::optional<Proposal> &target, const QRect &frame) const;
    /// What people call the target.
    [[nodiscard]] QString nameOf(const Proposal &target) const;
    [[nodiscard]] DropArea::Answer lookInTree(const QMimeData &data, const QPoint &point);
    void take(const QMimeData &data, const Proposal &target);
    void takeTags(const std::optional<TagDrag> &tags, Proposal target);

    const MainActions &m_actions;
    RegistryTreeView &m_tree;
    PageTabs &m_tabs;
    RegistryPresenter &m_registries;
    CopyCommands &m_copies;
    QTimer m_hover; ///< Opens what somebody stays on.
    QPersistentModelIndex m_hovered;
};

} // namespace Longshore::Ui
