// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/http/tlschoice.h"

#include <QList>
#include <QObject>
#include <QStringList>

namespace Longshore {

/// A registry that the user keeps in the list. Of its secrets none is stored.
struct SavedConnection
{
    /// Where the credentials come from.
    enum class SignIn {
        Anonymous,
        Session, ///< From the user, for as long as the program runs.
        Keychain,
        Configuration, ///< What Docker and Podman have for the registry; else anonymous.
    };

    QString id; ///< Never shown; made by the store.
    QString name; ///< What the person calls it.
    QString address; ///< As the user typed it: "reg.lab:5000", "http://reg.lab:5000".
    QString user = {}; ///< Empty for anonymous access; Credentials::identityTokenUser for a token.
    bool isReadOnly = false; ///< See HttpSettings::isReadOnly.
    QStringList repositories = {}; ///< Added by hand, where the server lists none.
    /// Where the password is; the connection never holds it.
    SignIn signIn = SignIn::Anonymous;
    TlsChoice tls = {}; ///< How the registry is trusted.
    bool isProduction = false; ///< See HttpSettings::isProduction.
    bool mayLeadInwards = false; ///< See HttpSettings::mayLeadInwards.

    friend bool operator==(const SavedConnection &, const SavedConnection &) = default;
};

/// The connections of the user, in a file that is written at each change.
///
/// A file that cannot be read is set aside, never overwritten.
class ConnectionStore final : public QObject
{
    Q_OBJECT

public:
    /// Reads \a path, usually defaultPath(); a file that is not there is an empty list.
    explicit ConnectionStore(const QString &path, QObject *parent = nullptr);

    /// "connections.json" in the folder of the program's settings.
    [[nodiscard]] static QString defaultPath();
    /// What is stored there, for somebody who changes nothing. Nothing when it cannot be read.
    [[nodiscard]] static std::optional<QList<SavedConnection>> read(const QString &path);

    /// In the order in which they were added.
    [[nodiscard]] const QList<SavedConnection> &connections() const noexcept
    {
        return m_connections;
    }
    /// The connection with \a id; nothing when it has been removed.
    [[nodiscard]] std::optional<SavedConnection> find(const QString &id) const;
    /// Why the stored connections are not there, for a message; empty when all is well.
    [[nodiscard]] const QString &notice() const noexcept { return m_notice; }

    /// Adds the connection, or replaces the one with its id; an empty id is given a new one. An
    /// Error of kind LocalFile when that could not be written; it then holds for this run of the
    /// program.
    Result<SavedConnection> save(SavedConnection connection);
    /// Forgets the connection; its password in the keychain is the business of KeychainJob.
    Result<Done> remove(const QString &id);

signals:
    /// The list is another one, whether or not it could be written.
    void changed();

private:
    void load();
    void setAside();
    Result<Done> write();

    QString m_path;
    QList<SavedConnection> m_connections;
    QString m_notice;
    bool m_isInTheWay = false; ///< What could not be read could not be moved either.
};

/// Whose password for \a host, as references write it, is in the keychain; empty for nobody's.
[[nodiscard]] QString keychainUserFor(const QList<SavedConnection> &connections,
                                      const QString &host);

} // namespace Longshore
