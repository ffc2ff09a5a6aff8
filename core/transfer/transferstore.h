// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/mailbox.h"
#include "core/transfer/transferrecord.h"

#include <QThreadPool>

class QLockFile;

namespace Longshore {

/// The transfers that are not finished, in a file that outlives the program.
///
/// One program has the file; a second one that runs at the same time keeps nothing. Written by a
/// worker: saving never waits for the disk. A file of which something cannot be read is set aside.
class TransferStore final : public QObject
{
    Q_OBJECT

public:
    /// Makes \a folder, usually defaultFolder(), takes it for this program, and reads what is there.
    explicit TransferStore(const QString &folder, QObject *parent = nullptr);
    /// Waits until everything is written.
    ~TransferStore() override;

    /// "transfers" in the folder of the program's data.
    [[nodiscard]] static QString defaultFolder();

    /// Whether save() keeps anything.
    [[nodiscard]] bool isOurs() const { return m_lock != nullptr; }
    /// Of the last time that the program ran.
    [[nodiscard]] const QList<TransferRecord> &records() const noexcept { return m_records; }
    /// What of the last time could not be read, for a message; empty when all is well.
    [[nodiscard]] const QString &notice() const noexcept { return m_notice; }

    /// Keeps these, and no others, from now on.
    void save(const QList<TransferRecord> &records);

signals:
    /// What was saved could not be written; once, until it can be written again.
    void notWritten(const Longshore::Error &error);

private:
    struct Pending;

    void read();
    void handleWritten(const Result<Done> &result);

    const QString m_path;
    std::shared_ptr<QLockFile> m_lock;
    QList<TransferRecord> m_records;
    QString m_notice;
    bool m_isFailing = false;
    std::shared_ptr<Pending> m_pending; ///< Shared with the worker.
    QThreadPool m_pool; ///< Of one thread.
    Mailbox m_mailbox;
};

} // namespace Longshore
