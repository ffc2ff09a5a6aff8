// SPDX-License-Identifier: Apache-2.0
#include "core/settings/connectionstore.h"

#include "core/base/displaytext.h"
#include "core/base/safefile.h"
#include "core/registry/registryaddress.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QUuid>

#include <array>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr int fileVersion = 1;
constexpr qint64 mostBytes = 4 * 1024 * 1024;

using SignIn = SavedConnection::SignIn;

constexpr std::array signInNames{std::pair{SignIn::Anonymous, "anonymous"_L1},
                                 std::pair{SignIn::Session, "session"_L1},
                                 std::pair{SignIn::Keychain, "keychain"_L1},
                                 std::pair{SignIn::Configuration, "configuration"_L1}};

QString nameOf(SignIn signIn)
{
    const auto *found = std::find_if(signInNames.begin(), signInNames.end(),
                                     [=](const auto &pair) { return pair.first == signIn; });
    return QString(found->second);
}

/// Without a name: from the time when there was nothing else.
SignIn signInOf(const QString &name, const QString &user)
{
    const auto *found = std::find_if(signInNames.begin(), signInNames.end(),
                                     [&](const auto &pair) { return pair.second == name; });
    if (found != signInNames.end())
        return found->first;
    return user.isEmpty() ? SignIn::Anonymous : SignIn::Session;
}

QJsonObject toJson(const TlsChoice &tls)
{
    return {{u"authorities"_s, tls.authorities},
            {u"certificate"_s, tls.certificate},
            {u"key"_s, tls.key},
            {u"pinnedSha256"_s, tls.pin},
            {u"verified"_s, tls.isVerified}};
}

/// Whoever is not clearly excused is verified.
TlsChoice tlsFromJson(const QJsonObject &object)
{
    return {.authorities = object.value("authorities"_L1).toString(),
            .certificate = object.value("certificate"_L1).toString(),
            .key = object.value("key"_L1).toString(),
            .pin = object.value("pinnedSha256"_L1).toString(),
            .isVerified = object.value("verified"_L1).toBool(true)};
}

QJsonObject toJson(const SavedConnection &connection)
{
    return {{u"id"_s, connection.id},
            {u"name"_s, connection.name},
            {u"address"_s, connection.address},
            {u"user"_s, connection.user},
            {u"signIn"_s, nameOf(connection.signIn)},
            {u"readOnly"_s, connection.isReadOnly},
            {u"production"_s, connection.isProduction},
            {u"leadsInwards"_s, connection.mayLeadInwards},
            {u"tls"_s, toJson(connection.tls)},
            {u"repositories"_s, QJsonArray::fromStringList(connection.repositories)}};
}

SavedConnection fromJson(const QJsonObject &object)
{
    SavedConnection connection{
        object.value("id"_L1).toString(),      object.value("name"_L1).toString(),
        object.value("address"_L1).toString(), object.value("user"_L1).toString(),
        object.value("readOnly"_L1).toBool(),  {}};
    connection.signIn = signInOf(object.value("signIn"_L1).toString(), connection.user);
    connection.isProduction = object.value("production"_L1).toBool();
    connection.mayLeadInwards = object.value("leadsInwards"_L1).toBool();
    connection.tls = tlsFromJson(object.value("tls"_L1).toObject());
    const QJsonArray repositories = object.value("repositories"_L1).toArray();
    for (const auto &repository : repositories)
        connection.repositories.append(repository.toString());
    return connection;
}

} // namespace

ConnectionStore::ConnectionStore(const QString &path, QObject *parent)
    : QObject(parent), m_path(path)
{
    load();
}

QString ConnectionStore::defaultPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation)
           + "/connections.json"_L1;
}

void ConnectionStore::load()
{
    if (const auto connections = read(m_path))
        m_connections = *connections;
    else
        setAside();
}

std::optional<QList<SavedConnection>> ConnectionStore::read(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return QList<SavedConnection>();
    const bool isReadable = file.size() <= mostBytes && file.open(QIODevice::ReadOnly);
    const QJsonObject object =
        isReadable ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
    if (object.value("version"_L1).toInt() != fileVersion
        || !object.value("connections"_L1).isArray())
        return {};
    const QJsonArray array = object.value("connections"_L1).toArray();
    QList<SavedConnection> connections;
    for (const auto &connection : array)
        connections.append(fromJson(connection.toObject()));
    return connections;
}

void ConnectionStore::setAside()
{
    const QString time = QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd'T'HHmmss"_s);
    const QString aside = m_path + ".unreadable-"_L1 + time;
    m_isInTheWay = !QFile::rename(m_path, aside);
    m_notice = !m_isInTheWay
                   ? tr("The saved connections could not be read. The file was kept as %1.")
                         .arg(quotedPath(aside))
                   : tr("The saved connections in %1 could not be read.").arg(quotedPath(m_path));
}

std::optional<SavedConnection> ConnectionStore::find(const QString &id) const
{
    for (const SavedConnection &connection : m_connections) {
        if (connection.id == id)
            return connection;
    }
    return {};
}

Result<SavedConnection> ConnectionStore::save(SavedConnection connection)
{
    if (connection.id.isEmpty())
        connection.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    const auto known =
        std::find_if(m_connections.begin(), m_connections.end(),
                     [&](const SavedConnection &other) { return other.id == connection.id; });
    if (known == m_connections.end())
        m_connections.append(connection);
    else
        *known = connection;
    const auto written = write();
    emit changed();
    return written ? Result<SavedConnection>(connection) : Result<SavedConnection>(written.error());
}

Result<Done> ConnectionStore::remove(const QString &id)
{
    m_connections.removeIf([&](const SavedConnection &connection) { return connection.id == id; });
    auto written = write();
    emit changed();
    return written;
}

Result<Done> ConnectionStore::write()
{
    if (m_isInTheWay)
        return Error{Error::Kind::LocalFile, m_notice};
    QJsonArray connections;
    for (const SavedConnection &connection : std::as_const(m_connections))
        connections.append(toJson(connection));
    QDir().mkpath(QFileInfo(m_path).absolutePath());
    return SafeFile::writeFile(m_path, QJsonDocument(QJsonObject{{u"version"_s, fileVersion},
                                                                 {u"connections"_s, connections}})
                                           .toJson());
}

QString keychainUserFor(const QList<SavedConnection> &connections, const QString &host)
{
    for (const SavedConnection &connection : connections) {
        const auto address = RegistryAddress::parse(connection.address);
        if (connection.signIn == SignIn::Keychain && address && address->host == host)
            return connection.user;
    }
    return {};
}

} // namespace Longshore
