// SPDX-License-Identifier: Apache-2.0
#include "core/oci/platform.h"

#include "core/oci/strictjson.h"

#include <QSysInfo>

using namespace Qt::StringLiterals;

namespace Longshore {

static QString variantOrDefault(const Platform &platform)
{
    if (!platform.variant.isEmpty())
        return platform.variant;
    if (platform.architecture == "arm64"_L1)
        return u"v8"_s;
    if (platform.architecture == "arm"_L1)
        return u"v7"_s;
    return platform.architecture == "amd64"_L1 ? u"v1"_s : QString();
}

QString Platform::toString() const
{
    QStringList parts{os, architecture, variant};
    parts.removeAll(QString());
    return parts.join(u'/');
}

bool Platform::isUnknown() const
{
    return os == "unknown"_L1 || architecture == "unknown"_L1;
}

bool Platform::satisfies(const Platform &wanted) const
{
    return os == wanted.os && architecture == wanted.architecture
           && variantOrDefault(*this) == variantOrDefault(wanted)
           && (wanted.osVersion.isEmpty() || osVersion == wanted.osVersion);
}

std::optional<Platform> Platform::parse(const QString &text)
{
    const QStringList parts = text.split(u'/');
    if (parts.size() < 2 || parts.size() > 3 || parts.contains(QString()))
        return {};
    return Platform{parts.at(0), parts.at(1), parts.value(2), {}, {}};
}

std::optional<Platform> Platform::fromJson(const QJsonValue &value)
{
    const QJsonObject object = value.toObject();
    const Platform platform{
        object.value("os"_L1).toString(), object.value("architecture"_L1).toString(),
        object.value("variant"_L1).toString(), object.value("os.version"_L1).toString(),
        stringList(object.value("os.features"_L1))};
    if (platform.os.isEmpty() && platform.architecture.isEmpty())
        return {};
    return platform;
}

Platform Platform::native()
{
    static const QHash<QString, QString> goNames{
        {u"x86_64"_s, u"amd64"_s}, {u"i386"_s, u"386"_s}, {u"power64"_s, u"ppc64le"_s}};
    const QString architecture = QSysInfo::currentCpuArchitecture();
    // Images are for Linux nearly everywhere, also where the engine runs in a virtual machine.
    return {u"linux"_s, goNames.value(architecture, architecture), {}, {}, {}};
}

} // namespace Longshore
