// SPDX-License-Identifier: Apache-2.0
#include "ui/format/tooltip.h"

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

QString toolTipText(const QString &text)
{
    if (text.isEmpty())
        return {};
    return u"<span>"_s + text.toHtmlEscaped().replace(u'\n', u"<br>"_s) + u"</span>"_s;
}

} // namespace Longshore::Ui
