// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/commandline/exitstatus.h"
#include "core/cleanup/restorereport.h"

#include <QJsonObject>

namespace Longshore {

class Output;

/// What a restore did, or would do, as scripts and people read it.
class RestoreResult
{
public:
    explicit RestoreResult(const RestorePlan &plan);
    explicit RestoreResult(const RestoreReport &report);

    void write(Output &output) const;
    /// Why something did not come back; of several reasons the first.
    [[nodiscard]] std::optional<Error> firstError() const;
    [[nodiscard]] ExitStatus status() const;

private:
    struct Line
    {
        QLatin1StringView list; ///< The member of the document that it belongs to.
        RestoreItem item;
        std::optional<Error> error = {};
    };

    [[nodiscard]] qsizetype count(QLatin1StringView list) const;
    [[nodiscard]] static QJsonObject toJson(const Line &line);

    QList<Line> m_lines;
    std::optional<Error> m_listError;
    QString m_replacedBackup;
    bool m_isDryRun = false;
};

} // namespace Longshore
