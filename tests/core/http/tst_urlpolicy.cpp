// SPDX-License-Identifier: Apache-2.0
#include "core/http/urlpolicy.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestUrlPolicy : public QObject
{
    Q_OBJECT

private slots:
    void originsAreEqualOnlyWhenAllPartsAre();
    void originsAreNormalised_data();
    void originsAreNormalised();
    void judgesWhereAServerPoints_data();
    void judgesWhereAServerPoints();
    void refusesWhatNoServerMayName_data();
    void refusesWhatNoServerMayName();
    void limitsTheLength();
    void knowsThisMachine_data();
    void knowsThisMachine();
    void logsNoQueries();
    void knowsWhatBelongsTogether_data();
    void knowsWhatBelongsTogether();
};

void TestUrlPolicy::originsAreEqualOnlyWhenAllPartsAre()
{
    // R-ORIGIN, as a matrix: every origin equals itself and no other.
    const QStringList schemes{u"http"_s, u"https"_s};
    const QStringList hosts{u"reg.example"_s,
                            u"reg.example.evil"_s,
                            u"evilreg.example"_s,
                            u"a.reg.example"_s,
                            u"reg.example."_s,
                            u"127.0.0.1"_s,
                            u"127.0.0.2"_s,
                            u"localhost"_s,
                            u"[::1]"_s,
                            u"10.0.0.1"_s,
                            u"xn--bcher-kva.example"_s};
    const QStringList ports{u""_s, u":5000"_s, u":8443"_s};
    QList<Origin> origins;
    for (const QString &scheme : schemes) {
        for (const QString &host : hosts) {
            for (const QString &port : ports)
                origins.append(
                    Origin::of(QUrl(QString(scheme + u"://"_s + host + port + u"/x"_s))));
        }
    }
    for (qsizetype i = 0; i < origins.size(); ++i) {
        for (qsizetype j = 0; j < origins.size(); ++j)
            QCOMPARE(origins.at(i) == origins.at(j), i == j);
    }
    QCOMPARE(QSet<Origin>(origins.begin(), origins.end()).size(), origins.size());
}

void TestUrlPolicy::originsAreNormalised_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("hostAndPort");
    QTest::newRow("default port") << u"https://reg.example:443/"_s << u"reg.example"_s;
    QTest::newRow("default port of http") << u"http://reg.example:80/"_s << u"reg.example"_s;
    QTest::newRow("the other default port") << u"http://reg.example:443/"_s << u"reg.example:443"_s;
    QTest::newRow("upper case") << u"HTTPS://REG.Example:5000"_s << u"reg.example:5000"_s;
    QTest::newRow("userinfo") << u"https://reg.example@evil.com/"_s << u"evil.com"_s;
    QTest::newRow("short address") << u"http://127.1/"_s << u"127.0.0.1"_s;
    QTest::newRow("hexadecimal address") << u"http://0x7f000001/"_s << u"127.0.0.1"_s;
    QTest::newRow("decimal address") << u"http://2130706433/"_s << u"127.0.0.1"_s;
    QTest::newRow("IPv6") << u"http://[0:0::1]:5000/"_s << u"[::1]:5000"_s;
    QTest::newRow("other script") << u"https://bücher.example/"_s << u"xn--bcher-kva.example"_s;
}

void TestUrlPolicy::originsAreNormalised()
{
    QFETCH(QString, url);
    QFETCH(QString, hostAndPort);
    QCOMPARE(Origin::of(QUrl(url)).hostAndPort(), hostAndPort);
}

void TestUrlPolicy::judgesWhereAServerPoints_data()
{
    // R-URL. The registries: public, in a private network by address and by name, and here.
    QTest::addColumn<QString>("target");
    QTest::addColumn<bool>("fromPublic");
    QTest::addColumn<bool>("fromPrivate");
    QTest::addColumn<bool>("fromHere");
    const auto row = [](const char *host, bool fromPublic, bool fromPrivate, bool fromHere) {
        QTest::newRow(host) << u"http://%1/x"_s.arg(QString::fromLatin1(host)) << fromPublic
                            << fromPrivate << fromHere;
    };
    for (const char *host : {"cdn.example", "8.8.8.8", "[2001:db8::1]", "11.0.0.1", "172.32.0.1"})
        row(host, true, true, true);
    for (const char *host : {"10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
                             "100.64.0.1", "[fd00::1]", "[::ffff:10.1.2.3]", "0xa010203"})
        row(host, true, true, true); // Looked at once more before it is asked.
    for (const char *host : {"169.254.169.254", "[fe80::1]", "0.0.0.0", "[::]", "2852039166",
                             "[::ffff:169.254.169.254]", "[::ffff:0.0.0.0]"})
        row(host, false, false, true);
    for (const char *host : {"127.0.0.1", "127.9.9.9", "localhost", "LOCALHOST", "a.localhost",
                             "localhost.", "[::1]", "127.1", "0x7f000001", "[::ffff:127.0.0.1]"})
        row(host, false, false, true);
}

void TestUrlPolicy::judgesWhereAServerPoints()
{
    QFETCH(QString, target);
    const QUrl url(target);
    QVERIFY2(url.isValid(), qPrintable(url.errorString()));
    QTEST(bool(checkServerUrl(url, QUrl(u"http://reg.example/"_s))), "fromPublic");
    for (const QString &registry : {u"http://10.0.0.1:5000/"_s, u"http://registry:5000/"_s,
                                    u"http://reg.lan/"_s, u"http://reg.internal/"_s})
        QTEST(bool(checkServerUrl(url, QUrl(registry))), "fromPrivate");
    for (const QString &registry : {u"http://127.0.0.1:5000/"_s, u"http://localhost:5000/"_s})
        QTEST(bool(checkServerUrl(url, QUrl(registry))), "fromHere");
    // Nobody needs leave to point to himself.
    QVERIFY(checkServerUrl(url, url));
    // And never from an encrypted connection to an open one.
    QVERIFY(!checkServerUrl(url, QUrl(u"https://127.0.0.1/"_s)));
}

void TestUrlPolicy::refusesWhatNoServerMayName_data()
{
    // SRV-19, SRV-21, CRED-03, CRED-04
    QTest::addColumn<QString>("url");
    for (const char *url : {"",
                            "silly-realm",
                            "/relative",
                            "//host/x",
                            "file:///etc/passwd",
                            "ftp://reg.example/",
                            "data:,x",
                            "javascript:alert(1)",
                            "ws://reg.example/",
                            "http:///x",
                            "https://",
                            "https://me@reg.example/",
                            "https://me:pw@reg.example/",
                            "https://@reg.example/",
                            "https://reg.example:pw@evil.com/",
                            "http://reg.example/",
                            "http://reg.example:443/",
                            "https://reg.example/%0d%0aX:y",
                            "https://reg.example/?a=%00",
                            "https://reg.example/%1b",
                            "https://reg.example:99999/",
                            "https://[::1/"})
        QTest::newRow(url) << QString::fromLatin1(url);
}

void TestUrlPolicy::refusesWhatNoServerMayName()
{
    QFETCH(QString, url);
    const auto checked = checkServerUrl(QUrl(url), QUrl(u"https://reg.example/"_s));
    QVERIFY(!checked);
    QCOMPARE(checked.error().kind, Error::Kind::Policy);
    QVERIFY(!checked.error().message.isEmpty());
    QVERIFY(!checked.error().detail.contains(u"pw"_s));
}

void TestUrlPolicy::limitsTheLength()
{
    const QUrl home(u"https://reg.example/"_s);
    const QString base = u"https://cdn.example/"_s;
    const auto longUrl = [&](qsizetype size) {
        return QUrl(QString(base + QString(size - base.size(), u'x')));
    };
    QVERIFY(checkServerUrl(longUrl(8192), home));
    QVERIFY(!checkServerUrl(longUrl(8193), home));
}

void TestUrlPolicy::knowsThisMachine_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("isHere");
    for (const char *host : {"localhost", "localhost.", "reg.localhost", "127.0.0.1", "127.255.0.9",
                             "::1", "::ffff:127.0.0.1"})
        QTest::newRow(host) << QString::fromLatin1(host) << true;
    for (const char *host : {"", "notlocalhost", "localhost.evil.com", "128.0.0.1", "::2",
                             "127.0.0.1.evil.com", "10.0.0.1"})
        QTest::newRow(host) << QString::fromLatin1(host) << false;
}

void TestUrlPolicy::knowsThisMachine()
{
    QFETCH(QString, host);
    QFETCH(bool, isHere);
    QCOMPARE(isLoopbackHost(host), isHere);
}

void TestUrlPolicy::logsNoQueries()
{
    QCOMPARE(loggableUrl(QUrl(u"https://me:pw@a/b?X-Sig=secret#frag"_s)), u"https://a/b?..."_s);
    QCOMPARE(loggableUrl(QUrl(u"https://a/b"_s)), u"https://a/b"_s);
}

void TestUrlPolicy::knowsWhatBelongsTogether_data()
{
    QTest::addColumn<QString>("registry");
    QTest::addColumn<QString>("other");
    QTest::addColumn<bool>("isSame");
    const auto row = [](const char *registry, const char *other, bool isSame) {
        QTest::addRow("%s and %s", registry, other)
            << QString::fromLatin1(registry) << QString::fromLatin1(other) << isSame;
    };
    row("registry-1.docker.io", "auth.docker.io", true);
    row("registry.gitlab.com", "gitlab.com", true);
    row("reg.example", "reg.example", true);
    row("reg.example.org", "auth.sub.example.org", true);
    row("reg.example.co.uk", "auth.example.co.uk", true);
    row("reg.example.co.uk", "evil.co.uk", false);
    row("reg.example.com.au", "evil.com.au", false);
    row("reg.example.org", "example.org.evil.net", false);
    row("reg.example.org", "evil-example.org", false);
    row("reg.example.org", "example.net", false);
    row("nvcr.io", "authn.nvidia.com", false);
    row("127.0.0.1", "127.0.0.1", true);
    row("127.0.0.1", "localhost", false);
    row("10.0.0.1", "11.0.0.1", false); // The ends of numbers mean nothing.
    row("192.168.0.1", "10.1.0.1", false);
    row("registry", "auth", false);
    row("::1", "::2", false);
}

void TestUrlPolicy::knowsWhatBelongsTogether()
{
    QFETCH(QString, registry);
    QFETCH(QString, other);
    QTEST(isSameSite(registry, other), "isSame");
    QTEST(isSameSite(other, registry), "isSame");
}

QTEST_GUILESS_MAIN(TestUrlPolicy)
#include "tst_urlpolicy.moc"
