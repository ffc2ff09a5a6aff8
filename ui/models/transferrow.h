// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/oci/descriptor.h"

#include <QDateTime>
#include <QStringList>

namespace Longshore::Ui {

/// A blob of those that a transfer brings, as a list shows it.
struct TransferPartRow
{
    enum class State {
        Waiting,
        Running,
        Arrived,
        Present, ///< It was there before.
    };

    Descriptor blob;
    qint64 done = 0; ///< In bytes.
    State state = State::Waiting;

    friend bool operator==(const TransferPartRow &, const TransferPartRow &) = default;
};

/// One transfer as a list shows it.
struct TransferRow
{
    enum class State { Waiting, Running, Paused, Finished, Failed, Cancelled };
    /// What one is busy with that runs.
    enum class Phase { Looking, Bringing, Writing, Comparing };

    quint64 id = 0; ///< At least 1.
    QString title; ///< The name of the file, or of the image in a registry.
    QString source; ///< Where it comes from, in words.
    QString path; ///< Where it goes; empty where it goes into a registry.
    State state = State::Waiting;
    Phase phase = Phase::Bringing;
    QString retryReason = {}; ///< While it waits to try again.
    int secondsToRetry = 0;
    qint64 done = 0;
    qint64 total = -1;
    std::optional<qint64> bytesPerSecond = {};
    std::optional<qint64> secondsLeft = {};
    QString digest = {}; ///< Of a finished transfer: what was verified.
    std::optional<Error> error = {};
    QString remark = {}; ///< Of a finished transfer: what else there is to know.
    QList<TransferPartRow> parts = {}; ///< None where there is only one.
    bool isSkipped = false; ///< Of a finished transfer: what was there stays.
    QString connection = {}; ///< As the user calls it; empty for none.
    QDateTime started = {}; ///< Invalid before it has.
    bool canSignIn = false; ///< Whether it goes on by itself once somebody has signed in.
};

/// Transfers that somebody wants to see together.
enum class TransferGroup {
    All,
    Running,
    Waiting, ///< For their turn, or for a person.
    Failed,
    Done, ///< Finished or cancelled.
};

/// Whether a transfer is one of them.
[[nodiscard]] bool belongsTo(TransferGroup group, const TransferRow &row);
/// Whether it goes on only when somebody has signed in.
[[nodiscard]] bool needsSignIn(const TransferRow &row);
/// Whether a transfer neither waits, nor runs, nor is paused.
[[nodiscard]] bool isOver(TransferRow::State state);
/// How far a transfer is, or how it ended, in one line.
[[nodiscard]] QString transferStatus(const TransferRow &row);
/// Where it goes: the path of a file, or the name of an image.
[[nodiscard]] QString placeOf(const TransferRow &row);
/// By which connection, and since when, in short; \a now is the local time. Empty while nobody knows either.
[[nodiscard]] QString transferOrigin(const TransferRow &row,
                                     const QDateTime &now = QDateTime::currentDateTime());
/// 0 to 1000; -1 while the total is unknown.
[[nodiscard]] int transferPermille(const TransferRow &row);
/// The same of a part that runs; nothing for others.
[[nodiscard]] std::optional<int> partPermille(const TransferPartRow &part);
/// What else there is to know of a transfer: where it comes from and goes to, remarks, errors in full.
/// One line each, safe to show.
[[nodiscard]] QStringList transferNotes(const TransferRow &row);
/// What a part is, its size, how far it is, and its digest in short.
[[nodiscard]] QStringList partCells(const TransferPartRow &part);

} // namespace Longshore::Ui
