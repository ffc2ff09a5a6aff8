// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/commandtable.h"
#include "app/commandline/copycommand.h"
#include "core/base/displaytext.h"
#include "core/layout/imageplace.h"
#include "core/layout/layoutsession.h"
#include "core/layout/openlayoutjob.h"
#include "core/transfer/compresslayersjob.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Import)
};

/// Brings an image from disk into a registry.
class ImportCommand final : public CopyCommand
{
public:
    using CopyCommand::CopyCommand;

    [[nodiscard]] QString subject() const override
    {
        return m_files ? invocation().arguments.at(1) : invocation().target();
    }

private:
    void doStart() override
    {
        const auto place = ImagePlace::parse(invocation().target());
        if (!place)
            return fail(place.error());
        if (!place->holdsImage())
            return fail(
                invalidArgument(Text::tr("%1 can only be written: it holds no image any more.")
                                    .arg(quotedText(invocation().target()))));
        const auto target = ImageReference::parse(invocation().arguments.at(1));
        if (!target)
            return fail(target.error());
        const auto wanted = platformsOrAll();
        if (!wanted)
            return fail(wanted.error());
        auto *job = new OpenLayoutJob(place->path);
        connect(job, &Job::progressChanged, this, &Job::progressChanged);
        runChild(job, [this, place = *place, target = *target,
                       wanted = *wanted](const Result<std::shared_ptr<LayoutSession>> &files) {
            if (!files)
                return fail(files.error());
            const auto image = (*files)->names().find(place.name);
            if (!image)
                return fail(image.error());
            m_files = *files;
            openTarget(target, [this, image = *image, target, wanted] {
                const ImageCopy copy{image.repository, image.reference, target.repository,
                                     target.reference(), wanted};
                invocation().has(u"compress"_s) ? compress(copy) : copyFrom(*m_files, copy);
            });
        });
    }

    void compress(const ImageCopy &wanted)
    {
        auto *job = new CompressLayersJob(*m_files, wanted.fromRepository, wanted.from);
        connect(job, &Job::progressChanged, this, &Job::progressChanged);
        runChild(job, [this, wanted](const Result<CompressedImage> &made) {
            if (!made)
                return fail(made.error());
            m_compressed = made->files;
            ImageCopy copy = wanted;
            copy.fromRepository = made->repository;
            copy.from = made->digest;
            copyFrom(*m_compressed, copy);
        });
    }

    std::shared_ptr<LayoutSession> m_files; ///< Once the image was found.
    std::shared_ptr<LayoutSession> m_compressed; ///< What was made of it, if anything.
};

} // namespace

CommandEntry importEntry()
{
    return {u"import"_s, u"PLACE REF"_s,
            Text::tr("Brings an image from disk into a registry, verified; sends only what is "
                     "missing there. PLACE is oci:DIR[:TAG], oci-archive:FILE[:TAG], "
                     "docker-archive:FILE[:REF] or dir:DIR; what is there decides how it is read."),
            backupOptions() << platformsOption()
                            << QCommandLineOption(
                                   {u"compress"_s},
                                   Text::tr("Compresses the plain layers of a Docker archive by "
                                            "gzip, always in the same way. The configuration of "
                                            "the image stays as it is. What was compressed waits "
                                            "among the temporary files.")),
            &makeCommand<ImportCommand>};
}

} // namespace Longshore
