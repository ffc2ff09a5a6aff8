// SPDX-License-Identifier: Apache-2.0
#include "core/layout/layoutnames.h"

#include "core/base/displaytext.h"
#include "core/oci/imagereference.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr qsizetype mostListed = 10;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LayoutNames)
};

struct Name
{
    RepositoryName repository;
    std::optional<Tag> tag;
};

Name nameFrom(const QString &text, const RepositoryName &unnamed)
{
    if (auto tag = Tag::parse(text))
        return {unnamed, std::move(tag)};
    const auto reference = ImageReference::parse(text);
    if (text.isEmpty() || !reference)
        return {unnamed, {}};
    const Reference named = reference->reference(); // "latest", where there is nothing else.
    return {reference->repository, named.tag() ? std::optional(*named.tag()) : reference->tag};
}

/// Whether \a name is the whole name of the image.
bool isNamed(const LayoutImage &image, const QString &name)
{
    if (image.name == name || image.manifest.digest.toString() == name)
        return true;
    const auto asked = ImageReference::parse(name);
    const auto own = ImageReference::parse(image.name);
    return asked && own && *asked == *own;
}

bool hasTag(const LayoutImage &image, const QString &name)
{
    const Tag *tag = image.reference.tag();
    return tag && tag->toString() == name;
}

} // namespace

RepositoryName repositoryNamedAfter(const QString &path)
{
    static const QRegularExpression extension(
        QStringLiteral(R"((\.(tar|tgz|tzst|oci))?(\.(gz|zst|zstd))?\z)"));
    static const QRegularExpression others(QStringLiteral("[^a-z0-9]+"));
    QString name = QFileInfo(QDir::cleanPath(QFileInfo(path).absoluteFilePath())).fileName();
    name = name.toLower().remove(extension).replace(others, u"-"_s).left(100);
    while (name.startsWith(u'-'))
        name.remove(0, 1);
    while (name.endsWith(u'-'))
        name.chop(1);
    const auto repository = RepositoryName::parse(name);
    return repository ? *repository : *RepositoryName::parse(u"image");
}

LayoutNames::LayoutNames(const QString &path, const QList<StoredImage> &images) : m_path(path)
{
    const RepositoryName unnamed = repositoryNamedAfter(path);
    for (const StoredImage &image : images) {
        const Name name = nameFrom(image.name, unnamed);
        Tags &tags = m_repositories[name.repository];
        if (name.tag)
            tags.insert(*name.tag, image.manifest);
        const Reference reference =
            name.tag ? Reference(*name.tag) : Reference(image.manifest.digest);
        m_images.append(
            {image.manifest, image.name, name.repository, reference, image.hasPlainLayers});
    }
    for (LayoutImage &image : m_images) {
        const Tag *tag = image.reference.tag();
        if (tag && m_repositories[image.repository].value(*tag, image.manifest) != image.manifest)
            image.reference = image.manifest.digest;
    }
}

Result<LayoutImage> LayoutNames::find(const QString &name) const
{
    QList<LayoutImage> found;
    for (const LayoutImage &image : m_images) {
        if (name.isEmpty() || isNamed(image, name))
            found.append(image);
    }
    const auto isAnImage = [](const LayoutImage &one) {
        return one.manifest.artifactType.isEmpty(); // Else it is about one.
    };
    if (name.isEmpty() && std::any_of(found.cbegin(), found.cend(), isAnImage))
        found.removeIf(std::not_fn(isAnImage));
    if (!name.isEmpty() && !found.isEmpty())
        return found.constLast(); // Of equal names the last one counts.
    for (const LayoutImage &image : m_images) {
        if (!name.isEmpty() && hasTag(image, name))
            found.append(image);
    }
    const QString place = quotedPath(m_path);
    if (m_images.isEmpty())
        return Error{Error::Kind::NotFound, Text::tr("%1 holds no image.").arg(place)};
    if (found.isEmpty())
        return Error{
            Error::Kind::NotFound,
            Text::tr("%1 holds no image %2, only: %3.").arg(place, quotedText(name), listed())};
    for (const LayoutImage &image : found) {
        if (image.manifest.digest != found.constFirst().manifest.digest)
            return Error{
                Error::Kind::InvalidInput,
                Text::tr("%1 holds several images; name one of: %2.").arg(place, listed())};
    }
    return found.constLast();
}

QString LayoutNames::listed() const
{
    QStringList names;
    for (const LayoutImage &image : m_images) {
        const QString name = image.name.isEmpty() ? image.manifest.digest.toString() : image.name;
        if (names.size() == mostListed) {
            names.append(u"…"_s);
            break;
        }
        names.append(quotedText(name));
    }
    return names.join(", "_L1);
}

} // namespace Longshore
