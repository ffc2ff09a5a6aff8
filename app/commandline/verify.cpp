// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/command.h"
#include "app/commandline/commandtable.h"
#include "app/commandline/inputfile.h"
#include "core/oci/digest.h"
#include "core/oci/schema1signature.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Verify)
};

/// Checks the signatures of a schema 1 manifest in a file.
class VerifyCommand final : public Command
{
public:
    using Command::Command;

private:
    void doStart() override
    {
        const auto document = readInputFile(invocation().target(), largestManifest);
        if (!document)
            return fail(document.error());
        const auto checked = checkSchema1Signatures(*document);
        if (!checked)
            return fail(checked.error());
        report(*checked);
        succeed(checked->isValid() ? ExitStatus::Done : ExitStatus::VerificationFailed);
    }

    void report(const Schema1Check &checked)
    {
        const QString digest = Digest::ofBytes(checked.payload).toString();
        if (output().isJson()) {
            QJsonArray keys;
            for (const auto &signature : checked.signatures)
                keys.append(QJsonObject{{u"keyId"_s, signature.keyId},
                                        {u"valid"_s, !signature.error.has_value()}});
            return output().writeObject({{u"digest"_s, digest}, {u"keys"_s, keys}});
        }
        output().writeField(Text::tr("Digest"), digest);
        for (const auto &signature : checked.signatures) {
            const QString key = signature.keyId.isEmpty() ? Text::tr("no key") : signature.keyId;
            output().writeRow({key, signature.algorithm,
                               signature.error ? signature.error->message : Text::tr("valid")});
        }
    }
};

} // namespace

CommandEntry verifyEntry()
{
    return {u"verify"_s,
            u"FILE"_s,
            Text::tr("Checks the signatures of a schema 1 manifest."),
            {},
            &makeCommand<VerifyCommand>};
}

} // namespace Longshore
