// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/certificatetext.h"

#include "core/base/displaytext.h"
#include "core/http/fingerprint.h"
#include "ui/format/valueformat.h"

#include <QCoreApplication>
#include <QSslKey>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

namespace {

using Reason = RefusedCertificate::Reason;

constexpr qsizetype mostNames = 8;
constexpr qsizetype mostEntries = 6; // Of a name; there may be hundreds.

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CertificateText)
};

/// "CN=reg.lab, O=Lab".
QString distinguishedName(const QSslCertificate &certificate,
                          QStringList (QSslCertificate::*info)(const QByteArray &) const,
                          const QList<QByteArray> &attributes)
{
    QStringList entries;
    for (const QByteArray &attribute : attributes.first(std::min(attributes.size(), mostEntries))) {
        const QStringList values = (certificate.*info)(attribute);
        entries.append(QString::fromLatin1(attribute) + u'=' + values.join(u'+'));
    }
    return displayText(entries.join(u", "_s), 200);
}

QString nameList(const RefusedCertificate &refused)
{
    const QStringList names = refused.names();
    if (names.isEmpty())
        return Text::tr("none");
    const QString list = names.mid(0, mostNames).join(u", "_s);
    const qsizetype others = names.size() - mostNames;
    return others > 0 ? Text::tr("%1 and %n more", nullptr, static_cast<int>(others)).arg(list)
                      : list;
}

/// One line would be wider than the window, and nobody compares it in one go.
QString inTwoLines(const QByteArray &fingerprint)
{
    const QString text = fingerprintText(fingerprint);
    const qsizetype middle = (text.size() + 1) / 2;
    return text.first(middle) + u'\n' + text.mid(middle);
}

} // namespace

QString refusalText(const RefusedCertificate &refused)
{
    QStringList sentences;
    for (const Reason reason : refused.reasons)
        sentences.append(refused.sentence(reason));
    return sentences.join(u'\n');
}

QList<Property> certificateProperties(const RefusedCertificate &refused)
{
    const QSslCertificate &certificate = refused.chain.first();
    QList<Property> properties{
        {Text::tr("Issued to"),
         distinguishedName(certificate,
                           qOverload<const QByteArray &>(&QSslCertificate::subjectInfo),
                           certificate.subjectInfoAttributes())},
        {Text::tr("Issued by"),
         distinguishedName(certificate, qOverload<const QByteArray &>(&QSslCertificate::issuerInfo),
                           certificate.issuerInfoAttributes())},
        {Text::tr("For the hosts"), nameList(refused)},
        {Text::tr("Valid from"), formatDate(certificate.effectiveDate())},
        {Text::tr("Valid until"), formatDate(certificate.expiryDate())},
        {Text::tr("SHA-256 fingerprint"), inTwoLines(fingerprintOf(certificate))}};
    if (!refused.pinnedSha256.isEmpty())
        properties.append({Text::tr("Trusted until now"), inTwoLines(refused.pinnedSha256)});
    return properties;
}

QString trustText(const RefusedCertificate &refused)
{
    if (!refused.pinnedSha256.isEmpty())
        return Text::tr("Somebody may be standing between you and the registry. Ask whoever runs "
                        "it before you trust the new certificate in place of the old one.");
    return Text::tr("Compare the fingerprint with what whoever runs the registry tells you. Once "
                    "you trust it, this certificate and no other is accepted, for this connection "
                    "alone.");
}

} // namespace Longshore::Ui
