// SPDX-License-Identifier: Apache-2.0
#include "ui/mainwindow/connectioncommands.h"

#include "core/base/displaytext.h"
#include "ui/dialogs/certificatedialog.h"
#include "ui/dialogs/connectdialog.h"
#include "ui/presenters/openedfiles.h"
#include "ui/presenters/registrypresenter.h"

#include <QAction>
#include <QInputDialog>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

ConnectionCommands::ConnectionCommands(Network &network, RegistryPresenter &registries,
                                       QWidget *window)
    : QObject(window)
    , m_network(network)
    , m_registries(registries)
    , m_window(window)
    , m_showCertificate(new QAction(tr("Show Certificate\u2026"), this))
{
    m_showCertificate->setObjectName(u"showCertificate"_s);
    connect(m_showCertificate, &QAction::triggered, this, &ConnectionCommands::showCertificate);
    connect(&registries.consent(), &ConsentKeeper::asked, this, &ConnectionCommands::askForConsent);
}

QList<QAction *> ConnectionCommands::remediesFor(const QString &connectionId, const Error &error)
{
    m_refusedBy = connectionId;
    m_refused = error.certificate;
    return m_refused ? QList{m_showCertificate} : QList<QAction *>();
}

void ConnectionCommands::showCertificate()
{
    if (!m_refused)
        return;
    auto *dialog = new CertificateDialog(m_refused, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CertificateDialog::trusted, this,
            [this, id = m_refusedBy](const QString &fingerprint) {
                emit certificateTrusted();
                m_registries.pinCertificate(id, fingerprint);
            });
    dialog->open();
}

/// Whoever closes the question has not agreed.
void ConnectionCommands::askForConsent(const TokenServerQuestion &question)
{
    auto *box = new QMessageBox(
        QMessageBox::Question, tr("Sign In Elsewhere"),
        tr("%1 wants your sign-in to be sent to %2. Send it only when you know that the two belong "
           "together.")
            .arg(quotedText(question.registry), quotedText(question.tokenServer)),
        QMessageBox::Cancel, m_window);
    box->setObjectName(u"tokenServerDialog"_s);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *send = box->addButton(tr("&Send Sign-In"), QMessageBox::AcceptRole);
    send->setObjectName(u"send"_s);
    box->setDefaultButton(QMessageBox::Cancel);
    box->button(QMessageBox::Cancel)->setObjectName(u"cancel"_s);
    connect(box, &QDialog::finished, this, [this, box, send, question] {
        m_registries.consent().answer(question, box->clickedButton() == send);
    });
    box->open();
}

void ConnectionCommands::connectTo(const SavedConnection &connection, const QString &reason)
{
    auto *dialog = new ConnectDialog(m_network, connection, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    m_edited = {connection.id, dialog};
    dialog->showReason(reason);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const SavedConnection accepted = dialog->connection();
        const auto address = RegistryAddress::parse(accepted.address);
        const QString id = m_registries.connectTo(accepted, dialog->credentials());
        emit connectionRequested(id);
        if (address && address->repository)
            emit placeRequested({id, *address->repository, address->reference});
    });
    dialog->open();
}

void ConnectionCommands::edit(const QString &connectionId, const QString &reason)
{
    if (m_edited.second && m_edited.first == connectionId)
        return; // A list and a transfer may both miss the password.
    if (const auto saved = m_registries.store().find(connectionId))
        connectTo(*saved, reason);
}

/// Asks for one line; the dialog comes back with the error until the line is accepted.
void ConnectionCommands::ask(const QString &name, const QString &title, const QString &label,
                             const std::function<Result<Done>(const QString &)> &accept)
{
    auto *dialog = new QInputDialog(m_window);
    dialog->setObjectName(name);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    dialog->setLabelText(label);
    dialog->findChild<QLabel *>()->setTextFormat(Qt::PlainText); // It quotes what was typed.
    connect(dialog, &QInputDialog::textValueSelected, this,
            [this, name, title, label, accept](const QString &text) {
                const auto accepted = accept(text);
                if (!accepted)
                    ask(name, title, QString(accepted.error().message + u'\n' + label), accept);
            });
    dialog->open();
}

void ConnectionCommands::askForReference()
{
    ask(u"openReferenceDialog"_s, tr("Open Reference"),
        tr("A registry, a repository or an image, such as registry.example:5000/team/app:1.0"),
        [this](const QString &text) { return openText(text); });
}

void ConnectionCommands::askForRepository(const QString &connectionId)
{
    ask(u"addRepositoryDialog"_s, tr("Add Repository"),
        tr("The name of the repository, such as team/app"),
        [this, connectionId](const QString &text) -> Result<Done> {
            const auto repository = RepositoryName::parse(text.trimmed());
            if (!repository)
                return Error{Error::Kind::InvalidInput,
                             tr("%1 is not a repository name.").arg(quotedText(text))};
            m_registries.addRepository(connectionId, *repository);
            emit placeRequested({connectionId, *repository});
            return Done();
        });
}

void ConnectionCommands::askToRemove(const QString &connectionId)
{
    if (m_registries.files().contains(connectionId)) {
        m_registries.remove(connectionId); // It is not stored anywhere, and quickly opened again.
        return emit connectionRemoved(connectionId);
    }
    const auto saved = m_registries.store().find(connectionId);
    if (!saved)
        return;
    auto *box = new QMessageBox(QMessageBox::Question, tr("Remove Connection"),
                                tr("Take %1 out of the list? Nothing is deleted on the server.")
                                    .arg(quotedText(saved->name)),
                                QMessageBox::Cancel, m_window);
    box->setObjectName(u"removeConnectionDialog"_s);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *remove = box->addButton(tr("&Remove"), QMessageBox::DestructiveRole);
    remove->setObjectName(u"remove"_s);
    box->setDefaultButton(QMessageBox::Cancel);
    box->button(QMessageBox::Cancel)->setObjectName(u"cancel"_s);
    connect(remove, &QPushButton::clicked, this, [this, connectionId] {
        m_registries.remove(connectionId);
        emit connectionRemoved(connectionId);
    });
    box->open();
}

QString ConnectionCommands::connectionFor(const RegistryAddress &address)
{
    for (const SavedConnection &saved : m_registries.store().connections()) {
        const auto known = RegistryAddress::parse(saved.address);
        if (known && known->host == address.host) {
            m_registries.open(saved.id);
            return saved.id;
        }
    }
    const bool isPlain = address.transport == RegistryAddress::Transport::Plain;
    SavedConnection connection{
        {}, address.host, isPlain ? QString("http://"_L1 + address.host) : address.host};
    connection.signIn = SavedConnection::SignIn::Configuration;
    return m_registries.connectTo(connection, {});
}

Result<Done> ConnectionCommands::openText(const QString &text)
{
    const auto address = RegistryAddress::parse(text);
    if (!address)
        return address.error();
    const QString id = connectionFor(*address);
    emit connectionRequested(id);
    if (address->repository)
        emit placeRequested({id, *address->repository, address->reference});
    return Done();
}

} // namespace Longshore::Ui
