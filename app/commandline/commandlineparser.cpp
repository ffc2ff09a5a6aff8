// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/commandlineparser.h"

#include "app/commandline/rateoption.h"
#include "app/commandline/tlsoptions.h"
#include "core/auth/credentials.h"
#include "core/base/displaytext.h"
#include "core/http/proxyrules.h"

#include <QCommandLineParser>
#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr int mostParallel = 16; // No job of the core asks for more at once.
constexpr int longestTimeout = 24 * 60 * 60;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

Error wrongUsage(const QString &message)
{
    return {Error::Kind::InvalidInput, message};
}

void addCommonOptions(QCommandLineParser &parser)
{
    parser.addOptions(tlsOptions());
    parser.addOptions({
        {u"json"_s, Text::tr("Print one JSON document.")},
        {u"plain-http"_s, Text::tr("Speak HTTP without encryption; this machine needs no option.")},
        {u"username"_s, Text::tr("Sign in as this user; takes --password-stdin."), u"NAME"_s},
        {u"password-stdin"_s, Text::tr("Read the password from the standard input.")},
        {u"token-server"_s,
         Text::tr("Let the sign-in go to this host, when the registry sends it there; \"http://\" "
                  "before it for one without encryption."),
         u"HOST[:PORT]"_s},
        {u"proxy"_s,
         Text::tr(
             "Go through this proxy; \"none\" for the direct way. Else the environment tells."),
         u"URL"_s},
        {u"allow-private"_s,
         Text::tr("Go where the registry points also from the open into a private network.")},
        {u"anonymous"_s,
         Text::tr("Do not sign in, whoever is known to the keychain, Docker or Podman.")},
        {u"parallel"_s, Text::tr("Requests at once, 1 to %1 (default 6).").arg(mostParallel),
         u"N"_s},
        {u"limit-rate"_s,
         Text::tr("Bytes per second of all blobs together, such as 500K, 10M or 1G."), u"RATE"_s},
        {u"timeout"_s, Text::tr("How long the server may keep silent."), u"SECONDS"_s},
        {u"progress"_s, Text::tr("\"json\": progress on stderr, one object a line."), u"MODE"_s},
        {u"quiet"_s, Text::tr("No progress and no notes.")},
        {u"verbose"_s, Text::tr("Print every request, secrets masked.")},
        {{u"h"_s, u"help"_s}, Text::tr("Explain the program, or the command.")},
        {u"version"_s, Text::tr("Print the version.")},
    });
}

/// Everything behind the line "Usage: ..." that Qt makes of the path of the program.
QString explanations(const QCommandLineParser &parser)
{
    const QString text = parser.helpText();
    return text.mid(text.indexOf(u'\n')).trimmed() + u'\n';
}

QString generalHelp(const QCommandLineParser &parser, const QList<CommandEntry> &table)
{
    QString text = Text::tr("Usage: %1").arg("longshorectl COMMAND [options] ARGUMENTS\n\n"_L1);
    text += Text::tr("Looks into container registries, and changes what is in them.") + u"\n\n"_s;
    text += Text::tr("Commands:") + u'\n';
    for (const CommandEntry &entry : table) {
        const QString usage = entry.name + u' ' + entry.arguments;
        text += "  "_L1 + usage.leftJustified(33) + u' ' + entry.summary + u'\n';
    }
    text += u'\n' + explanations(parser);
    return text + u'\n'
           + Text::tr(
               "\"longshorectl COMMAND --help\" explains a command.\n"
               "REF is HOST[:PORT]/REPOSITORY[:TAG][@DIGEST]. Exit status: 0 done, 1 failed, "
               "2 wrong usage,\n3 not signed in or not allowed, 4 not found, 5 verification "
               "failed, 6 partly done,\n7 refused for safety, 130 cancelled.\n");
}

QString usageOf(const CommandEntry &entry)
{
    return Text::tr("Usage: %1")
        .arg("longshorectl "_L1 + entry.name + " [options] "_L1 + entry.arguments);
}

QString commandHelp(const QCommandLineParser &parser, const CommandEntry &entry)
{
    return usageOf(entry) + "\n\n"_L1 + entry.summary + "\n\n"_L1 + explanations(parser);
}

QString versionText()
{
    return "longshorectl "_L1 + QCoreApplication::applicationVersion() + u'\n';
}

/// The command that \a words begin with.
Result<CommandEntry> findCommand(const QStringList &words, const QList<CommandEntry> &table)
{
    const QString see = Text::tr("See \"longshorectl --help\".");
    if (words.isEmpty())
        return wrongUsage(Text::tr("No command was given.") + u' ' + see);
    const QString first = words.first();
    const QString both = first + u' ' + words.value(1);
    QStringList ofGroup;
    for (const CommandEntry &entry : table) {
        if (entry.name == first || entry.name == both)
            return entry;
        if (entry.name.startsWith(QString(first + u' ')))
            ofGroup.append(u'"' + entry.name + u'"');
    }
    if (!ofGroup.isEmpty())
        return wrongUsage(Text::tr("%1 alone is no command; there is %2.")
                              .arg(quotedText(first), ofGroup.join(", "_L1)));
    return wrongUsage(Text::tr("There is no command %1.").arg(quotedText(first)) + u' ' + see);
}

/// The value as a number from 1 to \a maximum; nothing when the option was not given.
Result<std::optional<int>> numberOption(const QCommandLineParser &parser, const QString &name,
                                        int maximum)
{
    if (!parser.isSet(name))
        return std::optional<int>();
    bool isNumber = false;
    const int number = parser.value(name).toInt(&isNumber);
    if (!isNumber || number < 1 || number > maximum)
        return wrongUsage(Text::tr("--%1 takes a number from 1 to %2.").arg(name).arg(maximum));
    return std::optional<int>(number);
}

void applyTimeout(std::chrono::seconds limit, HttpTimeouts &timeouts)
{
    timeouts.connect = limit;
    timeouts.firstByte = limit;
    timeouts.firstByteOfChange = limit;
    timeouts.idle = limit;
    timeouts.lowSpeedWindow = std::max<std::chrono::milliseconds>(timeouts.lowSpeedWindow, limit);
}

Result<Done> checkSignIn(const CommonOptions &options)
{
    if (options.user.isEmpty() == options.readsPassword)
        return wrongUsage(Text::tr("--username and --password-stdin belong together."));
    if (options.isAnonymous && options.readsPassword)
        return wrongUsage(Text::tr("--anonymous and --username contradict each other."));
    if (const auto objection = objectionTo(Credentials{options.user, {}}))
        return *objection;
    return Done();
}

/// Null leaves it to the environment.
std::shared_ptr<const ProxyRules> proxyOption(const QString &proxy)
{
    if (proxy.isEmpty())
        return {};
    return std::make_shared<ProxyRules>(proxy == "none"_L1 ? ProxyRules()
                                                           : ProxyRules::through(proxy));
}

Result<CommonOptions> readCommonOptions(const QCommandLineParser &parser)
{
    CommonOptions options;
    options.isJson = parser.isSet(u"json"_s);
    options.isPlainHttp = parser.isSet(u"plain-http"_s);
    options.isAnonymous = parser.isSet(u"anonymous"_s);
    options.isQuiet = parser.isSet(u"quiet"_s);
    options.isVerbose = parser.isSet(u"verbose"_s);
    options.isProgressJson = parser.isSet(u"progress"_s);
    options.user = parser.value(u"username"_s);
    options.readsPassword = parser.isSet(u"password-stdin"_s);
    options.tokenServers = parser.values(u"token-server"_s);
    options.http.mayLeadInwards = parser.isSet(u"allow-private"_s);
    options.http.proxies = proxyOption(parser.value(u"proxy"_s));
    if (options.isProgressJson && parser.value(u"progress"_s) != "json"_L1)
        return wrongUsage(Text::tr("--progress knows nothing but \"json\"."));
    if (const auto checked = checkSignIn(options); !checked)
        return checked.error();
    const auto tls = readTlsOptions(parser);
    if (!tls)
        return tls.error();
    options.http.tls = *tls;
    const auto parallel = numberOption(parser, u"parallel"_s, mostParallel);
    if (!parallel)
        return parallel.error();
    options.http.parallelRequests = parallel->value_or(options.http.parallelRequests);
    const QString rate = parser.value(u"limit-rate"_s);
    const auto bytesPerSecond = rate.isEmpty() ? 0 : parseRate(rate);
    if (!bytesPerSecond || (rate.isEmpty() && parser.isSet(u"limit-rate"_s)))
        return wrongUsage(Text::tr("--limit-rate takes a number of bytes, such as 500K or 10M."));
    options.bytesPerSecond = *bytesPerSecond;
    const auto timeout = numberOption(parser, u"timeout"_s, longestTimeout);
    if (!timeout)
        return timeout.error();
    if (*timeout)
        applyTimeout(std::chrono::seconds(**timeout), options.http.timeouts);
    return options;
}

Result<Invocation> readInvocation(const QCommandLineParser &parser, const CommandEntry &entry)
{
    const auto common = readCommonOptions(parser);
    if (!common)
        return common.error();
    Invocation invocation{*common, parser.positionalArguments(), {}};
    for (const QCommandLineOption &option : entry.options) {
        const QString name = option.names().constLast();
        if (!parser.isSet(name))
            continue;
        invocation.options.insert(name, parser.value(name));
        invocation.everyValue.insert(name, parser.values(name));
    }
    if (!entry.takes(invocation.arguments.size()))
        return wrongUsage(Text::tr("Too many arguments or too few.") + u' ' + usageOf(entry));
    return invocation;
}

Result<CommandLine> parseCommand(const QStringList &arguments, const CommandEntry &entry)
{
    QCommandLineParser parser;
    parser.addOptions(entry.options);
    addCommonOptions(parser);
    const bool isUnderstood = parser.parse(arguments);
    if (parser.isSet(u"help"_s))
        return CommandLine{commandHelp(parser, entry)};
    if (parser.isSet(u"version"_s))
        return CommandLine{versionText()};
    if (!isUnderstood)
        return wrongUsage(parser.errorText() + u' '
                          + Text::tr("See \"longshorectl %1 --help\".").arg(entry.name));
    const auto invocation = readInvocation(parser, entry);
    if (!invocation)
        return invocation.error();
    return CommandLine{{}, entry, *invocation};
}

} // namespace

Result<CommandLine> parseCommandLine(const QStringList &arguments, const QList<CommandEntry> &table)
{
    QCommandLineParser parser;
    addCommonOptions(parser);
    // What stands before the command can only be an option of every command.
    parser.setOptionsAfterPositionalArgumentsMode(QCommandLineParser::ParseAsPositionalArguments);
    const bool isUnderstood = parser.parse(arguments);
    const QStringList words = parser.positionalArguments();
    if (parser.isSet(u"version"_s) && words.isEmpty())
        return CommandLine{versionText()};
    if (parser.isSet(u"help"_s) && words.isEmpty())
        return CommandLine{generalHelp(parser, table)};
    if (!isUnderstood)
        return wrongUsage(parser.errorText());
    const auto entry = findCommand(words, table);
    if (!entry)
        return entry.error();
    const QStringList before = arguments.first(arguments.size() - words.size());
    return parseCommand(before + words.mid(entry->name.count(u' ') + 1), *entry);
}

} // namespace Longshore
