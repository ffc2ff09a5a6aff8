// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/command.h"
#include "app/commandline/commandtable.h"
#include "core/session/fetchplatformmanifestjob.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ManifestGet)
};

/// Prints a manifest, byte for byte; one that cannot be understood, too, if its digest is right.
class ManifestGetCommand final : public Command
{
public:
    using Command::Command;

private:
    void doStart() override
    {
        const QString wanted = invocation().options.value(u"platform"_s);
        const auto platform = Platform::parse(wanted);
        if (!platform && invocation().has(u"platform"_s))
            return fail(invalidArgument(Text::tr("Write the platform as OS/ARCH[/VARIANT].")));
        openImage([this, platform](const ImageReference &image) { fetch(image, platform); });
    }

    void fetch(const ImageReference &image, const std::optional<Platform> &platform)
    {
        ResultJob<Manifest> *job = nullptr;
        if (platform)
            job = new FetchPlatformManifestJob(session(), image.repository, image.reference(),
                                               *platform);
        else
            job = session().fetchDocument(image.repository, image.reference());
        runChild(job, [this](const Result<Manifest> &manifest) {
            if (!manifest)
                return fail(manifest.error());
            output().writeBytes(manifest->bytes);
            const auto understood = parseManifest(manifest->bytes, manifest->mediaType);
            if (!understood)
                output().note(understood.error().message);
            succeed(ExitStatus::Done);
        });
    }
};

} // namespace

CommandEntry manifestGetEntry()
{
    return {u"manifest get"_s,
            u"REF"_s,
            Text::tr("A manifest, byte for byte."),
            {platformOption()},
            &makeCommand<ManifestGetCommand>};
}

} // namespace Longshore
