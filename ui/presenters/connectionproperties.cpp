// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/connectionproperties.h"

#include "core/auth/credentialsource.h"
#include "core/base/displaytext.h"
#include "core/registry/registrysession.h"
#include "ui/presenters/connectionprotection.h"

#include <QCoreApplication>

#include <array>

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
        return session.account().isAnonymous() ? Text::tr("anonymous")
                                               : Text::tr("signed in to parts of it");
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

/// Hints included: they are told, and keep nobody from anything.
static QList<Property> offersOf(const RegistryCapabilities &known)
{
    const std::array names{std::pair{Capability::Catalog, Text::tr("list of repositories")},
                           std::pair{Capability::Deletion, Text::tr("deletion of images")},
                           std::pair{Capability::TagDeletion, Text::tr("deletion of tags alone")},
                           std::pair{Capability::Referrers, Text::tr("list of referrers")},
                           std::pair{Capability::Range, Text::tr("parts of blobs")},
                           std::pair{Capability::Mount, Text::tr("mounting of blobs")}};
    QStringList offered;
    QStringList lacking;
    for (const auto &[capability, name] : names) {
        if (known.of(capability) != Support::Unknown)
            (known.of(capability) == Support::Yes ? offered : lacking).append(name);
    }
    QList<Property> properties;
    if (!offered.isEmpty())
        properties.append({Text::tr("Offers"), offered.join(u", "_s)});
    if (!lacking.isEmpty())
        properties.append({Text::tr("Does not offer"), lacking.join(u", "_s)});
    return properties;
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
    for (const PartCredentials &part : account.parts)
        properties.insert(
            properties.size() - 1,
            {Text::tr("Sign-in for %1").arg(quotedText(part.prefix)), part.source.toString()});
    properties += offersOf(session->capabilities());
    if (session->client().settings().isReadOnly)
        properties.append({Text::tr("Changes"), Text::tr("none, the connection is read-only")});
    return properties;
}

} // namespace Longshore::Ui
