// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSet>
#include <QTreeView>

namespace Longshore::Ui {

class RegistryTreeModel;

/// The tree of connections and repositories. Remembers what was open when the filter goes.
class RegistryTreeView final : public QTreeView
{
    Q_OBJECT

public:
    explicit RegistryTreeView(RegistryTreeModel &model, QWidget *parent = nullptr);

signals:
    void repositoryActivated(const QString &connectionId, const QString &path);
    void connectionActivated(const QString &connectionId);

private:
    void reopen(const QModelIndex &parent, int first, int last);
    void restore();
    void handleActivated(const QModelIndex &index);

    RegistryTreeModel &m_model;
    QSet<QString> m_expanded; ///< Keys of rows that were open without a filter.
    QString m_current;
    bool m_isRestoring = false;
};

} // namespace Longshore::Ui
