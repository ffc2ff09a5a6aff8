// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <QJsonObject>
#include <QMap>
#include <QStringList>

namespace Longshore {

/// What a document may contain beyond plain JSON.
struct JsonRules
{
    int maximumDepth = 64; ///< Objects and lists in each other.
    qsizetype maximumBytes = 4 * 1024 * 1024; ///< What registries take of a manifest at most.
    bool integersOnly = false; ///< Manifests know no other numbers; "1e3" is no size.
};

/// Reads an object that decides something: QJsonDocument would take the last of two equal
/// members, and other readers the first. Refused are duplicate members (on the top level also
/// when they differ only in case), NUL characters and lone surrogates by an Error of kind Protocol,
/// depth and size beyond the rules by one of kind TooLarge. RFC 8259, 4.
[[nodiscard]] Result<QJsonObject> parseStrictJson(const QByteArray &bytes,
                                                  const JsonRules &rules = {});

/// The member as a non-negative 64-bit integer; nothing when it is anything else.
[[nodiscard]] std::optional<qint64> sizeMember(const QJsonObject &object, QLatin1StringView name);
/// Whether \a object has a member that differs from one of \a names in nothing but case: readers
/// that ignore case would take it for that one.
[[nodiscard]] bool hasLookalike(const QJsonObject &object,
                                std::initializer_list<QLatin1StringView> names);
/// The member as an object of strings; members that are no strings are left out.
[[nodiscard]] QMap<QString, QString> stringMap(const QJsonValue &value);
/// The member as a list of strings; elements that are no strings are left out.
[[nodiscard]] QStringList stringList(const QJsonValue &value);

} // namespace Longshore
