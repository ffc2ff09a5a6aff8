// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/imagereference.h"
#include "core/transfer/diskroom.h"
#include "core/transfer/readimagesetjob.h"
#include "ui/models/wantedfile.h"

#include <QPointer>

namespace Longshore::Ui {

/// Finds out what there is to export of some images while somebody chooses.
class ExportPresenter final : public QObject
{
    Q_OBJECT

public:
    /// A part of the images that can be taken alone.
    struct Choice
    {
        std::optional<Platform> platform; ///< Nothing for all of it.
        qint64 bytes = 0; ///< Of what is taken where it is chosen alone.
        qint64 allBytes = 0; ///< Of every image for the platform, as PlatformPart has it.
    };

    /// At least one of \a references.
    ExportPresenter(std::shared_ptr<Session> session, const RepositoryName &repository,
                    const QList<Reference> &references, QObject *parent = nullptr);
    /// At least one of the layers of one image, and nothing else of it.
    ExportPresenter(std::shared_ptr<Session> session, const RepositoryName &repository,
                    const QList<LayerChoice> &layers, QObject *parent = nullptr);

    [[nodiscard]] const std::shared_ptr<Session> &session() const noexcept { return m_session; }
    [[nodiscard]] const RepositoryName &repository() const noexcept { return m_repository; }
    [[nodiscard]] const QList<Reference> &references() const noexcept { return m_references; }
    /// The numbers of the layers; empty for whole images.
    [[nodiscard]] QList<qsizetype> layers() const;
    /// With the registry: "registry.lab:5000/team/app:1.0"; of files, with the one that they name, or else
    /// "localhost", as Podman calls what comes from no registry.
    [[nodiscard]] QList<ImageReference> sources() const;
    /// As the window calls them: "team/app:1.0", "team/app:1.0 and 2 more", "team/app:1.0, layers 1, 3".
    [[nodiscard]] QString title() const;
    /// What to call the file or folder, without the ending of its form: "app_1.0".
    [[nodiscard]] QString fileName() const;
    /// The first of them, a line each.
    [[nodiscard]] QString listing() const;
    /// All of them first, then the platforms that all have, where any has several. Empty until they
    /// are known.
    [[nodiscard]] const QList<Choice> &choices() const noexcept { return m_choices; }
    /// Of the images, in their order; empty until they are known.
    [[nodiscard]] const QList<Digest> &digests() const noexcept { return m_digests; }
    /// In bytes, of what there is for several platforms together; -1 where they cannot be taken.
    [[nodiscard]] qint64 sizeFor(const QList<Platform> &platforms) const;
    /// Whether several of the choices can be taken together: then all images are indexes.
    [[nodiscard]] bool canTakeSeveral() const noexcept { return m_canTakeSeveral; }
    /// Whether one of the images is for several platforms; once they are known.
    [[nodiscard]] bool hasSeveralPlatforms() const noexcept { return m_hasSeveralPlatforms; }

    /// Whether anybody can tell what refers to the images.
    [[nodiscard]] bool knowsReferrers() const;

    void read();
    /// Finds out how much is free where \a path shall be. Of several questions the last one is answered.
    void lookForRoom(const QString &path);

signals:
    void roomFound(const Longshore::DiskRoom &room);
    void changed();
    void failed(const Longshore::Error &error);

private:
    void handleImages(const ImageSet &set);
    [[nodiscard]] QString layersTitle() const;
    [[nodiscard]] QString titleOf(const Reference &reference) const;

    std::shared_ptr<Session> m_session;
    RepositoryName m_repository;
    QList<Reference> m_references;
    QList<LayerChoice> m_layers;
    QList<Choice> m_choices;
    QList<Digest> m_digests;
    QList<ImageSet::Image> m_images; ///< Empty until they are known.
    bool m_hasSeveralPlatforms = false;
    bool m_canTakeSeveral = false;
    QPointer<ReadImageSetJob> m_job;
    QPointer<Job> m_roomJob;
    QString m_nextPath; ///< That somebody asks for meanwhile; empty for none.
};

} // namespace Longshore::Ui
