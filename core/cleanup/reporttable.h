// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

namespace Longshore {

/// Something that happened, as a table that people and scripts take away. Its words may come from a
/// server: each form makes them harmless in its own way.
struct ReportTable
{
    /// What a column, or a fact about all of it, is called.
    struct Name
    {
        QString key; ///< For scripts: "backupFolder".
        QString title; ///< For people.
    };
    /// Something that is true for the whole table.
    struct Fact
    {
        Name name; ///< What it is about.
        QString value; ///< May have several lines.
    };

    QString title = {}; ///< One line.
    QList<Fact> facts = {}; ///< In their order.
    QList<Name> columns = {}; ///< From left to right.
    QList<QStringList> rows = {}; ///< As long as the columns.
};

/// The table for a spreadsheet (RFC 4180): a line for each fact, an empty one, then the table. No
/// cell is taken for a formula.
[[nodiscard]] QByteArray toCsv(const ReportTable &table);
/// The table for scripts: {"title", "facts", "rows"}, with the keys as names.
[[nodiscard]] QByteArray toJson(const ReportTable &table);
/// The table as a page that needs nothing else: no script, no picture, no address.
[[nodiscard]] QByteArray toHtml(const ReportTable &table);
/// In the form that the ending of a file asks for: CSV, HTML, else JSON.
[[nodiscard]] QByteArray bytesFor(const ReportTable &table, const QString &fileName);

} // namespace Longshore
