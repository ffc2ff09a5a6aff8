// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/digest.h"
#include "support/testarchive.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

/// What "docker save" writes of one image, its layers not compressed. \a name is the whole reference.
inline QByteArray dockerArchive(const QString &name, const QByteArrayList &layers)
{
    using namespace Qt::StringLiterals;
    TestArchive archive;
    QJsonArray files;
    QJsonArray diffIds;
    for (const QByteArray &layer : layers) {
        files.append(QString(QString::number(files.size()) + ".tar"_L1));
        archive.add(files.last().toString().toUtf8(), layer);
        diffIds.append(Longshore::Digest::ofBytes(layer).toString());
    }
    const QJsonObject config{
        {u"architecture"_s, u"amd64"_s},
        {u"os"_s, u"linux"_s},
        {u"rootfs"_s, QJsonObject{{u"type"_s, u"layers"_s}, {u"diff_ids"_s, diffIds}}}};
    const QJsonObject image{
        {u"Config"_s, u"c.json"_s}, {u"RepoTags"_s, QJsonArray{name}}, {u"Layers"_s, files}};
    return archive.add("c.json", QJsonDocument(config).toJson())
        .add("manifest.json", QJsonDocument(QJsonArray{image}).toJson())
        .bytes();
}
