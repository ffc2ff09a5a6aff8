// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"
#include "ui/format/errortext.h"
#include "ui/models/registrytreemodel.h"
#include "ui/presenters/registrypresenter.h"

namespace Longshore::Ui {

using State = RegistryTreeModel::State;

void RegistryPresenter::listRepositories(const QString &id)
{
    m_model.clearRepositories(id);
    m_model.setState(id, State::Reading, tr("Reading\u2026"));
    if (const auto saved = m_store.find(id))
        m_model.appendRepositories(id, saved->repositories);
    ListNamesJob *job = m_connections.value(id).session->listRepositories();
    m_connections[id].listing = job;
    connect(job, &ListNamesJob::namesListed, this, [this, id](QStringList page) {
        const auto saved = m_store.find(id);
        page.removeIf(
            [&](const QString &name) { return saved && saved->repositories.contains(name); });
        m_model.appendRepositories(id, page);
        m_model.setState(
            id, State::Reading,
            tr("Reading\u2026 %n name(s)", nullptr, static_cast<int>(m_model.repositoryCount(id))));
    });
    job->then(this, [this, id](const auto &summary) { handleListEnd(id, summary); });
    job->start();
}

void RegistryPresenter::handleListEnd(const QString &id, const Result<ListSummary> &summary)
{
    // Who may see a part of a registry need not sign in to the whole.
    const RegistrySession *session = m_connections.value(id).session.get();
    const bool hasParts = session && !session->account().parts.isEmpty();
    const bool isUnauthorized = !summary && summary.error().kind == Error::Kind::Unauthorized;
    if (summary) {
        showEmptyList(id, *summary);
    } else if (summary.error().isCancelled()) {
        m_model.setState(id, State::Ready, tr("Stopped: the list is not complete."));
    } else if (isUnauthorized && !(hasParts && session->credentials().isEmpty())) {
        m_model.setState(id, State::SignInNeeded, summary.error().message);
        emit openingFailed(id, summary.error());
    } else if (isUnauthorized || isCatalogRefusal(summary.error())) {
        m_model.setState(id, State::Refused,
                         tr("This server does not list its repositories. Add the ones you use."));
    } else {
        m_model.setState(id, State::Failed, tr("Could not read: %1").arg(summary.error().message));
        emit openingFailed(id, summary.error());
    }
    emit listingEnded(id);
}

void RegistryPresenter::showEmptyList(const QString &id, const ListSummary &summary)
{
    QString message;
    if (summary.incomplete)
        message = tr("The list is not complete: %1").arg(summary.incomplete->message);
    else if (summary.invalidCount > 0)
        message = tr("%n entry(ies) of the list are no names and were left out.", nullptr,
                     static_cast<int>(summary.invalidCount));
    else if (m_model.repositoryCount(id) == 0)
        message = tr("This registry lists no repositories. You may not have the right to see any.");
    m_model.setState(id, State::Ready, message);
}

} // namespace Longshore::Ui
