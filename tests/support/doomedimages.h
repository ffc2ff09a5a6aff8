// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/deletetagsjob.h"
#include "core/cleanup/takesnapshotjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/testimages.h"

#include <QTemporaryDir>

/// A repository "a" with an image for each of some tags, which all shall go.
class DoomedImages
{
public:
    explicit DoomedImages(const QStringList &tags)
    {
        for (const QString &tag : tags)
            TestImages::addImage(registry(), QStringLiteral("a"), tag, {.layers = {tag.toUtf8()}});
    }

    [[nodiscard]] FakeRegistry &registry() { return m_connection.registry; }
    [[nodiscard]] Longshore::RegistrySession &session() { return m_connection.session; }

    /// For every tag that is there, made anew; the requests for it are forgotten.
    [[nodiscard]] Longshore::DeletionPlan plan()
    {
        using namespace Longshore;
        const auto name = RepositoryName::parse(QStringLiteral("a"));
        const auto snapshot = outcomeOf(new TakeSnapshotJob(session(), *name));
        if (!snapshot)
            qFatal("no snapshot: %s", qPrintable(snapshot.error().message));
        QList<Tag> all;
        for (const auto &[tag, manifest] : snapshot->tags)
            all.append(tag);
        registry().forgetRequests();
        return planDeletion(*snapshot, all);
    }

    /// Saves what goes under the name \a backup.
    [[nodiscard]] Longshore::DeleteTagsJob *job(const Longshore::DeletionPlan &plan,
                                                const QString &backup = QStringLiteral("first"))
    {
        return new Longshore::DeleteTagsJob(session(), plan, m_backups.filePath(backup));
    }

    /// Calls \a change when the first DELETE comes.
    void onFirstDeletion(const std::function<void()> &change)
    {
        registry().intercept([=, isDone = std::make_shared<bool>(false)](const TestRequest &request,
                                                                         const TestConnection &) {
            if (request.method == "DELETE" && !std::exchange(*isDone, true))
                change();
            return false;
        });
    }
    /// Pushes an index that is made of \a part, an image.
    Longshore::Digest addIndexOf(const QString &tag, const Longshore::Digest &part)
    {
        return TestImages::addIndexOf(registry(), QStringLiteral("a"), tag, part);
    }
    /// Of each group of the plan; none of a run that failed.
    [[nodiscard]] static QList<Longshore::DeletionOutcome::State>
    states(const Longshore::Result<Longshore::DeletionReport> &report)
    {
        QList<Longshore::DeletionOutcome::State> result;
        for (qsizetype i = 0; report && i < report->outcomes.size(); ++i)
            result.append(report->outcomes.at(i).state);
        return result;
    }

private:
    FakeConnection m_connection;
    QTemporaryDir m_backups;
};
