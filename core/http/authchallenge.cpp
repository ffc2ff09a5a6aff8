// SPDX-License-Identifier: Apache-2.0
#include "core/http/authchallenge.h"

#include <QByteArrayView>

namespace Longshore {

namespace {

class ChallengeReader
{
public:
    explicit ChallengeReader(const QByteArray &header) : m_header(header) {}

    QList<AuthChallenge> read()
    {
        skip(" \t,");
        while (!atEnd()) {
            const qsizetype before = m_position;
            const QByteArray word = readToken();
            skip(" \t");
            if (!atEnd() && current() == '=' && !m_result.isEmpty())
                readParameter(word.toLower());
            else if (!word.isEmpty())
                m_result.append({word.toLower(), {}, false});
            skip(" \t,");
            if (m_position == before)
                ++m_position; // Garbage must not stop the reader.
        }
        return m_result;
    }

private:
    [[nodiscard]] bool atEnd() const { return m_position >= m_header.size(); }
    [[nodiscard]] char current() const { return m_header.at(m_position); }

    void skip(const char *characters)
    {
        while (!atEnd() && QByteArrayView(characters).contains(current()))
            ++m_position;
    }

    QByteArray readToken()
    {
        const qsizetype start = m_position;
        while (!atEnd() && !QByteArrayView(" \t,=\"").contains(current()))
            ++m_position;
        return m_header.mid(start, m_position - start);
    }

    void readParameter(const QByteArray &name)
    {
        skip("= \t");
        const QByteArray value = !atEnd() && current() == '"' ? readQuoted() : readUnquoted();
        AuthChallenge &challenge = m_result.last();
        if (!challenge.parameters.contains(name))
            challenge.parameters.insert(name, value);
        else if (name == "realm" && challenge.parameters.value(name) != value)
            challenge.isContradictory = true;
    }

    QByteArray readQuoted()
    {
        QByteArray value;
        for (++m_position; !atEnd() && current() != '"'; ++m_position) {
            if (current() == '\\' && m_position + 1 < m_header.size())
                ++m_position;
            value += current();
        }
        if (!atEnd())
            ++m_position;
        return value;
    }

    QByteArray readUnquoted()
    {
        const qsizetype start = m_position;
        while (!atEnd() && !QByteArrayView(" \t,").contains(current()))
            ++m_position;
        return m_header.mid(start, m_position - start);
    }

    QByteArray m_header;
    qsizetype m_position = 0;
    QList<AuthChallenge> m_result;
};

} // namespace

QList<AuthChallenge> parseChallenges(const QByteArray &header)
{
    return ChallengeReader(header).read();
}

} // namespace Longshore
