// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/session/session.h"
#include "core/transfer/extendimagejob.h"

namespace Longshore::Ui {

/// How an image is made that is nowhere yet.
struct ImageMaking
{
    std::shared_ptr<Session> session; ///< Where its base is; null where it has none.
    ImageExtension extension; ///< What it is made of; always the same image.
};

/// Where an image is.
struct ImageOrigin
{
    std::shared_ptr<Session> session;
    RepositoryName repository;
    Reference reference;

    friend bool operator==(const ImageOrigin &, const ImageOrigin &) = default;
};

/// An image that somebody may bring into a registry.
struct SourceImage
{
    std::shared_ptr<Session> session; ///< Where it is.
    RepositoryName repository;
    Reference reference;
    QString name; ///< As its source calls it; empty for none.
    QString from; ///< Where it comes from, in words: "bundle.tar".
    std::optional<ImageMaking> making = {}; ///< Nothing for what can be read again.
    bool hasPlainLayers = false; ///< See StoredImage.
    std::optional<ImageOrigin> plain = {}; ///< As it is where its layers were not compressed yet.

    [[nodiscard]] ImageOrigin origin() const { return {session, repository, reference}; }
    /// The tag that it has there; null for none.
    [[nodiscard]] const Tag *tag() const noexcept { return reference.tag(); }
};

/// What somebody wants of a new layer.
struct LayerWishes
{
    QString folder = {}; ///< Of the image, where files shall be; empty for its root.
    QString comment = {}; ///< For the history; empty for none.
    QString author = {}; ///< Of layer and image; empty for none.
    Platform platform = Platform::native(); ///< What an image is for that has no other layer.
    Ownership ownership = {}; ///< Of files that are packed.

    friend bool operator==(const LayerWishes &, const LayerWishes &) = default;
};

/// Something that images can be taken from.
class ImageSource : public QObject
{
    Q_OBJECT

public:
    enum class Kind {
        Files, ///< Images in files, which have to be looked into first.
        Registry, ///< They are known.
        Layer, ///< A new image of what is in a repository, which can be nowhere else yet.
    };

    using QObject::QObject;

    [[nodiscard]] virtual Kind kind() const = 0;
    /// What it is, in words: "bundle.tar: Docker archive with 2 images".
    [[nodiscard]] virtual QString description() const = 0;
    /// Those that are known so far.
    [[nodiscard]] const QList<SourceImage> &images() const noexcept { return m_images; }
    /// Why some of it could not be read.
    [[nodiscard]] const QList<Error> &failures() const noexcept { return m_failures; }
    [[nodiscard]] virtual bool isReading() const { return false; }
    /// Finds out what there is; once.
    virtual void read() {}
    /// For an image that has none; may be empty.
    [[nodiscard]] virtual QString proposedTag() const { return {}; }
    /// @{
    /// Whether the image is nowhere yet, and made of a layer; whether there is nothing below that; whether
    /// somebody may choose in which folder of the image files shall be, and whose; and all that can be chosen of a new
    /// layer.
    [[nodiscard]] virtual bool isMade() const { return false; }
    [[nodiscard]] virtual bool isLayerAlone() const { return false; }
    [[nodiscard]] virtual bool isPacked() const { return false; }
    virtual void setWishes(const LayerWishes &) {}
    /// What is in a new layer, a line each; empty for anything else.
    [[nodiscard]] virtual QString content() const { return {}; }
    /// @}

signals:
    void changed();
    /// In bytes of one file.
    void progressed(qint64 done, qint64 total);

protected:
    void add(const SourceImage &image) { m_images.append(image); }
    void addFailure(const Error &error) { m_failures.append(error); }
    void clear()
    {
        m_images.clear();
        m_failures.clear();
    }

private:
    QList<SourceImage> m_images;
    QList<Error> m_failures;
};

} // namespace Longshore::Ui
