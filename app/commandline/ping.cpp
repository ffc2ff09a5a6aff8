// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/command.h"
#include "app/commandline/commandtable.h"

#include <QCoreApplication>
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
        output().writeResult({{u"host"_s, session().host()},
                              {u"reachable"_s, true},
                              {u"auth"_s, signIn},
                              {u"apiVersion"_s, answer.apiVersion}},
                             Text::tr("%1 answers. Sign-in: %2.").arg(session().host(), signIn));
        succeed(ExitStatus::Done);
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
