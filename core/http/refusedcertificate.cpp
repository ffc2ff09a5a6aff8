// SPDX-License-Identifier: Apache-2.0
#include "core/http/refusedcertificate.h"

#include "core/base/displaytext.h"
#include "core/http/tlssettings.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

using Reason = RefusedCertificate::Reason;

constexpr qsizetype mostNames = 64; // Of a certificate; some have thousands.
constexpr qsizetype mostNamesInSentence = 3;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RefusedCertificate)
};

Reason reasonOf(QSslError::SslError error)
{
    switch (error) {
    case QSslError::CertificateExpired: return Reason::Expired;
    case QSslError::CertificateNotYetValid: return Reason::NotYetValid;
    case QSslError::HostNameMismatch: return Reason::WrongHost;
    case QSslError::SelfSignedCertificate: return Reason::SelfSigned;
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateUntrusted: return Reason::UnknownAuthority;
    default: return Reason::Other;
    }
}

QString dateText(const QDateTime &date)
{
    return QLocale().toString(date.toLocalTime().date(), QLocale::LongFormat);
}

/// The one that \a error is about may stand above the server's own.
const QSslCertificate &dated(const QList<QSslCertificate> &chain, Reason reason)
{
    const auto now = QDateTime::currentDateTimeUtc();
    const auto found =
        std::find_if(chain.begin(), chain.end(), [&](const QSslCertificate &certificate) {
            return reason == Reason::Expired ? certificate.expiryDate() < now
                                             : certificate.effectiveDate() > now;
        });
    return found == chain.end() ? chain.first() : *found;
}

} // namespace

QStringList RefusedCertificate::names() const
{
    QStringList names;
    const auto alternatives = chain.first().subjectAlternativeNames();
    for (const auto type : {QSsl::DnsEntry, QSsl::IpAddressEntry}) {
        const QStringList entries = alternatives.values(type);
        for (const QString &name : entries.first(std::min(entries.size(), mostNames)))
            names.append(displayText(name));
    }
    std::sort(names.begin(), names.end());
    return names;
}

QString RefusedCertificate::sentence(Reason reason) const
{
    const QString server = quotedText(host);
    switch (reason) {
    case Reason::Changed:
        return Text::tr("%1 shows another certificate than the one that you trust.").arg(server);
    case Reason::Expired:
        return Text::tr("The certificate of %1 expired on %2.")
            .arg(server, dateText(dated(chain, reason).expiryDate()));
    case Reason::NotYetValid:
        return Text::tr("The certificate of %1 is not valid before %2.")
            .arg(server, dateText(dated(chain, reason).effectiveDate()));
    case Reason::WrongHost:
        return Text::tr("The certificate of %1 is for other hosts: %2.")
            .arg(server, names().mid(0, mostNamesInSentence).join(u", "_s));
    case Reason::NamesNoHost:
        return Text::tr("The certificate of %1 does not say which hosts it is for (it has no "
                        "subject alternative name).")
            .arg(server);
    case Reason::SelfSigned:
        return Text::tr("The certificate of %1 is signed by nobody but itself.").arg(server);
    case Reason::UnknownAuthority:
        return Text::tr("The certificate of %1 is signed by an authority that is not known here: "
                        "%2.")
            .arg(server, quotedText(chain.last().issuerDisplayName()));
    case Reason::Other: break;
    }
    return Text::tr("The certificate of %1 was not accepted.").arg(server);
}

RefusedCertificate refusedCertificate(const QString &host, const QList<QSslCertificate> &chain,
                                      const QList<QSslError> &errors, const TlsSettings *tls)
{
    RefusedCertificate refused{host, chain, {}};
    if (tls && !tls->pinnedSha256.isEmpty()) {
        refused.pinnedSha256 = tls->pinnedSha256;
        refused.reasons.append(Reason::Changed);
    }
    for (const QSslError &error : errors) {
        refused.reasons.append(reasonOf(error.error()));
        if (refused.reasons.last() == Reason::Other)
            refused.words.append(error.errorString());
    }
    if (refused.reasons.isEmpty())
        refused.reasons.append(Reason::WrongHost); // Qt was content with the common name.
    // Qt then looks at the common name, and finds another host there; or the right one.
    if (chain.first().subjectAlternativeNames().isEmpty()) {
        refused.reasons.removeAll(Reason::WrongHost);
        refused.reasons.append(Reason::NamesNoHost);
    }
    auto &reasons = refused.reasons;
    if (!refused.pinnedSha256.isEmpty())
        reasons.removeAll(Reason::UnknownAuthority); // None is asked where one is pinned.
    std::sort(reasons.begin(), reasons.end());
    reasons.erase(std::unique(reasons.begin(), reasons.end()), reasons.end());
    return refused;
}

Error certificateError(std::shared_ptr<const RefusedCertificate> refused)
{
    Error error{Error::Kind::Tls, refused->sentence(refused->reasons.first())};
    error.detail = displayText(refused->words.join(u' '));
    error.certificate = std::move(refused);
    return error;
}

} // namespace Longshore
