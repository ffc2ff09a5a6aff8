// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

namespace Longshore {

/// Why a statement failed, as an Error of kind LocalFile; its detail is the number of SQLite.
[[nodiscard]] Error sqlError(const QSqlError &error);
/// @{
/// Runs a statement, whose result is looked at by the query if at all.
[[nodiscard]] Result<Done> runStatement(QSqlQuery &query);
[[nodiscard]] Result<Done> runStatement(const QSqlDatabase &database, const QString &statement);
/// @}

/// Takes a change back that did not get to its end.
class Transaction
{
public:
    /// At once for writing: two readers that both want to write would wait for each other.
    explicit Transaction(const QSqlDatabase &database);
    ~Transaction();
    Q_DISABLE_COPY_MOVE(Transaction)

    /// Why it could not begin.
    [[nodiscard]] const Result<Done> &begun() const { return m_begun; }
    /// Keeps the change.
    [[nodiscard]] Result<Done> commit();

private:
    const QSqlDatabase m_database;
    Result<Done> m_begun; ///< An error also when it is over.
};

} // namespace Longshore
