// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/commandtable.h"
#include "app/commandline/listcommand.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Repos)
};

/// Lists the repositories of a registry.
class ReposCommand final : public ListCommand
{
public:
    using ListCommand::ListCommand;

private:
    void doStart() override
    {
        openHost([this](const PingAnswer &) {
            readNames(
                session().listRepositories(),
                [this](const QStringList &names) { writeNames(names); }, [this] { conclude(); });
        });
    }
};

} // namespace

CommandEntry reposEntry()
{
    return {u"repos"_s,
            u"HOST"_s,
            Text::tr("The repositories of a registry."),
            {},
            &makeCommand<ReposCommand>};
}

} // namespace Longshore
