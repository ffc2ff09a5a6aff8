// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

#include <QJsonArray>
#include <QJsonObject>

#include <array>
#include <type_traits>

namespace Longshore {

/// The words for the values of an enumeration.
template <typename T, size_t count>
using Words = std::array<std::pair<T, QLatin1StringView>, count>;

/// The word for \a value, which must have one.
template <typename T, size_t count>
[[nodiscard]] QString wordFor(T value, const Words<T, count> &words)
{
    for (const auto &[candidate, word] : words) {
        if (candidate == value)
            return word;
    }
    return {};
}

/// An object of a file of rules, from which every member must be taken: one that nobody asks for is
/// refused when the object ends. The first refusal is kept, for whoever began to read.
class StrictObject
{
public:
    /// Reads a document; refusals of it and all its objects go to \a error, as kind InvalidInput.
    [[nodiscard]] static StrictObject parse(const QByteArray &bytes, std::optional<Error> &error);
    /// Refuses what was not taken.
    ~StrictObject();
    Q_DISABLE_COPY_MOVE(StrictObject)

    /// An object within this one, which must live longer.
    [[nodiscard]] StrictObject child(const QJsonValue &value);

    /// Whether there is such a member that was not taken yet.
    [[nodiscard]] bool has(QLatin1StringView name) const { return m_left.contains(name); }
    /// The member; refused when there is none.
    QJsonValue take(QLatin1StringView name);
    /// The same for a text.
    [[nodiscard]] QString takeText(QLatin1StringView name);
    /// The same for an integer between the two.
    qint64 takeNumber(QLatin1StringView name, qint64 least, qint64 most);
    /// The same for a list of at most \a most values.
    [[nodiscard]] QJsonArray takeList(QLatin1StringView name, qsizetype most);
    /// A flag, or \a fallback when there is none.
    [[nodiscard]] bool takeFlag(QLatin1StringView name, bool fallback);

    /// One of \a words. Without the member \a fallback; without that it is refused.
    template <typename T, size_t count>
    [[nodiscard]] T takeWord(QLatin1StringView name, const Words<T, count> &words,
                             std::type_identity_t<std::optional<T>> fallback)
    {
        if (fallback && !has(name))
            return *fallback;
        const QString text = takeText(name);
        for (const auto &[value, word] : words) {
            if (text == word)
                return value;
        }
        refuseMember(name);
        return words.front().first;
    }

    /// Keeps the first refusal.
    void refuse(const QString &message);

private:
    StrictObject(const QJsonObject &object, std::optional<Error> &error);
    void refuseMember(QLatin1StringView name);

    QJsonObject m_left;
    std::optional<Error> &m_error;
};

} // namespace Longshore
