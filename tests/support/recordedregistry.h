// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/registrysession.h"
#include "support/testserver.h"

#include <QStringList>

/// Plays what docker-registry 2.8.2 has answered, byte for byte; see tests/data/registry-2.8.2.
/// Only its own address is put in place of the recorded one.
class RecordedRegistry final : public TestServer
{
    Q_OBJECT

public:
    /// An answer, and the request that it was given to.
    struct Answer
    {
        QByteArray method;
        QByteArray path;
        int status = 0;
        QList<std::pair<QByteArray, QByteArray>> headers = {};
        QByteArray body = {};

        [[nodiscard]] QByteArray header(const QByteArray &name) const;
    };

    RecordedRegistry();

    enum class Requests { AsRecorded, Any };

    /// Answers the next requests with these, in turn; all others get no answer.
    void play(const QStringList &labels, Requests requests = Requests::AsRecorded)
    {
        m_toPlay = labels;
        m_requests = requests;
    }
    /// Of the one that \a label names.
    [[nodiscard]] Answer answer(const QString &label) const;
    /// Empty when all answers have been given, and to the requests that they belong to unless to any.
    /// The query does not count: we name other page sizes.
    [[nodiscard]] QString complaint() const;

protected:
    void handle(const TestRequest &request, const TestConnection &connection) override;

private:
    QHash<QString, Answer> m_answers;
    QStringList m_toPlay;
    Requests m_requests = Requests::AsRecorded;
    QByteArray m_lastAsked;
    QString m_lastPlayed;
    QStringList m_complaints;
};

/// Such a registry and a session with it that asks once.
class RecordedConnection
{
public:
    RecordedConnection();

    Longshore::Network network;
    RecordedRegistry registry;
    Longshore::RegistrySession session;
    const Longshore::RepositoryName repository; ///< In which most was recorded.
};
