// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/auth/credentialplaces.h"
#include "core/auth/credentialsource.h"
#include "core/base/resultjob.h"

namespace Longshore {

/// Looks for credentials where people keep them: in $DOCKER_AUTH_CONFIG, the keychain, the files of
/// Docker and Podman and the helpers that these name.
///
/// Always succeeds unless it is cancelled: what cannot be read or run becomes a notice, and who is
/// nowhere known comes anonymously.
class FindCredentialsJob final : public ResultJob<FoundCredentials>
{
    Q_OBJECT

public:
    /// Whose credentials are wanted, and where they may be.
    struct Question
    {
        QString host; ///< As references write it: "reg.lab:5000", "docker.io".
        /// What is wanted for one repository alone; empty for the whole registry and all its parts.
        QString repository = {};
        QString keychainUser = {}; ///< Whose password is in the keychain; empty for nobody's.
        bool onlyKeychain = false; ///< Looks nowhere else.
        /// Names the files, and holds $DOCKER_AUTH_CONFIG.
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        /// For each helper.
        std::chrono::milliseconds helperLimit = std::chrono::seconds(10);
    };

    /// Nothing is read before start().
    explicit FindCredentialsJob(const Question &question, QObject *parent = nullptr);

private:
    void doStart() override;
    void askKeychain();
    void readFiles();
    /// Goes on with the candidate, or with the next one when it knows nothing.
    void tryNext();
    void addPart(const CredentialCandidate &candidate);
    void askHelper(const CredentialCandidate &candidate, const QString &program);
    void finish(const Credentials &credentials, const CredentialSource &source);

    Question m_question;
    QList<CredentialCandidate> m_candidates;
    QList<PartCredentials> m_parts; ///< That were found before what is for the whole registry.
    bool m_hasReadFiles = false;
    QStringList m_notices;
};

} // namespace Longshore
