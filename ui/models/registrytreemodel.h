// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/format/protection.h"
#include "ui/models/nodetreemodel.h"
#include "ui/models/registrytreenode.h"

#include <QHash>

namespace Longshore::Ui {

/// Connections, their namespaces and repositories.
///
/// Passive: it asks through signals and is filled by a presenter. Filters itself, because a
/// filtering proxy over a tree of thousands is slow.
class RegistryTreeModel final : public NodeTreeModel<RegistryTreeNode>
{
    Q_OBJECT

public:
    enum class State {
        Closed, ///< Nothing was asked yet.
        Opening,
        Reading, ///< Repositories are arriving.
        Ready,
        Refused, ///< The server keeps its list to itself.
        SignInNeeded,
        Failed,
    };

    enum Role {
        ConnectionIdRole = Qt::UserRole + 1,
        PathRole, ///< Of a folder: "team/app".
        IsRepositoryRole,
        StateRole, ///< Of a connection.
        KeyRole, ///< Names a row over resets: connection and path.
    };

    struct Connection
    {
        QString id;
        QString name;
        QString address;
        Protection protection = Protection::Ordinary;
    };

    explicit RegistryTreeModel(QObject *parent = nullptr);

    /// Keeps what is known of connections that stay.
    void setConnections(const QList<Connection> &connections);
    /// \a message tells why there are no repositories, and is shown in their place.
    void setState(const QString &connectionId, State state, const QString &message = {});
    [[nodiscard]] State state(const QString &connectionId) const;
    /// Whether anything is on its way that a connection will show.
    [[nodiscard]] bool isReading() const;
    void clearRepositories(const QString &connectionId);
    void appendRepositories(const QString &connectionId, const QStringList &page);
    [[nodiscard]] QStringList repositories(const QString &connectionId) const
    {
        return m_known.value(connectionId).repositories;
    }
    [[nodiscard]] qsizetype repositoryCount(const QString &connectionId) const;
    /// Shows only repositories whose path contains every word of \a text.
    void setFilter(const QString &text);
    [[nodiscard]] const QString &filter() const noexcept { return m_filter; }
    [[nodiscard]] QModelIndex find(const QString &connectionId, const QString &path) const;

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

signals:
    void repositoriesRequested(const QString &connectionId);

private:
    using Node = RegistryTreeNode;

    struct Known
    {
        Connection connection;
        State state = State::Closed;
        QString message;
        QStringList repositories;
        Node *node = nullptr; ///< Its row.
    };

    [[nodiscard]] Node *root() const override { return m_root.get(); }
    [[nodiscard]] bool matches(const QString &path) const;
    void showRepositories(Known &known, const QStringList &names);
    void showMessage(Known &known);
    void hideMessage(Known &known);
    void insert(Node &parent, std::vector<std::unique_ptr<Node>> nodes);
    void rebuild();
    [[nodiscard]] QVariant connectionData(const Known &known, int role) const;

    std::unique_ptr<Node> m_root;
    QHash<QString, Known> m_known;
    QString m_filter;
    QStringList m_words;
};

} // namespace Longshore::Ui
