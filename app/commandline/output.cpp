// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/output.h"

#include "app/commandline/errortext.h"
#include "core/base/displaytext.h"

#include <QIODevice>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cerrno>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr qsizetype fieldWidth = 12;
constexpr qsizetype mostBuffered = 64 * 1024;

bool isPlain(QChar character)
{
    switch (character.category()) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph: return false;
    default: return true;
    }
}

} // namespace

QByteArray jsonText(const QJsonValue &value)
{
    QByteArray text = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    text = text.sliced(1, text.size() - 2); // Only arrays and objects can be written directly.
    QString result;
    // Everything beyond ASCII stands inside strings, where an escape means the same.
    const QString characters = QString::fromUtf8(text);
    for (const QChar character : characters) {
        if (isPlain(character))
            result += character;
        else
            result += u"\\u%1"_s.arg(character.unicode(), 4, 16, QChar(u'0'));
    }
    return result.toUtf8();
}

Output::Output(QIODevice &results, QIODevice &messages, Style style, QObject *parent)
    : QObject(parent), m_results(results), m_messages(messages), m_style(style)
{}

Output::~Output()
{
    flush();
}

void Output::writeResult(const QJsonObject &object, const QString &line)
{
    if (isJson())
        writeObject(object);
    else
        writeRow({line});
}

void Output::writeObject(const QJsonObject &object)
{
    append(jsonText(object) + '\n');
}

void Output::writeRow(const QStringList &cells)
{
    QStringList shown;
    for (const QString &cell : cells)
        shown.append(displayText(cell));
    const QString line = shown.join(u'\t') + u'\n';
    append(line.toUtf8());
}

void Output::writeField(const QString &name, const QString &value)
{
    const QString label = name + u':';
    if (!value.isEmpty())
        writeRow({QString(label.leftJustified(fieldWidth) + value)});
}

void Output::writeBytes(const QByteArray &bytes)
{
    append(bytes);
}

void Output::addToList(const QJsonValue &element, const QStringList &cells)
{
    if (!isJson())
        return writeRow(cells);
    append((m_list == List::Open ? ",\n" : "[") + jsonText(element));
    m_list = List::Open;
}

void Output::endList()
{
    if (isJson() && m_list != List::Closed)
        append(m_list == List::Open ? "]\n" : "[]\n");
    m_list = List::Closed;
    flush();
}

void Output::append(const QByteArray &bytes)
{
    m_buffer += bytes;
    if (m_buffer.size() >= mostBuffered)
        flush();
}

void Output::flush()
{
    const QByteArray bytes = std::exchange(m_buffer, {});
    if (bytes.isEmpty() || m_isBroken || m_results.write(bytes) == bytes.size())
        return;
    const int errorNumber = errno;
    m_isBroken = true;
    // "longshorectl tags ... | head" is no failure that anybody wants to read about.
    if (errorNumber != EPIPE)
        writeMessage(
            errorLine({Error::Kind::LocalFile,
                       tr("Cannot write the result: %1.").arg(quotedText(m_results.errorString()))},
                      {}));
    emit broken();
}

void Output::note(const QString &text)
{
    if (!m_style.isQuiet)
        writeMessage(displayText("longshorectl: "_L1 + text));
}

void Output::writeError(const Error &error, const QString &subject)
{
    if (m_list == List::Open)
        endList();
    else if (isJson() && m_list == List::None)
        writeObject({{u"error"_s, errorObject(error)}});
    writeRemark(error, subject);
}

void Output::writeRemark(const Error &error, const QString &subject)
{
    flush();
    writeMessage(errorLine(error, subject));
}

void Output::writeMessage(const QString &line)
{
    emit speaking();
    const QString ended = line + u'\n';
    m_messages.write(ended.toUtf8());
}

} // namespace Longshore
