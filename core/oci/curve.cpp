// SPDX-License-Identifier: Apache-2.0
#include "core/oci/curve.h"

#include <array>

namespace Longshore {

static constexpr std::array<Curve, 3> curves{{{"P-256", "ES256", "SHA256", 32},
                                              {"P-384", "ES384", "SHA384", 48},
                                              {"P-521", "ES512", "SHA512", 66}}};

const Curve *findCurve(const QString &name)
{
    for (const Curve &curve : curves) {
        if (name == QLatin1StringView(curve.name))
            return &curve;
    }
    return nullptr;
}

const Curve *findCurve(int keyBits)
{
    for (const Curve &curve : curves) {
        if ((keyBits + 7) / 8 == curve.coordinateSize)
            return &curve;
    }
    return nullptr;
}

} // namespace Longshore
