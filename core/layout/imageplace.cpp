// SPDX-License-Identifier: Apache-2.0
#include "core/layout/imageplace.h"

#include "core/base/displaytext.h"
#include "core/oci/names.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ImagePlace)
};

Error refusal(const QString &message)
{
    return {Error::Kind::InvalidInput, message};
}

} // namespace

Result<ImagePlace> ImagePlace::parse(const QString &text)
{
    const QString kind = text.section(u':', 0, 0);
    const QString rest = text.section(u':', 1);
    if (kind != "oci"_L1)
        return refusal(
            Text::tr("%1 is no place that can be written to. Write oci:DIR or oci:DIR:TAG.")
                .arg(quotedText(text)));
    const qsizetype colon = rest.lastIndexOf(u':');
    ImagePlace place{rest, {}};
    if (colon >= 0 && Tag::parse(QStringView(rest).mid(colon + 1)))
        place = {rest.left(colon), rest.mid(colon + 1)};
    if (place.folder.isEmpty())
        return refusal(
            Text::tr("%1 names no folder. Write oci:DIR or oci:DIR:TAG.").arg(quotedText(text)));
    return place;
}

} // namespace Longshore
