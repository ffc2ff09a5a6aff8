// SPDX-License-Identifier: Apache-2.0
#include "core/http/httprequest.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Method = HttpRequest::Method;

class TestHttpRequest : public QObject
{
    Q_OBJECT

private slots:
    void knowsWhatMayBeRepeated();
    void leavesHeadersAtHome_data();
    void leavesHeadersAtHome();
};

void TestHttpRequest::knowsWhatMayBeRepeated()
{
    const QList<std::pair<Method, QByteArray>> verbs{
        {Method::Get, "GET"}, {Method::Head, "HEAD"},   {Method::Post, "POST"},
        {Method::Put, "PUT"}, {Method::Patch, "PATCH"}, {Method::Delete, "DELETE"}};
    for (const auto &[method, verb] : verbs) {
        const HttpRequest request{.method = method, .url = {}};
        QCOMPARE(request.verb(), verb);
        QCOMPARE(request.isSafe(), method == Method::Get || method == Method::Head);
    }
}

void TestHttpRequest::leavesHeadersAtHome_data()
{
    // CRED-01, CRED-31
    QTest::addColumn<QString>("target");
    QTest::addColumn<bool>("isHome");
    QTest::newRow("same host") << u"https://reg.lab/b"_s << true;
    QTest::newRow("default port") << u"https://REG.lab:443/b"_s << true;
    QTest::newRow("other port") << u"https://reg.lab:8443/b"_s << false;
    QTest::newRow("other scheme") << u"http://reg.lab/b"_s << false;
    QTest::newRow("other host") << u"https://cdn.lab/b"_s << false;
    QTest::newRow("host below") << u"https://a.reg.lab/b"_s << false;
    QTest::newRow("H7 same beginning") << u"https://reg.lab.evil/b"_s << false;
}

void TestHttpRequest::leavesHeadersAtHome()
{
    QFETCH(QString, target);
    QFETCH(bool, isHome);
    HttpRequest request{.url = QUrl(u"https://reg.lab/a"_s)};
    for (const char *name : {"Authorization", "Cookie", "X-Meta", "Accept", "Range", "If-Range"})
        request.addHeader(name, "x");
    const HttpRequest redirected = request.redirectedTo(QUrl(target));
    QCOMPARE(redirected.url, QUrl(target));
    QByteArrayList names;
    for (const auto &[name, value] : redirected.headers)
        names.append(name);
    QCOMPARE(names.join(' '), isHome ? "Authorization Cookie X-Meta Accept Range If-Range"
                                     : "Accept Range If-Range");
}

QTEST_GUILESS_MAIN(TestHttpRequest)
#include "tst_httprequest.moc"
