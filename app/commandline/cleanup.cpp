// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/cleanupoptions.h"
#include "app/commandline/cleanupoutput.h"
#include "app/commandline/command.h"
#include "app/commandline/commandtable.h"
#include "core/base/safefile.h"
#include "core/cleanup/cleanuprulesjson.h"
#include "core/cleanup/findreferrersjob.h"
#include "core/cleanup/journalstore.h"
#include "core/cleanup/runcleanupjob.h"
#include "core/cleanup/savebackupjob.h"
#include "core/cleanup/takeinventoryjob.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QPointer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Cleanup)
};

/// Decides by rules which tags of some repositories shall go, and takes them away if that is wanted.
class CleanupCommand final : public Command
{
public:
    using Command::Command;

private:
    void doStart() override
    {
        const auto options = readCleanupOptions(invocation());
        if (!options)
            return fail(options.error());
        m_options = *options;
        const auto next = [this] { lookAtNext(); };
        m_options->repositories.size() > 1 ? openWhole(m_options->first, next)
                                           : openTarget(m_options->first, next);
    }

    [[nodiscard]] bool isApplied() const { return invocation().has(u"apply"_s); }

    void lookAtNext()
    {
        if (m_cleanups.size() == m_options->repositories.size()) {
            decide();
            return findReferrersOfNext();
        }
        const RepositoryName &repository = m_options->repositories.at(m_cleanups.size());
        runChild(new TakeInventoryJob(session(), repository, depthFor(m_options->rules)),
                 [this, repository](const Result<RepositoryInventory> &inventory) {
                     if (!inventory)
                         return fail(inventory.error());
                     m_cleanups.append({*inventory, {repository}});
                     lookAtNext();
                 });
    }

    void decide()
    {
        for (RepositoryCleanup &cleanup : m_cleanups) {
            const bool mayEmpty = m_options->mayEmpty.contains(cleanup.decisions.repository);
            cleanup.decisions =
                decideCleanup(cleanup.inventory, m_options->rules, {m_now, mayEmpty, {}});
        }
    }

    /// Of what would go: it must not go while something is about it that nobody knows of.
    void findReferrersOfNext()
    {
        if (++m_step == m_cleanups.size()) {
            m_step = -1;
            decide();
            return weigh();
        }
        const RepositoryCleanup &cleanup = m_cleanups.at(m_step);
        runChild(new FindReferrersJob(session(), cleanup.inventory, cleanup.decisions.leaving()),
                 [this](const Result<RepositoryInventory> &inventory) {
                     if (!inventory)
                         return fail(inventory.error());
                     m_cleanups[m_step].inventory = *inventory;
                     findReferrersOfNext();
                 });
    }

    void weigh()
    {
        weighCleanups(m_cleanups);
        if (const auto saved = savePlan(); !saved)
            return fail(saved.error());
        if (!isApplied())
            return conclude();
        if (const auto objection = findObjection())
            return fail(*objection);
        cleanNext();
    }

    [[nodiscard]] Result<Done> savePlan() const
    {
        const QString file = invocation().options.value(u"plan"_s);
        if (file.isEmpty())
            return Done();
        QJsonObject plan = cleanupJson(m_cleanups);
        plan.insert(u"host"_s, m_options->first.host);
        plan.insert(u"time"_s, m_now.toString(Qt::ISODate));
        plan.insert(u"rules"_s, toJson(m_options->rules));
        return SafeFile::writeFile(file, QJsonDocument(plan).toJson());
    }

    /// Why nothing may be deleted before somebody has confirmed it.
    [[nodiscard]] std::optional<Error> findObjection() const
    {
        const qsizetype count = removedCount(m_cleanups);
        const auto &confirmed = m_options->confirmed;
        if (count == 0 || (confirmed ? *confirmed == count : !needsConfirmation(m_cleanups)))
            return {};
        if (confirmed)
            return Error{Error::Kind::Policy,
                         Text::tr("%1 tags would go, not %2. Nothing was deleted.")
                             .arg(QString::number(count), QString::number(*confirmed))};
        return Error{Error::Kind::Policy,
                     Text::tr("%1 tags would go. Look at the plan without --apply, and add "
                              "--yes-delete %1 to confirm it. Nothing was deleted.")
                         .arg(count)};
    }

    [[nodiscard]] QString backupFolder(const RepositoryName &repository)
    {
        const QString folder = invocation().options.value(u"backup"_s);
        if (folder.isEmpty())
            return SaveBackupJob::defaultFolder(session().host(), repository);
        // No name of a repository contains "+".
        return m_cleanups.size() == 1
                   ? folder
                   : folder + u'/' + QString(repository.toString()).replace(u'/', u'+');
    }

    void cleanNext()
    {
        ++m_step;
        if (m_step == m_cleanups.size() || m_isInterrupted)
            return conclude();
        const RepositoryCleanup &cleanup = m_cleanups.at(m_step);
        if (cleanup.decisions.removedCount() == 0)
            return cleanNext();
        CleanupRun run{cleanup.decisions, cleanup.inventory.snapshot,
                       backupFolder(cleanup.decisions.repository)};
        run.savesLayers = invocation().has(u"backup-layers"_s);
        run.journal = std::make_shared<JournalStore>(JournalStore::defaultPath());
        if (invocation().has(u"placeholder"_s))
            run.placeholder = TagRemoval::Placeholder::Allowed;
        m_run = new RunCleanupJob(session(), run);
        runChild(m_run.get(),
                 [this](const Result<CleanupReport> &report) { handleReport(report); });
    }

    /// What is being deleted is finished and reported; nothing further begins.
    void interrupt() override
    {
        m_isInterrupted = true;
        if (m_run)
            m_run->stop();
        else
            cancel();
    }

    /// What stops one repository, such as a password that is no longer right, would stop all.
    void handleReport(const Result<CleanupReport> &report)
    {
        if (report) {
            m_cleanups[m_step].report = *report;
            return cleanNext();
        }
        const bool isFirst = std::none_of(
            m_cleanups.begin(), m_cleanups.end(),
            [](const RepositoryCleanup &cleanup) { return cleanup.report.has_value(); });
        if (isFirst)
            return fail(report.error());
        m_cleanups[m_step].failure = report.error();
        conclude();
    }

    void conclude()
    {
        if (output().isJson())
            output().writeObject(cleanupJson(m_cleanups));
        else
            writeCleanup(m_cleanups, output());
        output().flush();
        bool isWhole = true;
        for (const RepositoryCleanup &cleanup : std::as_const(m_cleanups))
            isWhole = explain(cleanup) && isWhole;
        if (!isApplied() && removedCount(m_cleanups) > 0)
            output().note(
                needsConfirmation(m_cleanups)
                    ? Text::tr("Nothing was deleted; add --apply --yes-delete %1 to do it.")
                          .arg(removedCount(m_cleanups))
                    : Text::tr("Nothing was deleted; add --apply to do it."));
        if (isWhole)
            return succeed(ExitStatus::Done);
        const bool isRefused = isApplied() && removedCount(m_cleanups) == 0;
        succeed(isRefused ? ExitStatus::Refused : ExitStatus::PartlyDone);
    }

    /// Whether one repository was dealt with as it was wanted; says what is missing.
    bool explain(const RepositoryCleanup &cleanup)
    {
        const CleanupDecisions &decisions = cleanup.decisions;
        const QString name = decisions.repository.toString();
        if (!decisions.expensiveRules.isEmpty())
            output().note(
                Text::tr("%1: an expression takes too long, and counts for nothing.").arg(name));
        if (decisions.incomplete)
            output().writeRemark(*decisions.incomplete, name);
        const bool isHeld =
            decisions.wouldBeEmpty && !m_options->mayEmpty.contains(decisions.repository);
        if (isHeld)
            output().note(Text::tr("%1 would lose its last image. Add --may-empty %1 if that is "
                                   "meant.")
                              .arg(name));
        if (cleanup.failure)
            output().writeRemark(*cleanup.failure, name);
        const bool isComplete = !cleanup.report || cleanup.report->isComplete();
        if (!isComplete)
            output().note(
                Text::tr("%1: not everything was deleted; what was not says why.").arg(name));
        if (cleanup.report && !cleanup.report->deletion.backup.folder.isEmpty())
            output().note(Text::tr("Saved to %1.").arg(cleanup.report->deletion.backup.folder));
        if (cleanup.report && !cleanup.report->tagBackup.folder.isEmpty())
            output().note(Text::tr("Saved to %1.").arg(cleanup.report->tagBackup.folder));
        const bool wasLeft = isApplied() && !cleanup.report && decisions.removedCount() > 0;
        return !decisions.incomplete && isComplete && !wasLeft && !(isHeld && isApplied());
    }

    const QDateTime m_now = QDateTime::currentDateTimeUtc();
    std::optional<CleanupOptions> m_options;
    QList<RepositoryCleanup> m_cleanups; ///< In the order of the arguments.
    qsizetype m_step = -1;
    QPointer<RunCleanupJob> m_run;
    bool m_isInterrupted = false;
};

} // namespace

CommandEntry cleanupEntry()
{
    return {u"cleanup"_s,
            u"HOST/REPO..."_s,
            Text::tr("Deletes old tags by rules; without --apply only says which."),
            {{u"keep"_s,
              Text::tr("Keeps the newest images by date; without --older-than, the others go."),
              u"N"_s},
             {u"older-than"_s,
              Text::tr("Deletes images that are older, such as 90d; those without a date stay."),
              u"DAYS"_s},
             {u"match"_s,
              Text::tr("Only tags that match; alone, all of them. May be given several times."),
              u"GLOB"_s},
             {u"protect"_s,
              Text::tr("Further tags that stay, beside latest, stable, main, master, prod*, "
                       "production* and release*. May be given several times."),
              u"GLOB"_s},
             {u"rules"_s, Text::tr("Takes the rules from a JSON file instead."), u"FILE"_s},
             {u"plan"_s, Text::tr("Also writes the plan to a file, as JSON."), u"FILE"_s},
             {u"apply"_s, Text::tr("Does it, after saving what goes.")},
             {u"backup"_s, Text::tr("The new folder that the copies go to."), u"DIR"_s},
             {u"backup-layers"_s, Text::tr("Save the layers too, not only the manifests.")},
             {u"yes-delete"_s,
              Text::tr("Confirms how many tags go. Needed for more than 100, or more than half of "
                       "a repository."),
              u"N"_s},
             {u"may-empty"_s, Text::tr("A repository that may lose its last image."), u"REPO"_s},
             {u"placeholder"_s,
              Text::tr("For rules that remove tags alone: see \"tag remove --help\".")}},
            &makeCommand<CleanupCommand>};
}

} // namespace Longshore
