// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDockWidget>

namespace Longshore::Ui {

class FilterEdit;
class RegistryTreeModel;
class RegistryTreeView;

/// The registries on the left: a filter and the tree.
class RegistriesDock final : public QDockWidget
{
    Q_OBJECT

public:
    explicit RegistriesDock(RegistryTreeModel &model, QWidget *parent = nullptr);

    [[nodiscard]] RegistryTreeView &tree() const noexcept { return *m_tree; }
    /// Opens the connection in the tree, and selects it.
    void revealConnection(const QString &connectionId);
    /// Selects the repository in the tree, unless somebody works there.
    void revealRepository(const QString &connectionId, const QString &path);

private:
    RegistryTreeModel &m_model;
    RegistryTreeView *m_tree;
    FilterEdit *m_filter;
};

} // namespace Longshore::Ui
