// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/command.h"
#include "app/commandline/commandtable.h"
#include "core/base/safefile.h"
#include "core/oci/signingkey.h"

#include <QCoreApplication>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(KeyGenerate)
};

/// Makes a key for the signatures of schema 1 manifests.
class KeyGenerateCommand final : public Command
{
public:
    using Command::Command;

private:
    void doStart() override
    {
        const auto key = SigningKey::generate();
        if (!key)
            return fail(key.error());
        const auto written =
            SafeFile::writeFile(invocation().arguments.first(), key->toPem().reveal(),
                                SafeFile::Existing::Keep, SafeFile::Access::Owner);
        if (!written)
            return fail(written.error());
        output().writeResult({{u"keyId"_s, key->keyId()}}, key->keyId());
        succeed(ExitStatus::Done);
    }
};

} // namespace

CommandEntry keyGenerateEntry()
{
    return {u"key generate"_s,
            u"FILE"_s,
            Text::tr("Makes a key that signs schema 1 manifests."),
            {},
            &makeCommand<KeyGenerateCommand>};
}

} // namespace Longshore
