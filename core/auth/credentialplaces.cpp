// SPDX-License-Identifier: Apache-2.0
#include "core/auth/credentialplaces.h"

#include "core/auth/credentialhelper.h"
#include "core/base/displaytext.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr qint64 mostBytes = 4 * 1024 * 1024;

using Owner = CredentialPlace::Owner;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CredentialPlaces)
};

QString homeOf(const QProcessEnvironment &environment)
{
    return environment.value(u"HOME"_s, QDir::homePath());
}

/// Folders that are given relative to wherever the program was started mean nothing.
QString folderOf(const QProcessEnvironment &environment, const QString &variable,
                 const QString &otherwise)
{
    const QString folder = environment.value(variable);
    return QDir::isAbsolutePath(folder) ? folder : otherwise;
}

QString runtimeFile(const QProcessEnvironment &environment, const QString &configFolder)
{
#ifdef Q_OS_LINUX
    Q_UNUSED(configFolder)
    const QString folder = folderOf(environment, u"XDG_RUNTIME_DIR"_s, {});
    return folder.isEmpty() ? u"/run/containers/%1/auth.json"_s.arg(getuid())
                            : QString(folder + "/containers/auth.json"_L1);
#else
    Q_UNUSED(environment)
    return configFolder + "/containers/auth.json"_L1;
#endif
}

Error broken(const QString &path, const QString &reason)
{
    return {Error::Kind::LocalFile,
            Text::tr("The sign-ins in %1 cannot be read: %2").arg(quotedPath(path), reason)};
}

AuthFile::Form formOf(Owner owner)
{
    return owner == Owner::Legacy ? AuthFile::Form::Legacy : AuthFile::Form::Usual;
}

QString helperIn(const AuthFile &file, Owner owner, const QString &host)
{
    const QString ofHost = file.helperFor(host);
    return ofHost.isEmpty() && owner == Owner::Docker ? file.store : ofHost;
}

/// What an entry of the file has, if that can be used; else a notice.
std::optional<CredentialCandidate> candidateOf(const AuthFile::Entry &entry, const QString &place,
                                               QStringList &notices)
{
    if (!entry.credentials)
        notices.append(broken(place, entry.credentials.error().message).message);
    if (!entry.credentials || entry.credentials->isEmpty())
        return {};
    CredentialCandidate candidate;
    candidate.credentials = *entry.credentials;
    candidate.prefix = pathOfKey(entry.key);
    return candidate;
}

/// What \a file has for the registry. Where a helper is named, what stands in the file itself does
/// not count.
QList<CredentialCandidate> candidatesIn(const AuthFile &file, const CredentialPlace &place,
                                        const QStringList &names, QStringList &notices)
{
    const QString &host = names.first();
    const QString repository = names.value(1);
    CredentialCandidate asked;
    asked.helper = helperIn(file, place.owner, host);
    if (!asked.helper.isEmpty()) {
        asked.helperKeys = helperKeysOf(host);
        if (place.owner == Owner::Podman)
            std::reverse(asked.helperKeys.begin(), asked.helperKeys.end());
        return {asked};
    }
    auto entries = repository.isEmpty() ? file.partsOf(host) : QList<const AuthFile::Entry *>();
    if (const AuthFile::Entry *entry = file.find(host, repository))
        entries.append(entry);
    QList<CredentialCandidate> candidates;
    for (const AuthFile::Entry *entry : std::as_const(entries)) {
        if (auto candidate = candidateOf(*entry, place.path, notices))
            candidates.append(*candidate);
    }
    return candidates;
}

bool othersMayRead(const QString &path)
{
    return QFileInfo(path).permissions().testAnyFlags(QFile::ReadOther | QFile::WriteOther);
}

} // namespace

CredentialPlace dockerPlace(const QProcessEnvironment &environment)
{
    const QString otherwise = homeOf(environment) + "/.docker"_L1;
    return {Owner::Docker,
            folderOf(environment, u"DOCKER_CONFIG"_s, otherwise) + "/config.json"_L1};
}

QList<CredentialPlace> credentialPlaces(const QProcessEnvironment &environment)
{
    const QString home = homeOf(environment);
    const QString config =
        folderOf(environment, u"XDG_CONFIG_HOME"_s, QString(home + "/.config"_L1));
    QList<CredentialPlace> places;
    const QString named = environment.value(u"REGISTRY_AUTH_FILE"_s);
    if (!named.isEmpty())
        return {{Owner::Podman, QDir(QDir::currentPath()).absoluteFilePath(named)}};
    places.append({Owner::Podman, runtimeFile(environment, config)});
    const CredentialPlace own{Owner::Podman, QString(config + "/containers/auth.json"_L1)};
    if (places.constFirst() != own)
        places.append(own);
    places.append(dockerPlace(environment));
    places.append({Owner::Legacy, home + "/.dockercfg"_L1});
    return places;
}

Result<std::optional<AuthFile>> readCredentialFile(const CredentialPlace &place)
{
    const QFileInfo info(place.path);
    if (!info.exists() && !info.isSymLink())
        return std::optional<AuthFile>();
    if (!info.isFile()) // A pipe would never end, a device may never begin.
        return broken(place.path, Text::tr("it is not a file."));
    if (info.size() > mostBytes)
        return broken(place.path, Text::tr("it is far too large."));
    QFile file(place.path);
    if (!file.open(QIODevice::ReadOnly))
        return broken(place.path, displayText(file.errorString()));
    const auto parsed = AuthFile::parse(file.read(mostBytes), formOf(place.owner));
    if (!parsed)
        return broken(place.path, parsed.error().message);
    return std::optional<AuthFile>(*parsed);
}

CredentialCandidates candidatesInFiles(const QString &host, const QString &repository,
                                       const QProcessEnvironment &environment)
{
    CredentialCandidates result;
    const auto places = credentialPlaces(environment);
    for (const CredentialPlace &place : places) {
        const auto file = readCredentialFile(place);
        if (!file) {
            result.notices.append(file.error().message);
            continue;
        }
        if (!*file)
            continue;
        auto found = candidatesIn(**file, place, {host, repository}, result.notices);
        const bool hasPassword = std::any_of(
            found.begin(), found.end(), [](const auto &one) { return !one.credentials.isEmpty(); });
        if (hasPassword && othersMayRead(place.path))
            result.notices.append(Text::tr("The passwords in %1 can be read by other users.")
                                      .arg(quotedPath(place.path)));
        for (CredentialCandidate &candidate : found)
            candidate.source = {CredentialSource::Kind::File, place.path};
        result.candidates += found;
    }
    return result;
}

CredentialCandidates candidatesInVariable(const QString &host, const QString &repository,
                                          const QProcessEnvironment &environment)
{
    CredentialCandidates result;
    const QString text = environment.value(u"DOCKER_AUTH_CONFIG"_s);
    if (text.isEmpty())
        return result;
    const auto file = AuthFile::parse(text.toUtf8(), AuthFile::Form::Variable);
    const QString name = u"$DOCKER_AUTH_CONFIG"_s;
    if (!file) {
        result.notices.append(broken(name, file.error().message).message);
        return result;
    }
    result.candidates =
        candidatesIn(*file, {Owner::Legacy, name}, {host, repository}, result.notices);
    for (CredentialCandidate &candidate : result.candidates)
        candidate.source = {CredentialSource::Kind::Variable};
    return result;
}

QList<KnownRegistry> knownRegistries(const QProcessEnvironment &environment)
{
    QList<KnownRegistry> result;
    QStringList seen;
    const auto places = credentialPlaces(environment);
    for (const CredentialPlace &place : places) {
        const auto file = readCredentialFile(place);
        if (!file || !*file)
            continue;
        const QStringList hosts = (*file)->hosts();
        for (const QString &host : hosts) {
            if (host.isEmpty() || seen.contains(host))
                continue;
            seen.append(host);
            const QString helper = helperIn(**file, place.owner, host);
            result.append({host,
                           {CredentialSource::Kind::File, place.path,
                            helper.isEmpty() ? QString() : helperProgramName(helper)}});
        }
    }
    return result;
}

} // namespace Longshore
