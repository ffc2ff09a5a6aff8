// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/command.h"
#include "app/commandline/commandtable.h"
#include "core/cleanup/deletetagsjob.h"
#include "core/cleanup/journalstore.h"
#include "core/cleanup/savebackupjob.h"
#include "core/cleanup/takesnapshotjob.h"
#include "core/oci/tagnames.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>
#include <QPointer>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ManifestDelete)
};

Error refusal(const QString &message)
{
    return {Error::Kind::Policy, message + u' ' + Text::tr("Nothing was deleted.")};
}

QString listOf(const QList<Tag> &tags)
{
    return namesOf(tags).join(", "_L1);
}

/// Deletes a manifest by its digest, with every tag that points to it; keeps a copy.
class ManifestDeleteCommand final : public Command
{
public:
    using Command::Command;

private:
    void doStart() override
    {
        openImage([this](const ImageReference &image) {
            // Nobody shall lose "latest" because a word was left out.
            if (!image.tag && !image.digest)
                return fail(invalidArgument(Text::tr("Name the tag or the digest to delete.")));
            takeSnapshot(image);
        });
    }

    void takeSnapshot(const ImageReference &image)
    {
        runChild(new TakeSnapshotJob(session(), image.repository),
                 [this, image](const Result<RepositorySnapshot> &snapshot) {
                     if (!snapshot)
                         return fail(snapshot.error());
                     if (image.tag)
                         return planTag(image, *snapshot);
                     planDigest(image, *snapshot);
                 });
    }

    void planTag(const ImageReference &image, const RepositorySnapshot &snapshot)
    {
        const auto manifest = snapshot.find(*image.tag);
        // With both given, the digest says what the tag is expected to be.
        if (manifest && image.digest && manifest->digest != *image.digest)
            return fail({Error::Kind::Changed,
                         Text::tr("The tag points to another digest: %1. Nothing was deleted.")
                             .arg(manifest->digest.toString())});
        carryOut(planDeletion(snapshot, {*image.tag}));
    }

    void planDigest(const ImageReference &image, const RepositorySnapshot &snapshot)
    {
        runChild(session().resolve(image.repository, *image.digest, Session::Priority::Interactive),
                 [this, snapshot](const Result<Descriptor> &manifest) {
                     if (!manifest)
                         return fail(manifest.error());
                     carryOut(planManifestDeletion(snapshot, *manifest));
                 });
    }

    [[nodiscard]] std::optional<Error> objection(const DeletionPlan &plan) const
    {
        if (plan.incomplete)
            return refusal(Text::tr("Not every tag of the repository could be looked at: %1")
                               .arg(plan.incomplete->message));
        if (plan.groups.isEmpty())
            return Error{Error::Kind::NotFound, Text::tr("There is no such tag.")};
        const DeletionGroup &group = plan.groups.first();
        if (!group.usedBy.isEmpty())
            return refusal(Text::tr("It is a part of an index that is still in use, by: %1.")
                               .arg(listOf(group.usedBy)));
        if (!group.siblings.isEmpty() && !invocation().has(u"with-siblings"_s))
            return refusal(Text::tr("%1 tags would go, because they point to the same manifest: "
                                    "%2. Add --with-siblings to delete them all.")
                               .arg(group.allTags().size())
                               .arg(listOf(group.allTags())));
        return {};
    }

    void carryOut(const DeletionPlan &plan)
    {
        if (const auto reason = objection(plan))
            return fail(*reason);
        const QString folder = invocation().options.value(
            u"backup"_s, SaveBackupJob::defaultFolder(session().host(), plan.repository));
        auto *job = new DeleteTagsJob(session(), plan, folder);
        job->setJournal(std::make_shared<JournalStore>(JournalStore::defaultPath()));
        m_run = job;
        runChild(job, [this](const Result<DeletionReport> &report) {
            if (!report)
                return fail(report.error());
            conclude(*report);
        });
    }

    /// What is being deleted is finished and reported.
    void interrupt() override
    {
        if (m_run)
            m_run->stop();
        else
            cancel();
    }

    void conclude(const DeletionReport &report)
    {
        const DeletionOutcome &outcome = report.outcomes.first();
        if (outcome.state == DeletionOutcome::State::NotTried)
            return fail(Error::cancelled()); // Stopped before its turn came.
        if (outcome.state == DeletionOutcome::State::Unverified)
            output().note(Text::tr("The manifest was saved to %1.").arg(report.backup.folder));
        if (outcome.error)
            return fail(*outcome.error);
        if (outcome.listError)
            output().note(Text::tr("It is still listed among what refers to another manifest: %1")
                              .arg(outcome.listError->message));
        if (!outcome.group.attached.isEmpty())
            output().note(Text::tr("Kept, though they were about this manifest: %1.")
                              .arg(listOf(outcome.group.attached)));
        QJsonArray tags;
        const QList<Tag> deleted = outcome.tags();
        for (const Tag &tag : deleted)
            tags.append(tag.toString());
        if (!outcome.goneTags.isEmpty())
            output().note(Text::tr("Already gone: %1.").arg(listOf(outcome.goneTags)));
        const QString digest = outcome.group.manifest.digest.toString();
        const bool wasGone = report.backup.missing.contains(outcome.group.manifest.digest);
        output().writeResult(
            {{u"digest"_s, digest}, {u"tags"_s, tags}, {u"backup"_s, report.backup.folder}},
            wasGone ? Text::tr("Already gone: %1.").arg(digest)
                    : Text::tr("Deleted %1.").arg(digest));
        if (!output().isJson()) {
            output().writeField(Text::tr("Tags"), listOf(deleted));
            if (!report.backup.folder.isEmpty())
                output().writeField(Text::tr("Saved to"), report.backup.folder);
        }
        succeed(ExitStatus::Done);
    }

    QPointer<DeleteTagsJob> m_run;
};

} // namespace

CommandEntry manifestDeleteEntry()
{
    return {u"manifest delete"_s,
            u"REF"_s,
            Text::tr("Deletes a manifest and its tags; keeps a copy."),
            {{u"with-siblings"_s, Text::tr("Also when other tags point to the same manifest.")},
             {u"backup"_s, Text::tr("The new folder that the copy goes to."), u"DIR"_s}},
            &makeCommand<ManifestDeleteCommand>};
}

} // namespace Longshore
