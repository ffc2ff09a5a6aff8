// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/fakeregistry.h"

/// From now on these tags of "a" go along with each that is removed.
inline void takeTagsAlong(FakeRegistry &registry, const QStringList &tags)
{
    registry.intercept([&registry, tags](const TestRequest &request, const TestConnection &) {
        for (const QString &tag : tags) {
            if (request.method == "DELETE")
                registry.removeTag(QStringLiteral("a"), tag);
        }
        return false;
    });
}
