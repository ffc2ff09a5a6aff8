// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/auth/credentials.h"
#include "core/base/result.h"

#include <QList>
#include <QMap>
#include <QStringList>

namespace Longshore {

/// What Docker and Podman keep about sign-ins: "config.json", "auth.json", "$DOCKER_AUTH_CONFIG".
/// They differ in who reads what of it.
struct AuthFile
{
    /// Where the text comes from, which decides what it may hold.
    enum class Form {
        Usual, ///< Podman's "auth.json", Docker's "config.json".
        Variable, ///< "$DOCKER_AUTH_CONFIG": nothing but "auths" with nothing but "auth".
        Legacy, ///< "~/.dockercfg": the whole object is the "auths".
    };

    /// What is said about one registry, or about a part of it.
    struct Entry
    {
        QString key; ///< As written: "reg.lab:5000", "reg.lab/team", "https://reg.lab/v1/".
        Result<Credentials> credentials; ///< Empty where a helper keeps the secret.
    };

    QList<Entry> entries = {}; ///< In the order of the keys.
    QString store = {}; ///< "credsStore": the helper for every registry. Docker alone reads it.
    QMap<QString, QString> helpers = {}; ///< "credHelpers": registry to helper.
    /// "HttpHeaders": what Docker alone sends along, to every registry. As written.
    QMap<QString, QString> headers = {};

    /// An Error of kind InvalidInput when the whole is no such file; what is wrong with one entry
    /// concerns that alone. containers-auth.json(5).
    [[nodiscard]] static Result<AuthFile> parse(const QByteArray &bytes, Form form = Form::Usual);

    /// The entry for "reg.lab/team/app": of all that name it or a folder above it the longest;
    /// then keys with a scheme, as Docker once wrote them.
    [[nodiscard]] const Entry *find(const QString &host, const QString &repository = {}) const;
    /// Those for a part of \a host alone: "reg.lab/team" for "reg.lab".
    [[nodiscard]] QList<const Entry *> partsOf(const QString &host) const;
    /// The name of the helper for \a host, of "credHelpers"; empty for none.
    [[nodiscard]] QString helperFor(const QString &host) const;
    /// Every registry that is named, once, as references write it.
    [[nodiscard]] QStringList hosts() const;
};

/// The registry that a key is about: without scheme and path, "docker.io" for all that it is
/// called.
[[nodiscard]] QString hostOfKey(const QString &key);
/// The part of the registry that a key is about: "team" for "reg.lab/team"; empty for all of it.
[[nodiscard]] QString pathOfKey(const QString &key);
/// The names under which helpers may know \a host, as Docker writes it first.
[[nodiscard]] QStringList helperKeysOf(const QString &host);

} // namespace Longshore
