// SPDX-License-Identifier: Apache-2.0
#include "core/auth/credentialsource.h"

#include "core/base/displaytext.h"

#include <QCoreApplication>
#include <QDir>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CredentialSource)
};

/// As people write it: with "~" for their own folder.
QString shortPath(const QString &path)
{
    const QString home = QDir::homePath();
    const bool isAtHome = home.size() > 1 && path.startsWith(QString(home + u'/'));
    return displayText(
        QDir::toNativeSeparators(isAtHome ? QString(u'~' + path.mid(home.size())) : path));
}

} // namespace

QString CredentialSource::toString() const
{
    switch (kind) {
    case Kind::None: return Text::tr("anonymous");
    case Kind::Given: return Text::tr("as entered");
    case Kind::Variable: return Text::tr("from $DOCKER_AUTH_CONFIG");
    case Kind::Keychain: return Text::tr("from the keychain");
    case Kind::File: break;
    }
    if (helper.isEmpty())
        return Text::tr("from %1").arg(shortPath(path));
    return Text::tr("from %1 by %2").arg(shortPath(path), displayText(helper));
}

const PartCredentials *FoundCredentials::partFor(QStringView repository) const
{
    const PartCredentials *best = nullptr;
    for (const PartCredentials &part : parts) {
        if (part.areFor(repository) && (!best || part.prefix.size() > best->prefix.size()))
            best = &part;
    }
    return best;
}

} // namespace Longshore
