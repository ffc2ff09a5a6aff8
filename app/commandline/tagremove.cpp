// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/command.h"
#include "app/commandline/commandtable.h"
#include "core/cleanup/journalstore.h"
#include "core/cleanup/provetagremovaljob.h"
#include "core/cleanup/removetagjob.h"
#include "core/cleanup/savebackupjob.h"
#include "core/cleanup/sessionrun.h"
#include "core/cleanup/takesnapshotjob.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TagRemove)
};

/// Removes one tag, and keeps its manifest and the other tags of that.
class TagRemoveCommand final : public Command
{
public:
    using Command::Command;

private:
    void doStart() override
    {
        openImage([this](const ImageReference &image) {
            // Nobody shall lose "latest" because a word was left out.
            if (!image.tag)
                return fail(invalidArgument(Text::tr("Name the tag to remove.")));
            runChild(new TakeSnapshotJob(session(), image.repository),
                     [this, image](const Result<RepositorySnapshot> &snapshot) {
                         if (!snapshot)
                             return fail(snapshot.error());
                         remove(image, *snapshot);
                     });
        });
    }

    void remove(const ImageReference &image, const RepositorySnapshot &snapshot)
    {
        const auto manifest = snapshot.find(*image.tag);
        // With both given, the digest says what the tag is expected to be.
        if (manifest && image.digest && manifest->digest != *image.digest)
            return fail({Error::Kind::Changed,
                         Text::tr("The tag points to another digest: %1. Nothing was removed.")
                             .arg(manifest->digest.toString())});
        m_removal = TagRemoval{snapshot, *image.tag};
        if (invocation().has(u"placeholder"_s))
            m_removal->placeholder = TagRemoval::Placeholder::Allowed;
        if (snapshot.incomplete && (!manifest || !invocation().has(u"prove"_s)))
            return fail(explained(*snapshot.incomplete));
        if (!manifest)
            return fail({Error::Kind::NotFound, Text::tr("There is no such tag.")});
        save(*manifest);
    }

    /// Whatever becomes of the image by mistake, it can be put back.
    void save(const Descriptor &manifest)
    {
        const RepositoryName &repository = m_removal->snapshot.repository;
        const QString folder = invocation().options.value(
            u"backup"_s, SaveBackupJob::defaultFolder(session().host(), repository));
        runChild(new SaveBackupJob(session(), planDeletion(m_removal->snapshot, {m_removal->tag}),
                                   folder),
                 [this, manifest](const Result<SavedBackup> &backup) {
                     if (!backup)
                         return fail(backup.error());
                     m_folder = backup->folder;
                     begin(manifest);
                 });
    }

    void begin(const Descriptor &manifest)
    {
        m_run.setJournal(std::make_shared<JournalStore>(JournalStore::defaultPath()));
        JournalRun run =
            runOn(session(), JournalRun::Kind::Untagging, m_removal->snapshot.repository, m_folder);
        run.items = {{manifest.digest, {m_removal->tag}}};
        runChild(m_run.begin(run), [this](const Result<qint64> &id) {
            if (!id)
                return fail(id.error());
            m_run.setId(*id);
            if (m_removal->snapshot.incomplete)
                return fetch();
            carryOut();
        });
    }

    /// Where somebody may have a tag of the image that we do not know, the way has to be proven
    /// first.
    void fetch()
    {
        runChild(session().fetchManifest(m_removal->snapshot.repository, m_removal->tag,
                                         Session::Priority::Interactive),
                 [this](const Result<Manifest> &manifest) {
                     if (!manifest)
                         return giveUp(manifest.error());
                     prove(*manifest);
                 });
    }

    void prove(const Manifest &manifest)
    {
        auto *job = new ProveTagRemovalJob(session(), *m_removal, manifest);
        // This command may be over by then.
        job->setReport([&output = output()](const QString &left) {
            output.writeRemark({Error::Kind::Ambiguous, left}, {});
        });
        runChild(job, [this](const Result<Done> &proven) {
            if (!proven)
                return giveUp(proven.error());
            carryOut();
        });
    }

    void giveUp(const Error &error)
    {
        m_run.note(0, {u"failed"_s, error.message});
        m_run.end();
        fail(explained(error));
    }

    void carryOut()
    {
        runChild(new RemoveTagJob(session(), *m_removal),
                 [this](const Result<RemovedTag> &removed) {
                     if (!removed)
                         return giveUp(removed.error());
                     m_run.note(0, {u"untagged"_s});
                     m_run.end();
                     const QString tag = m_removal->tag.toString();
                     output().writeResult({{u"digest"_s, removed->digest.toString()},
                                           {u"tags"_s, QJsonArray{tag}},
                                           {u"backup"_s, m_folder}},
                                          Text::tr("Removed %1.").arg(tag));
                     if (!output().isJson())
                         output().writeField(Text::tr("Saved to"), m_folder);
                     succeed(ExitStatus::Done);
                 });
    }

    [[nodiscard]] Error explained(const Error &error) const
    {
        Error result = error;
        if (error.kind == Error::Kind::Unsupported && !invocation().has(u"placeholder"_s))
            result.message += u' ' + Text::tr("See --placeholder in \"tag remove --help\".");
        else if (m_removal->snapshot.incomplete && !invocation().has(u"prove"_s))
            result.message += u' ' + Text::tr("See --prove in \"tag remove --help\".");
        return result;
    }

    void releaseResources() override
    {
        m_run.end();
        Command::releaseResources();
    }

    std::optional<TagRemoval> m_removal;
    QString m_folder; ///< Of the backup.
    JournaledRun m_run;
};

} // namespace

CommandEntry tagRemoveEntry()
{
    return {u"tag remove"_s,
            u"REF"_s,
            Text::tr("Removes only this tag; its image and other tags stay. Keeps a copy."),
            {{u"backup"_s, Text::tr("The new folder that the copy goes to."), u"DIR"_s},
             {u"placeholder"_s,
              Text::tr("Where the server cannot do that: puts an empty image under the tag, and "
                       "deletes it. Who pulls the tag in between gets that.")},
             {u"prove"_s,
              Text::tr("Where not every tag can be read: tries first with an empty image under two "
                       "new tags whether the server keeps the others.")}},
            &makeCommand<TagRemoveCommand>};
}

} // namespace Longshore
