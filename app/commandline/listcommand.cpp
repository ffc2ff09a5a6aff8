// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/listcommand.h"

#include "core/base/displaytext.h"

#include <QCoreApplication>

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ListCommand)
};

QString leftOut(const ListSummary &summary)
{
    if (summary.invalidNames.isEmpty())
        return Text::tr("Entries left out because they are not valid names: %1.")
            .arg(summary.invalidCount);
    QStringList names;
    for (const QString &name : summary.invalidNames)
        names.append(quotedText(name));
    return Text::tr("Entries left out because they are not valid names: %1, among them %2.")
        .arg(QString::number(summary.invalidCount), names.join(QStringLiteral(", ")));
}

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
        output().note(leftOut(m_summary));
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
