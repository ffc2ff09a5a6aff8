// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/command.h"

#include "app/commandline/errortext.h"
#include "app/commandline/signin.h"
#include "core/cleanup/journalstore.h"
#include "core/cleanup/sessionrun.h"

#include <QCoreApplication>

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Command)
};

} // namespace

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr std::chrono::milliseconds shortestWaitToExplain = 5s;

Command::Command(const CommandContext &context) : m_context(context)
{}

void Command::open(const QString &host, const QString &repository, const Credentials &credentials,
                   Next next)
{
    auto address = RegistryAddress::parse(host);
    if (!address)
        return fail(address.error());
    if (invocation().common.isPlainHttp)
        address->transport = RegistryAddress::Transport::Plain;
    OpenRegistryJob::Options options{*address, credentials, invocation().common.http};
    options.attempts = options.settings.retry.attempts; // Scripts do not try again.
    options.consent = consentTo(invocation().common.tokenServers);
    if (invocation().common.isAnonymous || !credentials.isEmpty())
        return openWith(options, std::move(next));
    runChild(findCredentials(address->host, repository),
             [this, options, next = std::move(next)](const Result<FoundCredentials> &found) {
                 if (!found)
                     return fail(found.error());
                 for (const QString &notice : found->notices)
                     output().note(withoutIsolates(notice));
                 OpenRegistryJob::Options asSomebody = options;
                 asSomebody.setAccount(*found);
                 openWith(asSomebody, next);
             });
}

void Command::openWith(const OpenRegistryJob::Options &options, Next next)
{
    runChild(new OpenRegistryJob(m_context.network, options),
             [this, next = std::move(next)](const Result<OpenedRegistry> &opened) {
                 if (!opened)
                     return fail(opened.error());
                 for (const QString &notice : opened->notices)
                     noteOnce(withoutIsolates(notice));
                 connect(&opened->session->client(), &HttpClient::retryScheduled, this,
                         &Command::explainWait);
                 connect(&opened->session->client(), &HttpClient::serverWarned, this,
                         [this](const QString &notice) { output().note(withoutIsolates(notice)); });
                 next(*opened);
             });
}

/// What is true of one session with a registry is true of the next.
void Command::noteOnce(const QString &notice)
{
    if (m_noted.contains(notice))
        return;
    m_noted.append(notice);
    output().note(notice);
}

/// A program that is silent for minutes looks as if it hung.
void Command::explainWait(const Error &reason, std::chrono::milliseconds delay)
{
    if (delay < shortestWaitToExplain || !m_explained.hasExpired())
        return;
    m_explained.setRemainingTime(delay); // Requests beside it wait for the same reason.
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(delay);
    output().note(withoutIsolates(reason.message) + u' '
                  + Text::tr("Trying again in %1 s.").arg(seconds.count()));
}

void Command::openHost(std::function<void(const PingAnswer &)> next)
{
    const auto address = RegistryAddress::parse(invocation().target());
    if (address && address->repository)
        return fail(invalidArgument(Text::tr("Name a registry only, without a repository.")));
    open(invocation().target(), {}, credentials(),
         [this, next = std::move(next)](const OpenedRegistry &opened) {
             m_session = opened.session;
             next(opened.answer);
         });
}

void Command::openImage(std::function<void(const ImageReference &)> next)
{
    const auto image = ImageReference::parse(invocation().target());
    if (!image)
        return fail(image.error());
    openTarget(*image, [image = *image, next = std::move(next)] { next(image); });
}

void Command::openTarget(const ImageReference &image, std::function<void()> next)
{
    open(image.host, image.repository.toString(), credentials(),
         [this, next = std::move(next)](const OpenedRegistry &opened) {
             m_session = opened.session;
             next();
         });
}

void Command::openWhole(const ImageReference &image, std::function<void()> next)
{
    open(image.host, {}, credentials(),
         [this, next = std::move(next)](const OpenedRegistry &opened) {
             m_session = opened.session;
             next();
         });
}

void Command::openSource(const ImageReference &image, const ImageReference &target,
                         std::function<void(std::shared_ptr<RegistrySession>)> next)
{
    open(image.host, image.repository.toString(),
         image.host == target.host ? credentials() : Credentials(),
         [next = std::move(next)](const OpenedRegistry &opened) { next(opened.session); });
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

void Command::journal(const JournalRun &run, std::function<void()> next)
{
    const auto store = std::make_shared<JournalStore>(JournalStore::defaultPath());
    runChild(store->record(run), [this, store, next = std::move(next)](const Result<qint64> &id) {
        if (!id)
            output().note(withoutIsolates(Text::tr("This is not in the journal: %1"))
                              .arg(withoutIsolates(id.error().message)));
        next();
    });
}

void Command::endChange(const std::optional<Error> &error, std::function<void()> next)
{
    const JournalRun change = *std::exchange(m_change, std::nullopt);
    if (!error)
        journal(change, std::move(next));
    else if (error->kind == Error::Kind::Ambiguous)
        journal(unverified(change, *error), std::move(next));
    else
        next();
}

void Command::pushManifest(const PlacedImage &placed, const Manifest &manifest,
                           std::function<void(const Result<PushedManifest> &)> next)
{
    beginChange(runOf(placed));
    runChild(session().pushManifest(placed.repository, placed.place, manifest),
             [this, next = std::move(next)](const Result<PushedManifest> &pushed) {
                 endChange(pushed ? std::nullopt : std::optional(pushed.error()),
                           [next, pushed] { next(pushed); });
             });
}

void Command::releaseResources()
{
    if (!m_change)
        return;
    JournalStore store(JournalStore::defaultPath()); // Writes it when it ends.
    std::ignore = store.record(unverified(*m_change, Error::cancelled()));
}

Result<QList<Platform>> Command::platformsOrAll() const
{
    QList<Platform> platforms;
    const QStringList given = invocation().everyValue.value(u"platform"_s, {u"all"_s});
    const QStringList words = given.join(u',').split(u',');
    if (words == QStringList{u"all"_s})
        return platforms;
    for (const QString &word : words) {
        const auto platform = Platform::parse(word);
        if (!platform)
            return invalidArgument(Text::tr("Write the platform as OS/ARCH[/VARIANT], several with "
                                            "commas between them, or \"all\"."));
        if (!platforms.contains(*platform))
            platforms.append(*platform);
    }
    return platforms;
}

} // namespace Longshore
