// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/imageset.h"
#include "core/transfer/readreferrersjob.h"

namespace Longshore {

/// Finds out what several images of a registry are made of, and what refers to them where that was
/// asked for. Nothing but manifests is read.
///
/// Fails as ReadImagePartsJob and ReadReferrersJob for the first image that cannot be read, and
/// says which one that is where there are several; else as ImageSet::of().
class ReadImageSetJob final : public ResultJob<ImageSet>
{
    Q_OBJECT

public:
    /// \a session must outlive the job.
    ReadImageSetJob(Session &session, const QList<NamedImage> &wanted, QObject *parent = nullptr);

private:
    void doStart() override;
    void failFor(const ImageChoice &image, Error error);
    void findReferrers();
    void join();

    Session &m_session;
    const QList<NamedImage> m_wanted;
    QMap<qsizetype, ImageParts> m_parts; ///< By their place in the list.
    QMap<qsizetype, ImageReferrers> m_referrers; ///< Only of those whose were asked for.
};

} // namespace Longshore
