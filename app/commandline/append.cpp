// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/commandtable.h"
#include "app/commandline/copycommand.h"
#include "core/layout/layoutsession.h"
#include "core/transfer/extendimagejob.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Append)
};

/// Puts a layer on top of an image, and gives what comes of it a tag in the same repository.
class AppendCommand final : public CopyCommand
{
public:
    using CopyCommand::CopyCommand;

private:
    void doStart() override
    {
        const auto tag = Tag::parse(invocation().options.value(u"tag"_s));
        if (!tag)
            return fail(invalidArgument(Text::tr("Name the tag of the new image by --tag.")));
        const auto platforms = platformsOrAll();
        if (!platforms)
            return fail(platforms.error());
        const auto ownership = readOwnership();
        if (!ownership)
            return fail(ownership.error());
        m_ownership = *ownership;
        openImage([this, tag = *tag, platforms = *platforms](const ImageReference &image) {
            auto *job = new ExtendImageJob(
                &session(), {ImageChoice{image.repository, image.reference(), platforms},
                             invocation().arguments.mid(1),
                             invocation().options.value(u"folder"_s),
                             invocation().options.value(u"comment"_s),
                             {},
                             invocation().options.value(u"author"_s),
                             m_ownership});
            runChild(job, [this, image, tag](const Result<ComposedImage> &made) {
                if (!made)
                    return fail(made.error());
                if (!made->isPacked && m_ownership != Ownership())
                    output().note(Text::tr("That is a layer already: its files keep their owner "
                                           "and their permissions."));
                m_files = made->files;
                copyFrom(*m_files, {made->repository, made->digest, image.repository, tag});
            });
        });
    }

    [[nodiscard]] Result<Ownership> readOwnership() const
    {
        const QMap<QString, QString> &options = invocation().options;
        const auto owner = Ownership::parseOwner(options.value(u"owner"_s, u"0"_s));
        if (!owner)
            return invalidArgument(Text::tr("Write --owner in numbers, as USER or USER:GROUP: "
                                            "only the image knows names."));
        Ownership ownership = *owner;
        ownership.mode = Ownership::parseMode(options.value(u"mode"_s));
        if (invocation().has(u"mode"_s) && !ownership.mode)
            return invalidArgument(Text::tr("Write --mode in octal digits, as 644; 1777 at most."));
        return ownership;
    }

    Ownership m_ownership; ///< Of files that are packed.
    std::shared_ptr<LayoutSession> m_files; ///< Once the image was made.
};

} // namespace

CommandEntry appendEntry()
{
    return {
        u"append"_s, u"REF FILE..."_s,
        Text::tr("Makes a new image in the same repository: that of REF with one more layer. A "
                 "tar archive, plain or compressed by gzip or zstd, is the layer; other files and "
                 "folders are packed into one, always the same for the same files."),
        QList<QCommandLineOption>{
            {u"tag"_s, Text::tr("The tag of the new image."), u"TAG"_s},
            {u"folder"_s, Text::tr("Where files shall be in the image; its root without this."),
             u"DIR"_s},
            {u"owner"_s, Text::tr("Whom packed files belong to, in numbers; root without this."),
             u"USER[:GROUP]"_s},
            {u"mode"_s,
             Text::tr("The permissions of packed files, as 644; whoever may read a folder may "
                      "enter it. Without this they keep their own."),
             u"OCTAL"_s},
            {u"comment"_s, Text::tr("What the history says of the layer."), u"TEXT"_s},
            {u"author"_s, Text::tr("Who made the layer, and with it the new image."), u"TEXT"_s},
            platformOption()}
            + backupOptions(),
        &makeCommand<AppendCommand>};
}

} // namespace Longshore
