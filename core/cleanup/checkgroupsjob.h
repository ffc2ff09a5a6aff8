// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/cleanup/deletionplan.h"
#include "core/oci/manifest.h"

#include <QDeadlineTimer>

namespace Longshore {

class Session;

/// The tags that came into a repository, or were seen to have moved, while a run goes on.
///
/// Before each deletion the list of tags is read anew. Where that takes several pages, the first of
/// them is as many requests old at its end, and the list is then good for as many deletions: the
/// effort stays in proportion, and so does the age.
struct NewTags
{
    QHash<QString, Digest> known; ///< When the run began, and what they pointed to.
    QList<Tag> tags = {}; ///< By the last list, those that were not known.
    qsizetype goodFor = 0; ///< How many deletions may still rely on that list.
    QDeadlineTimer isStale = {}; ///< When none may any more.
    /// Which were not any more where they should be, be they to go or to stay: what they point to by
    /// now may be another one of the plan.
    QList<Tag> moved = {};
};

/// Looks right before a deletion whether manifests that go together still have exactly the tags that
/// the user saw: every tag of a group must still point to it, and no other one that is looked at, as
/// all are that are new; nor must an index that is new be made of it. A tag of the group that somebody
/// has removed cannot be lost any more, and keeps nothing. But the image may have got another one for
/// it, also one that was there before: then every tag of the repository is looked at.
///
/// The result says of each group, in their order, which of its tags are gone; or, as Changed, that
/// something else has become of them; or which request could not be answered, and then nobody knows.
/// Fails only when it is cancelled.
class CheckGroupsJob final : public ResultJob<QList<Result<QList<Tag>>>>
{
    Q_OBJECT

public:
    /// \a session and \a newTags must outlive the job, which brings the latter up to date.
    CheckGroupsJob(Session &session, const RepositoryName &repository,
                   const QList<DeletionGroup> &groups, NewTags &newTags);

private:
    /// What is known of one group.
    struct Check
    {
        Digest digest;
        QList<Tag> tags;
        QList<Tag> gone = {}; ///< Of these.
        std::optional<Error> objection = {}; ///< The first one.
    };

    void doStart() override;
    void listNewTags();
    void lookAtEverything();
    void look(const QList<Tag> &tags);
    [[nodiscard]] const Check *ownerOf(const Tag &tag) const;
    [[nodiscard]] bool hasMoved(const Tag &tag, const Result<Descriptor> &manifest) const;
    [[nodiscard]] bool isAsItWas(const Tag &tag, const Result<Descriptor> &manifest) const;
    void judge(const Tag &tag, const Result<Descriptor> &manifest);
    static void judgeOwn(Check &check, const Tag &tag, const Result<Descriptor> &manifest);
    void judgeOther(Check &check, const Tag &tag, const Result<Descriptor> &manifest) const;
    void lookIntoIndex(const Tag &tag, const Digest &digest);
    void objectToAll(const Error &error);
    void partDone();

    Session &m_session;
    RepositoryName m_repository;
    QList<Check> m_checks; ///< One for each group.
    NewTags &m_newTags;
    bool m_hasLookedAtAll = false; ///< At every tag of the repository, because one is gone.
    int m_openParts = 0; ///< Lists and looks that are under way.
};

/// Why a group is kept that got another tag.
[[nodiscard]] Error pointsHereNow(const Tag &tag);
/// Why something is kept that nobody has a copy of.
[[nodiscard]] Error isThereAgain();

} // namespace Longshore
