// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/deletionorder.h"

#include "core/base/displaytext.h"
#include "core/cleanup/checkgroupsjob.h"
#include "core/cleanup/ruleverdicts.h"

#include <QCoreApplication>

#include <algorithm>
#include <numeric>

namespace Longshore {

constexpr int mostSteps = 1000;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DeleteTagsJob)
};

} // namespace

QHash<Digest, Digest> subjectsWithin(const DeletionPlan &plan, const RepositorySnapshot &snapshot,
                                     const QHash<Digest, Digest> &subjects)
{
    QSet<Digest> leaving = plan.withheld;
    for (const DeletionGroup &group : plan.groups)
        leaving.insert(group.manifest.digest);
    QHash<Digest, Digest> result;
    for (const DeletionGroup &group : plan.groups) {
        const Digest &digest = group.manifest.digest;
        const QList<Digest> parts = snapshot.children.value(digest);
        QList<Digest> candidates;
        if (const auto said = subjects.constFind(digest); said != subjects.constEnd())
            candidates.append(*said);
        for (const Tag &tag : group.allTags() + plan.formerTags.value(digest)) {
            if (const auto named = subjectByName(tag))
                candidates.append(*named);
        }
        for (const Digest &subject : std::as_const(candidates)) {
            const bool isItself = subject == digest || parts.contains(subject);
            if (!isItself && leaving.contains(subject) && !result.contains(digest))
                result.insert(digest, subject);
        }
    }
    return result;
}

namespace {

/// How far a manifest is from what it is about in the end. Whoever wrote them may lead in circles.
class Distances
{
public:
    Distances(const RepositorySnapshot &snapshot, const QHash<Digest, Digest> &subjects)
        : m_subjects(subjects)
    {
        for (auto index = snapshot.children.begin(); index != snapshot.children.end(); ++index) {
            for (const Digest &child : *index)
                m_indexes[child].append(index.key());
        }
    }

    [[nodiscard]] int of(const Digest &digest, int steps = 0)
    {
        if (const auto known = m_known.constFind(digest); known != m_known.constEnd())
            return *known;
        if (steps > mostSteps)
            return 0; // No honest chain is so long.
        m_known.insert(digest, 0); // What comes round to it counts for nothing.
        int distance = 0;
        if (const auto subject = m_subjects.constFind(digest); subject != m_subjects.constEnd())
            distance = of(*subject, steps + 1) + 1;
        for (const Digest &index : m_indexes.value(digest)) // Which goes before it.
            distance = qMax(distance, of(index, steps + 1));
        m_known.insert(digest, distance);
        return distance;
    }

private:
    const QHash<Digest, Digest> &m_subjects;
    QHash<Digest, QList<Digest>> m_indexes; ///< That a manifest is a part of.
    QHash<Digest, int> m_known;
};

} // namespace

QList<qsizetype> deletionOrder(const DeletionPlan &plan, const RepositorySnapshot &snapshot,
                               const QHash<Digest, Digest> &subjects)
{
    Distances distances(snapshot, subjects);
    // An index is made of more than any index in it.
    QList<std::pair<int, qsizetype>> weights;
    for (const DeletionGroup &group : plan.groups) {
        const Digest &digest = group.manifest.digest;
        weights.append({distances.of(digest), -snapshot.children.value(digest).size()});
    }
    QList<qsizetype> order(plan.groups.size());
    std::iota(order.begin(), order.end(), qsizetype(0));
    std::stable_sort(order.begin(), order.end(),
                     [&](qsizetype a, qsizetype b) { return weights.at(a) < weights.at(b); });
    return order;
}

std::optional<Error> changeSincePreview(const DeletionGroup &group, const RepositorySnapshot &now,
                                        const DeletionProgress &progress)
{
    const Digest &digest = group.manifest.digest;
    const QList<Tag> expected = group.allTags();
    const QList<Tag> tags = now.tagsOf(digest);
    for (const Tag &tag : tags) {
        if (!expected.contains(tag))
            return pointsHereNow(tag);
    }
    const auto subject = progress.subjects.constFind(digest);
    if (subject != progress.subjects.constEnd() && !progress.gone.contains(*subject))
        return Error{Error::Kind::Changed,
                     Text::tr("What it is about, %1, is still there.").arg(subject->shortText())};
    const QList<Tag> needing = tagsThatNeed(digest, now, progress.gone);
    if (needing.isEmpty())
        return {};
    return Error{Error::Kind::Changed, Text::tr("%1 is made of this image, among others.")
                                           .arg(quotedText(needing.first().toString()))};
}

} // namespace Longshore
