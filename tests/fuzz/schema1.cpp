// SPDX-License-Identifier: Apache-2.0
#include "core/oci/schema1signature.h"
#include "fuzz/fuzztarget.h"

using namespace Longshore;

/// Signatures: keys and documents of anybody; what we sign ourselves holds.
void fuzz(const QByteArray &input)
{
    if (const auto checked = checkSchema1Signatures(input))
        require(checked->payload.size() <= 2 * input.size());
    static const auto key = SigningKey::generate();
    const auto document = signSchema1(input, *key, QDateTime::fromSecsSinceEpoch(0, Qt::UTC));
    if (!document)
        return;
    const auto checked = checkSchema1Signatures(*document);
    // A document with two members of one name is read differently by everybody.
    if (checked)
        require(!checked->isValid() || checked->payload == input);
    (void)SigningKey::parse(Secret(input));
}
