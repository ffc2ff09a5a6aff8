// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/sqlcalls.h"

#include "core/base/displaytext.h"

#include <QCoreApplication>

#include <tuple>

using namespace Qt::StringLiterals;

namespace Longshore {

Error sqlError(const QSqlError &error)
{
    const QString text = error.databaseText().isEmpty() ? error.text() : error.databaseText();
    return {Error::Kind::LocalFile,
            QCoreApplication::translate("JournalDatabase", "The journal cannot be used: %1.")
                .arg(quotedText(text)),
            error.nativeErrorCode()};
}

Result<Done> runStatement(QSqlQuery &query)
{
    return query.exec() ? Result<Done>(Done()) : Result<Done>(sqlError(query.lastError()));
}

Result<Done> runStatement(const QSqlDatabase &database, const QString &statement)
{
    QSqlQuery query(database);
    return query.exec(statement) ? Result<Done>(Done()) : Result<Done>(sqlError(query.lastError()));
}

Transaction::Transaction(const QSqlDatabase &database)
    : m_database(database), m_begun(runStatement(database, u"BEGIN IMMEDIATE"_s))
{}

Transaction::~Transaction()
{
    if (m_begun)
        std::ignore = runStatement(m_database, u"ROLLBACK"_s);
}

Result<Done> Transaction::commit()
{
    auto done = runStatement(m_database, u"COMMIT"_s);
    if (done)
        m_begun = Error::cancelled();
    return done;
}

} // namespace Longshore
