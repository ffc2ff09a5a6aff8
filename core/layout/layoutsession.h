// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/layout/layoutnames.h"
#include "core/session/session.h"

#include <QSet>

namespace Longshore {

/// Images in files, seen like a registry: read only.
///
/// Manifests and blobs are shared by all repositories; only tags belong to one. All reading is done
/// by workers. Fails as ImageFiles does, and as NotFound for a repository or tag that nobody has
/// named.
class LayoutSession final : public Session
{
    Q_OBJECT

public:
    /// \a path is that of the files. Reads nothing: OpenLayoutJob finds out what is there.
    LayoutSession(const QString &path, std::shared_ptr<const ImageFiles> files,
                  QObject *parent = nullptr);

    /// Where the files are.
    [[nodiscard]] QString host() const override { return m_path; }
    /// How the files keep the images.
    [[nodiscard]] ImageFiles::Form form() const noexcept { return m_files->form(); }
    /// What the images are called.
    [[nodiscard]] const LayoutNames &names() const noexcept { return m_names; }

    [[nodiscard]] ListNamesJob *listRepositories() override;
    [[nodiscard]] ListNamesJob *listTags(const RepositoryName &repository) override;
    [[nodiscard]] ResultJob<Descriptor> *resolve(const RepositoryName &repository,
                                                 const Reference &reference,
                                                 Priority priority) override;
    [[nodiscard]] ResultJob<Manifest> *fetchManifest(const RepositoryName &repository,
                                                     const Reference &reference,
                                                     Priority priority) override;
    [[nodiscard]] ResultJob<QByteArray> *
    fetchBlob(const RepositoryName &repository, const Descriptor &blob, Priority priority) override;
    [[nodiscard]] ResultJob<Done> *readBlobPart(const RepositoryName &repository,
                                                const Digest &digest,
                                                std::shared_ptr<ByteSink> sink,
                                                qint64 offset) override;
    /// Where a blob is, to be read in place; whoever reads it checks it. Fails as
    /// ImageFiles::blob().
    [[nodiscard]] ResultJob<FileSlice> *openBlob(const RepositoryName &repository,
                                                 const Digest &digest);
    /// Which of these blobs are there in the size that is named. Nothing of them is read.
    [[nodiscard]] ResultJob<QSet<Digest>> *findBlobs(const QList<Descriptor> &blobs);

private:
    /// What the reference names; its size and type are known for tags alone.
    [[nodiscard]] Result<Descriptor> lookUp(const RepositoryName &repository,
                                            const Reference &reference) const;
    [[nodiscard]] std::optional<Error> missing(const RepositoryName &repository) const;

    const QString m_path;
    const std::shared_ptr<const ImageFiles> m_files;
    const LayoutNames m_names;
    QHash<Digest, MediaType> m_types; ///< Of the manifests that the files list.
};

} // namespace Longshore
