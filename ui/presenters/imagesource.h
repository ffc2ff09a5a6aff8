// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/session/session.h"

namespace Longshore::Ui {

/// An image that somebody may bring into a registry.
struct SourceImage
{
    std::shared_ptr<Session> session; ///< Where it is.
    RepositoryName repository;
    Reference reference;
    QString name; ///< As its source calls it; empty for none.
    QString from; ///< Where it comes from, in words: "bundle.tar".

    /// The tag that it has there; null for none.
    [[nodiscard]] const Tag *tag() const noexcept { return reference.tag(); }
};

/// Something that images can be taken from.
class ImageSource : public QObject
{
    Q_OBJECT

public:
    enum class Kind {
        Files, ///< Images in files, which have to be looked into first.
        Registry, ///< They are known.
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

signals:
    void changed();
    /// In bytes of one file.
    void progressed(qint64 done, qint64 total);

protected:
    void add(const SourceImage &image) { m_images.append(image); }
    void addFailure(const Error &error) { m_failures.append(error); }

private:
    QList<SourceImage> m_images;
    QList<Error> m_failures;
};

} // namespace Longshore::Ui
