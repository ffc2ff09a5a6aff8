// SPDX-License-Identifier: Apache-2.0
#include "core/http/answerreader.h"

#include "core/http/httpresponse.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

// Twice of what Exchange takes, which then has a better word for it.
constexpr qint64 mostLineBytes = 128 * 1024;

void AnswerReader::add(QByteArrayView bytes)
{
    m_unread += bytes;
    // A step that cannot go on leaves everything as it is.
    for (qsizetype unread = -1; unread != m_unread.size() && !isWhole() && !isBroken();) {
        unread = m_unread.size();
        m_step = next();
    }
}

void AnswerReader::close()
{
    if (m_step == Step::Endless)
        m_step = Step::Whole;
}

QByteArray AnswerReader::takeBody(qsizetype most)
{
    const QByteArray taken = m_body.left(most);
    m_body.remove(0, taken.size());
    return taken;
}

AnswerReader::Step AnswerReader::next()
{
    if (m_step == Step::Known || m_step == Step::Endless || m_step == Step::Chunk)
        return readBody();
    const qsizetype end = m_unread.indexOf('\n');
    if (m_lineBytes + (end < 0 ? m_unread.size() : end) > mostLineBytes)
        return Step::Broken;
    if (end < 0)
        return m_step;
    QByteArray line = m_unread.left(end);
    m_unread.remove(0, end + 1);
    m_lineBytes += end + 1;
    if (line.endsWith('\r'))
        line.chop(1);
    return takeLine(line);
}

AnswerReader::Step AnswerReader::readBody()
{
    const qint64 count =
        m_step == Step::Endless ? m_unread.size() : qMin<qint64>(m_left, m_unread.size());
    m_body += QByteArrayView(m_unread).first(count);
    m_unread.remove(0, count);
    m_left -= count;
    if (m_step == Step::Endless || m_left > 0)
        return m_step;
    return m_step == Step::Chunk ? Step::ChunkEnd : Step::Whole;
}

AnswerReader::Step AnswerReader::takeLine(const QByteArray &line)
{
    switch (m_step) {
    case Step::Status: return readStatus(line);
    case Step::Field: return line.isEmpty() ? bodyAfterHead() : readField(line);
    case Step::ChunkSize: return readChunkSize(line);
    case Step::ChunkEnd: return line.isEmpty() ? Step::ChunkSize : Step::Broken;
    case Step::Trailer: return line.isEmpty() ? Step::Whole : Step::Trailer;
    default: return Step::Broken;
    }
}

AnswerReader::Step AnswerReader::readStatus(const QByteArray &line)
{
    static const QRegularExpression grammar(u"\\AHTTP/1\\.[0-9] ([1-9][0-9]{2})(?: |\\z)"_s);
    const auto match = grammar.match(QString::fromLatin1(line));
    m_status = match.captured(1).toInt();
    m_fields.clear();
    return match.hasMatch() && m_status != 101 ? Step::Field : Step::Broken;
}

AnswerReader::Step AnswerReader::readField(const QByteArray &line)
{
    const qsizetype colon = line.indexOf(':');
    const QByteArray name = line.left(colon);
    if (colon <= 0 || name.contains(' ') || name.contains('\t'))
        return Step::Broken;
    const QByteArray value = line.mid(colon + 1).trimmed();
    const auto same = std::find_if(m_fields.begin(), m_fields.end(), [&](const auto &one) {
        return one.first.compare(name, Qt::CaseInsensitive) == 0;
    });
    if (same == m_fields.end())
        m_fields.emplaceBack(name, value);
    else
        same->second += ", " + value;
    return Step::Field;
}

const QByteArray *AnswerReader::field(const QByteArray &name) const
{
    const auto found = std::find_if(m_fields.begin(), m_fields.end(), [&](const auto &one) {
        return one.first.compare(name, Qt::CaseInsensitive) == 0;
    });
    return found == m_fields.end() ? nullptr : &found->second;
}

AnswerReader::Step AnswerReader::bodyAfterHead()
{
    if (m_status < 200)
        return Step::Status;
    m_hasHead = true;
    if (m_status == 204 || m_status == 304)
        return Step::Whole;
    if (const QByteArray *coding = field("Transfer-Encoding"))
        return coding->toLower() == "chunked" ? Step::ChunkSize : Step::Broken;
    HttpHeaders headers;
    if (const QByteArray *length = field("Content-Length"))
        headers.insert("Content-Length", *length);
    const auto length = bodyLength(headers);
    m_left = length ? *length : -1;
    if (m_left == 0)
        return Step::Whole;
    return m_left > 0 ? Step::Known : Step::Endless;
}

AnswerReader::Step AnswerReader::readChunkSize(const QByteArray &line)
{
    // What may follow behind a semicolon says nothing that anybody needs.
    static const QRegularExpression grammar(u"\\A([0-9A-Fa-f]{1,15})[ \\t]*(?:;|\\z)"_s);
    const auto match = grammar.match(QString::fromLatin1(line));
    m_left = match.captured(1).toLongLong(nullptr, 16);
    if (!match.hasMatch())
        return Step::Broken;
    return m_left > 0 ? Step::Chunk : Step::Trailer;
}

} // namespace Longshore
