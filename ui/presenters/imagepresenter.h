// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/imagereference.h"
#include "core/session/readimagejob.h"

#include <QPointer>

namespace Longshore::Ui {

/// Reads what an image page shows: what the reference points to, and one image of it.
class ImagePresenter final : public QObject
{
    Q_OBJECT

public:
    ImagePresenter(std::shared_ptr<Session> session, const RepositoryName &repository,
                   const Reference &reference, QObject *parent = nullptr);

    [[nodiscard]] const std::shared_ptr<Session> &session() const noexcept { return m_session; }
    [[nodiscard]] const RepositoryName &repository() const noexcept { return m_repository; }
    [[nodiscard]] const Reference &reference() const noexcept { return m_reference; }
    /// "registry.lab:5000/team/app:1.0"; with a digest behind "@".
    [[nodiscard]] ImageReference fullReference() const;

    /// What the reference itself points to: an index or an image. Null until it was read.
    [[nodiscard]] const Manifest *manifest() const;
    /// The image that is shown: that of the chosen platform. Null until it was read.
    [[nodiscard]] const Image *image() const;

    void reload();
    /// Shows another entry of the index.
    void choosePlatform(const Digest &digest);

signals:
    void loading();
    void manifestLoaded();
    void imageLoaded();
    void failed(const Longshore::Error &error);

private:
    void readImage(const Reference &reference);
    void handleManifest(const Result<Image> &result);

    std::shared_ptr<Session> m_session;
    RepositoryName m_repository;
    Reference m_reference;
    std::optional<Manifest> m_manifest;
    std::optional<Image> m_image;
    QPointer<ReadImageJob> m_job;
};

} // namespace Longshore::Ui
