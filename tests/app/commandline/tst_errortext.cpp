// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/errortext.h"
#include "core/base/displaytext.h"
#include "core/http/refusedcertificate.h"

#include <QJsonObject>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;
using Kind = Error::Kind;

class TestErrorText : public QObject
{
    Q_OBJECT

private slots:
    void saysWhatHappenedToWhatAndWhatToDo();
    void namesTheSubjectOnlyOnce();
    void quotesTheServerOnlyWhenItAnswered();
    void saysWhatIsWrongWithACertificate();
    void neverBreaksTheLine();
    void saysWhenToTryAgain();
    void givesScriptsTheParts();
};

void TestErrorText::saysWhatHappenedToWhatAndWhatToDo()
{
    Error error{Kind::NotFound, u"reg.lab does not have it."_s, u"manifest unknown"_s, 404};
    error.serverCode = u"MANIFEST_UNKNOWN"_s;
    QCOMPARE(errorLine(error, u"reg.lab/a:1"_s),
             u"longshorectl: reg.lab/a:1: reg.lab does not have it. "
             u"(MANIFEST_UNKNOWN: manifest unknown) Check the name."_s);
}

void TestErrorText::namesTheSubjectOnlyOnce()
{
    const QString message = u"No server answers at "_s + quotedText(u"reg.lab"_s) + u'.';
    const QString line = errorLine({Kind::Network, message}, u"reg.lab"_s);
    QVERIFY2(line.startsWith(u"longshorectl: No server answers at reg.lab."_s), qPrintable(line));
}

void TestErrorText::quotesTheServerOnlyWhenItAnswered()
{
    const Error error{Kind::Network, u"No server answers."_s, u"Connection refused"_s};
    QVERIFY(!errorLine(error, {}).contains(u"Connection refused"_s));
    QCOMPARE(errorObject(error).value(u"detail"_s).toString(), u"Connection refused"_s);
}

void TestErrorText::saysWhatIsWrongWithACertificate()
{
    Error error{Kind::Tls, u"No trusted connection."_s, u"The certificate has expired"_s};
    QVERIFY(errorLine(error, {}).contains(u"(The certificate has expired)"_s));
    QVERIFY(errorLine(error, {}).contains(u"--plain-http"_s));
    error.certificate = std::make_shared<RefusedCertificate>(); // So it does speak TLS.
    QVERIFY(!errorLine(error, {}).contains(u"--plain-http"_s));
    QVERIFY(errorLine(error, {}).contains(u"--ca"_s));
}

void TestErrorText::neverBreaksTheLine()
{
    const Error error{Kind::Protocol, u"a\nb\u001b[31m"_s, u"c\r\u009b2J"_s, 500};
    const QString line = errorLine(error, u"host/\u001b]0;x\u0007"_s);
    QCOMPARE(line, displayText(line, 4096));
    QVERIFY(line.contains(u"\\u{1B}"_s));
}

void TestErrorText::saysWhenToTryAgain()
{
    Error error{Kind::RateLimited, u"Too many requests."_s, {}, 429};
    error.retryAfter = std::chrono::seconds(90);
    QVERIFY(errorLine(error, {}).endsWith(u"Try again in 90 s."_s));
}

void TestErrorText::givesScriptsTheParts()
{
    const QString message = u"Not at "_s + quotedText(u"reg.lab"_s) + u'.';
    const Error error{Kind::Forbidden, message, u"denied"_s, 403};
    QCOMPARE(errorObject(error), (QJsonObject{{u"kind"_s, u"forbidden"_s},
                                              {u"message"_s, u"Not at reg.lab."_s},
                                              {u"status"_s, 403},
                                              {u"detail"_s, u"denied"_s}}));
}

QTEST_GUILESS_MAIN(TestErrorText)
#include "tst_errortext.moc"
