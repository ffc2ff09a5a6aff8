// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/auth/credentialhelper.h"
#include "core/base/resultjob.h"

#include <QPointer>
#include <QTimer>

class QProcess;

namespace Longshore {

/// Asks a credential helper for one registry: `docker-credential-NAME get`.
///
/// The name of the registry goes to the standard input. The program gets no shell, no terminal and
/// no more than the time limit; whatever it has started ends with it. Fails as Unauthorized,
/// whatever it is that the helper does wrong: then there is no sign-in to be had.
class CredentialHelperJob final : public ResultJob<Credentials>
{
    Q_OBJECT

public:
    /// Whom to ask, and what for.
    struct Question
    {
        QString program; ///< As findHelperProgram() gives it.
        QString serverKey; ///< The registry under the name that the helper knows.
        /// A helper may wait for somebody to unlock something.
        std::chrono::milliseconds timeLimit = std::chrono::seconds(10);
    };

    /// The program gets the environment of this one, and the root folder to stand in.
    explicit CredentialHelperJob(const Question &question, QObject *parent = nullptr);
    ~CredentialHelperJob() override;

private:
    void doStart() override;
    void releaseResources() override;
    void readOutput();
    void handleEnd(int exitStatus);
    void refuse(const QString &message);
    [[nodiscard]] QString name() const;

    Question m_question;
    QByteArray m_output;
    QPointer<QProcess> m_process;
    QTimer m_limit;
};

} // namespace Longshore
