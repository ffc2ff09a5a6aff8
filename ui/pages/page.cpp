// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/page.h"

namespace Longshore::Ui {

QString Page::title() const
{
    if (!m_place.reference)
        return m_place.repository.toString();
    const Digest *digest = m_place.reference->digest();
    return m_place.repository.toString()
           + (digest ? QString(u'@' + digest->shortText())
                     : QString(u':' + m_place.reference->toString()));
}

} // namespace Longshore::Ui
