// SPDX-License-Identifier: Apache-2.0
#include "core/settings/connectioncredentials.h"

#include "core/auth/keychainjob.h"

namespace Longshore {

using SignIn = SavedConnection::SignIn;

std::optional<FindCredentialsJob::Question> credentialQuestion(const SavedConnection &connection,
                                                               const RegistryAddress &address)
{
    FindCredentialsJob::Question question{.host = address.host};
    if (connection.signIn == SignIn::Keychain) {
        question.keychainUser = connection.user;
        question.onlyKeychain = true; // Not somebody else, whom Docker happens to know.
        return question;
    }
    if (connection.signIn != SignIn::Configuration)
        return {};
    return question; // Of the whole registry, and of all its parts: they can all be looked at.
}

QString keychainKeyOf(const SavedConnection &connection)
{
    const auto address = RegistryAddress::parse(connection.address);
    const bool isThere = connection.signIn == SignIn::Keychain && address;
    return isThere ? KeychainJob::keyOf(address->host, connection.user) : QString();
}

} // namespace Longshore
