// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/secret.h"

#include <QString>

namespace Longshore {

/// Who somebody is at a registry.
struct Credentials
{
    QString user;
    Secret password; ///< Or an access token that is used in its place.

    [[nodiscard]] bool isEmpty() const { return user.isEmpty() && password.isEmpty(); }
    /// The value of an Authorization header. RFC 7617; UTF-8.
    [[nodiscard]] Secret basicHeader() const
    {
        const QByteArray pair = user.toUtf8() + ':' + password.reveal();
        return Secret("Basic " + pair.toBase64());
    }

    friend bool operator==(const Credentials &, const Credentials &) = default;
};

} // namespace Longshore
