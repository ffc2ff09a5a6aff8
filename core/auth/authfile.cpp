// SPDX-License-Identifier: Apache-2.0
#include "core/auth/authfile.h"

#include "core/base/registryhost.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr auto hubKey = "https://index.docker.io/v1/"_L1;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(AuthFile)
};

Error unreadable(const QString &message)
{
    return {Error::Kind::InvalidInput, message};
}

bool isClean(QStringView text)
{
    return std::none_of(text.begin(), text.end(), [](QChar c) {
        return c.category() == QChar::Other_Control || c == QChar::ReplacementCharacter;
    });
}

/// "user:password" in Base64. A password may contain colons, a user may not.
Result<Credentials> decoded(const QString &auth)
{
    const QByteArray text = auth.trimmed().toLatin1();
    const auto base64 =
        QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
    if (!base64 || text.size() % 4 != 0) // Padded: else it may be cut off.
        return unreadable(Text::tr("The sign-in for this registry is not in Base64."));
    QByteArray bytes = base64.decoded;
    while (bytes.endsWith('\0'))
        bytes.chop(1);
    const qsizetype colon = bytes.indexOf(':');
    const QString user = QString::fromUtf8(bytes.left(std::max<qsizetype>(colon, 0)));
    if (user.isEmpty() || !isClean(user))
        return unreadable(Text::tr("The sign-in for this registry names no user."));
    return Credentials{user, Secret(bytes.mid(colon + 1))};
}

Result<Credentials> entryOf(const QJsonObject &object)
{
    const Secret identityToken(object.value("identitytoken"_L1).toString().toUtf8());
    const Secret registryToken(object.value("registrytoken"_L1).toString().toUtf8());
    const QString auth = object.value("auth"_L1).toString();
    Result<Credentials> result = auth.isEmpty() ? Result<Credentials>(Credentials{
                                     object.value("username"_L1).toString(),
                                     Secret(object.value("password"_L1).toString().toUtf8())})
                                                : decoded(auth);
    if (!result && identityToken.isEmpty() && registryToken.isEmpty())
        return result;
    Credentials credentials = result ? *result : Credentials();
    if (const auto objection = objectionTo(credentials))
        return *objection;
    credentials.identityToken = identityToken;
    credentials.registryToken = registryToken;
    return credentials;
}

QList<AuthFile::Entry> entriesOf(const QJsonObject &auths)
{
    QList<AuthFile::Entry> entries;
    for (auto it = auths.begin(); it != auths.end(); ++it)
        entries.append({it.key(), entryOf(it.value().toObject())});
    return entries;
}

QMap<QString, QString> textsOf(const QJsonObject &object)
{
    QMap<QString, QString> texts;
    for (auto it = object.begin(); it != object.end(); ++it)
        texts.insert(it.key(), it.value().toString());
    return texts;
}

bool hasOnly(const QJsonObject &object, QLatin1StringView member)
{
    const QStringList names = object.keys();
    return std::all_of(names.begin(), names.end(),
                       [member](const QString &name) { return name == member; });
}

Result<AuthFile> ofVariable(const QJsonObject &root)
{
    const QJsonObject auths = root.value("auths"_L1).toObject();
    const bool isPlain = std::all_of(auths.begin(), auths.end(), [](const QJsonValue &entry) {
        return hasOnly(entry.toObject(), "auth"_L1);
    });
    if (!hasOnly(root, "auths"_L1) || !isPlain)
        return unreadable(Text::tr("It may hold nothing but \"auths\" with \"auth\"."));
    return AuthFile{entriesOf(auths)};
}

QString withoutScheme(const QString &key)
{
    for (const auto scheme : {"https://"_L1, "http://"_L1}) {
        if (key.startsWith(scheme, Qt::CaseInsensitive))
            return key.mid(scheme.size());
    }
    return key;
}

/// "REG.lab/team" as "reg.lab/team"; of keys with a scheme the host alone.
QString canonicalKey(const QString &key)
{
    const QString bare = withoutScheme(key);
    const qsizetype slash = bare.indexOf(u'/');
    const QString host = canonicalRegistryHost(bare.left(slash < 0 ? bare.size() : slash));
    const bool hasScheme = bare.size() != key.size();
    return slash < 0 || hasScheme ? host : QString(host + bare.mid(slash));
}

} // namespace

QString hostOfKey(const QString &key)
{
    return canonicalKey(key).section(u'/', 0, 0);
}

QString pathOfKey(const QString &key)
{
    return canonicalKey(key).section(u'/', 1);
}

QStringList helperKeysOf(const QString &host)
{
    const QString canonical = canonicalRegistryHost(host);
    return canonical == dockerHub ? QStringList{QString(hubKey), QString(dockerHub)}
                                  : QStringList{canonical};
}

Result<AuthFile> AuthFile::parse(const QByteArray &bytes, Form form)
{
    const QJsonDocument document = QJsonDocument::fromJson(bytes);
    if (!document.isObject())
        return unreadable(Text::tr("It is no JSON object."));
    const QJsonObject root = document.object();
    if (form == Form::Variable)
        return ofVariable(root);
    if (form == Form::Legacy)
        return AuthFile{entriesOf(root)};
    AuthFile file{entriesOf(root.value("auths"_L1).toObject()),
                  root.value("credsStore"_L1).toString()};
    file.helpers = textsOf(root.value("credHelpers"_L1).toObject());
    file.headers = textsOf(root.value("HttpHeaders"_L1).toObject());
    return file;
}

const AuthFile::Entry *AuthFile::find(const QString &host, const QString &repository) const
{
    QString place = canonicalRegistryHost(host);
    if (!repository.isEmpty())
        place += u'/' + repository;
    const auto keyed = [this](auto &&isWanted) -> const Entry * {
        const auto found = std::find_if(entries.begin(), entries.end(), isWanted);
        return found == entries.end() ? nullptr : &*found;
    };
    while (place.contains(u'/')) {
        if (const Entry *entry =
                keyed([&](const Entry &e) { return canonicalKey(e.key) == place; }))
            return entry;
        place.truncate(place.lastIndexOf(u'/'));
    }
    // As it is written today before what it was once written as.
    const QString now = place == dockerHub ? QString(hubKey) : place;
    if (const Entry *entry = keyed([&](const Entry &e) { return e.key == now; }))
        return entry;
    return keyed([&](const Entry &e) { return canonicalKey(e.key) == place; });
}

QList<const AuthFile::Entry *> AuthFile::partsOf(const QString &host) const
{
    QList<const Entry *> parts;
    for (const Entry &entry : entries) {
        if (hostOfKey(entry.key) == canonicalRegistryHost(host) && !pathOfKey(entry.key).isEmpty())
            parts.append(&entry);
    }
    return parts;
}

QString AuthFile::helperFor(const QString &host) const
{
    const QString place = canonicalRegistryHost(host);
    for (auto it = helpers.begin(); it != helpers.end(); ++it) {
        if (canonicalKey(it.key()) == place)
            return it.value();
    }
    return {};
}

QStringList AuthFile::hosts() const
{
    QStringList result;
    for (const Entry &entry : entries)
        result.append(hostOfKey(entry.key));
    for (auto it = helpers.begin(); it != helpers.end(); ++it)
        result.append(hostOfKey(it.key()));
    result.removeDuplicates();
    return result;
}

} // namespace Longshore
