// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/connectionproperties.h"

#include "core/auth/credentialsource.h"
#include "core/base/displaytext.h"
#include "core/registry/registrysession.h"
#include "ui/presenters/connectionprotection.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ConnectionProperties)
};

} // namespace

QString accountText(const RegistrySession &session)
{
    const Credentials &credentials = session.credentials();
    if (credentials.isEmpty())
        return Text::tr("anonymous");
    return credentials.user.isEmpty() ? Text::tr("signed in by a token")
                                      : displayText(credentials.user);
}

QString encryptionText(const RegistrySession &session)
{
    if (!session.isEncrypted())
        return Text::tr("not encrypted");
    const QString mark = protectionMark(protectionOf(session));
    const QString encrypted = Text::tr("encrypted");
    return mark.isEmpty() ? encrypted : QString(encrypted + u", "_s + mark);
}

QList<Property> propertiesOf(const RegistrySession *session, const FoundCredentials &account)
{
    if (!session)
        return {};
    QList<Property> properties{
        {displayText(session->host()), {}, true},
        {Text::tr("Address"), session->urls().base().toDisplayString()},
        {Text::tr("Account"), accountText(*session)},
        {Text::tr("Connection"), encryptionText(*session)},
    };
    if (!session->credentials().isEmpty())
        properties.insert(3, {Text::tr("Sign-in"), account.source.toString()});
    if (session->client().settings().isReadOnly)
        properties.append({Text::tr("Changes"), Text::tr("none, the connection is read-only")});
    return properties;
}

} // namespace Longshore::Ui
