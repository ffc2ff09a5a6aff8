// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/fakeregistry.h"

#include <QDateTime>

/// Small images for the fake registry.
namespace TestImages {

struct Options
{
    QString architecture = QStringLiteral("amd64");
    QDateTime created = QDateTime(QDate(2025, 3, 1), QTime(12, 0), Qt::UTC);
    QList<QByteArray> layers = {QByteArray("layer one"), QByteArray("layer two")};
    /// What the layers are when nothing compresses them; made up when empty.
    QList<QByteArray> contents = {};
};

/// The manifest of an image whose blobs are stored in \a registry; it has no tag yet.
QByteArray image(FakeRegistry &registry, const QString &repository, const Options &options = {});
/// Stores an image under \a tag.
Longshore::Digest addImage(FakeRegistry &registry, const QString &repository, const QString &tag,
                           const Options &options = {});
/// Stores an index of images for linux under \a tag, with an attestation of the first. What has a
/// variant, as "arm64/v8", has a layer more.
Longshore::Digest addIndex(FakeRegistry &registry, const QString &repository, const QString &tag,
                           const QStringList &architectures = {QStringLiteral("amd64"),
                                                               QStringLiteral("arm64")});
/// Pushes an index that is made of one \a image, which need not be there.
Longshore::Digest addIndexOf(FakeRegistry &registry, const QString &repository, const QString &tag,
                             const Longshore::Digest &image);

} // namespace TestImages
