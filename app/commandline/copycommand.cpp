// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/copycommand.h"

#include "app/commandline/leftoutreferrers.h"
#include "core/cleanup/copytransfer.h"
#include "core/cleanup/savebackupjob.h"
#include "core/cleanup/sessionrun.h"
#include "core/oci/tagnames.h"
#include "core/transfer/downloadblobjob.h"
#include "core/transfer/planimagecopyjob.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CopyCommand)
};

} // namespace

void CopyCommand::copyFrom(Session &source, const ImageCopy &wanted)
{
    if (invocation().has(u"backup"_s) && invocation().has(u"no-backup"_s))
        return fail(invalidArgument(Text::tr("Either --backup or --no-backup.")));
    runChild(new PlanImageCopyJob(source, session(), wanted),
             [this, &source](const Result<ImageCopyPlan> &plan) {
                 if (!plan)
                     return fail(plan.error());
                 carryOut(source, *plan);
             });
}

void CopyCommand::carryOut(Session &source, const ImageCopyPlan &plan)
{
    if (invocation().has(u"no-backup"_s)) {
        auto *job = new CopyImageJob(source, session(), plan);
        connect(job, &Job::progressChanged, this, &Job::progressChanged);
        connect(job, &CopyImageJob::placing, this,
                [this, &source, plan](const CopiedImage &copied) {
                    beginChange(runOf(placedBy({copied}, source, openSession(), plan)));
                });
        connect(job, &CopyImageJob::placed, this, [this] { m_isPlaced = true; });
        return runChild(job, [this, &source, plan](const Result<CopiedImage> &copied) {
            if (!copied)
                return noteFailure(copied.error());
            note({*copied}, source, plan);
        });
    }
    const QString folder = invocation().options.value(
        u"backup"_s, SaveBackupJob::defaultFolder(session().host(), plan.wanted.toRepository));
    auto *job = new CopyWithBackupJob(source, session(), plan, folder);
    connect(job, &Job::progressChanged, this, &Job::progressChanged);
    connect(job, &CopyWithBackupJob::placing, this, [this, &source, plan](const BackedCopy &copy) {
        beginChange(runOf(placedBy(copy, source, openSession(), plan)));
    });
    connect(job, &CopyWithBackupJob::placed, this, [this] { m_isPlaced = true; });
    runChild(job, [this, &source, plan](const Result<BackedCopy> &copy) {
        if (!copy)
            return noteFailure(copy.error());
        note(*copy, source, plan);
    });
}

void CopyCommand::note(const BackedCopy &copy, const Session &source, const ImageCopyPlan &plan)
{
    beginChange(runOf(placedBy(copy, source, openSession(), plan)));
    endChange({}, [this, copy] { report(copy); });
}

/// Once the tag may have been set, that is so whatever it failed over then.
void CopyCommand::noteFailure(const Error &error)
{
    if (!isChanging())
        return fail(error);
    Error reason = error;
    if (m_isPlaced)
        reason.kind = Error::Kind::Ambiguous;
    endChange(reason, [this, error] { fail(error); });
}

void CopyCommand::report(const BackedCopy &copy)
{
    const CopiedImage &copied = copy.copied;
    if (!copied.foreign.isEmpty())
        output().note(Text::tr("%n layer(s) may not be distributed and were left out.", nullptr,
                               static_cast<int>(copied.foreign.size())));
    const QString digest = copied.image.digest.toString();
    QJsonObject object{{u"digest"_s, digest},
                       {u"uploaded"_s, copied.uploaded},
                       {u"skipped"_s, copied.skipped},
                       {u"mounted"_s, copied.mounted}};
    if (copied.replaced) {
        object.insert(u"replaced"_s, copied.replaced->toString());
        output().note(Text::tr("Before, the tag pointed to %1.").arg(copied.replaced->toString()));
    }
    if (copied.startedOver > 0) {
        object.insert(u"startedOver"_s, copied.startedOver);
        output().note(startedOverText(copied.startedOver));
    }
    if (!copied.attached.isEmpty())
        object.insert(u"attached"_s, QJsonArray::fromStringList(namesOf(copied.attached)));
    if (!copied.keptTags.isEmpty()) {
        const QStringList names = namesOf(copied.keptTags);
        object.insert(u"keptTags"_s, QJsonArray::fromStringList(names));
        output().note(
            Text::tr("%n tag(s) of signatures and the like name something else there, and "
                     "were left as they are: %1.",
                     nullptr, static_cast<int>(names.size()))
                .arg(names.join(", "_L1)));
    }
    tellLeftOut(copied.leftOutReferrers, output(), object);
    if (copy.backup) {
        object.insert(u"backup"_s, copy.backup->folder);
        output().note(Text::tr("The manifest was saved to %1.").arg(copy.backup->folder));
    }
    output().writeResult(object, digest);
    if (!copied.listError)
        return succeed(ExitStatus::Done);
    output().writeRemark(*copied.listError, subject());
    succeed(ExitStatus::PartlyDone);
}

} // namespace Longshore
