// SPDX-License-Identifier: Apache-2.0
#include "core/session/session.h"

#include "core/session/checkedsink.h"

namespace Longshore {

ResultJob<Done> *Session::readBlob(const RepositoryName &repository, const Descriptor &blob,
                                   std::shared_ptr<ByteSink> sink)
{
    return readBlobPart(repository, blob.digest,
                        std::make_shared<CheckedSink>(blob, std::move(sink)), 0);
}

} // namespace Longshore
