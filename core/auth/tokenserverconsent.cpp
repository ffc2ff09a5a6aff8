// SPDX-License-Identifier: Apache-2.0
#include "core/auth/tokenserverconsent.h"

#include "core/base/displaytext.h"

#include <QCoreApplication>

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TokenServerConsent)
};

} // namespace

Error tokenServerRefused(const TokenServerQuestion &question)
{
    return {Error::Kind::Policy,
            Text::tr("%1 wants the sign-in to be sent to %2, which is not known "
                     "to belong to it. Nothing was sent.")
                .arg(quotedText(question.registry), quotedText(question.tokenServer))};
}

} // namespace Longshore
