// SPDX-License-Identifier: Apache-2.0
#include "core/auth/authfile.h"
#include "core/auth/credentialhelper.h"
#include "core/auth/token.h"
#include "fuzz/fuzztarget.h"

using namespace Longshore;

/// Files of Docker and Podman, what helpers print, what token servers answer.
void fuzz(const QByteArray &input)
{
    for (const auto form :
         {AuthFile::Form::Usual, AuthFile::Form::Variable, AuthFile::Form::Legacy}) {
        const auto file = AuthFile::parse(input, form);
        if (!file)
            continue;
        (void)file->hosts();
        (void)file->find(QStringLiteral("reg.example:5000"), QStringLiteral("team/app"));
    }
    for (const int status : {0, 1}) {
        const auto outcome = readHelperOutcome(QStringLiteral("helper"), {status, input});
        if (!outcome && input.size() > 20) // Short words may stand in any sentence.
            require(!outcome.error().message.contains(QString::fromUtf8(input)));
    }
    if (const auto token = Token::parse(input))
        require(!token->header().reveal().contains('\n')
                && !token->header().reveal().contains('\r'));
}
