// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/auth/credentials.h"
#include "core/registry/openregistryjob.h"
#include "core/session/listnamesjob.h"
#include "core/settings/connectionstore.h"

#include <QHash>
#include <QPointer>

namespace Longshore::Ui {

class RegistryTreeModel;

/// Opens connections, keeps their sessions, and fills the registry tree.
///
/// Passwords live here, for as long as the program runs.
class RegistryPresenter final : public QObject
{
    Q_OBJECT

public:
    RegistryPresenter(Network &network, ConnectionStore &store, RegistryTreeModel &model,
                      QObject *parent = nullptr);
    ~RegistryPresenter() override;

    /// Null until the connection was opened.
    [[nodiscard]] std::shared_ptr<RegistrySession> session(const QString &connectionId) const;
    [[nodiscard]] const ConnectionStore &store() const noexcept { return m_store; }

    /// Saves the connection and opens it anew; gives its id.
    QString connectTo(const SavedConnection &connection, const Credentials &credentials);
    /// Opens the connection unless it is open or opening.
    void open(const QString &connectionId);
    /// Reads the list of repositories again; opens a connection that had failed.
    void reload(const QString &connectionId);
    /// Keeps what has been read of the list so far.
    void stop(const QString &connectionId);
    void remove(const QString &connectionId);
    /// Keeps a repository in the list that the server does not name.
    void addRepository(const QString &connectionId, const RepositoryName &repository);

signals:
    void sessionOpened(const QString &connectionId);
    void openingFailed(const QString &connectionId, const Longshore::Error &error);
    void listingEnded(const QString &connectionId);
    /// A request waits before it is tried again.
    void retryScheduled(const QString &connectionId, const Longshore::Error &reason,
                        std::chrono::milliseconds delay);

private:
    struct Connection
    {
        Credentials credentials;
        std::shared_ptr<RegistrySession> session;
        QPointer<OpenRegistryJob> opening;
        QPointer<ListNamesJob> listing;
    };

    void giveUp(const QString &id);
    void showConnections();
    void handleOpened(const QString &id, const OpenedRegistry &opened);
    void handleFailure(const QString &id, const Error &error);
    void listRepositories(const QString &id);
    void handleListEnd(const QString &id, const Result<ListSummary> &summary);
    void showEmptyList(const QString &id, const ListSummary &summary);

    Network &m_network;
    ConnectionStore &m_store;
    RegistryTreeModel &m_model;
    QHash<QString, Connection> m_connections;
};

} // namespace Longshore::Ui
