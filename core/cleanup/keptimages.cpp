// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/keptimages.h"

#include "core/base/displaytext.h"
#include "core/cleanup/checkgroupjob.h"

#include <QCoreApplication>

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
        m_needed.insert(manifest.digest);
        const QList<Digest> parts = now.children.value(manifest.digest);
        m_needed.unite(QSet<Digest>(parts.begin(), parts.end()));
    }
}

std::optional<Error> KeptImages::objectionTo(const Tag &tag, const Digest &image) const
{
    const auto newTag = m_newTags.constFind(image);
    if (newTag != m_newTags.constEnd())
        return pointsHereNow(*newTag);
    if (!m_needed.contains(image))
        return Error{
            Error::Kind::Changed,
            Text::tr("The other tags of the image are gone, and without %1 nothing would keep it.")
                .arg(quotedText(tag.toString()))};
    return {};
}

} // namespace Longshore
