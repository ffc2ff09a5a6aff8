// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/command.h"
#include "app/commandline/commandtable.h"
#include "core/session/fetchplatformmanifestjob.h"
#include "core/session/readtagdetailsjob.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Config)
};

/// Prints the configuration of an image, byte for byte; of an index, that of one of its images.
class ConfigCommand final : public Command
{
public:
    using Command::Command;

private:
    void doStart() override
    {
        const auto platform = Platform::parse(invocation().options.value(u"platform"_s));
        if (!platform && invocation().has(u"platform"_s))
            return fail(invalidArgument(Text::tr("Write the platform as OS/ARCH[/VARIANT].")));
        openImage([this, platform](const ImageReference &image) {
            if (platform)
                return fetch(new FetchPlatformManifestJob(session(), image.repository,
                                                          image.reference(), *platform),
                             image.repository);
            fetch(session().fetchManifest(image.repository, image.reference(),
                                          Session::Priority::Interactive),
                  image.repository);
        });
    }

    void fetch(ResultJob<Manifest> *job, const RepositoryName &repository)
    {
        runChild(job, [this, repository](const Result<Manifest> &manifest) {
            if (!manifest)
                return fail(manifest.error());
            if (const ImageManifest *image = manifest->image())
                return print(repository, image->config);
            const ImageIndex *index = manifest->index();
            const Descriptor *entry = index ? preferredEntry(*index) : nullptr;
            if (!entry)
                return fail({Error::Kind::Unsupported, Text::tr("It has no configuration.")});
            fetch(
                session().fetchManifest(repository, entry->digest, Session::Priority::Interactive),
                repository);
        });
    }

    void print(const RepositoryName &repository, const Descriptor &config)
    {
        runChild(session().fetchBlob(repository, config, Session::Priority::Interactive),
                 [this](const Result<QByteArray> &bytes) {
                     if (!bytes)
                         return fail(bytes.error());
                     output().writeBytes(*bytes);
                     succeed(ExitStatus::Done);
                 });
    }
};

} // namespace

CommandEntry configEntry()
{
    return {u"config"_s,
            u"REF"_s,
            Text::tr("The configuration of an image, byte for byte."),
            {platformOption()},
            &makeCommand<ConfigCommand>};
}

} // namespace Longshore
