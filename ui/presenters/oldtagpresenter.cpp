// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/oldtagpresenter.h"

#include "core/cleanup/removeoldtagjob.h"
#include "core/registry/registrysession.h"
#include "ui/presenters/connectionprotection.h"

namespace Longshore::Ui {

QString objectionToOldTags(RegistrySession &session, const RepositoryName &repository)
{
    if (const QString objection = objectionToChanges(session); !objection.isEmpty())
        return objection;
    if (session.client().settings().isProduction) // Whose deletions want the name to be typed.
        return OldTagPresenter::tr("This registry is in production: remove the tag by \"Delete\".");
    const auto objection = Longshore::objectionToOldTags(session, repository);
    return objection ? objection->message : QString();
}

OldTagPresenter::OldTagPresenter(std::shared_ptr<RegistrySession> session, const OldTag &old,
                                 std::shared_ptr<RunJournal> journal, QObject *parent)
    : QObject(parent), m_session(std::move(session))
{
    auto *job = new RemoveOldTagJob(*m_session, old, std::move(journal), this);
    m_job = job;
    job->then(this, [this](const Result<OldTagOutcome> &outcome) {
        m_job = nullptr; // It goes by itself.
        if (outcome)
            emit ended(*outcome);
    });
}

OldTagPresenter::~OldTagPresenter()
{
    delete m_job; // Before the session that it asks.
}

void OldTagPresenter::run()
{
    m_job->start();
}

} // namespace Longshore::Ui
