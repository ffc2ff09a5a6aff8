// SPDX-License-Identifier: Apache-2.0
#include "core/base/displaytext.h"

#include "fuzz/fuzztarget.h"

using namespace Longshore;

/// Text from outside: nothing that comes out moves a cursor, turns the line or hides.
void fuzz(const QByteArray &input)
{
    const QString shown = displayText(QString::fromUtf8(input));
    require(shown.size() <= 10 * shownLength);
    for (const QChar character : shown) {
        const auto category = character.category();
        require(category != QChar::Other_Control && category != QChar::Other_PrivateUse);
        require(character != QChar(0x202e) && character != QChar(0x200b));
    }
    // Safe text stays as it is.
    const QString again = displayText(shown, shown.size() + 1);
    require(again.size() >= shown.size());
}
