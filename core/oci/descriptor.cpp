// SPDX-License-Identifier: Apache-2.0
#include "core/oci/descriptor.h"

#include "core/base/displaytext.h"
#include "core/oci/strictjson.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Descriptor)
};

Error refused(const QString &message)
{
    return {Error::Kind::Protocol, message};
}

} // namespace

Result<Descriptor> Descriptor::fromJson(const QJsonObject &object)
{
    if (hasLookalike(object, {"mediaType"_L1, "digest"_L1, "size"_L1, "urls"_L1, "annotations"_L1,
                              "data"_L1, "artifactType"_L1, "platform"_L1}))
        return refused(Text::tr("The document is ambiguous: it can be read in two ways."));
    const QString digestText = object.value("digest"_L1).toString();
    const auto digest = Digest::parse(digestText);
    if (!digest)
        return refused(Text::tr("The document contains %1 where a digest belongs.")
                           .arg(quotedText(displayText(digestText, 100))));
    const auto size = sizeMember(object, "size"_L1);
    if (!size)
        return refused(Text::tr("The document gives no usable size for %1.").arg(digestText));
    const MediaType mediaType = MediaType::parse(object.value("mediaType"_L1).toString());
    if (mediaType.isEmpty())
        return refused(Text::tr("The document gives no media type for %1.").arg(digestText));

    return Descriptor{mediaType,
                      *digest,
                      *size,
                      stringList(object.value("urls"_L1)),
                      stringMap(object.value("annotations"_L1)),
                      object.value("artifactType"_L1).toString(),
                      Platform::fromJson(object.value("platform"_L1))};
}

} // namespace Longshore
