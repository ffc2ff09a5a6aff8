// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/runjournal.h"

#include <QHash>

namespace Longshore::Ui {

class RegistryPresenter;

/// Writes down when somebody turns the protection of a connection on or off, and tells sessions
/// what their connection is called, for what the journal says of them.
class ConnectionJournal final : public QObject
{
    Q_OBJECT

public:
    /// \a registries must outlive this; a null \a journal remembers nothing.
    ConnectionJournal(const RegistryPresenter &registries, std::shared_ptr<RunJournal> journal,
                      QObject *parent = nullptr);
    /// What was allowed ends with the program.
    ~ConnectionJournal() override;

private:
    void handleStored();
    void handleProtection(const QString &id);
    void handleEnd(const QString &id);
    void nameSession(const QString &id) const;
    [[nodiscard]] std::optional<JournalRun> runOf(const QString &id, JournalRun::Kind kind) const;

    const RegistryPresenter &m_registries;
    const std::shared_ptr<RunJournal> m_journal;
    QHash<QString, bool> m_readOnly; ///< Whether connections are, by their ids.
    /// Of production where changes are let through: what was written down of that.
    QHash<QString, JournalRun> m_allowed;
};

} // namespace Longshore::Ui
