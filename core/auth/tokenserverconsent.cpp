// SPDX-License-Identifier: Apache-2.0
#include "core/auth/tokenserverconsent.h"

#include "core/base/displaytext.h"

namespace Longshore {

void RefuseTokenServerJob::doStart()
{
    fail(tokenServerRefused(m_question));
}

Error tokenServerRefused(const TokenServerQuestion &question)
{
    return {Error::Kind::Policy,
            RefuseTokenServerJob::tr("%1 wants the sign-in to be sent to %2, which is not known "
                                     "to belong to it. Nothing was sent.")
                .arg(quotedText(question.registry), quotedText(question.tokenServer))};
}

} // namespace Longshore
