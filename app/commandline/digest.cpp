// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/command.h"
#include "app/commandline/commandtable.h"
#include "app/commandline/imagejson.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Digest)
};

/// Tells what a reference points to.
class DigestCommand final : public Command
{
public:
    using Command::Command;

private:
    void doStart() override
    {
        openImage([this](const ImageReference &image) {
            runChild(session().resolve(image.repository, image.reference(),
                                       Session::Priority::Interactive),
                     [this](const Result<Descriptor> &manifest) {
                         if (!manifest)
                             return fail(manifest.error());
                         output().writeResult(toJson(*manifest), manifest->digest.toString());
                         succeed(ExitStatus::Done);
                     });
        });
    }
};

} // namespace

CommandEntry digestEntry()
{
    return {u"digest"_s,
            u"REF"_s,
            Text::tr("The digest that a reference points to."),
            {},
            &makeCommand<DigestCommand>};
}

} // namespace Longshore
