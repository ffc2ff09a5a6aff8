// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/transferqueue.h"
#include "core/transfer/transferstore.h"

#include <QHash>
#include <QSet>
#include <QTimer>

namespace Longshore::Ui {

class RegistryPresenter;

/// Brings the transfers back that an earlier program did not finish, and keeps those of the queue for
/// a later one.
class TransferKeeper final : public QObject
{
    Q_OBJECT

public:
    /// The queue must outlive this; brought back are the records of the store, at once.
    TransferKeeper(TransferQueue &queue, RegistryPresenter &registries, TransferStore &store,
                   QObject *parent = nullptr);
    /// Keeps what is not finished by now.
    ~TransferKeeper() override;

    /// Whether the transfer comes back when the program ends now.
    [[nodiscard]] bool keeps(const Transfer *transfer) const
    {
        return m_store.isOurs() && m_records.contains(transfer);
    }

    /// Whether the transfer goes on once somebody has signed in.
    [[nodiscard]] bool canSignIn(const Transfer *transfer) const
    {
        return m_records.contains(transfer);
    }
    /// By which connection it goes, as the user calls that: of a copy, the one that gets the image. Empty
    /// for files.
    [[nodiscard]] QString connectionOf(const Transfer *transfer) const;
    /// Asks for what such a transfer misses.
    void signIn(const Transfer *transfer);

signals:
    /// A transfer cannot go on before somebody signs in. It does then.
    void signInNeeded(const QString &connectionId, const Longshore::Error &error);
    /// A copy that was brought back has arrived.
    void stored(const QString &connectionId, const Longshore::RepositoryName &repository);

private:
    void bringBack();
    void note(Transfer *transfer);
    void save();
    void saveSoon() { m_saving.start(0); }
    void handleEnd(Transfer *transfer);
    void goOn(const QString &connectionId);
    [[nodiscard]] QString connectionToSignIn(const TransferRecord &record) const;
    [[nodiscard]] TransferTask task(const TransferRecord &record) const;
    [[nodiscard]] std::optional<TransferRecord> describe(const TransferTask &task) const;
    [[nodiscard]] std::optional<TransferPlace> placeOf(const Session *session) const;

    TransferQueue &m_queue;
    QTimer m_saving; ///< What happens at once is saved once.
    RegistryPresenter &m_registries;
    TransferStore &m_store;
    QHash<const Transfer *, TransferRecord> m_records;
    QSet<const Transfer *>
        m_returned; ///< Those of an earlier program; nobody else knows of their end.
    const TransferRecord *m_returning = nullptr; ///< That the queue is just taking.
};

} // namespace Longshore::Ui
