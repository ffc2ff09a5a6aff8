// SPDX-License-Identifier: Apache-2.0
#include "core/oci/manifest.h"

#include "core/oci/imageconfig.h"
#include "fuzz/fuzztarget.h"

using namespace Longshore;

static void checkSize(const Descriptor &descriptor)
{
    require(descriptor.size >= 0);
    require(Digest::parse(descriptor.digest.toString()).has_value());
}

/// Manifests, indexes and configurations: sizes and digests that come out can be used.
void fuzz(const QByteArray &input)
{
    if (const auto config = parseImageConfig(input); config && config->created.isValid())
        require(plausibleDate(config->created.toString(Qt::ISODate)).isValid()
                || !config->created.isNull());
    const auto manifest = parseManifest(input, {});
    if (!manifest)
        return;
    require(manifest->bytes == input);
    if (const ImageManifest *image = manifest->image()) {
        require(!manifest->index() && imageSize(*image) >= -1);
        checkSize(image->config);
        for (const Descriptor &layer : image->layers)
            checkSize(layer);
    }
    if (const ImageIndex *index = manifest->index()) {
        for (const Descriptor &entry : index->manifests)
            checkSize(entry);
    }
}
