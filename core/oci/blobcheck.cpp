// SPDX-License-Identifier: Apache-2.0
#include "core/oci/blobcheck.h"

#include <QCoreApplication>

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BlobCheck)
};

} // namespace

BlobCheck::BlobCheck(const Digest &digest, qint64 size)
    : m_digest(digest)
    , m_size(size)
    , m_hasher(digest.hashAlgorithm().value_or(Hasher::Algorithm::Sha256))
{}

Result<Done> BlobCheck::isPossible() const
{
    if (m_digest.hashAlgorithm())
        return Done();
    return Error{Error::Kind::Unsupported,
                 Text::tr("Digests of the kind %1 cannot be checked.").arg(m_digest.algorithm())};
}

static Error wrongSize(qint64 size, qint64 wanted)
{
    return {Error::Kind::SizeMismatch,
            Text::tr("The data received has not the announced size. It was thrown away."),
            QStringLiteral("%1, not %2").arg(size).arg(wanted)};
}

Result<Done> BlobCheck::hasSize(qint64 size) const
{
    return m_size < 0 || size < 0 || size == m_size ? Result<Done>(Done())
                                                    : wrongSize(size, m_size);
}

Result<Done> BlobCheck::mayHold(qint64 count) const
{
    return m_size < 0 || count <= m_size ? Result<Done>(Done()) : wrongSize(count, m_size);
}

Result<Done> BlobCheck::finish(qint64 size)
{
    if (auto whole = hasSize(size); !whole)
        return whole;
    if (Digest::fromHash(m_hasher.result(), m_hasher.algorithm()) == m_digest)
        return Done();
    return Error{Error::Kind::DigestMismatch,
                 Text::tr("The data received does not match its digest. It was thrown away.")};
}

} // namespace Longshore
