// SPDX-License-Identifier: Apache-2.0
#include "core/oci/names.h"

#include <QRegularExpression>

#include <algorithm>

namespace Longshore {

bool RepositoryGrammar::accepts(QStringView text)
{
    // Classes are written out: \w may match more than ASCII, and $ a final newline.
    static const QRegularExpression grammar(QStringLiteral(
        R"(\A[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*\z)"));
    return text.size() <= 255 && grammar.match(text).hasMatch();
}

bool TagGrammar::accepts(QStringView text)
{
    // By hand: a list may hold a million of them.
    const auto isWord = [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9')
               || c == u'_';
    };
    return !text.isEmpty() && text.size() <= 128 && isWord(text.front())
           && std::all_of(text.begin(), text.end(),
                          [&](QChar c) { return isWord(c) || c == u'.' || c == u'-'; });
}

} // namespace Longshore
