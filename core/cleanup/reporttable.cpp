// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/reporttable.h"

#include "core/base/displaytext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <limits>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

/// Our sentences isolate foreign words from the others, which files for scripts do not want.
QString plain(QString text)
{
    return text.remove(QChar(0x2068)).remove(QChar(0x2069));
}

/// Spreadsheets compute whatever begins like this, in quotes or not.
bool looksLikeFormula(const QString &cell)
{
    return !cell.isEmpty() && u"=+-@\t\r\n"_s.contains(cell.front());
}

QString csvCell(const QString &text)
{
    QString cell = plain(text);
    if (looksLikeFormula(cell))
        cell.prepend(u'\'');
    const bool needsQuotes = std::any_of(cell.begin(), cell.end(), [](QChar character) {
        return character == u'"' || character == u',' || character == u'\n' || character == u'\r';
    });
    return needsQuotes ? QString(u'"' + cell.replace(u'"', u"\"\""_s) + u'"') : cell;
}

QString csvLine(const QStringList &cells)
{
    QStringList line;
    for (const QString &cell : cells)
        line.append(csvCell(cell));
    return line.join(u',') + u"\r\n"_s;
}

/// For one cell of a page; lines stay lines.
QString htmlText(const QString &text)
{
    QStringList lines;
    const QStringList parts = plain(text).split(u'\n');
    for (const QString &part : parts)
        lines.append(displayText(part, std::numeric_limits<int>::max()).toHtmlEscaped());
    return lines.join("<br>"_L1);
}

QString htmlRow(const QStringList &cells)
{
    QString row = u"<tr>"_s;
    for (const QString &cell : cells)
        row += "<td>"_L1 + htmlText(cell) + "</td>"_L1;
    return row + "</tr>\n"_L1;
}

constexpr QLatin1StringView pageHead{
    "<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
    "style-src 'unsafe-inline'\">\n"
    "<meta name=\"color-scheme\" content=\"light dark\">\n"
    "<style>body{font:14px/1.5 system-ui,sans-serif;margin:2em auto;max-width:80em;padding:0 1em}"
    "h1{font-size:1.5em}dl{display:grid;grid-template-columns:fit-content(40%) 1fr;gap:.2em 1.5em}"
    "dt{font-weight:600}dd{margin:0;overflow-wrap:anywhere}"
    "table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;"
    "padding:.3em .8em .3em 0;border-bottom:1px solid #8886;overflow-wrap:anywhere}</style>\n"};

} // namespace

QByteArray toCsv(const ReportTable &table)
{
    QString text;
    for (const ReportTable::Fact &fact : table.facts)
        text += csvLine({fact.name.key, fact.value});
    if (!table.facts.isEmpty())
        text += "\r\n"_L1;
    QStringList keys;
    for (const ReportTable::Name &column : table.columns)
        keys.append(column.key);
    text += csvLine(keys);
    for (const QStringList &row : table.rows)
        text += csvLine(row);
    return text.toUtf8();
}

QByteArray toJson(const ReportTable &table)
{
    QJsonObject facts;
    for (const ReportTable::Fact &fact : table.facts)
        facts.insert(fact.name.key, plain(fact.value));
    QJsonArray rows;
    for (const QStringList &row : table.rows) {
        QJsonObject object;
        for (qsizetype i = 0; i < table.columns.size(); ++i)
            object.insert(table.columns.at(i).key, plain(row.at(i)));
        rows.append(object);
    }
    return QJsonDocument(
               QJsonObject{{u"title"_s, table.title}, {u"facts"_s, facts}, {u"rows"_s, rows}})
        .toJson();
}

QByteArray toHtml(const ReportTable &table)
{
    const QString title = htmlText(table.title);
    QString page = "<!DOCTYPE html>\n<html>\n"_L1 + pageHead + "<title>"_L1 + title
                   + "</title>\n<h1>"_L1 + title + "</h1>\n<dl>\n"_L1;
    for (const ReportTable::Fact &fact : table.facts)
        page += "<dt>"_L1 + htmlText(fact.name.title) + "</dt><dd>"_L1 + htmlText(fact.value)
                + "</dd>\n"_L1;
    page += "</dl>\n<table>\n<thead><tr>"_L1;
    for (const ReportTable::Name &column : table.columns)
        page += "<th>"_L1 + htmlText(column.title) + "</th>"_L1;
    page += "</tr></thead>\n<tbody>\n"_L1;
    for (const QStringList &row : table.rows)
        page += htmlRow(row);
    return QString(page + "</tbody>\n</table>\n</html>\n"_L1).toUtf8();
}

QByteArray bytesFor(const ReportTable &table, const QString &fileName)
{
    if (fileName.endsWith(".csv"_L1, Qt::CaseInsensitive))
        return toCsv(table);
    if (fileName.endsWith(".html"_L1, Qt::CaseInsensitive))
        return toHtml(table);
    return toJson(table);
}

} // namespace Longshore
