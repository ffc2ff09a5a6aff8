// SPDX-License-Identifier: Apache-2.0
#include "core/layout/layoutsession.h"

#include "core/base/displaytext.h"
#include "core/base/settledjob.h"
#include "core/base/workerjob.h"
#include "core/layout/readslicejob.h"

namespace Longshore {

namespace {

/// Hands out names that are known already, or the reason why there are none.
class KnownNamesJob final : public ListNamesJob
{
public:
    KnownNamesJob(const QStringList &names, const std::optional<Error> &error, QObject *parent)
        : ListNamesJob(parent), m_names(names), m_error(error)
    {}

private:
    void doStart() override
    {
        if (m_error)
            return fail(*m_error);
        if (!m_names.isEmpty())
            emit namesListed(m_names);
        succeed({m_names.size(), 0, {}});
    }

    const QStringList m_names;
    const std::optional<Error> m_error;
};

template <typename Map>
QStringList keyTexts(const Map &map)
{
    QStringList texts;
    for (auto i = map.begin(); i != map.end(); ++i)
        texts.append(i.key().toString());
    return texts;
}

Result<QByteArray> readDocument(const ImageFiles &files, const Descriptor &wanted)
{
    const auto slice = files.blob(wanted.digest);
    if (!slice)
        return slice.error();
    if (slice->size != wanted.size)
        return Error{Error::Kind::SizeMismatch,
                     LayoutSession::tr("A document has not the size that is announced.")};
    auto bytes = slice->readAll(largestDocument);
    if (bytes && !wanted.digest.matches(*bytes))
        return Error{Error::Kind::DigestMismatch,
                     LayoutSession::tr("A document does not match its digest %1.")
                         .arg(wanted.digest.toString())};
    return bytes;
}

} // namespace

LayoutSession::LayoutSession(const QString &path, std::shared_ptr<const ImageFiles> files,
                             QObject *parent)
    : Session(parent), m_path(path), m_files(std::move(files)), m_names(path, m_files->images())
{
    for (const LayoutImage &image : m_names.images())
        m_types.insert(image.manifest.digest, image.manifest.mediaType);
}

std::optional<Error> LayoutSession::missing(const RepositoryName &repository) const
{
    if (m_names.repositories().contains(repository))
        return {};
    return Error{Error::Kind::NotFound,
                 tr("%1 holds no repository %2.")
                     .arg(quotedText(m_path), quotedText(repository.toString()))};
}

Result<Descriptor> LayoutSession::lookUp(const RepositoryName &repository,
                                         const Reference &reference) const
{
    if (const auto error = missing(repository))
        return *error;
    if (const Digest *digest = reference.digest())
        return Descriptor{m_types.value(*digest), *digest};
    const LayoutNames::Tags tags = m_names.repositories().value(repository);
    const auto found = tags.constFind(*reference.tag());
    if (found != tags.constEnd())
        return *found;
    return Error{Error::Kind::NotFound,
                 tr("%1 holds no image %2.")
                     .arg(quotedText(m_path),
                          quotedText(repository.toString() + u':' + reference.toString()))};
}

ListNamesJob *LayoutSession::listRepositories()
{
    return new KnownNamesJob(keyTexts(m_names.repositories()), {}, this);
}

ListNamesJob *LayoutSession::listTags(const RepositoryName &repository)
{
    return new KnownNamesJob(keyTexts(m_names.repositories().value(repository)),
                             missing(repository), this);
}

ResultJob<Descriptor> *LayoutSession::resolve(const RepositoryName &repository,
                                              const Reference &reference, Priority)
{
    const auto found = lookUp(repository, reference);
    if (!found)
        return new SettledJob<Descriptor>(found.error(), this);
    return new WorkerJob<Descriptor>(
        [files = m_files, wanted = *found](const CancelFlag &) -> Result<Descriptor> {
            const auto manifest = files->manifest(wanted.digest, wanted.mediaType);
            return manifest ? Result<Descriptor>(manifest->descriptor()) : manifest.error();
        },
        this);
}

ResultJob<Manifest> *LayoutSession::fetchManifest(const RepositoryName &repository,
                                                  const Reference &reference, Priority)
{
    const auto found = lookUp(repository, reference);
    if (!found)
        return new SettledJob<Manifest>(found.error(), this);
    return new WorkerJob<Manifest>(
        [files = m_files, wanted = *found](const CancelFlag &) {
            return files->manifest(wanted.digest, wanted.mediaType);
        },
        this);
}

ResultJob<QByteArray> *LayoutSession::fetchBlob(const RepositoryName &repository,
                                                const Descriptor &blob, Priority)
{
    if (const auto error = missing(repository))
        return new SettledJob<QByteArray>(*error, this);
    return new WorkerJob<QByteArray>(
        [files = m_files, blob](const CancelFlag &) { return readDocument(*files, blob); }, this);
}

ResultJob<Done> *LayoutSession::readBlobPart(const RepositoryName &repository, const Digest &digest,
                                             std::shared_ptr<ByteSink> sink, qint64 offset)
{
    if (const auto error = missing(repository))
        return new SettledJob<Done>(*error, this);
    return new ReadSliceJob([files = m_files, digest] { return files->blob(digest); },
                            std::move(sink), offset, this);
}

ResultJob<FileSlice> *LayoutSession::openBlob(const RepositoryName &repository,
                                              const Digest &digest)
{
    if (const auto error = missing(repository))
        return new SettledJob<FileSlice>(*error, this);
    return new WorkerJob<FileSlice>(
        [files = m_files, digest](const CancelFlag &) { return files->blob(digest); }, this);
}

ResultJob<QSet<Digest>> *LayoutSession::findBlobs(const QList<Descriptor> &blobs)
{
    return new WorkerJob<QSet<Digest>>(
        [files = m_files, blobs](const CancelFlag &cancelled) -> Result<QSet<Digest>> {
            QSet<Digest> found;
            for (const Descriptor &blob : blobs) {
                if (cancelled)
                    return Error::cancelled();
                const auto slice = files->blob(blob.digest);
                if (slice && slice->size == blob.size)
                    found.insert(blob.digest);
            }
            return found;
        },
        this);
}

} // namespace Longshore
