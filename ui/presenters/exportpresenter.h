// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/imagereference.h"
#include "core/session/readimagepartsjob.h"

#include <QPointer>

namespace Longshore::Ui {

/// Finds out what there is to export of an image while somebody chooses.
class ExportPresenter final : public QObject
{
    Q_OBJECT

public:
    /// A part of the image that can be taken alone.
    struct Choice
    {
        std::optional<Platform> platform; ///< Nothing for all of it.
        qint64 bytes = 0;
    };

    ExportPresenter(std::shared_ptr<Session> session, const RepositoryName &repository,
                    const Reference &reference, QObject *parent = nullptr);

    [[nodiscard]] const std::shared_ptr<Session> &session() const noexcept { return m_session; }
    [[nodiscard]] const ImageChoice &image() const noexcept { return m_image; }
    /// With the registry: "registry.lab:5000/team/app:1.0"
    [[nodiscard]] ImageReference source() const;
    /// As the window calls it: "team/app:1.0".
    [[nodiscard]] QString title() const;
    /// All of it first, then its platforms where it has several. Empty until they are known.
    [[nodiscard]] const QList<Choice> &choices() const noexcept { return m_choices; }

    void read();

signals:
    void changed();
    void failed(const Longshore::Error &error);

private:
    void handleParts(const ImageParts &parts);

    std::shared_ptr<Session> m_session;
    ImageChoice m_image;
    QList<Choice> m_choices;
    QPointer<ReadImagePartsJob> m_job;
};

} // namespace Longshore::Ui
