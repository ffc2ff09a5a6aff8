// SPDX-License-Identifier: Apache-2.0
#include "core/http/refusedcertificate.h"
#include "support/uitest.h"
#include "ui/format/errortext.h"

#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

class TestErrorText : public QObject
{
    Q_OBJECT

private slots:
    void saysWhatHappenedFirst_data();
    void saysWhatHappenedFirst();
    void doesWithoutPlainHttpWhereACertificateIsRefused();
    void givesTheServersWordsAsDetails();
    void leavesDetailsEmptyWithoutAny();
    void knowsWhatIsNoFaultOfACatalog_data();
    void knowsWhatIsNoFaultOfACatalog();
};

void TestErrorText::saysWhatHappenedFirst_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("advice"); // A part of it; empty for none at all.
    QTest::newRow("cancelled") << Kind::Cancelled << QString();
    QTest::newRow("timeout") << Kind::Timeout << u"network"_s;
    QTest::newRow("network") << Kind::Network << u"network"_s;
    QTest::newRow("tls") << Kind::Tls << u"plain HTTP"_s;
    QTest::newRow("unauthorized") << Kind::Unauthorized << u"Sign in"_s;
    QTest::newRow("forbidden") << Kind::Forbidden << u"this right"_s;
    QTest::newRow("not found") << Kind::NotFound << QString();
    QTest::newRow("rate limited") << Kind::RateLimited << u"Wait"_s;
    QTest::newRow("unsupported") << Kind::Unsupported << QString();
    QTest::newRow("protocol") << Kind::Protocol << QString();
    QTest::newRow("too large") << Kind::TooLarge << QString();
    QTest::newRow("policy") << Kind::Policy << QString();
    QTest::newRow("digest mismatch") << Kind::DigestMismatch << u"damaged"_s;
    QTest::newRow("size mismatch") << Kind::SizeMismatch << u"damaged"_s;
    QTest::newRow("local file") << Kind::LocalFile << u"another folder"_s;
    QTest::newRow("changed") << Kind::Changed << u"Look again"_s;
    QTest::newRow("ambiguous") << Kind::Ambiguous << u"Reload"_s;
    QTest::newRow("invalid input") << Kind::InvalidInput << QString();
}

void TestErrorText::saysWhatHappenedFirst()
{
    QFETCH(const Kind, kind);
    QFETCH(const QString, advice);
    const ErrorText text = errorText({kind, u"What happened."_s});
    QCOMPARE(text.headline, u"What happened."_s);
    QCOMPARE(text.advice.isEmpty(), advice.isEmpty());
    QVERIFY2(text.advice.contains(advice), qPrintable(text.advice));
}

void TestErrorText::doesWithoutPlainHttpWhereACertificateIsRefused()
{
    Error error{Kind::Tls, u"What happened."_s};
    error.certificate = std::make_shared<RefusedCertificate>();
    QVERIFY(!errorText(error).advice.contains(u"HTTP"_s));
    QVERIFY(errorText(error).summary().startsWith(u"What happened. Look at it"_s));
}

void TestErrorText::givesTheServersWordsAsDetails()
{
    Error error{Kind::Forbidden, u"Not allowed."_s, u"requested access is denied"_s};
    error.httpStatus = 403;
    error.serverCode = u"DENIED"_s;
    QCOMPARE(errorText(error).details,
             u"Status 403 \u00b7 DENIED \u00b7 requested access is denied"_s);
}

void TestErrorText::leavesDetailsEmptyWithoutAny()
{
    QCOMPARE(errorText({Kind::Network, u"No answer."_s}).details, QString());
}

void TestErrorText::knowsWhatIsNoFaultOfACatalog_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<bool>("isRefusal");
    QTest::newRow("forbidden") << Kind::Forbidden << true;
    QTest::newRow("not found") << Kind::NotFound << true;
    QTest::newRow("unsupported") << Kind::Unsupported << true;
    QTest::newRow("sign-in needed") << Kind::Unauthorized << false;
    QTest::newRow("network") << Kind::Network << false;
    QTest::newRow("server error") << Kind::Protocol << false;
}

void TestErrorText::knowsWhatIsNoFaultOfACatalog()
{
    QFETCH(const Kind, kind);
    QTEST(isCatalogRefusal({kind, {}}), "isRefusal");
}

LONGSHORE_UI_TEST(TestErrorText)
#include "tst_ui_errortext.moc"
