// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/registrypresenter.h"

#include "core/layout/layoutsession.h"
#include "core/registry/registrysession.h"
#include "core/settings/connectioncredentials.h"
#include "ui/models/registrytreemodel.h"
#include "ui/presenters/connectionprotection.h"
#include "ui/presenters/openedfiles.h"

#include <QFileInfo>

namespace Longshore::Ui {

using State = RegistryTreeModel::State;

RegistryPresenter::RegistryPresenter(Network &network, ConnectionStore &store,
                                     RegistryTreeModel &model, QObject *parent)
    : QObject(parent)
    , m_network(network)
    , m_store(store)
    , m_model(model)
    , m_passwords(store)
    , m_files(new OpenedFiles(model, this))
{
    connect(m_files, &OpenedFiles::changed, this, &RegistryPresenter::showConnections);
    connect(m_files, &OpenedFiles::opened, this, &RegistryPresenter::sessionOpened);
    connect(m_files, &OpenedFiles::opened, this, &RegistryPresenter::listingEnded);
    connect(m_files, &OpenedFiles::failed, this,
            [this](const QString &, const Error &error) { emit noticed(error.message); });
    connect(&m_passwords, &PasswordKeeper::notKept, this, &RegistryPresenter::noticed);
    connect(m_consent.get(), &ConsentKeeper::notKept, this, &RegistryPresenter::noticed);
    connect(&m_store, &ConnectionStore::changed, this, &RegistryPresenter::showConnections);
    connect(&m_model, &RegistryTreeModel::repositoriesRequested, this, &RegistryPresenter::open);
    showConnections();
}

RegistryPresenter::~RegistryPresenter() = default;

void RegistryPresenter::showConnections()
{
    QList<RegistryTreeModel::Connection> rows;
    for (const SavedConnection &connection : m_store.connections())
        rows.append({connection.id, connection.name, connection.address, protectionOf(connection)});
    for (const QString &id : m_files->ids()) {
        const QString path = m_files->path(id);
        rows.append({id, QFileInfo(path).fileName(), path, Protection::Ordinary});
    }
    m_model.setConnections(rows);
}

std::shared_ptr<Session> RegistryPresenter::source(const QString &connectionId) const
{
    if (auto files = m_files->session(connectionId))
        return files;
    return session(connectionId);
}

QStringList RegistryPresenter::repositories(const QString &connectionId) const
{
    return m_model.repositories(connectionId);
}

QString RegistryPresenter::connectTo(const SavedConnection &connection,
                                     const Credentials &credentials)
{
    giveUp(connection.id);
    const auto before = m_store.find(connection.id);
    const auto saved = m_store.save(connection);
    // Without a place to store it, the connection still works until the program ends.
    const QString id = saved ? saved->id : m_store.connections().last().id;
    if (before)
        m_passwords.forget(*before);
    m_capabilities.forget(id);
    if (saved)
        m_passwords.keep(*saved, credentials.accountSecret());
    m_connections[id] = {credentials, {}, {}, {}, {}};
    m_model.clearRepositories(id);
    m_model.setState(id, State::Closed);
    emit sessionClosed(id);
    open(id);
    return id;
}

void RegistryPresenter::pinCertificate(const QString &id, const QString &fingerprint)
{
    auto saved = m_store.find(id);
    if (!saved)
        return;
    saved->tls.pin = fingerprint;
    saved->tls.isVerified = true;
    connectTo(*saved, m_connections.value(id).typed);
}

void RegistryPresenter::open(const QString &id)
{
    if (m_files->contains(id))
        return m_files->session(id) ? void() : m_files->read(id);
    const auto saved = m_store.find(id);
    Connection &connection = m_connections[id];
    if (!saved || connection.session || connection.opening)
        return;
    const auto address = RegistryAddress::parse(saved->address);
    if (!address)
        return handleFailure(id, address.error());
    m_model.setState(id, State::Opening, tr("Connecting\u2026"));
    const auto question = credentialQuestion(*saved, *address);
    if (!connection.typed.isEmpty() || !question)
        return openAs(id, {connection.typed, {CredentialSource::Kind::Given}});
    auto *job = new FindCredentialsJob(*question, this);
    connection.opening = job;
    job->then(this, [this, id](const Result<FoundCredentials> &found) {
        if (found)
            openAs(id, *found);
        else
            handleFailure(id, found.error());
    });
    job->start();
}

void RegistryPresenter::openAs(const QString &id, const FoundCredentials &account)
{
    const auto saved = m_store.find(id);
    const auto address = RegistryAddress::parse(saved ? saved->address : QString());
    if (!address || !m_connections.contains(id))
        return;
    Connection &connection = m_connections[id];
    connection.account = account;
    if (account.credentials.isEmpty())
        connection.account.source = {};
    const auto tls = readTlsChoice(saved->tls);
    if (!tls)
        return handleFailure(id, tls.error());
    OpenRegistryJob::Options options{*address};
    options.setAccount(connection.account);
    options.showsVerification = true;
    options.settings.tls = *tls;
    options.settings.isReadOnly = saved->isReadOnly;
    options.settings.isProduction = saved->isProduction;
    options.settings.mayLeadInwards = saved->mayLeadInwards;
    options.consent = m_consent;
    auto *job = new OpenRegistryJob(m_network, options, this);
    connection.opening = job;
    job->then(this, [this, id](const Result<OpenedRegistry> &opened) {
        if (opened)
            handleOpened(id, *opened);
        else
            handleFailure(id, opened.error());
    });
    job->start();
    for (const QString &notice : account.notices)
        emit noticed(notice);
}

void RegistryPresenter::handleOpened(const QString &id, const OpenedRegistry &opened)
{
    m_connections[id].session = opened.session;
    m_capabilities.follow(id, *opened.session);
    connect(&opened.session->client(), &HttpClient::retryScheduled, this,
            [this, id](const Error &reason, std::chrono::milliseconds delay) {
                emit retryScheduled(id, reason, delay);
            });
    connect(&opened.session->client(), &HttpClient::serverWarned, this,
            &RegistryPresenter::noticed);
    emit sessionOpened(id);
    for (const QString &notice : opened.notices)
        emit noticed(notice);
    if (m_connections.contains(id)) // A listener may have removed it.
        listRepositories(id);
}

void RegistryPresenter::handleFailure(const QString &id, const Error &error)
{
    if (error.isCancelled()) {
        m_model.setState(id, State::Closed);
        return emit openingStopped(id);
    }
    m_model.setState(id, State::Failed, error.message);
    emit openingFailed(id, error);
}

void RegistryPresenter::reload(const QString &id)
{
    if (m_files->contains(id))
        return m_files->read(id);
    giveUp(id);
    if (m_connections.value(id).session)
        listRepositories(id);
    else
        open(id);
}

void RegistryPresenter::stop(const QString &id)
{
    const Connection connection = m_connections.value(id);
    if (connection.opening)
        connection.opening->cancel();
    if (connection.listing)
        connection.listing->cancel();
}

/// Ends what is under way; its end would say nothing about what comes next.
void RegistryPresenter::giveUp(const QString &id)
{
    const Connection connection = m_connections.value(id);
    for (Job *job : QList<Job *>{connection.opening, connection.listing}) {
        if (!job)
            continue;
        job->disconnect(this);
        job->cancel();
    }
    if (m_connections.contains(id)) {
        m_connections[id].opening.clear();
        m_connections[id].listing.clear();
    }
}

void RegistryPresenter::remove(const QString &id)
{
    if (m_files->contains(id))
        return m_files->remove(id);
    giveUp(id);
    m_connections.remove(id);
    const auto before = m_store.find(id);
    if (const auto removed = m_store.remove(id); !removed)
        emit openingFailed(id, removed.error());
    if (before)
        m_passwords.forget(*before);
    m_capabilities.forget(id);
}

void RegistryPresenter::allowChanges(const QString &id, bool isAllowed)
{
    if (const auto open = session(id))
        open->client().allowChanges(isAllowed);
    emit protectionChanged(id);
}

void RegistryPresenter::addRepository(const QString &id, const RepositoryName &repository)
{
    auto saved = m_store.find(id);
    if (!saved || saved->repositories.contains(repository.toString()))
        return;
    saved->repositories.append(repository.toString());
    const bool isListed = m_model.find(id, repository.toString()).isValid();
    if (!isListed)
        m_model.appendRepositories(id, {repository.toString()});
    if (const auto stored = m_store.save(*saved); !stored)
        emit openingFailed(id, stored.error());
}

} // namespace Longshore::Ui
