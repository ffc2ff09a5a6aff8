// SPDX-License-Identifier: Apache-2.0
#include "core/settings/capabilitystore.h"

#include <QJsonDocument>
#include <QSettings>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace Longshore {

static QString keyOf(const QString &connectionId)
{
    return "capabilities/"_L1 + connectionId;
}

CapabilityStore::CapabilityStore(const QString &path) : m_path(path)
{}

QString CapabilityStore::defaultPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation)
           + "/capabilities.ini"_L1;
}

QJsonObject CapabilityStore::find(const QString &connectionId) const
{
    const QSettings settings(m_path, QSettings::IniFormat);
    return QJsonDocument::fromJson(settings.value(keyOf(connectionId)).toByteArray()).object();
}

void CapabilityStore::save(const QString &connectionId, const QJsonObject &capabilities)
{
    QSettings settings(m_path, QSettings::IniFormat);
    settings.setValue(
        keyOf(connectionId),
        QString::fromUtf8(QJsonDocument(capabilities).toJson(QJsonDocument::Compact)));
}

void CapabilityStore::remove(const QString &connectionId)
{
    QSettings(m_path, QSettings::IniFormat).remove(keyOf(connectionId));
}

} // namespace Longshore
