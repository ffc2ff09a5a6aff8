// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/listcommand.h"

#include <QCoreApplication>

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ListCommand)
};

} // namespace

void ListCommand::readNames(ListNamesJob *list, HandleNames handlePage,
                            std::function<void()> handleEnd)
{
    connect(list, &ListNamesJob::namesListed, this, std::move(handlePage));
    runChild(list, [this, handleEnd = std::move(handleEnd)](const Result<ListSummary> &summary) {
        if (!summary)
            return fail(summary.error());
        m_summary = *summary;
        handleEnd();
    });
}

void ListCommand::writeNames(const QStringList &names)
{
    for (const QString &name : names)
        output().addToList(name, {name});
    output().flush();
}

void ListCommand::conclude(const std::optional<Error> &failure)
{
    if (m_summary.invalidCount > 0)
        output().note(Text::tr("Entries left out because they are not valid names: %1.")
                          .arg(m_summary.invalidCount));
    std::optional<Error> error = failure;
    if (m_summary.incomplete) {
        error = m_summary.incomplete;
        error->message.prepend(Text::tr("The list is not complete.") + u' ');
    }
    output().endList();
    if (error)
        output().writeError(*error, invocation().target());
    succeed(error ? ExitStatus::PartlyDone : ExitStatus::Done);
}

} // namespace Longshore
