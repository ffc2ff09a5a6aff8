// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/imageconfig.h"
#include "core/session/session.h"

namespace Longshore {

/// One image of one platform, with everything that can be said without its layers.
struct Image
{
    Manifest manifest; ///< Checked against its digest.
    QByteArray configBytes; ///< Empty when there is none that we understand.
    std::optional<ImageConfig> config; ///< What the bytes mean.
    std::optional<Error> configError; ///< Why there is no configuration, if one was expected.
};

/// Reads a manifest by its digest or tag, and its configuration. An index has none: its entries
/// are images of their own. Fails only when the manifest cannot be read, as the session says.
class ReadImageJob final : public ResultJob<Image>
{
    Q_OBJECT

public:
    /// \a session must outlive the job.
    ReadImageJob(Session &session, const RepositoryName &repository, const Reference &reference,
                 QObject *parent = nullptr);

private:
    void doStart() override;
    void readConfig(const Manifest &manifest);

    Session &m_session;
    RepositoryName m_repository;
    Reference m_reference;
};

} // namespace Longshore
