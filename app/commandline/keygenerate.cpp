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

/// Whether a file of that name is to hold a JSON web key.
bool isJwk(const QString &path)
{
    return path.endsWith(".jwk"_L1, Qt::CaseInsensitive)
           || path.endsWith(".json"_L1, Qt::CaseInsensitive);
}

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
        const QString &path = invocation().arguments.first();
        const Secret text = isJwk(path) ? key->toJwk() : key->toPem();
        const auto written = SafeFile::writeFile(path, text.reveal(), SafeFile::Existing::Keep,
                                                 SafeFile::Access::Owner);
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
            Text::tr("Makes a key that signs schema 1 manifests: PEM, or a JSON web key in a FILE "
                     "named .jwk or .json."),
            {},
            &makeCommand<KeyGenerateCommand>};
}

} // namespace Longshore
