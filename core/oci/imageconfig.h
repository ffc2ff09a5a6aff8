// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/manifest.h"

#include <QDateTime>

namespace Longshore {

/// One step of the build. OCI image-spec, config.md, "history".
struct HistoryEntry
{
    QDateTime created; ///< Invalid when missing or implausible.
    QString createdBy; ///< The command, as the builder wrote it down.
    QString author; ///< Who made the step.
    QString comment; ///< Often the name of the builder.
    bool isEmptyLayer = false; ///< The step changed no file and has no layer.

    friend bool operator==(const HistoryEntry &, const HistoryEntry &) = default;
};

/// The configuration of an image. OCI image-spec, config.md.
struct ImageConfig
{
    QDateTime created; ///< Invalid when missing or implausible.
    QString author; ///< Who made the image.
    Platform platform; ///< What the image runs on; empty members for artifacts.
    QString user; ///< By name or number, with a group perhaps: "1000:1000".
    QStringList environment; ///< "NAME=value" each.
    QStringList entrypoint; ///< The program and its first arguments.
    QStringList command; ///< Further arguments, or the program where there is no entrypoint.
    QString workingDirectory; ///< Where the program starts; the root when empty.
    QStringList exposedPorts; ///< "8080/tcp".
    QStringList volumes; ///< Folders whose content outlives a container.
    QString stopSignal; ///< "SIGTERM" when empty.
    QMap<QString, QString> labels; ///< By their names. OCI image-spec, annotations.md.
    QList<Digest> diffIds; ///< Digests of the uncompressed layers, the lowest first.
    QList<HistoryEntry> history; ///< The first step first; empty layers included.

    friend bool operator==(const ImageConfig &, const ImageConfig &) = default;
};

/// Reads an image configuration; every optional member may be null or missing. An Error of kind
/// Protocol when it is none, TooLarge when it exceeds JsonRules.
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
    std::optional<Digest> diffId; ///< Of the same layer, uncompressed.
    std::optional<HistoryEntry> history; ///< None when nothing is known of the step.
    int number = 0; ///< 1 is the lowest layer; 0 for a step without a layer.
};

/// Layers in build order, joined with the history. When the counts of layers, diff IDs and
/// history entries contradict each other nothing is guessed: the layers come alone.
[[nodiscard]] QList<LayerRow> layerRows(const ImageManifest &manifest, const ImageConfig &config);
/// Whether layerRows() could join the two.
[[nodiscard]] bool historyMatchesLayers(const ImageManifest &manifest, const ImageConfig &config);

} // namespace Longshore
