// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/commandtable.h"
#include "app/commandline/copycommand.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Copy)
};

/// Brings an image from one registry into another, or to another place in the same.
class CopyImageCommand final : public CopyCommand
{
public:
    using CopyCommand::CopyCommand;

private:
    void doStart() override
    {
        const auto from = ImageReference::parse(invocation().target());
        if (!from)
            return fail(from.error());
        const auto to = ImageReference::parse(invocation().arguments.at(1));
        if (!to)
            return fail(to.error());
        const auto wanted = platformsOrAll();
        if (!wanted)
            return fail(wanted.error());
        const ImageCopy copy{from->repository, from->reference(), to->repository,
                             to->reference(),  *wanted,           invocation().has(u"referrers"_s)};
        openTarget(*to, [this, from = *from, to = *to, copy] {
            if (from.host == to.host)
                return copyFrom(session(), copy);
            openSource(from, to, [this, copy](const std::shared_ptr<RegistrySession> &source) {
                m_source = source;
                copyFrom(*m_source, copy);
            });
        });
    }

    std::shared_ptr<RegistrySession> m_source; ///< When it is another registry.
};

} // namespace

CommandEntry copyEntry()
{
    return {
        u"copy"_s, u"REF REF"_s,
        Text::tr("Brings the first image to the place of the second, verified; sends only what is "
                 "missing there. With two registries, --username is for the second one."),
        backupOptions()
            << platformsOption()
            << QCommandLineOption(
                   u"referrers"_s,
                   Text::tr("Also what refers to the image, such as signatures; with those that "
                            "cosign keeps under tags. Such tags are never moved.")),
        &makeCommand<CopyImageCommand>};
}

} // namespace Longshore
