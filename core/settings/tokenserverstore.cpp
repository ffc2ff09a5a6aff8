// SPDX-License-Identifier: Apache-2.0
#include "core/settings/tokenserverstore.h"

#include <QSettings>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

class AgreeJob final : public ResultJob<Done>
{
private:
    void doStart() override { succeed(Done()); }
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
        return Error{Error::Kind::LocalFile,
                     RefuseTokenServerJob::tr("Your answer could not be saved.")};
    return Done();
}

ResultJob<Done> *RememberedConsent::ask(const TokenServerQuestion &question)
{
    if (m_tokenServers.contains(question.tokenServer) || m_store.contains(question))
        return new AgreeJob;
    return new RefuseTokenServerJob(question);
}

} // namespace Longshore
