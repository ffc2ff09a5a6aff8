// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/auth/credentialsource.h"
#include "core/registry/openregistryjob.h"
#include "core/session/listnamesjob.h"
#include "core/session/session.h"
#include "core/settings/connectionstore.h"
#include "ui/presenters/capabilitykeeper.h"
#include "ui/presenters/consentkeeper.h"
#include "ui/presenters/passwordkeeper.h"

#include <QHash>
#include <QPointer>

namespace Longshore::Ui {

class OpenedFiles;
class RegistryTreeModel;

/// Opens connections, keeps their sessions, and fills the registry tree.
///
/// Passwords live here, for as long as the program runs; a PasswordKeeper takes care of those that
/// are to outlive it.
class RegistryPresenter final : public QObject
{
    Q_OBJECT

public:
    RegistryPresenter(Network &network, ConnectionStore &store, RegistryTreeModel &model,
                      QObject *parent = nullptr);
    ~RegistryPresenter() override;

    /// Null until the connection was opened.
    [[nodiscard]] std::shared_ptr<RegistrySession> session(const QString &connectionId) const
    {
        return m_connections.value(connectionId).session;
    }
    /// The same, also of files that were opened.
    [[nodiscard]] std::shared_ptr<Session> source(const QString &connectionId) const;
    /// Files with images that are connections, too: everything that is done with a connection can be
    /// done with these, unless it would change something.
    [[nodiscard]] OpenedFiles &files() const noexcept { return *m_files; }
    /// Whose credentials the session has, and where they came from.
    [[nodiscard]] FoundCredentials account(const QString &connectionId) const
    {
        return m_connections.value(connectionId).account;
    }
    /// Those that are in the tree by now.
    [[nodiscard]] QStringList repositories(const QString &connectionId) const;
    [[nodiscard]] const ConnectionStore &store() const noexcept { return m_store; }
    /// Wants to know whether sign-ins may go to token servers on other sites.
    [[nodiscard]] ConsentKeeper &consent() const { return *m_consent; }

    /// Saves the connection and opens it anew; gives its id. Without credentials it looks for them
    /// where the connection says.
    QString connectTo(const SavedConnection &connection, const Credentials &credentials);
    /// Trusts the certificate with that fingerprint and no other from now on, and connects anew.
    void pinCertificate(const QString &connectionId, const QString &fingerprint);
    /// Opens the connection unless it is open or opening.
    void open(const QString &connectionId);
    /// Reads the list of repositories again; opens a connection that had failed.
    void reload(const QString &connectionId);
    /// Keeps what has been read of the list so far.
    void stop(const QString &connectionId);
    void remove(const QString &connectionId);
    /// Of a registry in production, for as long as this session of it lasts.
    void allowChanges(const QString &connectionId, bool isAllowed);
    /// Keeps a repository in the list that the server does not name.
    void addRepository(const QString &connectionId, const RepositoryName &repository);

signals:
    void sessionOpened(const QString &connectionId);
    /// The connection starts anew: until it is open again, session() is null.
    void sessionClosed(const QString &connectionId);
    void openingFailed(const QString &connectionId, const Longshore::Error &error);
    /// Somebody has stopped it; nothing is wrong.
    void openingStopped(const QString &connectionId);
    void listingEnded(const QString &connectionId);
    /// What may be changed there is something else now.
    void protectionChanged(const QString &connectionId);
    /// Something about the credentials that the person should know; a sentence.
    void noticed(const QString &notice);
    /// A request waits before it is tried again.
    void retryScheduled(const QString &connectionId, const Longshore::Error &reason,
                        std::chrono::milliseconds delay);

private:
    struct Connection
    {
        Credentials typed; ///< By the person; else they are looked for.
        FoundCredentials account;
        std::shared_ptr<RegistrySession> session;
        QPointer<Job> opening; ///< Looks for the credentials, or opens the registry.
        QPointer<ListNamesJob> listing;
    };

    void giveUp(const QString &id);
    void showConnections();
    void openAs(const QString &id, const FoundCredentials &account);
    void handleOpened(const QString &id, const OpenedRegistry &opened);
    void handleFailure(const QString &id, const Error &error);
    void listRepositories(const QString &id);
    void handleListEnd(const QString &id, const Result<ListSummary> &summary);
    void showEmptyList(const QString &id, const ListSummary &summary);

    Network &m_network;
    ConnectionStore &m_store;
    RegistryTreeModel &m_model;
    PasswordKeeper m_passwords;
    CapabilityKeeper m_capabilities;
    OpenedFiles *m_files;
    std::shared_ptr<ConsentKeeper> m_consent = std::make_shared<ConsentKeeper>();
    QHash<QString, Connection> m_connections;
};

} // namespace Longshore::Ui
