// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/journalstore.h"
#include "support/outcome.h"

#include <QProcess>

/// What the journal in the file \a path has.
[[nodiscard]] inline QList<Longshore::JournalRun> runsIn(const QString &path)
{
    Longshore::JournalStore store(path);
    const auto runs = outcomeOf(store.runs());
    if (!runs)
        qFatal("no runs: %s", qPrintable(runs.error().message));
    return *runs;
}

/// A deletion of two images in \a repository, one of which has two tags.
[[nodiscard]] inline Longshore::JournalRun sampleRun(const QString &repository)
{
    using namespace Longshore;
    JournalRun run{JournalRun::Kind::Deletion, QStringLiteral("reg.lab:5000"),
                   *RepositoryName::parse(repository), QStringLiteral("/home/me/backups/1")};
    run.items = {{Digest::ofBytes("one"), {*Tag::parse(u"1"), *Tag::parse(u"1.0")}},
                 {Digest::ofBytes("two"), {}}};
    return run;
}

/// Changes the journal in the file \a path behind its back.
inline void changeJournal(const QString &path, const QString &statement)
{
    const auto result =
        QProcess::execute(QStringLiteral("python3"),
                          {QStringLiteral("-c"),
                           QStringLiteral("import sqlite3, sys\nd = sqlite3.connect(sys.argv[1])\n"
                                          "d.executescript(sys.argv[2])\nd.commit()\n"),
                           path, statement});
    QCOMPARE(result, 0);
}
