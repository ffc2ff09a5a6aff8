// SPDX-License-Identifier: Apache-2.0
#include "core/http/fingerprint.h"

#include "core/base/hasher.h"

#include <QRegularExpression>
#include <QSslCertificate>

using namespace Qt::StringLiterals;

namespace Longshore {

QByteArray fingerprintOf(const QSslCertificate &certificate)
{
    return Hasher::hash(certificate.toDer());
}

QString fingerprintText(const QByteArray &fingerprint)
{
    return QString::fromLatin1(fingerprint.toHex(':').toUpper());
}

std::optional<QByteArray> parseFingerprint(const QString &text)
{
    static const QRegularExpression introduction(u"^sha-?256( fingerprint)?\\s*[:=]"_s,
                                                 QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression digits(u"^[0-9a-fA-F]{64}$"_s);
    const QString bare =
        text.trimmed().remove(introduction).remove(QRegularExpression(u"[:\\s]"_s));
    if (!digits.match(bare).hasMatch())
        return {};
    return QByteArray::fromHex(bare.toLatin1());
}

} // namespace Longshore
