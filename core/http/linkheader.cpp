// SPDX-License-Identifier: Apache-2.0
#include "core/http/linkheader.h"

#include <QCoreApplication>

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LinkHeader)
};

struct Link
{
    QByteArray target;
    QByteArray relation; ///< Lower case, as written: "next", "prev next".
};

/// Reads one link after the other from the front of a header.
class LinkReader
{
public:
    explicit LinkReader(QByteArray header) : m_rest(std::move(header)) {}

    bool atEnd()
    {
        while (!m_rest.isEmpty() && (m_rest.front() == ',' || isSpace(m_rest.front())))
            m_rest.remove(0, 1);
        return m_rest.isEmpty();
    }

    std::optional<Link> next()
    {
        Link link;
        if (!readTarget(link))
            return {};
        while (skip(';')) {
            const QByteArray name = readWord("=;,").toLower();
            const QByteArray value = skip('=') ? readValue() : QByteArray();
            if (name == "rel" && link.relation.isEmpty())
                link.relation = value.toLower();
        }
        return link;
    }

private:
    static bool isSpace(char c) { return c == ' ' || c == '\t'; }

    bool skip(char c)
    {
        m_rest = m_rest.trimmed();
        if (!m_rest.startsWith(c))
            return false;
        m_rest = m_rest.mid(1).trimmed();
        return true;
    }

    bool readTarget(Link &link)
    {
        if (!m_rest.startsWith('<')) {
            // Old Quay wrote the target without brackets.
            link.target = readWord(";,");
            return !link.target.isEmpty();
        }
        const qsizetype end = m_rest.indexOf('>');
        if (end < 0)
            return false;
        link.target = m_rest.mid(1, end - 1);
        m_rest.remove(0, end + 1);
        return true;
    }

    QByteArray readWord(const char *stops)
    {
        qsizetype length = 0;
        while (length < m_rest.size() && !QByteArrayView(stops).contains(m_rest.at(length)))
            ++length;
        const QByteArray word = m_rest.left(length).trimmed();
        m_rest.remove(0, length);
        return word;
    }

    QByteArray readValue()
    {
        if (!m_rest.startsWith('"'))
            return readWord(";,");
        QByteArray value;
        qsizetype i = 1;
        for (; i < m_rest.size() && m_rest.at(i) != '"'; ++i) {
            if (m_rest.at(i) == '\\' && i + 1 < m_rest.size())
                ++i;
            value += m_rest.at(i);
        }
        m_rest.remove(0, i + 1);
        return value;
    }

    QByteArray m_rest;
};

} // namespace

Result<std::optional<QUrl>> nextPage(const QByteArray &linkHeader, const QUrl &current)
{
    const Error broken{Error::Kind::Protocol, Text::tr("The server names the next page badly."),
                       QString::fromLatin1(linkHeader.left(200))};
    LinkReader reader(linkHeader);
    while (!reader.atEnd()) {
        const auto link = reader.next();
        if (!link)
            return broken;
        if (!link->relation.split(' ').contains("next"))
            continue;
        const QUrl target = QUrl::fromEncoded(link->target, QUrl::StrictMode);
        if (!target.isValid() || link->target.isEmpty())
            return broken;
        return std::optional<QUrl>(current.resolved(target));
    }
    return std::optional<QUrl>();
}

} // namespace Longshore
