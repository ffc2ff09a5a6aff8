// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/base/secret.h"

namespace QKeychain {
class Job;
}

namespace Longshore {

/// One question to the password service of the desktop: Secret Service, KWallet, the keychains of
/// macOS and Windows.
///
/// Fails as Unsupported when there is no such service or it stores nothing, and as Timeout when it
/// does not answer in time: it may be asking the person to unlock it, which can take for ever. What
/// was to be stored is then stored all the same when the person has done so.
class KeychainJob final : public ResultJob<Secret>
{
    Q_OBJECT

public:
    /// Enough for a service that asks nobody.
    static constexpr std::chrono::milliseconds usualLimit = std::chrono::seconds(2);

    /// Gives an empty secret when there is none.
    [[nodiscard]] static KeychainJob *read(const QString &key, QObject *parent = nullptr);
    /// Stores \a secret, or replaces the one of that name.
    [[nodiscard]] static KeychainJob *write(const QString &key, const Secret &secret,
                                            QObject *parent = nullptr);
    /// It is no failure that there is nothing to erase.
    [[nodiscard]] static KeychainJob *erase(const QString &key, QObject *parent = nullptr);
    /// Succeeds when there is a password service. Asks the person nothing.
    [[nodiscard]] static KeychainJob *probe(QObject *parent = nullptr);

    /// Under which name the password of an account is kept. \a host is as references write it.
    [[nodiscard]] static QString keyOf(const QString &host, const QString &user);

    /// For an action during which the person may be asked something. Before start().
    void setTimeLimit(std::chrono::milliseconds limit) { m_limit = limit; }

private:
    enum class Action { Read, Write, Erase };

    KeychainJob(Action action, const QString &key, const Secret &secret, QObject *parent);

    void doStart() override;
    [[nodiscard]] QKeychain::Job *makeJob() const;
    void handleAnswer(QKeychain::Job *job);

    Action m_action;
    QString m_key;
    Secret m_secret;
    std::chrono::milliseconds m_limit = usualLimit;
};

} // namespace Longshore
