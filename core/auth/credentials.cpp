// SPDX-License-Identifier: Apache-2.0
#include "core/auth/credentials.h"

#include <QCoreApplication>

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Credentials)
};

} // namespace

std::optional<Error> objectionTo(const Credentials &credentials)
{
    if (!credentials.user.contains(u':'))
        return {};
    // The name is not repeated: the password may be a part of it by mistake.
    return Error{Error::Kind::InvalidInput,
                 Text::tr("A user name must not contain a colon: what stands behind it would be "
                          "taken for the password.")};
}

} // namespace Longshore
