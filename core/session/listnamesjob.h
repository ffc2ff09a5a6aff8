// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/session/listsummary.h"

#include <QByteArray>
#include <QStringList>

namespace Longshore {

/// Lists names, page by page: each once, in the order of the server, only such as follow the
/// grammar. Fails only when not even the first page could be read; else ListSummary::incomplete
/// says what is missing.
class ListNamesJob : public ResultJob<ListSummary>
{
    Q_OBJECT

public:
    using ResultJob::ResultJob;

    /// Begins where another list of the same names broke off, as its ListSummary::rest says, instead
    /// of at the first page. To be called before start(). Names of that list may come again.
    void goOnAt(const QByteArray &rest) { m_begin = rest; }

signals:
    /// The names of one page that are new. Comes before the job ends, and not for an empty page.
    void namesListed(const QStringList &page);

protected:
    /// Empty for the first page.
    [[nodiscard]] const QByteArray &begin() const noexcept { return m_begin; }

private:
    QByteArray m_begin;
};

} // namespace Longshore
