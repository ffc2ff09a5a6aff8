// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/checkgroupsjob.h"

#include "core/base/displaytext.h"
#include "core/base/foreachjob.h"
#include "core/registry/listreferrersjob.h"
#include "core/session/session.h"

#include <algorithm>
#include <utility>

namespace Longshore {

// Whatever the sizes of its pages are, and however long a server makes us wait.
constexpr qsizetype mostDeletionsPerList = 10;
constexpr std::chrono::seconds longestTrust{5};

Error pointsHereNow(const Tag &tag)
{
    return {Error::Kind::Changed,
            CheckGroupsJob::tr("%1 now points to the same image.").arg(quotedText(tag.toString()))};
}

Error isThereAgain()
{
    return {Error::Kind::Changed,
            CheckGroupsJob::tr("The image was gone when the others were saved. It is there again, "
                               "and was left alone.")};
}

CheckGroupsJob::CheckGroupsJob(Session &session, const RepositoryName &repository,
                               const QList<DeletionGroup> &groups, NewTags &newTags)
    : m_session(session), m_repository(repository), m_newTags(newTags)
{
    for (const DeletionGroup &group : groups)
        m_checks.append({group.manifest.digest, group.allTags()});
}

void CheckGroupsJob::doStart()
{
    QList<Tag> tags = m_newTags.moved;
    tags.removeIf([this](const Tag &tag) { return ownerOf(tag) != nullptr; });
    for (const Check &check : std::as_const(m_checks))
        tags.append(check.tags);
    if (m_newTags.goodFor < m_checks.size() || m_newTags.isStale.hasExpired()) {
        listNewTags();
        return look(tags);
    }
    m_newTags.goodFor -= m_checks.size();
    look(tags + m_newTags.tags);
}

void CheckGroupsJob::listNewTags()
{
    ++m_openParts;
    auto listed = std::make_shared<NewTags>();
    listed->isStale.setRemainingTime(longestTrust);
    ListNamesJob *list = m_session.listTags(m_repository);
    connect(list, &ListNamesJob::namesListed, this, [this, listed](const QStringList &page) {
        listed->goodFor = std::min(listed->goodFor + 1, mostDeletionsPerList);
        for (const QString &name : page) {
            if (!m_newTags.known.contains(name))
                listed->tags.append(*Tag::parse(name));
        }
    });
    runChild(list, [this, listed](const Result<ListSummary> &summary) {
        if (!summary || summary->incomplete) {
            objectToAll(summary ? *summary->incomplete : summary.error());
            return partDone();
        }
        m_newTags.tags = listed->tags;
        m_newTags.goodFor = listed->goodFor - m_checks.size();
        m_newTags.isStale = listed->isStale;
        look(listed->tags);
        partDone();
    });
}

void CheckGroupsJob::lookAtEverything()
{
    ++m_openParts;
    const auto tags = std::make_shared<QList<Tag>>();
    ListNamesJob *list = m_session.listTags(m_repository);
    connect(list, &ListNamesJob::namesListed, this, [tags](const QStringList &page) {
        for (const QString &name : page)
            tags->append(*Tag::parse(name));
    });
    runChild(list, [this, tags](const Result<ListSummary> &summary) {
        if (!summary || summary->incomplete)
            objectToAll(summary ? *summary->incomplete : summary.error());
        else
            look(*tags);
        partDone();
    });
}

void CheckGroupsJob::look(const QList<Tag> &tags)
{
    ++m_openParts;
    auto *resolveAll = new ForEachJob<Tag, Descriptor>(
        tags,
        [this](const Tag &tag) {
            return m_session.resolve(m_repository, tag, Session::Priority::Interactive);
        },
        [this](const Tag &tag, const auto &manifest) { judge(tag, manifest); });
    runChild(resolveAll, [this](const Result<Done> &) { partDone(); });
}

const CheckGroupsJob::Check *CheckGroupsJob::ownerOf(const Tag &tag) const
{
    const auto owner = std::find_if(m_checks.begin(), m_checks.end(), [&tag](const Check &check) {
        return check.tags.contains(tag);
    });
    return owner == m_checks.end() ? nullptr : &*owner;
}

/// Whether a tag that was there when the run began is not what it was then.
bool CheckGroupsJob::hasMoved(const Tag &tag, const Result<Descriptor> &manifest) const
{
    if (const Check *owner = ownerOf(tag))
        return !manifest || manifest->digest != owner->digest;
    return m_newTags.known.contains(tag.toString()) && !isAsItWas(tag, manifest);
}

bool CheckGroupsJob::isAsItWas(const Tag &tag, const Result<Descriptor> &manifest) const
{
    const auto before = m_newTags.known.constFind(tag.toString());
    return before != m_newTags.known.constEnd() && manifest && manifest->digest == *before;
}

void CheckGroupsJob::judge(const Tag &tag, const Result<Descriptor> &manifest)
{
    if (hasMoved(tag, manifest) && !m_newTags.moved.contains(tag))
        m_newTags.moved.append(tag);
    bool isNeededByOthers = false;
    for (Check &check : m_checks) {
        if (check.tags.contains(tag)) {
            judgeOwn(check, tag, manifest);
        } else {
            judgeOther(check, tag, manifest);
            isNeededByOthers = isNeededByOthers || !check.objection;
        }
    }
    if (isNeededByOthers && manifest && manifest->mediaType.kind() == MediaType::Kind::ImageIndex
        && !isAsItWas(tag, manifest)) // What it was made of then was seen by the second look.
        lookIntoIndex(tag, manifest->digest);
}

void CheckGroupsJob::judgeOwn(Check &check, const Tag &tag, const Result<Descriptor> &manifest)
{
    const bool isGone = !manifest && manifest.error().kind == Error::Kind::NotFound;
    if (isGone && !check.gone.contains(tag))
        check.gone.append(tag);
    else if (manifest)
        check.gone.removeOne(tag); // Somebody has put it there again.
    if (check.objection || isGone)
        return;
    if (!manifest)
        check.objection = manifest.error();
    else if (manifest->digest != check.digest)
        check.objection =
            Error{Error::Kind::Changed,
                  tr("%1 has moved since the preview.").arg(quotedText(tag.toString()))};
}

void CheckGroupsJob::judgeOther(Check &check, const Tag &tag,
                                const Result<Descriptor> &manifest) const
{
    if (check.objection)
        return;
    if (manifest && manifest->digest == check.digest)
        check.objection = pointsHereNow(tag);
    else if (!manifest && manifest.error().kind != Error::Kind::NotFound && !ownerOf(tag))
        check.objection = manifest.error(); // Else it is the other group that nobody knows about.
}

/// What is made of the manifests now, and was not yet when the run began.
void CheckGroupsJob::lookIntoIndex(const Tag &tag, const Digest &digest)
{
    if (isReferrersTag(tag))
        return; // It is made of nothing.
    ++m_openParts;
    const auto needs = [](const ImageIndex &index, const Digest &part) {
        return std::any_of(
            index.manifests.begin(), index.manifests.end(),
            // Into an index within an index nobody looks: it may be made of anything.
            [&part](const Descriptor &entry) {
                return entry.digest == part
                       || entry.mediaType.kind() == MediaType::Kind::ImageIndex;
            });
    };
    runChild(m_session.fetchManifest(m_repository, digest, Session::Priority::Interactive),
             [this, tag, needs](const Result<Manifest> &manifest) {
                 const ImageIndex *index = manifest ? manifest->index() : nullptr;
                 for (Check &check : m_checks) {
                     if (check.objection || check.tags.contains(tag))
                         continue;
                     if (!index)
                         check.objection =
                             manifest ? Error{Error::Kind::Protocol, tr("An index is no index.")}
                                      : manifest.error();
                     else if (needs(*index, check.digest))
                         check.objection = Error{Error::Kind::Changed,
                                                 tr("%1 is made of this image, among others.")
                                                     .arg(quotedText(tag.toString()))};
                 }
                 partDone();
             });
}

void CheckGroupsJob::objectToAll(const Error &error)
{
    for (Check &check : m_checks) {
        if (!check.objection)
            check.objection = error;
    }
}

void CheckGroupsJob::partDone()
{
    if (--m_openParts > 0)
        return;
    const bool isSomethingGone =
        std::any_of(m_checks.begin(), m_checks.end(),
                    [](const Check &check) { return !check.objection && !check.gone.isEmpty(); });
    if (isSomethingGone && !std::exchange(m_hasLookedAtAll, true))
        return lookAtEverything();
    QList<Result<QList<Tag>>> results;
    for (const Check &check : std::as_const(m_checks))
        results.append(check.objection ? Result<QList<Tag>>(*check.objection) : check.gone);
    succeed(results);
}

} // namespace Longshore
