// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/connectionjournal.h"

#include "core/cleanup/sessionrun.h"
#include "core/registry/registrysession.h"
#include "ui/presenters/registrypresenter.h"

namespace Longshore::Ui {

using Kind = JournalRun::Kind;

ConnectionJournal::ConnectionJournal(const RegistryPresenter &registries,
                                     std::shared_ptr<RunJournal> journal, QObject *parent)
    : QObject(parent), m_registries(registries), m_journal(std::move(journal))
{
    if (!m_journal)
        return;
    handleStored();
    connect(&registries.store(), &ConnectionStore::changed, this, &ConnectionJournal::handleStored);
    connect(&registries, &RegistryPresenter::sessionOpened, this, &ConnectionJournal::nameSession);
    connect(&registries, &RegistryPresenter::protectionChanged, this,
            &ConnectionJournal::handleProtection);
    connect(&registries, &RegistryPresenter::sessionClosed, this, &ConnectionJournal::handleEnd);
}

ConnectionJournal::~ConnectionJournal()
{
    const QStringList ids = m_allowed.keys();
    for (const QString &id : ids)
        handleEnd(id);
}

void ConnectionJournal::handleStored()
{
    const QHash<QString, bool> before = std::exchange(m_readOnly, {});
    for (const SavedConnection &connection : m_registries.store().connections()) {
        m_readOnly.insert(connection.id, connection.isReadOnly);
        const bool isChanged =
            before.contains(connection.id) && before.value(connection.id) != connection.isReadOnly;
        if (isChanged)
            m_journal
                ->record(*runOf(connection.id,
                                connection.isReadOnly ? Kind::ReadOnlyOn : Kind::ReadOnlyOff))
                ->start();
        nameSession(connection.id);
    }
    const QStringList allowed = m_allowed.keys();
    for (const QString &id : allowed) {
        if (!m_readOnly.contains(id)) // The connection was removed.
            handleEnd(id);
    }
}

void ConnectionJournal::handleProtection(const QString &id)
{
    const auto session = m_registries.session(id);
    if (!session || !session->client().settings().isProduction)
        return;
    const bool isAllowed = session->client().allowsChanges();
    if (isAllowed == m_allowed.contains(id))
        return;
    if (!isAllowed)
        return handleEnd(id);
    if (const auto run = runOf(id, Kind::ChangesAllowed)) {
        m_allowed.insert(id, *run);
        m_journal->record(*run)->start();
    }
}

/// What was allowed is over with the session.
void ConnectionJournal::handleEnd(const QString &id)
{
    if (!m_allowed.contains(id))
        return;
    JournalRun run = m_allowed.take(id); // The session, and who it was, may be gone.
    run.kind = Kind::ChangesForbidden;
    m_journal->record(run)->start();
}

void ConnectionJournal::nameSession(const QString &id) const
{
    const auto saved = m_registries.store().find(id);
    if (const auto session = m_registries.session(id); session && saved)
        session->setObjectName(saved->name);
}

std::optional<JournalRun> ConnectionJournal::runOf(const QString &id, Kind kind) const
{
    const auto saved = m_registries.store().find(id);
    if (!saved)
        return {};
    const auto address = RegistryAddress::parse(saved->address);
    JournalRun run{kind, address ? address->host : saved->address, {}, {}};
    const auto session = m_registries.session(id);
    run.user = session ? userOf(session->credentials()) : saved->user; // Empty: nobody knows.
    run.connection = saved->name;
    return run;
}

} // namespace Longshore::Ui
