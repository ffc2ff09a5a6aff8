// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/command.h"
#include "app/commandline/commandtable.h"
#include "core/cleanup/removetagjob.h"
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
        TagRemoval removal{snapshot, *image.tag};
        if (invocation().has(u"placeholder"_s))
            removal.placeholder = TagRemoval::Placeholder::Allowed;
        runChild(new RemoveTagJob(session(), removal),
                 [this, tag = *image.tag](const Result<RemovedTag> &removed) {
                     if (!removed)
                         return fail(explained(removed.error()));
                     output().writeResult({{u"digest"_s, removed->digest.toString()},
                                           {u"tags"_s, QJsonArray{tag.toString()}}},
                                          Text::tr("Removed %1.").arg(tag.toString()));
                     succeed(ExitStatus::Done);
                 });
    }

    [[nodiscard]] Error explained(const Error &error) const
    {
        Error result = error;
        if (error.kind == Error::Kind::Unsupported && !invocation().has(u"placeholder"_s))
            result.message += u' ' + Text::tr("See --placeholder in \"tag remove --help\".");
        return result;
    }
};

} // namespace

CommandEntry tagRemoveEntry()
{
    return {u"tag remove"_s,
            u"REF"_s,
            Text::tr("Removes only this tag; its image and other tags stay."),
            {{u"placeholder"_s,
              Text::tr("Where the server cannot do that: puts an empty image under the tag, and "
                       "deletes it. Who pulls the tag in between gets that.")}},
            &makeCommand<TagRemoveCommand>};
}

} // namespace Longshore
