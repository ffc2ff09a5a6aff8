// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/testimages.h"

/// What refers to images of the fake registry.
namespace TestReferrers {

/// A manifest that refers to \a subject; its only layer is \a content. Nothing lists it yet.
inline Longshore::Digest add(FakeRegistry &registry, const QString &repository,
                             const Longshore::Digest &subject, const QByteArray &content)
{
    QByteArray bytes = TestImages::image(registry, repository, {.layers = {content}});
    bytes.chop(1);
    bytes += R"(,"artifactType":"application/x.signature","subject":{"mediaType":)"
             R"("application/vnd.oci.image.manifest.v1+json","size":2,"digest":")"
             + subject.toString().toLatin1() + R"("}})";
    return registry.addManifest(repository, {}, bytes, Longshore::MediaType::ociManifest());
}

/// Lists it in the way of registries that keep no such lists themselves.
inline void list(FakeRegistry &registry, const QString &repository,
                 const Longshore::Digest &subject, const Longshore::Digest &referrer)
{
    const QByteArray list = R"({"schemaVersion":2,"manifests":[{"mediaType":)"
                            R"("application/vnd.oci.image.manifest.v1+json","size":2,"digest":")"
                            + referrer.toString().toLatin1() + R"("}]})";
    registry.addManifest(repository, QStringLiteral("sha256-") + subject.encoded(), list,
                         Longshore::MediaType::ociIndex());
}

/// The tag by which cosign says what a manifest is about.
inline QString tag(const Longshore::Digest &subject, const QString &ending)
{
    return QStringLiteral("sha256-") + subject.encoded() + ending;
}

/// A signature of cosign.
inline Longshore::Digest sign(FakeRegistry &registry, const QString &repository,
                              const Longshore::Digest &subject, const QByteArray &content)
{
    return TestImages::addImage(registry, repository, tag(subject, QStringLiteral(".sig")),
                                {.layers = {content}});
}

} // namespace TestReferrers
