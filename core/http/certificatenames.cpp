// SPDX-License-Identifier: Apache-2.0
#include "core/http/certificatenames.h"

#include <QHostAddress>
#include <QSslCertificate>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

static bool isNameOf(const QString &pattern, const QString &host)
{
    if (!pattern.startsWith("*."_L1))
        return pattern.compare(host, Qt::CaseInsensitive) == 0;
    const QString domain = pattern.mid(1); // With its dot.
    const qsizetype label = host.size() - domain.size();
    return domain.count(u'.') >= 2 && !domain.contains(u'*') && label > 0
           && host.endsWith(domain, Qt::CaseInsensitive) && !host.left(label).contains(u'.');
}

bool namesHost(const QSslCertificate &certificate, const QString &host)
{
    const auto alternatives = certificate.subjectAlternativeNames();
    if (const QHostAddress address(host); !address.isNull()) {
        const QStringList numbers = alternatives.values(QSsl::IpAddressEntry);
        return std::any_of(numbers.begin(), numbers.end(), [&](const QString &number) {
            return QHostAddress(number).isEqual(address);
        });
    }
    const QString name = QString::fromLatin1(QUrl::toAce(host));
    const QStringList patterns = alternatives.values(QSsl::DnsEntry);
    return !name.isEmpty()
           && std::any_of(patterns.begin(), patterns.end(),
                          [&](const QString &pattern) { return isNameOf(pattern, name); });
}

} // namespace Longshore
