// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/imageset.h"

#include <QSet>

namespace Longshore {

/// Finds out what images are made of, without the blobs that an earlier export holds: what was taken
/// somewhere once need not be taken there again. Manifests are never left out.
///
/// Whether the earlier export is sound is not looked at: whoever brings both somewhere checks every byte.
/// Fails as ReadImageSetJob and as OpenLayoutJob.
class ReadDeltaJob final : public ResultJob<ImageSet>
{
    Q_OBJECT

public:
    /// \a earlier is the path of the export; empty for none. \a session must outlive the job.
    ReadDeltaJob(Session &session, const QList<NamedImage> &wanted, const QString &earlier,
                 QObject *parent = nullptr);

private:
    void doStart() override;
    void readEarlier(const ImageSet &set);
    void leaveOut(ImageSet set, const QSet<Digest> &held);

    Session &m_session;
    const QList<NamedImage> m_wanted;
    const QString m_earlier;
};

} // namespace Longshore
