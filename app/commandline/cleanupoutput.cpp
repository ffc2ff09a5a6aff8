// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/cleanupoutput.h"

#include "app/commandline/errortext.h"
#include "app/commandline/output.h"
#include "core/base/saturatingsum.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

using Kind = TagDecision::Kind;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Cleanup)
};

QHash<QString, qsizetype> countedOutcomes(const RepositoryCleanup &cleanup)
{
    const CleanupOutcomes outcomes(cleanup);
    QHash<QString, qsizetype> counts;
    for (const TagDecision &tag : cleanup.decisions.tags) {
        const QString state = outcomes.of(tag).state;
        if (!state.isEmpty())
            ++counts[state];
    }
    return counts;
}

void add(QJsonObject &totals, const QString &name, qint64 value)
{
    const qint64 sum = totals.value(name).toInteger();
    totals.insert(name, saturatingSum(sum, value));
}

QJsonObject tagJson(const RepositoryCleanup &cleanup, const TagDecision &tag,
                    const CleanupOutcomes &outcomes)
{
    QJsonObject object{{u"repository"_s, cleanup.decisions.repository.toString()},
                       {u"tag"_s, tag.tag.toString()},
                       {u"digest"_s, tag.manifest.digest.toString()},
                       {u"decision"_s, TagDecision::kindName(tag.kind)},
                       {u"reason"_s, withoutIsolates(tag.reason())}};
    if (tag.date.isValid())
        object.insert(u"created"_s, tag.date.toString(Qt::ISODate));
    if (tag.size >= 0)
        object.insert(u"size"_s, tag.size);
    const CleanupOutcome outcome = outcomes.of(tag);
    if (tag.isRemoved() && !outcome.state.isEmpty())
        object.insert(u"outcome"_s, outcome.state);
    if (tag.isRemoved() && outcome.error)
        object.insert(u"error"_s, errorObject(*outcome.error));
    return object;
}

QJsonObject childJson(const RepositoryCleanup &cleanup, const RemovedChild &child,
                      const CleanupOutcomes &outcomes)
{
    QJsonObject object{{u"repository"_s, cleanup.decisions.repository.toString()},
                       {u"digest"_s, child.manifest.digest.toString()},
                       {u"with"_s, child.owner.toString()}};
    const CleanupOutcome outcome = outcomes.of(child.manifest.digest);
    if (!outcome.state.isEmpty())
        object.insert(u"outcome"_s, outcome.state);
    return object;
}

QJsonObject timesJson(const DeletionTimes &times)
{
    const auto milliseconds = [](std::chrono::nanoseconds time) {
        return qint64(std::chrono::duration_cast<std::chrono::milliseconds>(time).count());
    };
    return {{u"backup"_s, milliseconds(times.backup)},
            {u"secondLook"_s, milliseconds(times.secondLook)},
            {u"rechecks"_s, milliseconds(times.rechecks)},
            {u"deletions"_s, milliseconds(times.deletions)},
            {u"verifications"_s, milliseconds(times.verifications)},
            {u"whole"_s, milliseconds(times.whole)}};
}

QJsonObject repositoryJson(const RepositoryCleanup &cleanup)
{
    const CleanupDecisions &decisions = cleanup.decisions;
    QJsonObject object{{u"repository"_s, decisions.repository.toString()},
                       {u"taken"_s, decisions.taken.toString(Qt::ISODate)},
                       {u"wouldBeEmpty"_s, decisions.wouldBeEmpty},
                       {u"needsConfirmation"_s, decisions.needsConfirmation()}};
    if (decisions.incomplete)
        object.insert(u"incomplete"_s, errorObject(*decisions.incomplete));
    if (cleanup.failure)
        object.insert(u"error"_s, errorObject(*cleanup.failure));
    QJsonArray backups;
    if (cleanup.report && !cleanup.report->deletion.backup.folder.isEmpty())
        backups.append(cleanup.report->deletion.backup.folder);
    if (cleanup.report && !cleanup.report->tagBackup.folder.isEmpty())
        backups.append(cleanup.report->tagBackup.folder);
    if (cleanup.report) {
        object.insert(u"backups"_s, backups);
        object.insert(u"milliseconds"_s, timesJson(cleanup.report->deletion.times));
    }
    return object;
}

QString sentenceOf(const QJsonObject &totals)
{
    const auto number = [&totals](const QString &name) {
        return QString::number(totals.value(name).toInteger());
    };
    return Text::tr("Of %1 tags: %2 to delete, %3 to untag, %4 kept, %5 protected, %6 left alone, "
                    "%7 blocked.")
        .arg(number(u"tags"_s), number(u"delete"_s), number(u"untag"_s), number(u"keep"_s),
             number(u"protected"_s), number(u"left-alone"_s), number(u"blocked"_s));
}

} // namespace

QJsonObject cleanupTotals(const QList<RepositoryCleanup> &cleanups)
{
    QJsonObject totals;
    for (const RepositoryCleanup &cleanup : cleanups) {
        const CleanupDecisions &decisions = cleanup.decisions;
        add(totals, u"tags"_s, decisions.tags.size());
        for (const Kind kind : {Kind::Delete, Kind::Untag, Kind::Keep, Kind::Protected,
                                Kind::LeftAlone, Kind::Blocked})
            add(totals, TagDecision::kindName(kind), decisions.count(kind));
        add(totals, u"manifests"_s, decisions.leaving().size());
        add(totals, u"bytesLeast"_s, cleanup.freed.least);
        add(totals, u"bytesMost"_s, cleanup.freed.most);
        const auto counts = countedOutcomes(cleanup);
        for (auto count = counts.begin(); count != counts.end(); ++count)
            add(totals, count.key(), *count);
    }
    return totals;
}

QJsonObject cleanupJson(const QList<RepositoryCleanup> &cleanups)
{
    QJsonArray decisions;
    QJsonArray children;
    QJsonArray repositories;
    for (const RepositoryCleanup &cleanup : cleanups) {
        const CleanupOutcomes outcomes(cleanup);
        for (const TagDecision &tag : cleanup.decisions.tags)
            decisions.append(tagJson(cleanup, tag, outcomes));
        for (const RemovedChild &child : cleanup.decisions.children)
            children.append(childJson(cleanup, child, outcomes));
        repositories.append(repositoryJson(cleanup));
    }
    return {{u"decisions"_s, decisions},
            {u"children"_s, children},
            {u"repositories"_s, repositories},
            {u"totals"_s, cleanupTotals(cleanups)}};
}

void writeCleanup(const QList<RepositoryCleanup> &cleanups, Output &output)
{
    for (const RepositoryCleanup &cleanup : cleanups) {
        const CleanupOutcomes outcomes(cleanup);
        for (const TagDecision &tag : cleanup.decisions.tags) {
            const CleanupOutcome outcome = outcomes.of(tag);
            const QString name =
                cleanup.decisions.repository.toString() + u':' + tag.tag.toString();
            QString reason = withoutIsolates(tag.reason());
            if (tag.isRemoved() && outcome.error)
                reason = withoutIsolates(outcome.error->message);
            const bool wasTried = tag.isRemoved() && !outcome.state.isEmpty();
            output.writeRow(
                {name, wasTried ? outcome.state : TagDecision::kindName(tag.kind), reason});
        }
    }
    const QJsonObject totals = cleanupTotals(cleanups);
    output.writeRow({sentenceOf(totals)});
    const auto size = [&totals](const QString &name) {
        return QLocale().formattedDataSize(totals.value(name).toInteger());
    };
    output.writeRow({Text::tr("%1 manifests; between %2 and %3 are freed once the server has "
                              "collected its garbage.")
                         .arg(QString::number(totals.value(u"manifests"_s).toInteger()),
                              size(u"bytesLeast"_s), size(u"bytesMost"_s))});
}

} // namespace Longshore
