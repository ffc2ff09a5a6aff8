// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/checkgroupjob.h"

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
            CheckGroupJob::tr("%1 now points to the same image.").arg(quotedText(tag.toString()))};
}

Error isThereAgain()
{
    return {Error::Kind::Changed,
            CheckGroupJob::tr("The image was gone when the others were saved. It is there again, "
                              "and was left alone.")};
}

CheckGroupJob::CheckGroupJob(Session &session, const RepositoryName &repository,
                             const DeletionGroup &group, NewTags &newTags)
    : m_session(session), m_repository(repository), m_group(group), m_newTags(newTags)
{}

void CheckGroupJob::doStart()
{
    QList<Tag> tags = m_newTags.moved;
    tags.removeIf([this](const Tag &tag) { return m_group.allTags().contains(tag); });
    if (m_newTags.goodFor <= 0 || m_newTags.isStale.hasExpired()) {
        listNewTags();
        return look(m_group.allTags() + tags);
    }
    --m_newTags.goodFor;
    look(m_group.allTags() + tags + m_newTags.tags);
}

void CheckGroupJob::listNewTags()
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
            if (!m_objection)
                m_objection = summary ? *summary->incomplete : summary.error();
            return partDone();
        }
        m_newTags.tags = listed->tags;
        m_newTags.goodFor = listed->goodFor - 1;
        m_newTags.isStale = listed->isStale;
        look(listed->tags);
        partDone();
    });
}

void CheckGroupJob::lookAtEverything()
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
            m_objection = summary ? *summary->incomplete : summary.error();
        else
            look(*tags);
        partDone();
    });
}

void CheckGroupJob::look(const QList<Tag> &tags)
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

/// Whether a tag that was there when the run began is not what it was then.
bool CheckGroupJob::hasMoved(const Tag &tag, const Result<Descriptor> &manifest) const
{
    if (m_group.allTags().contains(tag))
        return !manifest || manifest->digest != m_group.manifest.digest;
    return m_newTags.known.contains(tag.toString()) && !isAsItWas(tag, manifest);
}

bool CheckGroupJob::isAsItWas(const Tag &tag, const Result<Descriptor> &manifest) const
{
    const auto before = m_newTags.known.constFind(tag.toString());
    return before != m_newTags.known.constEnd() && manifest && manifest->digest == *before;
}

void CheckGroupJob::judge(const Tag &tag, const Result<Descriptor> &manifest)
{
    const bool isPlanned = m_group.allTags().contains(tag);
    const bool pointsHere = manifest && manifest->digest == m_group.manifest.digest;
    if (hasMoved(tag, manifest) && !m_newTags.moved.contains(tag))
        m_newTags.moved.append(tag);
    const bool isGone = !manifest && manifest.error().kind == Error::Kind::NotFound;
    if (isPlanned && isGone && !m_gone.contains(tag))
        m_gone.append(tag);
    else if (isPlanned && manifest)
        m_gone.removeOne(tag); // Somebody has put it there again.
    if (m_objection || (isPlanned && isGone))
        return;
    if (!manifest && !isGone)
        m_objection = manifest.error();
    else if (isPlanned && !pointsHere)
        m_objection = Error{Error::Kind::Changed,
                            tr("%1 has moved since the preview.").arg(quotedText(tag.toString()))};
    else if (!isPlanned && pointsHere)
        m_objection = pointsHereNow(tag);
    else if (!isPlanned && manifest && manifest->mediaType.kind() == MediaType::Kind::ImageIndex
             && !isAsItWas(tag, manifest)) // What it was made of then was seen by the second look.
        lookIntoIndex(tag, manifest->digest);
}

/// What is made of the manifest now, and was not yet when the run began.
void CheckGroupJob::lookIntoIndex(const Tag &tag, const Digest &digest)
{
    if (isReferrersTag(tag))
        return; // It is made of nothing.
    ++m_openParts;
    runChild(
        m_session.fetchManifest(m_repository, digest, Session::Priority::Interactive),
        [this, tag](const Result<Manifest> &manifest) {
            const ImageIndex *index = manifest ? manifest->index() : nullptr;
            if (!m_objection && !index)
                m_objection = manifest ? Error{Error::Kind::Protocol, tr("An index is no index.")}
                                       : manifest.error();
            if (!m_objection && needsGroup(*index))
                m_objection = Error{
                    Error::Kind::Changed,
                    tr("%1 is made of this image, among others.").arg(quotedText(tag.toString()))};
            partDone();
        });
}

bool CheckGroupJob::needsGroup(const ImageIndex &index) const
{
    return std::any_of(index.manifests.begin(), index.manifests.end(),
                       // Into an index within an index nobody looks: it may be made of anything.
                       [this](const Descriptor &entry) {
                           return entry.digest == m_group.manifest.digest
                                  || entry.mediaType.kind() == MediaType::Kind::ImageIndex;
                       });
}

void CheckGroupJob::partDone()
{
    if (--m_openParts > 0)
        return;
    if (!m_objection && !m_gone.isEmpty() && !std::exchange(m_hasLookedAtAll, true))
        return lookAtEverything();
    if (m_objection)
        fail(*m_objection);
    else
        succeed(m_gone);
}

} // namespace Longshore
