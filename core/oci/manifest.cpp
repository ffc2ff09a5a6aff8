// SPDX-License-Identifier: Apache-2.0
#include "core/oci/manifest.h"

#include "core/base/displaytext.h"
#include "core/oci/schema1.h"
#include "core/oci/strictjson.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <limits>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

using Kind = MediaType::Kind;

constexpr qsizetype mostDescriptors = 100'000;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Manifest)
};

Error refused(const QString &message, const QString &detail = {})
{
    return {Error::Kind::Protocol, message, detail};
}

bool has(const QJsonObject &object, QLatin1StringView member)
{
    // Some readers ignore case, so a member that differs only in case makes two readings.
    for (auto i = object.begin(); i != object.end(); ++i) {
        if (i.key().compare(member, Qt::CaseInsensitive) == 0)
            return true;
    }
    return false;
}

bool hasAny(const QJsonObject &object, std::initializer_list<QLatin1StringView> members)
{
    return std::any_of(members.begin(), members.end(),
                       [&](QLatin1StringView member) { return has(object, member); });
}

/// What the document itself looks like, whatever it is called.
Result<Kind> shapeOf(const QJsonObject &object)
{
    const qint64 version = object.value("schemaVersion"_L1).toInteger(-1);
    const bool isIndex = has(object, "manifests"_L1);
    const bool isImage = hasAny(object, {"config"_L1, "layers"_L1});
    const bool isSchema1 = hasAny(object, {"fsLayers"_L1, "history"_L1, "signatures"_L1});
    const bool isUnclear = hasLookalike(
        object, {"schemaVersion"_L1, "mediaType"_L1, "config"_L1, "layers"_L1, "manifests"_L1,
                 "blobs"_L1, "fsLayers"_L1, "subject"_L1, "artifactType"_L1, "annotations"_L1});
    if (isUnclear || int(isIndex) + int(isImage) + int(isSchema1) > 1)
        return refused(Text::tr("The manifest is ambiguous: it can be read in two ways."));
    if (isSchema1 && version == 1)
        return Kind::SignedManifest;
    if (isIndex && version == 2)
        return Kind::ImageIndex;
    if (isImage && version == 2)
        return Kind::ImageManifest;
    if (has(object, "blobs"_L1) && !object.contains("schemaVersion"_L1))
        return Kind::ArtifactManifest;
    return refused(Text::tr("The document is not a manifest."));
}

Result<MediaType> agreedType(const QJsonObject &object, const MediaType &contentType, Kind shape)
{
    const MediaType own = MediaType::parse(object.value("mediaType"_L1).toString());
    // "application/json" and "text/plain" say nothing; the document must then speak for itself.
    const MediaType given = contentType.isManifest() ? contentType : MediaType();
    // Signed schema 1 documents carry no type, or that of their unsigned form.
    if (shape != Kind::SignedManifest && !own.isEmpty() && !given.isEmpty() && own != given)
        return refused(Text::tr("The manifest calls itself %1, but the server calls it %2.")
                           .arg(quotedText(own.toString()), quotedText(given.toString())));
    if (!given.isEmpty() && given.kind() != shape)
        return refused(Text::tr("The document is not what its media type %1 promises.")
                           .arg(quotedText(given.toString())));
    if (!own.isEmpty() && shape != Kind::SignedManifest && own.kind() != shape)
        return refused(Text::tr("The document is not what its media type %1 promises.")
                           .arg(quotedText(own.toString())));
    if (!given.isEmpty())
        return given;
    if (!own.isEmpty())
        return own;
    switch (shape) {
    case Kind::ImageIndex: return MediaType::ociIndex();
    case Kind::ImageManifest: return MediaType::ociManifest();
    case Kind::SignedManifest:
        return MediaType::parse(u"application/vnd.docker.distribution.manifest.v1+prettyjws");
    default: return MediaType::parse(u"application/vnd.oci.artifact.manifest.v1+json");
    }
}

Result<QList<Descriptor>> descriptors(const QJsonObject &object, QLatin1StringView member)
{
    const QJsonValue value = object.value(member);
    if (value.isNull())
        return QList<Descriptor>(); // So Go writes an empty list.
    if (!value.isArray())
        return refused(Text::tr("The manifest has no list of %1.").arg(member));
    const QJsonArray array = value.toArray();
    if (array.size() > mostDescriptors)
        return Error{Error::Kind::TooLarge, Text::tr("The manifest lists too many entries.")};
    QList<Descriptor> result;
    result.reserve(array.size());
    for (const auto &element : array) {
        auto descriptor = Descriptor::fromJson(element.toObject());
        if (!descriptor)
            return descriptor.error();
        result.append(*std::move(descriptor));
    }
    return result;
}

Result<std::optional<Descriptor>> subject(const QJsonObject &object)
{
    const QJsonValue value = object.value("subject"_L1);
    if (value.isUndefined() || value.isNull())
        return std::optional<Descriptor>();
    auto descriptor = Descriptor::fromJson(value.toObject());
    if (!descriptor)
        return descriptor.error();
    return std::optional<Descriptor>(*std::move(descriptor));
}

using Content = std::variant<OpaqueManifest, ImageManifest, ImageIndex>;

Result<Content> contentOf(const QJsonObject &object, Kind shape)
{
    if (shape != Kind::ImageIndex && shape != Kind::ImageManifest)
        return Content(OpaqueManifest());
    auto list = descriptors(object, shape == Kind::ImageIndex ? "manifests"_L1 : "layers"_L1);
    if (!list)
        return list.error();
    auto about = subject(object);
    if (!about)
        return about.error();
    const QString artifactType = object.value("artifactType"_L1).toString();
    const Annotations annotations = stringMap(object.value("annotations"_L1));
    if (shape == Kind::ImageIndex)
        return Content(ImageIndex{*list, *about, artifactType, annotations});
    auto config = Descriptor::fromJson(object.value("config"_L1).toObject());
    if (!config)
        return config.error();
    return Content(ImageManifest{*config, *list, *about, artifactType, annotations});
}

} // namespace

Result<Manifest> parseManifest(const QByteArray &bytes, const MediaType &contentType)
{
    // Of a signed document only the payload counts: what stands behind it is not signed.
    const bool calledSigned = contentType.kind() == Kind::SignedManifest;
    auto readable = calledSigned ? schema1Payload(bytes) : Result<QByteArray>(bytes);
    if (!readable)
        return readable.error();
    const auto object = parseStrictJson(*readable, {.integersOnly = true});
    if (!object)
        return object.error();
    const auto shape = shapeOf(*object);
    if (!shape)
        return shape.error();
    const auto mediaType = agreedType(*object, contentType, *shape);
    if (!mediaType)
        return mediaType.error();
    auto content = contentOf(*object, *shape);
    if (!content)
        return content.error();
    if (*shape == Kind::SignedManifest && !calledSigned)
        readable = schema1Payload(bytes);
    if (!readable)
        return readable.error();
    return Manifest{bytes, *mediaType, Digest::ofBytes(*readable), *std::move(content)};
}

qint64 imageSize(const ImageManifest &image)
{
    qint64 total = image.config.size;
    for (const Descriptor &layer : image.layers) {
        // Registries accept sizes near 2^63; a sum of them is no number to show.
        if (layer.size > std::numeric_limits<qint64>::max() - total)
            return -1;
        total += layer.size;
    }
    return total;
}

std::optional<Digest> attestationSubject(const Descriptor &descriptor)
{
    if (descriptor.annotations.value(u"vnd.docker.reference.type"_s) != "attestation-manifest"_L1)
        return {};
    return Digest::parse(descriptor.annotations.value(u"vnd.docker.reference.digest"_s));
}

const Descriptor *findPlatform(const ImageIndex &index, const Platform &platform)
{
    for (const Descriptor &descriptor : index.manifests) {
        if (descriptor.platform && descriptor.platform->satisfies(platform))
            return &descriptor;
    }
    return nullptr;
}

} // namespace Longshore
