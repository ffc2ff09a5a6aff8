// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/keptimages.h"

#include "core/base/displaytext.h"
#include "core/cleanup/checkgroupsjob.h"
#include "core/registry/listreferrersjob.h"

#include <QCoreApplication>
#include <QSet>

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(KeptImages)
};

} // namespace

KeptImages::KeptImages(const RepositorySnapshot &before, const RepositorySnapshot &now,
                       const QList<Tag> &leaving)
{
    const QSet<Tag> alone(leaving.begin(), leaving.end());
    QHash<Tag, Digest> seen;
    for (const auto &[tag, manifest] : before.tags)
        seen.insert(tag, manifest.digest);
    for (const auto &[tag, manifest] : now.tags) {
        const auto former = seen.constFind(tag);
        if (former == seen.constEnd() || *former != manifest.digest)
            m_newTags.insert(manifest.digest, tag);
        if (alone.contains(tag))
            continue;
        m_keepers.insert(manifest.digest, {tag, manifest.digest});
        if (isReferrersTag(tag))
            continue; // A list of what refers to an image is made of nothing.
        const QList<Digest> parts = now.children.value(manifest.digest);
        for (const Digest &part : parts) {
            if (!m_keepers.contains(part))
                m_keepers.insert(part, {tag, manifest.digest});
        }
    }
}

std::optional<std::pair<Tag, Digest>> KeptImages::keeperOf(const Digest &image) const
{
    const auto keeper = m_keepers.constFind(image);
    return keeper == m_keepers.constEnd() ? std::nullopt : std::optional(*keeper);
}

std::optional<Error> KeptImages::objectionTo(const Tag &tag, const Digest &image) const
{
    const auto newTag = m_newTags.constFind(image);
    if (newTag != m_newTags.constEnd())
        return pointsHereNow(*newTag);
    return keeperOf(image) ? std::nullopt : std::optional(nothingElseKeeps(tag));
}

Error nothingElseKeeps(const Tag &tag)
{
    return {Error::Kind::Changed,
            Text::tr("The other tags of the image are gone, and without %1 nothing would keep it.")
                .arg(quotedText(tag.toString()))};
}

} // namespace Longshore
