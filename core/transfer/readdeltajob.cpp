// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/readdeltajob.h"

#include "core/layout/layoutsession.h"
#include "core/layout/openlayoutjob.h"
#include "core/transfer/readimagesetjob.h"

namespace Longshore {

ReadDeltaJob::ReadDeltaJob(Session &session, const QList<NamedImage> &wanted,
                           const QString &earlier, QObject *parent)
    : ResultJob(parent), m_session(session), m_wanted(wanted), m_earlier(earlier)
{}

void ReadDeltaJob::doStart()
{
    runChild(new ReadImageSetJob(m_session, m_wanted), [this](const Result<ImageSet> &set) {
        if (!set)
            return fail(set.error());
        if (m_earlier.isEmpty())
            return succeed(*set);
        readEarlier(*set);
    });
}

void ReadDeltaJob::readEarlier(const ImageSet &set)
{
    using Opened = std::shared_ptr<LayoutSession>;
    runChild(new OpenLayoutJob(m_earlier), [this, set](const Result<Opened> &opened) {
        if (!opened)
            return fail(opened.error());
        QList<Descriptor> blobs;
        for (const auto &[blob, repository] : set.blobs)
            blobs.append(blob);
        runChild((*opened)->findBlobs(blobs),
                 [this, set, files = *opened](const Result<QSet<Digest>> &held) {
                     if (!held)
                         return fail(held.error());
                     leaveOut(set, *held);
                 });
    });
}

void ReadDeltaJob::leaveOut(ImageSet set, const QSet<Digest> &held)
{
    for (auto each = set.blobs.begin(); each != set.blobs.end();) {
        if (held.contains(each.key())) {
            set.leftOut.append(each->blob);
            each = set.blobs.erase(each);
        } else {
            ++each;
        }
    }
    succeed(set);
}

} // namespace Longshore
