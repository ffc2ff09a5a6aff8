// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/exportpresenter.h"

#include "core/base/workerjob.h"
#include "core/layout/layoutsession.h"
#include "core/oci/keepplatforms.h"
#include "core/registry/registrysession.h"
#include "ui/format/filename.h"
#include "ui/models/platformpart.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

namespace {

constexpr qsizetype mostLines = 20;

/// The platforms of every index, each once by whatever name, in their order.
QList<Platform> platformsOf(const ImageSet &set)
{
    QList<Platform> platforms;
    for (const ImageSet::Image &image : set.images) {
        const QList<Descriptor> entries = image.parts.images();
        for (const Descriptor &entry : entries) {
            const bool isKnown =
                std::any_of(platforms.begin(), platforms.end(), [&entry](const Platform &known) {
                    return entry.platform && isSamePart(known, *entry.platform);
                });
            if (entries.size() > 1 && entry.platform && !isKnown)
                platforms.append(*entry.platform);
        }
    }
    return platforms;
}

/// Those for a platform. What an image that is in no index is for, its configuration would tell, which
/// nobody has read.
QList<Manifest> imagesFor(const Platform &platform, const ImageParts &parts)
{
    if (!parts.root.index())
        return {parts.root};
    QList<Manifest> images;
    for (const Descriptor &entry : parts.images()) {
        if (entry.platform && entry.platform->satisfies(platform))
            images.append(*parts.manifests.constFind(entry.digest));
    }
    return images;
}

/// Of what an index has for a platform: what is taken when nothing else is, or all of it.
enum class Extent { First, All };

/// What there is for a platform; nothing when one of the images is only for others.
std::optional<ImageSet> onlyFor(const Platform &platform, const ImageSet &set, Extent extent)
{
    QList<ImageSet::Image> images;
    for (const ImageSet::Image &image : set.images) {
        const QList<Manifest> found = imagesFor(platform, image.parts);
        if (found.isEmpty())
            return {};
        for (const Manifest &manifest : extent == Extent::All ? found : found.first(1)) {
            const auto alone = ImageParts::of(manifest, {}); // It needs no other than its own.
            if (!alone)
                return {};
            images.append({*alone, image.repository});
        }
    }
    const auto only = ImageSet::of(images);
    return only ? std::optional(*only) : std::nullopt;
}

/// What there is for several platforms; nothing when one of the images is no index of all these.
std::optional<ImageSet> onlyFor(const QList<Platform> &platforms,
                                const QList<ImageSet::Image> &images)
{
    QList<ImageSet::Image> smaller;
    for (const ImageSet::Image &image : images) {
        const auto index = keepPlatforms(image.parts.root, platforms);
        const auto parts = index ? image.parts.part(*index) : index.error();
        if (!parts)
            return {};
        smaller.append({*parts, image.repository});
    }
    const auto only = ImageSet::of(smaller);
    return only ? std::optional(*only) : std::nullopt;
}

QString hostOf(const Session &session, const RepositoryName &repository, const Reference &reference)
{
    const auto *files = qobject_cast<const LayoutSession *>(&session);
    if (!files)
        return session.host();
    for (const LayoutImage &image : files->names().images()) {
        const auto name = ImageReference::parse(image.name);
        if (image.repository == repository && image.reference == reference && name
            && !Tag::parse(image.name))
            return name->host;
    }
    return u"localhost"_s;
}

} // namespace

ExportPresenter::ExportPresenter(std::shared_ptr<Session> session, const RepositoryName &repository,
                                 const QList<Reference> &references, QObject *parent)
    : QObject(parent)
    , m_session(std::move(session))
    , m_repository(repository)
    , m_references(references)
{}

ExportPresenter::ExportPresenter(std::shared_ptr<Session> session, const RepositoryName &repository,
                                 const QList<LayerChoice> &layers, QObject *parent)
    : QObject(parent)
    , m_session(std::move(session))
    , m_repository(repository)
    , m_references{layers.first().image}
    , m_layers(layers)
{
    QList<qint64> sizes;
    for (const LayerChoice &choice : layers)
        sizes.append(choice.layer.size);
    m_choices = {{{}, totalSize(sizes)}}; // Whoever chose them has read what there is to know.
}

QList<qsizetype> ExportPresenter::layers() const
{
    QList<qsizetype> numbers;
    for (const LayerChoice &choice : m_layers)
        numbers.append(choice.number);
    return numbers;
}

QList<ImageReference> ExportPresenter::sources() const
{
    QList<ImageReference> sources;
    for (const Reference &reference : m_references) {
        ImageReference source{hostOf(*m_session, m_repository, reference), m_repository, {}, {}};
        if (const Tag *tag = reference.tag())
            source.tag = *tag;
        else
            source.digest = *reference.digest();
        sources.append(source);
    }
    if (!m_layers.isEmpty() && m_layers.first().manifest)
        sources.first().digest = m_layers.first().manifest;
    return sources;
}

bool ExportPresenter::knowsReferrers() const
{
    return qobject_cast<RegistrySession *>(m_session.get()) != nullptr;
}

QString ExportPresenter::titleOf(const Reference &reference) const
{
    const QChar mark = reference.digest() ? u'@' : u':';
    return m_repository.toString() + mark + reference.toString();
}

QString ExportPresenter::layersTitle() const
{
    QStringList numbers;
    for (const LayerChoice &choice : m_layers.first(std::min(m_layers.size(), mostLines)))
        numbers.append(QString::number(choice.number));
    if (numbers.size() < m_layers.size())
        numbers.append(u"\u2026"_s);
    return tr("%1, layer(s) %2", "an image, and numbers", static_cast<int>(m_layers.size()))
        .arg(titleOf(m_references.first()), numbers.join(", "_L1));
}

QString ExportPresenter::title() const
{
    if (!m_layers.isEmpty())
        return layersTitle();
    const QString first = titleOf(m_references.first());
    const auto others = static_cast<int>(m_references.size() - 1);
    return others == 0 ? first : tr("%1 and %n more", "an image, and others", others).arg(first);
}

QString ExportPresenter::fileName() const
{
    if (m_references.size() > 1)
        return imagesFileName(m_repository);
    const QString name = imageFileName(m_repository, m_references.first());
    return m_layers.isEmpty() ? name : QString(name + "_layers"_L1);
}

QString ExportPresenter::listing() const
{
    QStringList lines;
    for (const Reference &reference : m_references.first(std::min(m_references.size(), mostLines)))
        lines.append(titleOf(reference));
    if (lines.size() < m_references.size())
        lines.append(u"\u2026"_s);
    return lines.join(u'\n');
}

void ExportPresenter::read()
{
    if (m_job || !m_layers.isEmpty())
        return;
    QList<NamedImage> images;
    for (const Reference &reference : std::as_const(m_references))
        images.append(NamedImage{ImageChoice{m_repository, reference}});
    m_job = new ReadImageSetJob(*m_session, images, this);
    m_job->then(this, [this](const Result<ImageSet> &set) {
        m_job.clear();
        if (set)
            handleImages(*set);
        else
            emit failed(set.error());
    });
    m_job->start();
}

/// One question at a time: a disk that does not answer shall not take more than one thread.
void ExportPresenter::lookForRoom(const QString &path)
{
    if (m_roomJob) {
        m_nextPath = path;
        return;
    }
    auto *job = new WorkerJob<DiskRoom>(
        [path](const CancelFlag &) { return Result<DiskRoom>(diskRoomFor(path)); }, this);
    m_roomJob = job;
    job->then(this, [this](const Result<DiskRoom> &room) {
        m_roomJob.clear();
        if (!m_nextPath.isEmpty())
            lookForRoom(std::exchange(m_nextPath, {}));
        else if (room)
            emit roomFound(*room);
    });
    job->start();
}

qint64 ExportPresenter::sizeFor(const QList<Platform> &platforms) const
{
    const auto only = onlyFor(platforms, m_images);
    return only ? only->size() : -1;
}

void ExportPresenter::handleImages(const ImageSet &set)
{
    m_choices = {{{}, set.size()}};
    m_images = set.images;
    m_digests.clear();
    for (const ImageSet::Image &image : set.images)
        m_digests.append(image.parts.root.digest);
    const QList<Platform> platforms = platformsOf(set);
    m_hasSeveralPlatforms = !platforms.isEmpty();
    for (const Platform &platform : platforms) {
        const auto first = onlyFor(platform, set, Extent::First);
        const auto all = onlyFor(platform, set, Extent::All);
        if (first && all)
            m_choices.append({platform, first->size(), all->size()});
    }
    QList<Platform> offered;
    for (const Choice &choice : m_choices.mid(1))
        offered.append(*choice.platform);
    m_canTakeSeveral = offered.size() > 1 && sizeFor(offered) >= 0;
    emit changed();
}

} // namespace Longshore::Ui
