// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/oldtag.h"
#include "core/cleanup/runjournal.h"

#include <QObject>

namespace Longshore {
class Job;
class RegistrySession;
} // namespace Longshore

namespace Longshore::Ui {

/// Why a tag cannot be removed alone when its image has got another: the connection does not allow it,
/// it is in production, or the server is not known to do so. Empty when it can.
[[nodiscard]] QString objectionToOldTags(RegistrySession &session,
                                         const RepositoryName &repository);

/// Removes the tag that an image had before it got others, as somebody has agreed to; see
/// RemoveOldTagJob.
class OldTagPresenter final : public QObject
{
    Q_OBJECT

public:
    OldTagPresenter(std::shared_ptr<RegistrySession> session, const OldTag &old,
                    std::shared_ptr<RunJournal> journal, QObject *parent = nullptr);
    ~OldTagPresenter() override;

    /// Once.
    void run();

signals:
    void ended(const Longshore::OldTagOutcome &outcome);

private:
    std::shared_ptr<RegistrySession> m_session;
    Job *m_job; ///< Null when it is over.
};

} // namespace Longshore::Ui
