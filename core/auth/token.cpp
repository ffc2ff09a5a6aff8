// SPDX-License-Identifier: Apache-2.0
#include "core/auth/token.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

using std::chrono::seconds;

constexpr seconds shortestLife{60};
constexpr seconds longestLife{24 * 60 * 60};
constexpr seconds shortestMargin{5};

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Token)
};

seconds lifetime(const QJsonValue &value)
{
    // Some servers send the number as a string.
    const double number = value.isString() ? value.toString().toDouble() : value.toDouble();
    if (std::isnan(number))
        return shortestLife;
    return seconds(static_cast<qint64>(std::clamp(number, static_cast<double>(shortestLife.count()),
                                                  static_cast<double>(longestLife.count()))));
}

/// Only what may stand in a header: a token with a line break would be two headers.
bool isHeaderSafe(const QByteArray &token)
{
    return std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

/// The resources of a list of scopes in their order, each with its actions.
using Rights = QList<std::pair<QString, QStringList>>;

Rights rightsOf(const QStringList &scopes)
{
    Rights rights;
    for (const QString &scope : scopes) {
        // A repository name may hold a port, so the actions are behind the last colon.
        const qsizetype colon = scope.contains(u':') ? scope.lastIndexOf(u':') : scope.size();
        const QString resource = scope.left(colon);
        auto known = std::find_if(rights.begin(), rights.end(),
                                  [&](const auto &right) { return right.first == resource; });
        if (known == rights.end())
            known = rights.insert(rights.end(), {resource, {}});
        known->second += scope.mid(colon + 1).split(u',', Qt::SkipEmptyParts);
        known->second.removeDuplicates();
    }
    return rights;
}

bool includes(const QStringList &scopes, const QStringList &wanted)
{
    const Rights have = rightsOf(scopes);
    const Rights need = rightsOf(wanted);
    return std::all_of(need.begin(), need.end(), [&](const auto &right) {
        return std::any_of(have.begin(), have.end(), [&](const auto &given) {
            const auto isGiven = [&](const QString &action) {
                return given.second.contains(action);
            };
            return given.first == right.first
                   && std::all_of(right.second.begin(), right.second.end(), isGiven);
        });
    });
}

} // namespace

Result<Token> Token::parse(const QByteArray &body)
{
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    QByteArray value = object.value("token"_L1).toString().toUtf8();
    if (value.isEmpty())
        value = object.value("access_token"_L1).toString().toUtf8();
    if (value.isEmpty() || !isHeaderSafe(value))
        return Error{Error::Kind::Protocol, Text::tr("The token server sent no usable token.")};
    const seconds life = lifetime(object.value("expires_in"_L1));
    return Token{Secret(value), QDeadlineTimer(life - std::max(shortestMargin, life / 10)),
                 Secret(object.value("refresh_token"_L1).toString().toUtf8())};
}

void TokenCache::insert(const QStringList &scopes, const Token &token)
{
    remove(scopes);
    m_entries.append({scopes, token});
}

std::optional<Token> TokenCache::find(const QStringList &scopes) const
{
    for (const Entry &entry : m_entries) {
        if (!entry.token.renewal.hasExpired() && includes(entry.scopes, scopes))
            return entry.token;
    }
    return {};
}

void TokenCache::remove(const QStringList &scopes)
{
    m_entries.removeIf([&](const Entry &entry) {
        return entry.token.renewal.hasExpired() || includes(entry.scopes, scopes);
    });
}

QStringList unitedScopes(const QStringList &left, const QStringList &right)
{
    QStringList result;
    for (const auto &[resource, actions] : rightsOf(left + right))
        result.append(actions.isEmpty() ? resource : QString(resource + u':' + actions.join(u',')));
    return result;
}

} // namespace Longshore
