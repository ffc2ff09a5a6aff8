// SPDX-License-Identifier: Apache-2.0
#include "core/http/proxyrules.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestProxyRules : public QObject
{
    Q_OBJECT

private slots:
    void readsTheEnvironment_data();
    void readsTheEnvironment();
    void makesExceptions_data();
    void makesExceptions();
    void neverReachesThisMachineThroughAProxy_data();
    void neverReachesThisMachineThroughAProxy();
    void trustsNoHeaderOfAScript();
    void makesARouteOfIt_data();
    void makesARouteOfIt();
    void leavesQtItsBufferForSmallAnswers();
};

static ProxyRules rulesOf(const QString &variables)
{
    QProcessEnvironment environment;
    for (const QString &variable : variables.split(u';', Qt::SkipEmptyParts))
        environment.insert(variable.section(u'=', 0, 0), variable.section(u'=', 1));
    return ProxyRules::fromEnvironment(environment);
}

void TestProxyRules::readsTheEnvironment_data()
{
    QTest::addColumn<QString>("variables");
    QTest::addColumn<QString>("forHttp");
    QTest::addColumn<QString>("forHttps");
    const QString none;
    QTest::newRow("nothing") << none << none << none;
    QTest::newRow("each for its own")
        << u"http_proxy=http://a:1;https_proxy=http://b:2"_s << u"http://a:1"_s << u"http://b:2"_s;
    QTest::newRow("capitals") << u"HTTP_PROXY=http://a:1;HTTPS_PROXY=http://b:2"_s
                              << u"http://a:1"_s << u"http://b:2"_s;
    QTest::newRow("both") << u"HTTPS_PROXY=http://a:1;https_proxy=http://b:2"_s << none
                          << u"http://b:2"_s;
    QTest::newRow("one for HTTP is none for HTTPS")
        << u"http_proxy=http://a:1"_s << u"http://a:1"_s << none;
    QTest::newRow("all") << u"ALL_PROXY=socks5://s:9"_s << u"socks5://s:9"_s << u"socks5://s:9"_s;
    QTest::newRow("all but one") << u"all_proxy=socks5://s:9;https_proxy=http://b:2"_s
                                 << u"socks5://s:9"_s << u"http://b:2"_s;
    QTest::newRow("without a scheme") << u"https_proxy=b:3128"_s << none << u"http://b:3128"_s;
    QTest::newRow("with an account")
        << u"https_proxy=http://me:p%40ss@b:2"_s << none << u"http://me:p%40ss@b:2"_s;
    QTest::newRow("empty") << u"https_proxy="_s << none << none;
    QTest::newRow("off") << u"https_proxy=http://b:2;no_proxy=*"_s << none << none;
}

void TestProxyRules::readsTheEnvironment()
{
    QFETCH(QString, variables);
    const ProxyRules rules = rulesOf(variables);
    const auto text = [&](const QString &url) {
        return QString::fromLatin1(rules.proxyFor(QUrl(url)).toEncoded());
    };
    QTEST(text(u"http://reg.lab/v2/"_s), "forHttp");
    QTEST(text(u"https://reg.lab/v2/"_s), "forHttps");
}

void TestProxyRules::makesExceptions_data()
{
    QTest::addColumn<QString>("exceptions");
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("isDirect");
    const auto row = [](const QString &exceptions, const QString &host, bool isDirect) {
        QTest::addRow("%s: %s", qPrintable(exceptions), qPrintable(host))
            << exceptions << host << isDirect;
    };
    row(u"reg.lab"_s, u"reg.lab"_s, true);
    row(u"reg.lab"_s, u"a.reg.lab"_s, true);
    row(u"reg.lab"_s, u"evilreg.lab"_s, false); // Qt takes this one for an end.
    row(u"reg.lab"_s, u"reg.lab.evil"_s, false);
    row(u"REG.lab"_s, u"reg.LAB"_s, true);
    row(u".reg.lab"_s, u"a.reg.lab"_s, true);
    row(u".reg.lab"_s, u"reg.lab"_s, false);
    row(u"*.reg.lab"_s, u"a.b.reg.lab"_s, true);
    row(u"*.reg.lab"_s, u"reg.lab"_s, false);
    row(u"a.lab, reg.lab"_s, u"reg.lab"_s, true);
    row(u"a.lab reg.lab"_s, u"reg.lab"_s, true);
    row(u"a.lab,,reg.lab,"_s, u"b.lab"_s, false);
    row(u"reg.lab:5000"_s, u"reg.lab:5000"_s, true);
    row(u"reg.lab:5000"_s, u"reg.lab:5001"_s, false);
    row(u"reg.lab:443"_s, u"reg.lab"_s, true); // The port of the scheme.
    row(u"10.1.2.3"_s, u"10.1.2.3"_s, true);
    row(u"10.1.2.3"_s, u"10.1.2.4"_s, false);
    row(u"10.1.2.3:5000"_s, u"10.1.2.3:5000"_s, true);
    row(u"10.1.2.3:5000"_s, u"10.1.2.3"_s, false);
    row(u"10.0.0.0/8"_s, u"10.200.0.1"_s, true);
    row(u"10.0.0.0/8"_s, u"11.0.0.1"_s, false);
    row(u"10.0.0.0/8"_s, u"reg.lab"_s, false);
    row(u"10.0.0.0/8"_s, u"[::ffff:10.0.0.1]"_s, true);
    row(u"fd00::/8"_s, u"[fd12::1]"_s, true);
    row(u"[fd12::1]:5000"_s, u"[fd12::1]:5000"_s, true);
    row(u"fd12::1"_s, u"[fd12::1]"_s, true);
    row(u"*"_s, u"anything"_s, true);
    row(u"10.0.0.0/99,nonsense/8,."_s, u"reg.lab"_s, false);
    row(QString(), u"reg.lab"_s, false);
}

void TestProxyRules::makesExceptions()
{
    QFETCH(QString, exceptions);
    QFETCH(QString, host);
    QFETCH(bool, isDirect);
    const QUrl url(QString(u"https://"_s + host + u"/v2/"_s));
    QVERIFY(url.isValid());
    const auto fromVariables = rulesOf(u"https_proxy=http://p:1;no_proxy="_s + exceptions);
    QCOMPARE(fromVariables.proxyFor(url).isEmpty(), isDirect);
    const auto given = ProxyRules::through(u"p:1"_s, exceptions);
    QCOMPARE(given.proxyFor(url).isEmpty(), isDirect);
}

void TestProxyRules::neverReachesThisMachineThroughAProxy_data()
{
    QTest::addColumn<QString>("host");
    for (const char *host : {"localhost", "localhost:5000", "a.localhost", "127.0.0.1", "127.9.9.9",
                             "[::1]", "[::ffff:127.0.0.1]"})
        QTest::newRow(host) << QString::fromLatin1(host);
}

void TestProxyRules::neverReachesThisMachineThroughAProxy()
{
    QFETCH(QString, host);
    for (const QString &scheme : {u"http://"_s, u"https://"_s}) {
        const QUrl url(QString(scheme + host + u"/v2/"_s));
        QVERIFY(ProxyRules::through(u"http://p:1"_s).proxyFor(url).isEmpty());
        QVERIFY(rulesOf(u"all_proxy=http://p:1"_s).proxyFor(url).isEmpty());
    }
}

void TestProxyRules::trustsNoHeaderOfAScript()
{
    const auto rules = rulesOf(u"REQUEST_METHOD=GET;HTTP_PROXY=http://evil:1;"
                               "HTTPS_PROXY=http://b:2"_s);
    QVERIFY(rules.proxyFor(QUrl(u"http://reg.lab/"_s)).isEmpty());
    QVERIFY(!rules.proxyFor(QUrl(u"https://reg.lab/"_s)).isEmpty());
}

void TestProxyRules::makesARouteOfIt_data()
{
    using Type = QNetworkProxy::ProxyType;
    QTest::addColumn<QString>("proxy");
    QTest::addColumn<int>("type"); // -1: cannot be used.
    QTest::addColumn<int>("port");
    QTest::newRow("HTTP") << u"http://p.lab:3128"_s << int(Type::HttpProxy) << 3128;
    QTest::newRow("HTTP, its port") << u"http://p.lab"_s << int(Type::HttpProxy) << 80;
    QTest::newRow("SOCKS") << u"socks5://p.lab"_s << int(Type::Socks5Proxy) << 1080;
    QTest::newRow("SOCKS with names") << u"socks5h://p.lab:9"_s << int(Type::Socks5Proxy) << 9;
    QTest::newRow("none") << QString() << int(Type::NoProxy) << 0;
    QTest::newRow("TLS to the proxy") << u"https://p.lab"_s << -1 << 0;
    QTest::newRow("no proxy at all") << u"ftp://p.lab"_s << -1 << 0;
    QTest::newRow("no host") << u"http://"_s << -1 << 0;
}

void TestProxyRules::makesARouteOfIt()
{
    QFETCH(QString, proxy);
    QFETCH(int, type);
    QFETCH(int, port);
    const auto rules = ProxyRules::through(proxy);
    const auto route = routeTo(QUrl(u"https://reg.lab/"_s), &rules);
    QCOMPARE(route.has_value(), type >= 0);
    if (!route)
        return;
    QCOMPARE(int(route->type()), type);
    QCOMPARE(int(route->port()), port);
    const auto account = ProxyRules::through(u"http://me:p%40ss@p.lab"_s);
    QCOMPARE(routeTo(QUrl(u"https://reg.lab/"_s), &account)->password(), u"p@ss"_s);
}

/// A socket by default must never take the way of the application where the rules want none.
void TestProxyRules::leavesQtItsBufferForSmallAnswers()
{
    using Answers = ProxyFactory::Answers;
    const auto rules = std::make_shared<ProxyRules>(ProxyRules::through(u"http://p:1"_s, u"*"_s));
    const auto typeFor = [&](Answers answers, const QString &url) {
        const QNetworkProxyQuery query{QUrl(url)};
        return ProxyFactory(rules, answers).queryProxy(query).constFirst().type();
    };
    QNetworkProxy::setApplicationProxy(QNetworkProxy::NoProxy); // Whatever the desktop says.
    QCOMPARE(typeFor(Answers::Small, u"http://reg.lab/"_s), QNetworkProxy::DefaultProxy);
    QCOMPARE(typeFor(Answers::Large, u"http://reg.lab/"_s), QNetworkProxy::NoProxy);
    QCOMPARE(typeFor(Answers::Small, u"https://reg.lab/"_s), QNetworkProxy::NoProxy);
    QNetworkProxy::setApplicationProxy({QNetworkProxy::HttpProxy, u"evil.lab"_s, 1});
    const auto forced = typeFor(Answers::Small, u"http://reg.lab/"_s);
    QNetworkProxy::setApplicationProxy(QNetworkProxy::NoProxy);
    QCOMPARE(forced, QNetworkProxy::NoProxy);
}

QTEST_GUILESS_MAIN(TestProxyRules)
#include "tst_proxyrules.moc"
