// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/settings/connectionstore.h"
#include "ui/pages/page.h"

#include <QPointer>

class QAction;

namespace Longshore {
struct Network;
struct RegistryAddress;
struct TokenServerQuestion;
} // namespace Longshore

namespace Longshore::Ui {

class RegistryPresenter;

/// The commands that are about connections: they ask, and then act on the list.
class ConnectionCommands final : public QObject
{
    Q_OBJECT

public:
    ConnectionCommands(Network &network, RegistryPresenter &registries, QWidget *window);

    void connectTo(const SavedConnection &connection = {}, const QString &reason = {});
    void edit(const QString &connectionId, const QString &reason = {});
    /// What the person can do about a connection that could not be opened; commands of this window
    /// that work until the next failure.
    [[nodiscard]] QList<QAction *> remediesFor(const QString &connectionId, const Error &error);
    void askForReference();
    void askForRepository(const QString &connectionId);
    void askToRemove(const QString &connectionId);

    /// Opens what \a text names, connecting first if need be, with the credentials that Docker or
    /// Podman have. An error says what is wrong with it.
    Result<Done> openText(const QString &text);

signals:
    void placeRequested(const Longshore::Ui::Place &place);
    void connectionRequested(const QString &connectionId);
    void connectionRemoved(const QString &connectionId);
    /// That of a connection which could not be opened for it, and is opened now.
    void certificateTrusted();

private:
    void ask(const QString &name, const QString &title, const QString &label,
             const std::function<Result<Done>(const QString &)> &accept);
    void showCertificate();
    void askForConsent(const TokenServerQuestion &question);
    [[nodiscard]] QString connectionFor(const RegistryAddress &address);

    Network &m_network;
    RegistryPresenter &m_registries;
    QWidget *m_window;
    std::pair<QString, QPointer<QObject>>
        m_edited; ///< The connection in the dialog that came last.
    QAction *m_showCertificate;
    QString m_refusedBy; ///< The connection that does not trust the certificate.
    std::shared_ptr<const RefusedCertificate> m_refused;
};

} // namespace Longshore::Ui
