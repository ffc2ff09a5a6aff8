// SPDX-License-Identifier: Apache-2.0
#include "core/auth/keychainjob.h"

#include <QTimer>
#include <qt6keychain/keychain.h>

using namespace Qt::StringLiterals;

namespace Longshore {

KeychainJob::KeychainJob(Action action, const QString &key, const Secret &secret, QObject *parent)
    : ResultJob(parent), m_action(action), m_key(key), m_secret(secret)
{}

KeychainJob *KeychainJob::read(const QString &key, QObject *parent)
{
    return new KeychainJob(Action::Read, key, {}, parent);
}

KeychainJob *KeychainJob::write(const QString &key, const Secret &secret, QObject *parent)
{
    return new KeychainJob(Action::Write, key, secret, parent);
}

KeychainJob *KeychainJob::erase(const QString &key, QObject *parent)
{
    return new KeychainJob(Action::Erase, key, {}, parent);
}

KeychainJob *KeychainJob::probe(QObject *parent)
{
    // Nothing has this key. A locked service asks to be unlocked only for what it has.
    return read(u"probe"_s, parent);
}

QString KeychainJob::keyOf(const QString &host, const QString &user)
{
    return user + u'@' + host;
}

QKeychain::Job *KeychainJob::makeJob() const
{
    const QString service = u"longshore"_s;
    if (m_action == Action::Read)
        return new QKeychain::ReadPasswordJob(service);
    if (m_action == Action::Erase)
        return new QKeychain::DeletePasswordJob(service);
    auto *write = new QKeychain::WritePasswordJob(service);
    write->setBinaryData(m_secret.reveal());
    return write;
}

void KeychainJob::doStart()
{
    QTimer::singleShot(m_limit, this, [this] {
        if (isRunning())
            fail({Error::Kind::Timeout, tr("The password service does not answer.")});
    });
    // Not a child: it cannot be stopped, and deletes itself when the service has answered.
    QKeychain::Job *job = makeJob();
    job->setKey(m_key);
    job->setInsecureFallback(false);
    connect(job, &QKeychain::Job::finished, this, &KeychainJob::handleAnswer);
    job->start();
}

void KeychainJob::handleAnswer(QKeychain::Job *job)
{
    if (!isRunning())
        return;
    const bool isMissing = job->error() == QKeychain::EntryNotFound && m_action != Action::Write;
    if (job->error() != QKeychain::NoError && !isMissing)
        return fail({Error::Kind::Unsupported,
                     m_action == Action::Write
                         ? tr("The password service did not store the password.")
                         : tr("There is no password service that can be used."),
                     job->errorString()});
    const auto *reading = qobject_cast<QKeychain::ReadPasswordJob *>(job);
    succeed(reading && !isMissing ? Secret(reading->binaryData()) : Secret());
}

} // namespace Longshore
