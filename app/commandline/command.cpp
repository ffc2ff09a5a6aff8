// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/command.h"

#include <QCoreApplication>

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Command)
};

} // namespace

Command::Command(const CommandContext &context) : m_context(context)
{}

void Command::open(const QString &host, std::function<void(const PingAnswer &)> next)
{
    auto address = RegistryAddress::parse(host);
    if (!address)
        return fail(address.error());
    if (invocation().common.isPlainHttp)
        address->transport = RegistryAddress::Transport::Plain;
    const OpenRegistryJob::Options options{*address, credentials(), invocation().common.http};
    runChild(new OpenRegistryJob(m_context.network, options),
             [this, next = std::move(next)](const Result<OpenedRegistry> &opened) {
                 if (!opened)
                     return fail(opened.error());
                 m_session = opened->session;
                 next(opened->answer);
             });
}

void Command::openHost(std::function<void(const PingAnswer &)> next)
{
    const auto address = RegistryAddress::parse(invocation().target());
    if (address && address->repository)
        return fail(invalidArgument(Text::tr("Name a registry only, without a repository.")));
    open(invocation().target(), std::move(next));
}

void Command::openImage(std::function<void(const ImageReference &)> next)
{
    const auto image = ImageReference::parse(invocation().target());
    if (!image)
        return fail(image.error());
    open(image->host,
         [image = *image, next = std::move(next)](const PingAnswer &) { next(image); });
}

void Command::openRepository(std::function<void(const RepositoryName &)> next)
{
    const auto image = ImageReference::parse(invocation().target());
    if (image && (image->tag || image->digest))
        return fail(invalidArgument(Text::tr("Name a repository only, without a tag or digest.")));
    openImage([next = std::move(next)](const ImageReference &opened) { next(opened.repository); });
}

void Command::openBlob(std::function<void(const RepositoryName &, const Digest &)> next)
{
    const auto image = ImageReference::parse(invocation().target());
    if (image && !image->digest)
        return fail(invalidArgument(Text::tr("Name the blob as HOST/REPOSITORY@DIGEST.")));
    openImage([next = std::move(next)](const ImageReference &opened) {
        next(opened.repository, *opened.digest);
    });
}

} // namespace Longshore
