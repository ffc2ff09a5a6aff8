// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/command.h"
#include "app/commandline/commandtable.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Ping)
};

QString signInName(PingAnswer::SignIn signIn)
{
    switch (signIn) {
    case PingAnswer::SignIn::NotNeeded: return u"none"_s;
    case PingAnswer::SignIn::Basic: return u"basic"_s;
    case PingAnswer::SignIn::Bearer: return u"bearer"_s;
    case PingAnswer::SignIn::Unsupported: return u"unsupported"_s;
    }
    Q_UNREACHABLE();
}

/// Where the sign-in of this program comes from; not the sign-in.
QJsonObject sourceObject(const CredentialSource &source)
{
    using Kind = CredentialSource::Kind;
    switch (source.kind) {
    case Kind::None: return {{u"source"_s, u"none"_s}};
    case Kind::Given: return {{u"source"_s, u"given"_s}};
    case Kind::Variable: return {{u"source"_s, u"variable"_s}};
    case Kind::Keychain: return {{u"source"_s, u"keychain"_s}};
    case Kind::File: break;
    }
    QJsonObject object{{u"source"_s, u"file"_s}, {u"path"_s, source.path}};
    if (!source.helper.isEmpty())
        object.insert(u"helper"_s, source.helper);
    return object;
}

QJsonArray partsArray(const QList<PartCredentials> &parts)
{
    QJsonArray array;
    for (const PartCredentials &part : parts) {
        QJsonObject object = sourceObject(part.source);
        object.insert(u"prefix"_s, part.prefix);
        array.append(object);
    }
    return array;
}

/// Tells whether a registry answers, and lets the given user in.
class PingCommand final : public Command
{
public:
    using Command::Command;

private:
    void doStart() override
    {
        openHost([this](const PingAnswer &answer) {
            if (credentials().isEmpty())
                return report(answer);
            runChild(session().checkSignIn(), [this, answer](const Result<Done> &result) {
                if (!result)
                    return fail(result.error());
                report(answer);
            });
        });
    }

    void report(const PingAnswer &answer)
    {
        const QString signIn = signInName(answer.signIn);
        const FoundCredentials &account = session().account();
        QJsonObject credentials = sourceObject(account.source);
        if (!account.parts.isEmpty())
            credentials.insert(u"parts"_s, partsArray(account.parts));
        output().writeResult({{u"host"_s, session().host()},
                              {u"reachable"_s, true},
                              {u"auth"_s, signIn},
                              {u"apiVersion"_s, answer.apiVersion},
                              {u"credentials"_s, credentials}},
                             Text::tr("%1 answers. Sign-in: %2. Credentials: %3.",
                                      "a host, a way to sign in, where the sign-in comes from")
                                 .arg(session().host(), signIn, account.source.toString()));
        if (!output().isJson())
            writeParts(account.parts);
        succeed(ExitStatus::Done);
    }

    /// In the order in which the places are asked.
    void writeParts(const QList<PartCredentials> &parts)
    {
        for (const PartCredentials &part : parts) {
            const QString place = session().host() + u'/' + part.prefix;
            output().writeRow({Text::tr("Credentials for %1: %2.",
                                        "a part of a registry, where the sign-in for it comes from")
                                   .arg(place, part.source.toString())});
        }
    }
};

} // namespace

CommandEntry pingEntry()
{
    return {u"ping"_s,
            u"HOST"_s,
            Text::tr("Whether a registry answers, and how to sign in."),
            {},
            &makeCommand<PingCommand>};
}

} // namespace Longshore
