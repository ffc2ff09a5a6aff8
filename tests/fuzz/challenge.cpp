// SPDX-License-Identifier: Apache-2.0
#include "core/http/authchallenge.h"
#include "fuzz/fuzztarget.h"

using namespace Longshore;

/// WWW-Authenticate: names are in lower case, and nothing grows.
void fuzz(const QByteArray &input)
{
    for (const AuthChallenge &challenge : parseChallenges(input)) {
        require(challenge.scheme == challenge.scheme.toLower());
        for (auto one = challenge.parameters.begin(); one != challenge.parameters.end(); ++one)
            require(one.key() == one.key().toLower() && one.value().size() <= input.size());
    }
}
