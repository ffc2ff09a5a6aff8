// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpclient.h"
#include "core/http/httpjob.h"
#include "core/http/proxyrules.h"
#include "core/http/referralcheck.h"
#include "support/outcome.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// R-URL where a server points to names.
class TestReferralCheck : public QObject
{
    Q_OBJECT

private slots:
    void judgesWhereANameLeads_data();
    void judgesWhereANameLeads();
    void sendsNothingInwards_data();
    void sendsNothingInwards();
    void letsTheProxyKnowItsNames();

private:
    /// What a name server says: "name=address address", separated by ";".
    [[nodiscard]] static HostLookup lookUpIn(const QString &records)
    {
        return [records](const QString &name, QObject *, const HostAnswer &answer) {
            QList<QHostAddress> addresses;
            for (const QString &record : records.split(u';')) {
                if (record.section(u'=', 0, 0) != name)
                    continue;
                for (const QString &address : record.section(u'=', 1).split(u' '))
                    addresses.append(QHostAddress(address));
            }
            answer(addresses);
        };
    }
};

void TestReferralCheck::judgesWhereANameLeads_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("records");
    QTest::addColumn<bool>("mayLeadInwards");
    QTest::addColumn<bool>("isAllowed");
    const auto row = [](const char *name, const QString &server, const QString &target,
                        const QString &records, bool isAllowed, bool mayLeadInwards = false) {
        QTest::newRow(name) << server << target << records << mayLeadInwards << isAllowed;
    };
    row("into the open", u"reg.example"_s, u"cdn.example"_s, u"cdn.example=8.8.8.8"_s, true);
    row("nobody knows it", u"reg.example"_s, u"cdn.example"_s, u""_s, true);
    row("this machine", u"reg.example"_s, u"cdn.example"_s, u"cdn.example=127.0.0.1"_s, false);
    row("this machine, in the clothes of IPv6", u"reg.example"_s, u"cdn.example"_s,
        u"cdn.example=::ffff:127.0.0.1"_s, false);
    row("where clouds keep secrets", u"reg.example"_s, u"cdn.example"_s,
        u"cdn.example=169.254.169.254"_s, false);
    row("a private network", u"reg.example"_s, u"cdn.example"_s, u"cdn.example=10.0.0.7"_s, false);
    row("one of two is within", u"reg.example"_s, u"cdn.example"_s,
        u"cdn.example=8.8.8.8 10.0.0.7"_s, false);
    row("both in a private network", u"reg.corp.example"_s, u"s3.corp.example"_s,
        u"reg.corp.example=10.0.0.6;s3.corp.example=10.0.0.7"_s, true);
    row("the server is also outside", u"reg.example"_s, u"cdn.example"_s,
        u"reg.example=10.0.0.6 8.8.8.8;cdn.example=10.0.0.7"_s, false);
    row("from a private network to here", u"reg.corp.example"_s, u"s3.corp.example"_s,
        u"reg.corp.example=10.0.0.6;s3.corp.example=127.0.0.1"_s, false);
    row("from a private address", u"10.0.0.6"_s, u"s3.corp.example"_s,
        u"s3.corp.example=10.0.0.7"_s, true);
    row("from an address outside", u"8.8.8.8"_s, u"cdn.example"_s, u"cdn.example=10.0.0.7"_s,
        false);
    row("from a name within that nobody knows", u"registry"_s, u"storage"_s, u"storage=10.0.0.7"_s,
        true);
    row("from a name that is this machine", u"registry"_s, u"storage"_s,
        u"registry=127.0.1.1;storage=127.0.1.1"_s, true);
    row("from here", u"localhost"_s, u"storage"_s, u"storage=127.0.0.1"_s, true);
    row("into the open by address", u"reg.example"_s, u"8.8.8.8"_s, u""_s, true);
    row("a private address", u"reg.example"_s, u"10.0.0.7"_s, u"reg.example=8.8.8.8"_s, false);
    row("a private address, of nobody knows whom", u"reg.example"_s, u"10.0.0.7"_s, u""_s, false);
    row("a private address, from within", u"reg.corp.example"_s, u"10.0.0.7"_s,
        u"reg.corp.example=10.0.0.6"_s, true);
    row("a private network, as allowed", u"reg.example"_s, u"cdn.example"_s,
        u"cdn.example=10.0.0.7"_s, true, true);
    row("a private address, as allowed", u"reg.example"_s, u"10.0.0.7"_s, u""_s, true, true);
    row("this machine, which nobody can allow", u"reg.example"_s, u"cdn.example"_s,
        u"cdn.example=127.0.0.1"_s, false, true);
    row("secrets of clouds, which nobody can allow", u"reg.example"_s, u"cdn.example"_s,
        u"cdn.example=169.254.169.254"_s, false, true);
    row("another port of the same host", u"reg.example"_s, u"reg.example"_s,
        u"reg.example=127.0.0.1"_s, true);
}

void TestReferralCheck::judgesWhereANameLeads()
{
    QFETCH(QString, server);
    QFETCH(QString, target);
    QFETCH(QString, records);
    QFETCH(bool, mayLeadInwards);
    const QUrl url(QString(u"http://"_s + target + u":9000/x?signature=CANARY"_s));
    const Referral referral{{u"http"_s, server, 80}, lookUpIn(records), mayLeadInwards};
    std::optional<std::optional<Error>> verdict;
    checkReferral(url, referral, this, [&](const auto &objection) { verdict = objection; });
    QVERIFY(verdict);
    QTEST(!verdict->has_value(), "isAllowed");
    if (!*verdict)
        return;
    QCOMPARE((*verdict)->kind, Error::Kind::Policy);
    QVERIFY((*verdict)->detail.contains(target));
    QVERIFY(!(*verdict)->detail.contains(u"CANARY"_s));
}

void TestReferralCheck::sendsNothingInwards_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("within") << u"10.0.0.7"_s << Error::Kind::Policy;
    // What Qt itself finds then is nobody, here.
    QTest::newRow("outside") << u"203.0.113.7"_s << Error::Kind::Network;
}

void TestReferralCheck::sendsNothingInwards()
{
    QFETCH(QString, address);
    Network network;
    HttpSettings settings;
    settings.retry.attempts = 1;
    settings.proxies = std::make_shared<ProxyRules>();
    settings.lookUp = lookUpIn(QString(u"upload.invalid="_s + address));
    HttpClient client(network, {u"http"_s, u"reg.invalid"_s, 80}, settings);
    const auto answer = outcomeOf(client.send({.url = QUrl(u"http://upload.invalid/x"_s)}));
    QVERIFY(!answer);
    QTEST(answer.error().kind, "kind");
}

void TestReferralCheck::letsTheProxyKnowItsNames()
{
    Network network;
    HttpSettings settings;
    settings.retry.attempts = 1;
    settings.proxies =
        std::make_shared<ProxyRules>(ProxyRules::through(u"http://127.0.0.1:1"_s)); // Nobody.
    settings.lookUp = [](const QString &, QObject *, const HostAnswer &) { qFatal("asked"); };
    HttpClient client(network, {u"http"_s, u"reg.invalid"_s, 80}, settings);
    const auto answer = outcomeOf(client.send({.url = QUrl(u"http://upload.invalid/x"_s)}));
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, Error::Kind::Network);
}

QTEST_GUILESS_MAIN(TestReferralCheck)
#include "tst_referralcheck.moc"
