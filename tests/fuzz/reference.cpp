// SPDX-License-Identifier: Apache-2.0
#include "core/oci/imagereference.h"
#include "core/registry/registryaddress.h"
#include "fuzz/fuzztarget.h"

using namespace Longshore;

/// Names, tags, digests and addresses: what is accepted means the same when it is read again.
void fuzz(const QByteArray &input)
{
    const QString text = QString::fromUtf8(input);
    if (const auto image = ImageReference::parse(text)) {
        require(*ImageReference::parse(image->toString()) == *image);
        require(!image->repository.toString().contains(QStringLiteral("..")));
    }
    if (const auto address = RegistryAddress::parse(text)) {
        const QUrl url = address->url(QStringLiteral("https"));
        require(url.isValid() && url.userInfo().isEmpty() && url.path().isEmpty());
    }
    if (const auto digest = Digest::parse(text))
        require(digest->toString() == text);
    if (const auto tag = Tag::parse(text))
        require(tag->toString() == text && text.size() <= 128);
}
