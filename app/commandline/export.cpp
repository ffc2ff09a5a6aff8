// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/command.h"
#include "app/commandline/commandtable.h"
#include "core/base/displaytext.h"
#include "core/transfer/placeexport.h"

#include <QCoreApplication>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Export)
};

/// Brings an image to disk.
class ExportCommand final : public Command
{
public:
    using Command::Command;

private:
    void doStart() override
    {
        const auto place = ImagePlace::parse(invocation().arguments.at(1));
        if (!place)
            return fail(place.error());
        if (Digest::parse(place->name))
            return fail(invalidArgument(
                Text::tr("%1 names a digest, but what is written gets its digest from what it is.")
                    .arg(quotedText(invocation().arguments.at(1)))));
        const auto platform = platformOrAll();
        if (!platform)
            return fail(platform.error());
        openImage([this, place = *place, platform = *platform](const ImageReference &image) {
            run(makeExportJob(session(), {image, platform, place}));
        });
    }

    void run(ResultJob<ExportedImage> *job)
    {
        connect(job, &Job::progressChanged, this, &Job::progressChanged);
        runChild(job, [this](const Result<ExportedImage> &result) {
            if (!result)
                return fail(result.error());
            if (!result->foreign.isEmpty())
                output().note(Text::tr("%n layer(s) may not be distributed and were left out.",
                                       nullptr, static_cast<int>(result->foreign.size())));
            output().writeResult({{u"digest"_s, result->image.digest.toString()},
                                  {u"blobs"_s, result->blobs},
                                  {u"bytes"_s, result->bytes}},
                                 result->image.digest.toString());
            succeed(ExitStatus::Done);
        });
    }
};

} // namespace

CommandEntry exportEntry()
{
    return {u"export"_s,
            u"REF PLACE"_s,
            Text::tr("Brings an image to disk, verified: oci:DIR[:TAG], oci-archive:FILE[:TAG], "
                     "docker-archive:FILE[:REF] or dir:DIR. What was broken off is completed."),
            {platformOrAllOption()},
            &makeCommand<ExportCommand>};
}

} // namespace Longshore
