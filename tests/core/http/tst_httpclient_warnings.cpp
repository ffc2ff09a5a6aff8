// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpclient.h"
#include "core/http/httpjob.h"
#include "support/outcome.h"
#include "support/testserver.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

/// HttpClient and what registries want people to know.
class TestHttpClientWarnings : public QObject
{
    Q_OBJECT

private slots:
    void passesOnWhatTheRegistryWarnsOf();
    void passesOnALimitedNumberOfWarnings();

private:
    Network m_network;
};

void TestHttpClientWarnings::passesOnWhatTheRegistryWarnsOf()
{
    // SRV-41
    TestServer other; // Which is not the one that people know.
    other.setHandler([](const TestRequest &, const TestConnection &c) {
        c.answer({200, "x", {{"Warning", R"(299 - "not mine")"}}});
    });
    TestServer server;
    server.setHandler([&](const TestRequest &request, const TestConnection &c) {
        const QByteArray twice = R"(299 - "<b>old</b>", 299 - "<b>old</b>")";
        if (request.path() == u"/away"_s)
            return c.answer({307, {}, {{"Location", other.url().toEncoded()}, {"Warning", twice}}});
        c.answer({404, "no", {{"Warning", R"(299 - "refused")"}, {"Warning", twice}}});
    });
    HttpClient client(m_network, Origin::of(server.url()));
    QStringList heard;
    connect(&client, &HttpClient::serverWarned, this, [&](const QString &one) { heard += one; });
    for (int round = 0; round < 2; ++round) {
        QVERIFY(outcomeOf(client.send({.url = server.url(u"/away"_s)})));
        QVERIFY(!outcomeOf(client.send({.url = server.url()})));
    }
    QCOMPARE(heard.size(), 2);
    QCOMPARE(client.warnings(), heard);
    QVERIFY2(heard.first().contains(u"<b>old</b>"_s), qPrintable(heard.first()));
    QVERIFY2(heard.last().contains(u"refused"_s), qPrintable(heard.last()));
    for (const QString &notice : heard)
        QVERIFY(notice.contains(server.host()));
}

void TestHttpClientWarnings::passesOnALimitedNumberOfWarnings()
{
    TestServer server;
    server.setHandler([&](const TestRequest &, const TestConnection &c) {
        QByteArray warnings = "299 - \"" + QByteArray(2000, 'x') + '"';
        for (int i = 0; i < 40; ++i)
            warnings += ", 299 - \"" + QByteArray::number(server.requests().size() * 40 + i) + '"';
        c.answer({200, "x", {{"Warning", warnings}}});
    });
    HttpClient client(m_network, Origin::of(server.url()));
    for (int round = 0; round < 4; ++round)
        QVERIFY(outcomeOf(client.send({.url = server.url()})));
    QCOMPARE(client.warnings().size(), 100);
    QVERIFY(client.warnings().first().size() < 700);
}

QTEST_GUILESS_MAIN(TestHttpClientWarnings)
#include "tst_httpclient_warnings.moc"
