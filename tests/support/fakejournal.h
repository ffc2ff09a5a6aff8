// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/settledjob.h"
#include "core/cleanup/runjournal.h"

#include <QStringList>

/// A journal in memory, which tells what was written to it and in which order.
class FakeJournal final : public Longshore::RunJournal
{
public:
    /// Refuses the next run.
    void failNext() { m_fails = true; }
    /// "begin 2 items", "0 deleted", "end".
    [[nodiscard]] const QStringList &lines() const { return m_lines; }
    [[nodiscard]] const std::optional<Longshore::JournalRun> &run() const { return m_run; }
    /// Called for each line.
    std::function<void(const QString &)> written = [](const QString &) {};

    [[nodiscard]] Longshore::ResultJob<qint64> *begin(const Longshore::JournalRun &run) override
    {
        if (std::exchange(m_fails, false))
            return new Longshore::SettledJob<qint64>(Longshore::Error{
                Longshore::Error::Kind::LocalFile, QStringLiteral("the journal is full")});
        m_run = run;
        write(QStringLiteral("begin %1 items").arg(run.items.size()));
        return new Longshore::SettledJob<qint64>(7);
    }
    [[nodiscard]] Longshore::ResultJob<qint64> *record(const Longshore::JournalRun &run) override
    {
        finished.prepend(run);
        return new Longshore::SettledJob<qint64>(8);
    }
    void note(qint64, qsizetype item, const Longshore::JournalResult &result) override
    {
        write(QStringLiteral("%1 %2").arg(item).arg(result.state));
    }
    void end(qint64 run) override
    {
        write(QStringLiteral("end"));
        unfinished.removeIf([run](const auto &one) { return one.id == run; });
    }
    [[nodiscard]] Longshore::ResultJob<QList<Longshore::JournalRun>> *unfinishedRuns() override
    {
        return new Longshore::SettledJob<QList<Longshore::JournalRun>>(unfinished);
    }
    [[nodiscard]] Longshore::ResultJob<QList<Longshore::JournalRun>> *runs() override
    {
        if (isUnreadable)
            return new Longshore::SettledJob<QList<Longshore::JournalRun>>(Longshore::Error{
                Longshore::Error::Kind::LocalFile, QStringLiteral("the journal cannot be read")});
        return new Longshore::SettledJob<QList<Longshore::JournalRun>>(unfinished + finished);
    }

    QList<Longshore::JournalRun> unfinished;
    QList<Longshore::JournalRun> finished; ///< That are remembered.
    bool isUnreadable = false;

private:
    void write(const QString &line)
    {
        m_lines.append(line);
        written(line);
    }

    QStringList m_lines;
    std::optional<Longshore::JournalRun> m_run;
    bool m_fails = false;
};
