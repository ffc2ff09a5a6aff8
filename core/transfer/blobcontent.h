// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/digest.h"
#include "core/transfer/partedcontent.h"

namespace Longshore {

/// The bytes of a blob that is to be uploaded.
class BlobContent : public PartedContent
{
public:
    /// \a size is in bytes. Both must be known before anything is sent.
    BlobContent(const Digest &digest, qint64 size) : PartedContent(size), m_digest(digest) {}

    /// What the registry shall know it by.
    [[nodiscard]] const Digest &digest() const noexcept { return m_digest; }

private:
    const Digest m_digest;
};

} // namespace Longshore
