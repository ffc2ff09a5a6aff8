// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/programrunner.h"
#include "support/testimages.h"
#include "support/writtenfile.h"

#include <QJsonArray>
#include <QJsonObject>

/// A fake registry and "longshorectl cleanup" on it. The repository "a" has five images: 1.0 and
/// 1.1 are 300 and 200 days old, 2.0 and 2.1 five and four, and "latest" is 400.
class CleanupRunner
{
public:
    explicit CleanupRunner(const QString &path) : program(path)
    {
        add(QStringLiteral("a"), QStringLiteral("1.0"), 300);
        add(QStringLiteral("a"), QStringLiteral("1.1"), 200);
        add(QStringLiteral("a"), QStringLiteral("2.0"), 5);
        add(QStringLiteral("a"), QStringLiteral("2.1"), 4);
        add(QStringLiteral("a"), QStringLiteral("latest"), 400);
    }

    ProgramRunner program;
    FakeRegistry registry;

    void add(const QString &repository, const QString &tag, int days)
    {
        const QDateTime created = QDateTime::currentDateTimeUtc().addDays(-days).addSecs(-60);
        TestImages::addImage(registry, repository, tag,
                             {.created = created, .layers = {tag.toUtf8()}});
    }
    /// On the repository "a", with --json.
    [[nodiscard]] ProcessResult run(const QStringList &options) const
    {
        const QStringList arguments{QStringLiteral("cleanup"),
                                    registry.host() + QStringLiteral("/a"),
                                    QStringLiteral("--json")};
        return program.run(arguments + options);
    }
    /// Whether nothing was sent that could change something.
    [[nodiscard]] bool isUntouched() const
    {
        for (const char *method : {"PUT", "DELETE", "POST", "PATCH"}) {
            if (registry.count(method) > 0)
                return false;
        }
        return true;
    }
    /// A file in the home folder of the program.
    void write(const QString &name, const QByteArray &bytes) const
    {
        writtenFile(program.filePath(name), bytes);
    }

    /// "1.0=delete latest=protected"
    [[nodiscard]] static QString decisionsIn(const ProcessResult &result)
    {
        QStringList words;
        const QJsonArray decisions = documentOf(result)[QStringLiteral("decisions")].toArray();
        for (const auto &one : decisions)
            words.append(QString(one[QStringLiteral("tag")].toString() + u'='
                                 + one[QStringLiteral("decision")].toString()));
        return words.join(u' ');
    }
    [[nodiscard]] static QJsonObject totalsIn(const ProcessResult &result)
    {
        return documentOf(result)[QStringLiteral("totals")].toObject();
    }
};
