// SPDX-License-Identifier: Apache-2.0
#include "core/base/registryhost.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace Longshore {

QString canonicalRegistryHost(const QString &host)
{
    static const QStringList aliases{u"index.docker.io"_s, u"registry-1.docker.io"_s,
                                     u"registry.hub.docker.com"_s};
    const QString lower = host.toLower();
    return aliases.contains(lower) ? QString(dockerHub) : lower;
}

} // namespace Longshore
