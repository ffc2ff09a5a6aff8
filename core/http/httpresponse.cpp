// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpresponse.h"

#include "core/base/displaytext.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(HttpResponse)
};

} // namespace

Result<qint64> bodyLength(const HttpHeaders &headers)
{
    static const QRegularExpression digits(QStringLiteral(R"(\A[0-9]{1,18}\z)"));
    if (!headers.contains("Content-Length"))
        return qint64(-1);
    const QByteArray length = headers.value("Content-Length");
    if (headers.contains("Transfer-Encoding")
        || !digits.match(QString::fromLatin1(length)).hasMatch())
        return Error{Error::Kind::Protocol,
                     Text::tr("The server does not say clearly how long its answer is."),
                     displayText(QString::fromLatin1(length), 100)};
    return length.toLongLong();
}

std::optional<ContentRange> parseContentRange(const QByteArray &value)
{
    static const QRegularExpression grammar(
        QStringLiteral(R"(\Abytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\*)\z)"));
    const auto match = grammar.match(QString::fromLatin1(value));
    if (!match.hasMatch())
        return {};
    const QStringView total = match.capturedView(3);
    const ContentRange range{match.capturedView(1).toLongLong(), match.capturedView(2).toLongLong(),
                             total == u'*' ? -1 : total.toLongLong()};
    if (range.last < range.first || (range.total >= 0 && range.last >= range.total))
        return {};
    return range;
}

} // namespace Longshore
