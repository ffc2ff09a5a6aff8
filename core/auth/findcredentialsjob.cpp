// SPDX-License-Identifier: Apache-2.0
#include "core/auth/findcredentialsjob.h"

#include "core/auth/credentialhelperjob.h"
#include "core/auth/keychainjob.h"
#include "core/base/displaytext.h"
#include "core/base/logging.h"
#include "core/base/workerjob.h"

#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

using Kind = CredentialSource::Kind;

FindCredentialsJob::FindCredentialsJob(const Question &question, QObject *parent)
    : ResultJob(parent), m_question(question)
{}

void FindCredentialsJob::doStart()
{
    if (m_question.onlyKeychain)
        return askKeychain();
    const CredentialCandidates found =
        candidatesInVariable(m_question.host, m_question.repository, m_question.environment);
    m_notices = found.notices;
    m_candidates = found.candidates;
    tryNext();
}

void FindCredentialsJob::askKeychain()
{
    if (m_question.keychainUser.isEmpty() && !m_question.onlyKeychain)
        return readFiles();
    const QString key = KeychainJob::keyOf(m_question.host, m_question.keychainUser);
    runChild(KeychainJob::read(key), [this](const Result<Secret> &password) {
        if (password && !password->isEmpty())
            return finish(Credentials::ofAccount(m_question.keychainUser, *password),
                          {Kind::Keychain});
        if (!password)
            m_notices.append(password.error().message);
        m_question.onlyKeychain ? finish({}, {}) : readFiles();
    });
}

void FindCredentialsJob::readFiles()
{
    m_hasReadFiles = true;
    // Home folders may be far away.
    auto *job = new WorkerJob<CredentialCandidates>(
        [question = m_question](const CancelFlag &) -> Result<CredentialCandidates> {
            return candidatesInFiles(question.host, question.repository, question.environment);
        });
    runChild(job, [this](const Result<CredentialCandidates> &found) {
        if (found) {
            m_candidates = found->candidates;
            m_notices += found->notices;
        }
        tryNext();
    });
}

void FindCredentialsJob::tryNext()
{
    if (m_candidates.isEmpty())
        return m_hasReadFiles ? finish({}, {}) : askKeychain();
    const CredentialCandidate candidate = m_candidates.takeFirst();
    if (!candidate.prefix.isEmpty())
        return addPart(candidate);
    if (candidate.helper.isEmpty())
        return finish(candidate.credentials, candidate.source);
    const auto program =
        findHelperProgram(candidate.helper, m_question.environment.value(u"PATH"_s));
    if (!program) {
        m_notices.append(program.error().message);
        return tryNext();
    }
    askHelper(candidate, *program);
}

/// The first place that knows a part counts, also when a later one knows a smaller part of that; for
/// one repository nothing more is wanted.
void FindCredentialsJob::addPart(const CredentialCandidate &candidate)
{
    const bool isKnown = std::any_of(m_parts.begin(), m_parts.end(), [&](const auto &part) {
        return part.prefix == candidate.prefix
               || (part.source != candidate.source && part.areFor(candidate.prefix));
    });
    if (!isKnown)
        m_parts.append({candidate.prefix, candidate.credentials, candidate.source});
    m_question.repository.isEmpty() ? tryNext() : finish({}, {});
}

void FindCredentialsJob::askHelper(const CredentialCandidate &candidate, const QString &program)
{
    CredentialCandidate asked = candidate;
    const QString key = asked.helperKeys.takeFirst();
    runChild(new CredentialHelperJob({program, key, m_question.helperLimit}),
             [this, asked, program](const Result<Credentials> &answer) {
                 CredentialSource source = asked.source;
                 source.helper = QFileInfo(program).fileName();
                 if (answer && !answer->isEmpty())
                     return finish(*answer, source);
                 if (!answer) {
                     const Error &error = answer.error();
                     m_notices.append(error.detail.isEmpty()
                                          ? error.message
                                          : QString(error.message + u' ' + error.detail));
                     return tryNext();
                 }
                 if (!asked.helperKeys.isEmpty())
                     return askHelper(asked, program);
                 tryNext();
             });
}

void FindCredentialsJob::finish(const Credentials &credentials, const CredentialSource &source)
{
    qCDebug(logAuth).noquote() << "credentials for" << displayText(m_question.host) << "-"
                               << source.toString();
    for (const PartCredentials &part : std::as_const(m_parts))
        qCDebug(logAuth).noquote()
            << "and for" << displayText(part.prefix) << "-" << part.source.toString();
    for (const QString &notice : std::as_const(m_notices))
        qCDebug(logAuth).noquote() << notice;
    succeed({credentials, source, m_notices, m_parts});
}

} // namespace Longshore
