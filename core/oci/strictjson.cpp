// SPDX-License-Identifier: Apache-2.0
#include "core/oci/strictjson.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(StrictJson)
};

Error refused(const QString &message, const QString &detail = {})
{
    return {Error::Kind::Protocol, message, detail};
}

Error tooDeep()
{
    return {Error::Kind::TooLarge, Text::tr("The document is nested too deeply.")};
}

/// Looks at the tokens of a document that QJsonDocument has already accepted, so that only
/// what QJsonDocument does not mind has to be found.
class TokenCheck
{
public:
    TokenCheck(const QByteArray &bytes, const JsonRules &rules) : m_bytes(bytes), m_rules(rules) {}

    Result<Done> run()
    {
        while (m_position < m_bytes.size()) {
            if (const auto result = token(); !result)
                return result;
        }
        return Done();
    }

private:
    Result<Done> token()
    {
        const char c = m_bytes.at(m_position);
        if (c == '"')
            return string();
        ++m_position;
        if (c == '{' || c == '[') {
            m_open.push_back({c == '{', {}});
            if (static_cast<int>(m_open.size()) > m_rules.maximumDepth)
                return tooDeep();
        } else if ((c == '}' || c == ']') && !m_open.empty()) {
            m_open.pop_back();
        } else if (m_rules.integersOnly && isFractional(c)) {
            return refused(Text::tr("A number in the document is not an integer."));
        }
        return Done();
    }

    /// Outside strings, "." and exponents occur in numbers only; "e" also in true and false.
    [[nodiscard]] bool isFractional(char c) const
    {
        if (c == '.' || c == 'E')
            return true;
        const char before = m_position >= 2 ? m_bytes.at(m_position - 2) : ' ';
        return c == 'e' && before >= '0' && before <= '9';
    }

    Result<Done> string()
    {
        const qsizetype start = m_position++;
        while (m_position < m_bytes.size() && m_bytes.at(m_position) != '"')
            m_position += m_bytes.at(m_position) == '\\' ? 2 : 1;
        ++m_position;
        const QByteArrayView raw = QByteArrayView(m_bytes).sliced(start, m_position - start);
        if (!isMemberName())
            return raw.contains('\\') || raw.contains('\0') ? checkText(decoded(raw))
                                                            : Result<Done>(Done());
        const QString name = decoded(raw);
        QSet<QString> &names = m_open.back().names;
        // Go's readers ignore case; inside, labels may differ in nothing else.
        const QString key = m_open.size() == 1 ? name.toLower() : name;
        if (names.contains(key))
            return refused(Text::tr("The document names a member twice."), name.left(64));
        names.insert(key);
        return checkText(name);
    }

    [[nodiscard]] bool isMemberName() const
    {
        if (m_open.empty() || !m_open.back().isObject)
            return false;
        qsizetype next = m_position;
        while (next < m_bytes.size()
               && (m_bytes.at(next) == ' ' || m_bytes.at(next) == '\t' || m_bytes.at(next) == '\n'
                   || m_bytes.at(next) == '\r'))
            ++next;
        return next < m_bytes.size() && m_bytes.at(next) == ':';
    }

    static QString decoded(QByteArrayView raw)
    {
        const QByteArray array = '[' + raw.toByteArray() + ']';
        return QJsonDocument::fromJson(array).array().first().toString();
    }

    static Result<Done> checkText(const QString &text)
    {
        if (text.contains(QChar(u'\0')) || !text.isValidUtf16())
            return refused(Text::tr("The document contains characters that are no text."));
        return Done();
    }

    struct Open
    {
        bool isObject;
        QSet<QString> names;
    };

    const QByteArray &m_bytes;
    const JsonRules &m_rules;
    qsizetype m_position = 0;
    std::vector<Open> m_open;
};

} // namespace

Result<QJsonObject> parseStrictJson(const QByteArray &bytes, const JsonRules &rules)
{
    if (bytes.size() > rules.maximumBytes)
        return Error{Error::Kind::TooLarge, Text::tr("The document is larger than allowed."),
                     QString::number(bytes.size())};
    QJsonParseError parseError;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &parseError);
    if (parseError.error == QJsonParseError::DeepNesting)
        return tooDeep();
    if (parseError.error != QJsonParseError::NoError)
        return refused(Text::tr("The document is not JSON."), parseError.errorString());
    if (!document.isObject())
        return refused(Text::tr("The document is not a JSON object."));
    if (const auto checked = TokenCheck(bytes, rules).run(); !checked)
        return checked.error();
    return document.object();
}

std::optional<qint64> sizeMember(const QJsonObject &object, QLatin1StringView name)
{
    const QJsonValue value = object.value(name);
    const qint64 size = value.toInteger(-1);
    // A number that does not fit is kept as a double and becomes the default here.
    if (!value.isDouble() || size < 0)
        return {};
    return size;
}

bool hasLookalike(const QJsonObject &object, std::initializer_list<QLatin1StringView> names)
{
    const QStringList keys = object.keys();
    return std::any_of(keys.begin(), keys.end(), [&](const QString &key) {
        return std::any_of(names.begin(), names.end(), [&](QLatin1StringView name) {
            return key != name && key.compare(name, Qt::CaseInsensitive) == 0;
        });
    });
}

QMap<QString, QString> stringMap(const QJsonValue &value)
{
    QMap<QString, QString> result;
    const QJsonObject object = value.toObject();
    for (auto member = object.begin(); member != object.end(); ++member) {
        if (member.value().isString())
            result.insert(member.key(), member.value().toString());
    }
    return result;
}

QStringList stringList(const QJsonValue &value)
{
    QStringList result;
    const QJsonArray array = value.toArray();
    for (const auto &element : array) {
        if (element.isString())
            result.append(element.toString());
    }
    return result;
}

} // namespace Longshore
