// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/deletiontable.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DeletionTable)
};

QStringList reasonOf(const std::optional<Error> &error)
{
    if (!error)
        return {{}, {}, {}};
    const QString status = error->httpStatus == 0 ? QString() : QString::number(error->httpStatus);
    return {error->message, status, error->serverCode};
}

void addRows(ReportTable &table, const DeletionOutcome &outcome)
{
    const QString digest = outcome.group.manifest.digest.toString();
    const auto addRow = [&](const QString &name) {
        table.rows.append(QStringList{name, digest, DeletionOutcome::stateName(outcome.state)}
                          + reasonOf(outcome.error));
    };
    const QList<Tag> tags = outcome.tags();
    for (const Tag &tag : tags)
        addRow(tag.toString());
    for (const Tag &tag : outcome.goneTags)
        table.rows.append(QStringList{tag.toString(), digest, alreadyGone} + reasonOf({}));
    if (tags.isEmpty())
        addRow({}); // The image itself.
}

} // namespace

ReportTable deletionTable(const CleanupReport &report, const QString &host, const QDateTime &now)
{
    ReportTable table{Text::tr("Deletion from %1").arg(report.repository.toString())};
    table.facts = {
        {{u"registry"_s, Text::tr("Registry")}, host},
        {{u"repository"_s, Text::tr("Repository")}, report.repository.toString()},
        {{u"written"_s, Text::tr("Written")}, now.toUTC().toString(Qt::ISODate)},
        {{u"backup"_s, Text::tr("Backup")}, report.backupFolders().join(u'\n')},
        {{u"note"_s, Text::tr("Note")},
         Text::tr("The space on the server comes back when its garbage collection runs.")}};
    table.facts += timeFacts({report.deletion.times});
    table.columns = {{u"tag"_s, Text::tr("Tag")},       {u"digest"_s, Text::tr("Image")},
                     {u"result"_s, Text::tr("Result")}, {u"message"_s, Text::tr("Reason")},
                     {u"status"_s, Text::tr("HTTP")},   {u"code"_s, Text::tr("Code")}};
    for (const DeletionOutcome &outcome : report.deletion.outcomes)
        addRows(table, outcome);
    for (const UntagOutcome &outcome : report.untagged)
        table.rows.append(QStringList{outcome.tag.toString(), outcome.digest.toString(),
                                      UntagOutcome::stateName(outcome.state)}
                          + reasonOf(outcome.error));
    return table;
}

QList<ReportTable::Fact> timeFacts(const QList<DeletionTimes> &runs)
{
    struct Part
    {
        ReportTable::Name name;
        std::chrono::nanoseconds DeletionTimes::*time;
    };
    const QList<Part> parts{
        {{u"backupSeconds"_s, Text::tr("Seconds for the backup")}, &DeletionTimes::backup},
        {{u"secondLookSeconds"_s, Text::tr("Seconds for the second look at every tag")},
         &DeletionTimes::secondLook},
        {{u"recheckSeconds"_s, Text::tr("Seconds for the looks right before each deletion")},
         &DeletionTimes::rechecks},
        {{u"deletionSeconds"_s, Text::tr("Seconds for the deletions")}, &DeletionTimes::deletions},
        {{u"verificationSeconds"_s, Text::tr("Seconds for the verification")},
         &DeletionTimes::verifications},
        {{u"wholeSeconds"_s, Text::tr("Seconds in all, without tags that went alone")},
         &DeletionTimes::whole}};
    const auto secondsOf = [&](std::chrono::nanoseconds DeletionTimes::*time) {
        std::chrono::duration<double> sum{0};
        for (const DeletionTimes &run : runs)
            sum += run.*time;
        return sum.count();
    };
    QList<ReportTable::Fact> facts;
    if (secondsOf(&DeletionTimes::whole) == 0)
        return facts;
    for (const auto &[name, time] : parts)
        facts.append({name, QString::number(secondsOf(time), 'f', 3)});
    return facts;
}

} // namespace Longshore
