// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/readimagesetjob.h"

#include "core/base/displaytext.h"
#include "core/base/foreachjob.h"
#include "core/oci/imagereference.h"

#include <numeric>

namespace Longshore {

namespace {

/// What a tag that says what it is about is called beside an image that has these names.
ImageNames namesBeside(const ImageNames &image, const Tag &tag)
{
    auto reference = ImageReference::parse(image.reference);
    if (image.reference.isEmpty() || !reference)
        return {tag.toString(), {}};
    reference->tag = tag;
    const QString whole = reference->toString();
    return {image.name == image.reference ? whole : tag.toString(), whole};
}

/// \a image with what refers to it.
Result<ImageSet::Image> withReferrers(const ImageSet::Image &image, const ImageReferrers &referrers)
{
    Manifests manifests = image.parts.manifests;
    manifests.insert(referrers.manifests);
    const auto parts = ImageParts::of(image.parts.root, manifests);
    if (!parts)
        return parts.error();
    QList<NamedReferrer> named;
    for (const Digest &digest : referrers.listed)
        named.append({*manifests.constFind(digest)});
    for (auto tag = referrers.tags.cbegin(); tag != referrers.tags.cend(); ++tag)
        named.append({*manifests.constFind(tag.value()), namesBeside(image.names, tag.key())});
    return ImageSet::Image{*parts, image.repository, image.names, named, referrers.leftOut};
}

} // namespace

ReadImageSetJob::ReadImageSetJob(Session &session, const QList<NamedImage> &wanted, QObject *parent)
    : ResultJob(parent), m_session(session), m_wanted(wanted)
{}

void ReadImageSetJob::doStart()
{
    QList<qsizetype> places(m_wanted.size());
    std::iota(places.begin(), places.end(), 0);
    auto *readAll = new ForEachJob<qsizetype, ImageParts>(
        places,
        [this](qsizetype place) {
            return new ReadImagePartsJob(m_session, m_wanted.at(place).image);
        },
        [this](qsizetype place, const Result<ImageParts> &parts) {
            if (parts)
                m_parts.insert(place, *parts);
            else if (isRunning())
                failFor(m_wanted.at(place).image, parts.error());
        });
    runChild(readAll, [this](const Result<Done> &) { findReferrers(); });
}

void ReadImageSetJob::findReferrers()
{
    QList<qsizetype> places;
    for (qsizetype place = 0; place < m_wanted.size(); ++place) {
        if (m_wanted.at(place).withReferrers)
            places.append(place);
    }
    auto *readAll = new ForEachJob<qsizetype, ImageReferrers>(
        places,
        [this](qsizetype place) {
            const ImageParts &image = *m_parts.constFind(place);
            auto *job = new ReadReferrersJob(m_session, m_wanted.at(place).image.repository,
                                             image.manifests.keys());
            job->setBlobs(image);
            return job;
        },
        [this](qsizetype place, const Result<ImageReferrers> &referrers) {
            if (referrers)
                m_referrers.insert(place, *referrers);
            else if (isRunning())
                failFor(m_wanted.at(place).image, referrers.error());
        });
    runChild(readAll, [this](const Result<Done> &) { join(); });
}

void ReadImageSetJob::failFor(const ImageChoice &image, Error error)
{
    if (m_wanted.size() > 1) {
        const QChar mark = image.reference.digest() ? u'@' : u':';
        error.message =
            tr("%1: %2", "an image, and what is wrong with it")
                .arg(quotedText(image.repository.toString() + mark + image.reference.toString()),
                     error.message);
    }
    fail(error);
}

void ReadImageSetJob::join()
{
    QList<ImageSet::Image> images;
    for (auto part = m_parts.cbegin(); part != m_parts.cend(); ++part) {
        const NamedImage &wanted = m_wanted.at(part.key());
        const auto image = withReferrers({part.value(), wanted.image.repository, wanted.names},
                                         m_referrers.value(part.key()));
        if (!image)
            return failFor(wanted.image, image.error());
        images.append(*image);
    }
    const auto set = ImageSet::of(images);
    if (!set)
        return fail(set.error());
    succeed(*set);
}

} // namespace Longshore
