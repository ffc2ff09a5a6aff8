// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/transfer/extendimagejob.h"
#include "ui/presenters/imagesource.h"

#include <QPointer>

namespace Longshore::Ui {

/// A new image: one of a registry with a layer on top of it, which is a file or made of files; or a
/// layer alone. Nothing is opened before read().
class LayerSource final : public ImageSource
{
    Q_OBJECT

public:
    /// \a base names the image as the user does, \a wanted as it is read.
    LayerSource(std::shared_ptr<Session> session, const ImageExtension &wanted,
                const Reference &base, QObject *parent = nullptr);
    /// Of the layer that the file is, and nothing else.
    explicit LayerSource(const QString &path, QObject *parent = nullptr);
    ~LayerSource() override;

    [[nodiscard]] Kind kind() const override { return Kind::Layer; }
    [[nodiscard]] QString description() const override;
    [[nodiscard]] bool isReading() const override { return !m_job.isNull(); }
    void read() override;
    [[nodiscard]] QString proposedTag() const override;
    [[nodiscard]] bool isMade() const override { return true; }
    [[nodiscard]] bool isLayerAlone() const override { return !m_wanted.image(); }
    /// Whether the files are packed into a layer, so that somebody may choose where they shall be, and whose.
    [[nodiscard]] bool isPacked() const override { return m_made && m_made->isPacked; }
    [[nodiscard]] QString content() const override;
    /// Makes the image anew where they are others.
    void setWishes(const LayerWishes &wishes) override;

private:
    [[nodiscard]] QString baseText() const;
    void handleImage(const Result<ComposedImage> &made);

    std::shared_ptr<Session> m_session;
    ImageExtension m_wanted;
    const std::optional<Reference> m_base; ///< None for a layer alone.
    LayerWishes m_wishes;
    std::optional<ComposedImage> m_made;
    QPointer<Job> m_job;
};

} // namespace Longshore::Ui
