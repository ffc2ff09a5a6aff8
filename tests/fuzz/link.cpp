// SPDX-License-Identifier: Apache-2.0
#include "core/http/linkheader.h"
#include "core/http/urlpolicy.h"
#include "fuzz/fuzztarget.h"

using namespace Longshore;

/// Link: what the policy lets through is a web address without a password in it.
void fuzz(const QByteArray &input)
{
    const QUrl current(QStringLiteral("https://reg.example/v2/a/tags/list?n=10"));
    const auto next = nextPage(input, current);
    if (!next || !*next || !checkServerUrl(**next, current))
        return;
    const QString scheme = (*next)->scheme();
    require(scheme == QStringLiteral("https") && (*next)->userInfo().isEmpty());
    require(!isLoopbackHost((*next)->host()));
}
