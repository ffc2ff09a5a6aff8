// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/strictobject.h"

#include "core/base/displaytext.h"
#include "core/oci/strictjson.h"

#include <QCoreApplication>

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(StrictObject)
};

} // namespace

StrictObject::StrictObject(const QJsonObject &object, std::optional<Error> &error)
    : m_left(object), m_error(error)
{}

StrictObject StrictObject::parse(const QByteArray &bytes, std::optional<Error> &error)
{
    const auto object = parseStrictJson(bytes, {.maximumDepth = 16, .integersOnly = true});
    if (!object)
        error = Error{Error::Kind::InvalidInput, object.error().message, object.error().detail};
    return {object ? *object : QJsonObject(), error};
}

StrictObject::~StrictObject()
{
    if (!m_left.isEmpty())
        refuse(Text::tr("Nothing is known of %1.").arg(quotedText(m_left.begin().key())));
}

StrictObject StrictObject::child(const QJsonValue &value)
{
    if (!value.isObject())
        refuse(Text::tr("There is something else where an object should be."));
    return {value.toObject(), m_error};
}

QJsonValue StrictObject::take(QLatin1StringView name)
{
    if (!has(name))
        refuse(Text::tr("%1 is missing.").arg(name));
    return m_left.take(name);
}

QString StrictObject::takeText(QLatin1StringView name)
{
    const QJsonValue value = take(name);
    if (!value.isString())
        refuseMember(name);
    return value.toString();
}

qint64 StrictObject::takeNumber(QLatin1StringView name, qint64 least, qint64 most)
{
    const QJsonValue value = take(name);
    // A number that does not fit is kept as a double and becomes the default here.
    const qint64 number = value.toInteger(-1);
    if (!value.isDouble() || number < least || number > most)
        refuseMember(name);
    return number;
}

QJsonArray StrictObject::takeList(QLatin1StringView name, qsizetype most)
{
    const QJsonValue value = take(name);
    if (!value.isArray() || value.toArray().size() > most)
        refuseMember(name);
    return value.toArray();
}

bool StrictObject::takeFlag(QLatin1StringView name, bool fallback)
{
    if (!has(name))
        return fallback;
    const QJsonValue value = take(name);
    if (!value.isBool())
        refuseMember(name);
    return value.toBool(fallback);
}

void StrictObject::refuse(const QString &message)
{
    if (!m_error)
        m_error =
            Error{Error::Kind::InvalidInput, Text::tr("The rules cannot be read: %1").arg(message)};
}

void StrictObject::refuseMember(QLatin1StringView name)
{
    refuse(Text::tr("%1 cannot have that value.").arg(name));
}

} // namespace Longshore
