// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/commandline/command.h"
#include "core/session/listnamesjob.h"

namespace Longshore {

/// A command whose result is a list that a registry hands out page by page.
class ListCommand : public Command
{
public:
    using Command::Command;

protected:
    using HandleNames = std::function<void(const QStringList &)>;

    /// Reads the list; \a handlePage gets each page, \a handleEnd runs when nothing more comes.
    void readNames(ListNamesJob *list, HandleNames handlePage, std::function<void()> handleEnd);
    void writeNames(const QStringList &names);
    /// Ends the list and the command, and says what the list lacks. \a failure is what kept the
    /// command from saying more about the names.
    void conclude(const std::optional<Error> &failure = {});

private:
    ListSummary m_summary;
};

} // namespace Longshore
