// SPDX-License-Identifier: Apache-2.0
#include "core/settings/tokenserverstore.h"

#include "core/base/settledjob.h"

#include <QCoreApplication>
#include <QSettings>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TokenServerStore)
};

} // namespace

static QString keyOf(const TokenServerQuestion &pair)
{
    return "tokenServers/"_L1 + pair.registry;
}

TokenServerStore::TokenServerStore(const QString &path) : m_path(path)
{}

QString TokenServerStore::defaultPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation)
           + "/tokenservers.ini"_L1;
}

bool TokenServerStore::contains(const TokenServerQuestion &pair) const
{
    const QSettings settings(m_path, QSettings::IniFormat);
    return settings.value(keyOf(pair)).toStringList().contains(pair.tokenServer);
}

Result<Done> TokenServerStore::add(const TokenServerQuestion &pair)
{
    QSettings settings(m_path, QSettings::IniFormat);
    QStringList known = settings.value(keyOf(pair)).toStringList();
    known.removeAll(pair.tokenServer);
    known.append(pair.tokenServer);
    settings.setValue(keyOf(pair), known);
    settings.sync();
    if (settings.status() != QSettings::NoError)
        return Error{Error::Kind::LocalFile, Text::tr("Your answer could not be saved.")};
    return Done();
}

ResultJob<Done> *RememberedConsent::ask(const TokenServerQuestion &question)
{
    const bool mayBeTold =
        m_tokenServers.contains(question.tokenServer) || m_store.contains(question);
    return new SettledJob<Done>(mayBeTold ? Result<Done>(Done()) : tokenServerRefused(question));
}

} // namespace Longshore
