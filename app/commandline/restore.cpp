// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/command.h"
#include "app/commandline/commandtable.h"
#include "app/commandline/restoreresult.h"
#include "core/cleanup/journalstore.h"
#include "core/cleanup/planrestorejob.h"
#include "core/cleanup/restorejob.h"
#include "core/cleanup/savebackupjob.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Restore)
};

/// Puts back what a deletion saved.
class RestoreCommand final : public Command
{
public:
    using Command::Command;

    [[nodiscard]] QString subject() const override { return invocation().arguments.constLast(); }

private:
    void doStart() override
    {
        const bool isNamed = invocation().arguments.size() > 1;
        // Where a sign-in goes is said by who types it, and not by a folder that came from somewhere.
        if (!isNamed && !credentials().isEmpty())
            return fail(invalidArgument(
                Text::tr("Name the repository, too: a sign-in does not go where a backup says.")));
        const auto named = isNamed ? ImageReference::parse(invocation().arguments.at(1))
                                   : Result<ImageReference>(Error::cancelled());
        if (isNamed && !named)
            return fail(named.error());
        auto *worker =
            new WorkerJob<Backup>([folder = invocation().target()](const CancelFlag &cancelled) {
                return readBackup(folder, cancelled);
            });
        runChild(worker, [this, named](const Result<Backup> &backup) {
            if (!backup)
                return fail(backup.error());
            open(*backup,
                 named ? *named : ImageReference{backup->host, backup->repository, {}, {}});
        });
    }

    void open(const Backup &backup, const ImageReference &target)
    {
        RestoreTarget wanted{target.repository, {}};
        if (target.tag || target.digest)
            wanted.only = target.reference();
        openTarget(target, [this, backup, wanted] {
            runChild(new PlanRestoreJob(session(), backup, wanted),
                     [this](const Result<RestorePlan> &plan) {
                         if (!plan)
                             return fail(plan.error());
                         carryOut(*plan);
                     });
        });
    }

    void carryOut(const RestorePlan &plan)
    {
        if (invocation().has(u"dry-run"_s))
            return conclude(RestoreResult(plan));
        RestoreChoice choice;
        for (qsizetype i = 0; i < plan.items.size(); ++i)
            choice.wanted.append(i);
        if (invocation().has(u"replace"_s))
            choice.taken = RestoreChoice::Taken::Replace;
        choice.replacedBackup = invocation().options.value(
            u"backup"_s, SaveBackupJob::defaultFolder(session().host(), plan.repository));
        auto *job = new RestoreJob(session(), plan, choice);
        job->setJournal(std::make_shared<JournalStore>(JournalStore::defaultPath()));
        runChild(job, [this](const Result<RestoreReport> &report) {
            if (!report)
                return fail(report.error());
            conclude(RestoreResult(*report));
        });
    }

    void conclude(const RestoreResult &result)
    {
        result.write(output());
        if (const auto error = result.firstError())
            output().writeRemark(*error, subject());
        succeed(result.status());
    }
};

} // namespace

CommandEntry restoreEntry()
{
    return {
        u"restore"_s,
        u"DIR [REF]"_s,
        Text::tr("Puts back what a deletion saved in DIR: all of it, or what REF names, where it "
                 "came from, or into the repository of REF. What cannot be whole is not put."),
        {{u"dry-run"_s, Text::tr("Only look what can come back.")},
         {u"replace"_s,
          Text::tr("Also move tags that point to something else by now, which is saved first.")},
         {u"backup"_s, Text::tr("The new folder that this is saved to."), u"DIR"_s}},
        &makeCommand<RestoreCommand>};
}

} // namespace Longshore
