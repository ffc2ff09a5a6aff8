// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/manifest.h"

#include <QDateTime>

namespace Longshore {

/// One step of the build. OCI image-spec, config.md, "history".
struct HistoryEntry
{
    QDateTime created;
    QString createdBy;
    QString author;
    QString comment;
    bool isEmptyLayer = false; ///< The step changed no file and has no layer.

    friend bool operator==(const HistoryEntry &, const HistoryEntry &) = default;
};

/// The configuration of an image. OCI image-spec, config.md.
struct ImageConfig
{
    QDateTime created; ///< Invalid when missing or implausible.
    QString author;
    Platform platform;
    QString user;
    QStringList environment;
    QStringList entrypoint;
    QStringList command;
    QString workingDirectory;
    QStringList exposedPorts;
    QStringList volumes;
    QString stopSignal;
    QMap<QString, QString> labels;
    QList<Digest> diffIds; ///< Digests of the uncompressed layers, the lowest first.
    QList<HistoryEntry> history;

    friend bool operator==(const ImageConfig &, const ImageConfig &) = default;
};

/// Reads an image configuration; every optional member may be null or missing.
[[nodiscard]] Result<ImageConfig> parseImageConfig(const QByteArray &bytes);

/// A date as images give it: RFC 3339 in UTC; invalid when it cannot be a build date, that is
/// missing, before 2010 or more than a day in the future.
[[nodiscard]] QDateTime plausibleDate(const QString &text);

/// When an image was made: its configuration, else the annotation of the manifest, else the
/// newest history entry. Invalid when none is plausible.
[[nodiscard]] QDateTime creationDate(const ImageConfig &config, const Annotations &annotations);

/// A layer joined with the step that made it.
struct LayerRow
{
    std::optional<Descriptor> layer; ///< None for a step that changed no file.
    std::optional<Digest> diffId;
    std::optional<HistoryEntry> history;
    int number = 0; ///< 1 is the lowest layer; 0 for a step without a layer.
};

/// Layers in build order, joined with the history. When the counts of layers, diff IDs and
/// history entries contradict each other nothing is guessed: the layers come alone.
[[nodiscard]] QList<LayerRow> layerRows(const ImageManifest &manifest, const ImageConfig &config);
/// Whether layerRows() could join the two.
[[nodiscard]] bool historyMatchesLayers(const ImageManifest &manifest, const ImageConfig &config);

} // namespace Longshore
