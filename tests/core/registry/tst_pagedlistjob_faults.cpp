// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpclient.h"
#include "core/oci/names.h"
#include "core/registry/pagedlistjob.h"
#include "support/gzip.h"
#include "support/outcome.h"
#include "support/testserver.h"

using namespace Longshore;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Kind = Error::Kind;

/// PagedListJob and lists that break off, go in circles or never end. A list that may lack names
/// has to say so: what it does not name would be deleted along with what it does.
class TestPagedListJobFaults : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void marksListsThatBreakOff_data();
    void marksListsThatBreakOff();
    void marksListsThatGoInCircles_data();
    void marksListsThatGoInCircles();
    void goesOnBehindAPageWithoutNames();
    void asksNobodyElse_data();
    void asksNobodyElse();
    void refusesAPageThatIsTooLarge();
    void readsOneHugePage();
    void readsWhatAProxyHasCompressed();
    void stopsWhenAListenerHasHadEnough();
    void survivesAListenerThatClosesTheConnection();

private:
    [[nodiscard]] PagedListJob *job();
    void answer(const QByteArray &tags, const QByteArray &link, const TestConnection &connection);

    Network m_network;
    std::unique_ptr<TestServer> m_server;
    std::unique_ptr<HttpClient> m_client;
    QStringList m_names;
};

void TestPagedListJobFaults::init()
{
    m_client.reset();
    m_names.clear();
    m_server = std::make_unique<TestServer>();
    HttpSettings settings;
    settings.retry.firstDelay = 1ms;
    settings.retry.attempts = 2;
    m_client = std::make_unique<HttpClient>(m_network, Origin::of(m_server->url()), settings);
}

PagedListJob *TestPagedListJobFaults::job()
{
    auto *job = new PagedListJob(
        *m_client, {m_server->url(u"/v2/a/tags/list"_s), u"tags"_s, {}, &TagGrammar::accepts});
    connect(job, &PagedListJob::namesListed, this, [this](const auto &more) { m_names += more; });
    return job;
}

void TestPagedListJobFaults::answer(const QByteArray &tags, const QByteArray &link,
                                    const TestConnection &connection)
{
    TestAnswer answer{200, "{\"tags\":" + tags + "}"};
    if (!link.isEmpty())
        answer.headers.emplaceBack("Link", link + "; rel=next");
    connection.answer(answer);
}

void TestPagedListJobFaults::marksListsThatBreakOff_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("LST-13 500") << 500 << QByteArray() << Kind::Protocol;
    QTest::newRow("404") << 404 << QByteArray() << Kind::NotFound;
    QTest::newRow("401") << 401 << QByteArray() << Kind::Unauthorized;
    QTest::newRow("400, which is about no size any more") << 400 << QByteArray() << Kind::Protocol;
    QTest::newRow("web page") << 200 << QByteArray("<html>") << Kind::Protocol;
    QTest::newRow("cut") << 200 << QByteArray(R"({"tags":["z")") << Kind::Protocol;
}

void TestPagedListJobFaults::marksListsThatBreakOff()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    // Once behind the first page and once behind the second.
    for (const int good : {1, 2}) {
        m_names.clear();
        m_server->forgetRequests();
        m_server->setHandler([&](const TestRequest &, const TestConnection &connection) {
            const qsizetype number = m_server->requests().size();
            if (number > good)
                return connection.answer({status, body});
            const QByteArray digits = QByteArray::number(number);
            answer("[\"t" + digits + "\"]", "<?last=t" + digits + ">", connection);
        });
        const auto summary = outcomeOf(job());
        QVERIFY(summary);
        QVERIFY(summary->incomplete);
        QTEST(summary->incomplete->kind, "kind");
        QCOMPARE(m_names.size(), qsizetype(good));
        QCOMPARE(summary->count, qsizetype(good));
    }
}

void TestPagedListJobFaults::marksListsThatGoInCircles_data()
{
    // LST-04, H14
    QTest::addColumn<QByteArrayList>("links"); // Of the pages in turn.
    QTest::addColumn<bool>("bringsNews");
    QTest::newRow("to itself at once") << QByteArrayList{"<?n=1000>"} << true;
    QTest::newRow("to the page itself") << QByteArrayList{"<?last=1>"} << true;
    QTest::newRow("A to B to A") << QByteArrayList{"<?last=1>", "<?last=2>"} << true;
    QTest::newRow("new addresses, old names") << QByteArrayList{"<?last=NUMBER>"} << false;
}

void TestPagedListJobFaults::marksListsThatGoInCircles()
{
    QFETCH(QByteArrayList, links);
    QFETCH(bool, bringsNews);
    m_server->setHandler([&](const TestRequest &, const TestConnection &connection) {
        const qsizetype number = m_server->requests().size();
        const QByteArray digits = QByteArray::number(number);
        QByteArray link = links.at((number - 1) % links.size());
        answer(bringsNews ? QByteArray("[\"t" + digits + "\"]") : QByteArray(R"(["t"])"),
               link.replace("NUMBER", digits), connection);
    });
    const auto summary = outcomeOf(job());
    QVERIFY(summary);
    QVERIFY(summary->incomplete);
    QCOMPARE(summary->incomplete->kind, Kind::Protocol);
    QVERIFY(!m_names.isEmpty());
    QVERIFY(m_server->requests().size() <= 3);
}

void TestPagedListJobFaults::goesOnBehindAPageWithoutNames()
{
    // Old Artifactory lists digests as tags; behind a page of them there may be tags again.
    m_server->setHandler([&](const TestRequest &request, const TestConnection &connection) {
        const QString last = request.query(u"last"_s);
        if (last.isEmpty())
            answer(R"(["sha256:0","sha256:1"])", "<?last=1>", connection);
        else if (last == u"1"_s)
            answer(R"(["sha256:2"])", "<?last=2>", connection);
        else
            answer(R"(["real"])", {}, connection);
    });
    const auto summary = outcomeOf(job());
    QVERIFY(summary);
    QCOMPARE(m_names, QStringList{u"real"_s});
    QCOMPARE(summary->invalidCount, qsizetype(3));
    QVERIFY(!summary->incomplete);
}

void TestPagedListJobFaults::asksNobodyElse_data()
{
    // LST-06
    QTest::addColumn<QByteArray>("link");
    QTest::newRow("other port") << QByteArray("<http://OTHER/v2/a/tags/list?last=x>");
    QTest::newRow("other scheme") << QByteArray("<https://HOST/v2/a/tags/list?last=x>");
    QTest::newRow("other host") << QByteArray("<http://169.254.169.254/v2/a/tags/list?last=x>");
    QTest::newRow("other host without a scheme") << QByteArray("<//evil.example/?last=x>");
    QTest::newRow("host as user") << QByteArray("<http://HOST@OTHER/?last=x>");
    QTest::newRow("file") << QByteArray("<file:///etc/passwd>");
    QTest::newRow("broken") << QByteArray("</v2/never-closed");
}

void TestPagedListJobFaults::asksNobodyElse()
{
    QFETCH(QByteArray, link);
    TestServer other;
    link.replace("OTHER", other.host().toLatin1()).replace("HOST", m_server->host().toLatin1());
    m_server->setHandler([&](const TestRequest &, const TestConnection &connection) {
        answer(R"(["x"])", link, connection);
    });
    const auto summary = outcomeOf(job());
    QVERIFY(summary);
    QVERIFY(summary->incomplete);
    QVERIFY(!summary->incomplete->message.isEmpty());
    QCOMPARE(m_names, QStringList{u"x"_s});
    QCOMPARE(m_server->requests().size(), qsizetype(1));
    QVERIFY(other.requests().isEmpty());
}

void TestPagedListJobFaults::refusesAPageThatIsTooLarge()
{
    // LST-03
    m_server->setHandler([&](const TestRequest &request, const TestConnection &connection) {
        if (request.query(u"last"_s).isEmpty())
            return answer(R"(["x"])", "<?last=x>", connection);
        connection.answer({200, QByteArray(65 * 1024 * 1024, ' ')});
    });
    const auto summary = outcomeOf(job());
    QVERIFY(summary);
    QCOMPARE(summary->incomplete->kind, Kind::TooLarge);
    QCOMPARE(m_names, QStringList{u"x"_s});
}

void TestPagedListJobFaults::readsOneHugePage()
{
    // D12: docker-registry 2.8 hands out everything at once.
    QByteArrayList names;
    for (int i = 0; i < 200'000; ++i)
        names.append("\"v" + QByteArray::number(i) + '"');
    const QByteArray tags = '[' + names.join(',') + ']';
    m_server->setHandler([&](const TestRequest &, const TestConnection &connection) {
        answer(tags, {}, connection);
    });
    const auto summary = outcomeOf(job());
    QVERIFY(summary && !summary->incomplete);
    QCOMPARE(summary->count, qsizetype(200'000));
    QCOMPARE(m_names.last(), u"v199999"_s);
}

void TestPagedListJobFaults::stopsWhenAListenerHasHadEnough()
{
    // LST-05: pages without end, each with something new.
    m_server->setHandler([&](const TestRequest &, const TestConnection &connection) {
        const QByteArray digits = QByteArray::number(m_server->requests().size());
        answer("[\"t" + digits + "\"]", "<?last=" + digits + ">", connection);
    });
    PagedListJob *endless = job();
    connect(endless, &PagedListJob::namesListed, this, [&] {
        if (m_names.size() == 5)
            endless->cancel();
    });
    const auto summary = outcomeOf(endless);
    QVERIFY(!summary);
    QVERIFY(summary.error().isCancelled());
    QCOMPARE(m_names.size(), qsizetype(5));
    QCOMPARE(m_server->requests().size(), qsizetype(5));
}

void TestPagedListJobFaults::survivesAListenerThatClosesTheConnection()
{
    // CON-07: the job may belong to somebody who outlives the connection.
    m_server->setHandler([&](const TestRequest &, const TestConnection &connection) {
        answer(R"(["x"])", "<?last=x>", connection);
    });
    PagedListJob *orphan = job();
    connect(orphan, &PagedListJob::namesListed, this, [&] { m_client.reset(); });
    const auto summary = outcomeOf(orphan);
    QVERIFY(!summary);
    QVERIFY(summary.error().isCancelled());
}

void TestPagedListJobFaults::readsWhatAProxyHasCompressed()
{
    m_server->setHandler([](const TestRequest &, const TestConnection &connection) {
        connection.answer(
            {200, gzipped(R"({"tags":["v1","v2"]})"), {{"Content-Encoding", "gzip"}}});
    });
    QVERIFY(outcomeOf(job()));
    QCOMPARE(m_names, QStringList({u"v1"_s, u"v2"_s}));
}

QTEST_GUILESS_MAIN(TestPagedListJobFaults)
#include "tst_pagedlistjob_faults.moc"
