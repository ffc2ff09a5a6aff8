// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpclient.h"
#include "core/oci/names.h"
#include "core/registry/pagedlistjob.h"
#include "support/outcome.h"
#include "support/testserver.h"

using namespace Longshore;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Kind = Error::Kind;

class TestPagedListJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void readsOneAnswer_data();
    void readsOneAnswer();
    void refusesWhatIsNoList_data();
    void refusesWhatIsNoList();
    void isNotTakenInByMalformedChunks_data();
    void isNotTakenInByMalformedChunks();
    void leavesOutWhatIsNoName();
    void followsEveryKindOfLink_data();
    void followsEveryKindOfLink();
    void asksAgainWithoutASizeThatIsRefused();
    void keepsOpaquePagesAsTheyAre();
    void asksForJson();

private:
    struct Listing
    {
        QStringList names;
        Result<ListSummary> summary;
    };
    /// Lists the tags of the repository "a".
    Listing list();
    /// Answers the query with the page; everything else with an empty list.
    void setPages(const QHash<QByteArray, TestAnswer> &pages);
    [[nodiscard]] static TestAnswer page(const QByteArray &tags, const QByteArray &link = {});

    Network m_network;
    std::unique_ptr<TestServer> m_server;
    std::unique_ptr<HttpClient> m_client;
};

void TestPagedListJob::init()
{
    m_client.reset();
    m_server = std::make_unique<TestServer>();
    HttpSettings settings;
    settings.retry.firstDelay = 1ms;
    settings.retry.attempts = 2;
    m_client = std::make_unique<HttpClient>(m_network, Origin::of(m_server->url()), settings);
}

TestPagedListJob::Listing TestPagedListJob::list()
{
    auto *job = new PagedListJob(
        *m_client, {m_server->url(u"/v2/a/tags/list"_s), u"tags"_s, {}, &TagGrammar::accepts});
    QStringList names;
    connect(job, &PagedListJob::namesListed, this, [&](const QStringList &more) { names += more; });
    auto summary = outcomeOf(job);
    return {names, summary};
}

TestAnswer TestPagedListJob::page(const QByteArray &tags, const QByteArray &link)
{
    TestAnswer answer{200, "{\"name\":\"a\",\"tags\":" + tags + "}"};
    if (!link.isEmpty())
        answer.headers.emplaceBack("Link", link);
    return answer;
}

void TestPagedListJob::setPages(const QHash<QByteArray, TestAnswer> &pages)
{
    m_server->setHandler([=](const TestRequest &request, const TestConnection &connection) {
        const qsizetype mark = request.target.indexOf('?');
        const QByteArray query = mark < 0 ? "" : request.target.mid(mark + 1);
        connection.answer(pages.value(query, page("[]")));
    });
}

void TestPagedListJob::readsOneAnswer_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QStringList>("names");
    const auto row = [](const char *name, const QByteArray &body, const QStringList &names) {
        QTest::newRow(name) << body << names;
    };
    row("two", R"({"name":"a","tags":["x","y"]})", {u"x"_s, u"y"_s});
    row("LST-10 unsorted stays unsorted", R"({"tags":["s2","oci","B","a"]})",
        {u"s2"_s, u"oci"_s, u"B"_s, u"a"_s});
    row("LST-09 twice", R"({"tags":["x","y","x"]})", {u"x"_s, u"y"_s});
    row("LST-01 null", R"({"name":"a","tags":null})", {});
    row("LST-01 missing, H13", R"({"name":"a"})", {});
    row("LST-01 empty", R"({"tags":[]})", {});
    row("members of GCR", R"({"child":[],"manifest":{},"tags":["x"]})", {u"x"_s});
    row("Nexus' null", R"({"tags":[null,"x",null]})", {u"x"_s});
    row("LST-21 byte order mark", "\xef\xbb\xbf{\"tags\":[\"x\"]}", {u"x"_s});
    row("white space", "\n {\"tags\" : [ \"x\" ] }\r\n", {u"x"_s});
}

void TestPagedListJob::readsOneAnswer()
{
    QFETCH(QByteArray, body);
    QFETCH(QStringList, names);
    m_server->setHandler([=](const TestRequest &, const TestConnection &c) {
        c.answer({200, body});
    });
    const Listing listing = list();
    QVERIFY2(listing.summary, listing.summary ? "" : qPrintable(listing.summary.error().message));
    QCOMPARE(listing.names, names);
    QCOMPARE(listing.summary->count, names.size());
    QCOMPARE(listing.summary->invalidCount, qsizetype(0));
    QVERIFY(!listing.summary->incomplete);
    QCOMPARE(m_server->requests().size(), qsizetype(1));
}

void TestPagedListJob::refusesWhatIsNoList_data()
{
    QTest::addColumn<TestAnswer>("answer");
    QTest::addColumn<Kind>("kind");
    const auto body = [](const char *name, const QByteArray &bytes) {
        QTest::newRow(name) << TestAnswer{200, bytes} << Kind::Protocol;
    };
    body("LST-01 object", R"({"tags":{}})");
    body("LST-01 text", R"({"tags":"x"})");
    body("list", R"(["x"])");
    body("empty", "");
    body("web page", "<!DOCTYPE html>");
    body("LST-21 garbage behind", R"({"tags":["x"]} x)");
    body("cut", R"({"tags":["x",)");
    body("invalid UTF-8", "{\"tags\":[\"\xff\"]}");
    body("compressed", QByteArray::fromHex("1f8b0800000000000003"));
    QTest::newRow("LST-16 401") << TestAnswer{401} << Kind::Unauthorized;
    QTest::newRow("LST-16 403") << TestAnswer{403} << Kind::Forbidden;
    QTest::newRow("LST-16 404") << TestAnswer{404} << Kind::NotFound;
    QTest::newRow("LST-16 405") << TestAnswer{405} << Kind::Unsupported;
    QTest::newRow("400 twice") << TestAnswer{400} << Kind::Protocol;
    QTest::newRow("busy") << TestAnswer{503} << Kind::Protocol;
}

void TestPagedListJob::refusesWhatIsNoList()
{
    QFETCH(TestAnswer, answer);
    m_server->setHandler([=](const TestRequest &, const TestConnection &c) { c.answer(answer); });
    const Listing listing = list();
    QVERIFY(!listing.summary);
    QTEST(listing.summary.error().kind, "kind");
    QCOMPARE(listing.names, QStringList());
}

void TestPagedListJob::isNotTakenInByMalformedChunks_data()
{
    // SRV-05: Qt reports an empty answer without an error. SRV-04: nor does it miss the end.
    QTest::addColumn<QByteArray>("chunk");
    for (const char *size : {"-5", "+5", "0x5", "FFFFFFFFFFFFFFFFF", "", "x"})
        QTest::newRow(size) << QByteArray(QByteArray(size) + "\r\n{\"tags\":null}\r\n0\r\n\r\n");
    QTest::newRow("cut") << QByteArray("40\r\n{\"tags\":[\"x\"");
    QTest::newRow("no last chunk, and more was to come") << QByteArray("8\r\n{\"tags\":\r\n");
}

void TestPagedListJob::isNotTakenInByMalformedChunks()
{
    QFETCH(QByteArray, chunk);
    m_server->setHandler([=](const TestRequest &, const TestConnection &connection) {
        connection.sendRaw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk);
        connection.close();
    });
    QVERIFY(!list().summary);
}

void TestPagedListJob::leavesOutWhatIsNoName()
{
    // LST-11, LST-12
    const QByteArrayList entries{R"("../x")",
                                 R"("a/b")",
                                 R"("")",
                                 R"("%2e")",
                                 R"("a b")",
                                 R"("\u202e")",
                                 R"("a\u0000")",
                                 R"("\ud800")",
                                 "1",
                                 "true",
                                 "{}",
                                 R"(["x"])",
                                 '"' + QByteArray(129, 'x') + '"',
                                 '"' + QByteArray(1'000'000, 'x') + '"'};
    setPages({{"n=1000", page("[\"good\"," + entries.join(',') + ",null,\"fine\"]")}});
    const Listing listing = list();
    QVERIFY(listing.summary);
    QCOMPARE(listing.names, QStringList({u"good"_s, u"fine"_s}));
    QCOMPARE(listing.summary->invalidCount, entries.size());
}

void TestPagedListJob::followsEveryKindOfLink_data()
{
    // LST-08
    QTest::addColumn<QByteArray>("link");
    QTest::newRow("relative") << QByteArray(R"(</v2/a/tags/list?last=y&n=2>; rel="next")");
    QTest::newRow("only a query") << QByteArray("<?last=y&n=2>; rel=next");
    QTest::newRow("absolute") << QByteArray(
        R"(<http://HOST/v2/a/tags/list?last=y&n=2>; rel="next")");
    QTest::newRow("wrong path, as Nexus")
        << QByteArray(R"(<http://HOST/repository/a/v2/a/tags/list?last=y&n=2>; rel="next")");
    QTest::newRow("without the repository, as Artifactory")
        << QByteArray(R"(</v2/tags/list?last=y&n=2>; rel="next")");
    QTest::newRow("two links") << QByteArray(R"(<?last=0>; rel="prev", <?last=y&n=2>; rel="next")");
    QTest::newRow("two headers") << QByteArray(
        "<?last=0>; rel=\"prev\"\r\nLink: <?last=y&n=2>; rel=\"next\"");
    QTest::newRow("without brackets, as old Quay")
        << QByteArray(R"(/v2/a/tags/list?last=y&n=2; rel="next")");
}

void TestPagedListJob::followsEveryKindOfLink()
{
    QFETCH(QByteArray, link);
    link.replace("HOST", m_server->host().toLatin1());
    setPages({{"n=1000", page(R"(["x","y"])", link)}, {"last=y&n=2", page(R"(["y","z"])")}});
    const Listing listing = list();
    QVERIFY(listing.summary);
    QVERIFY2(!listing.summary->incomplete, qPrintable(m_server->requestLines().join(u' ')));
    QCOMPARE(listing.names, QStringList({u"x"_s, u"y"_s, u"z"_s}));
    QCOMPARE(m_server->requestLines().last(), u"GET /v2/a/tags/list?last=y&n=2"_s);
}

void TestPagedListJob::asksAgainWithoutASizeThatIsRefused()
{
    setPages({{"n=1000", {400, R"({"errors":[{"code":"PAGINATION_NUMBER_INVALID"}]})"}},
              {"", page(R"(["x"])", "<?last=x&n=100>; rel=next")},
              {"last=x&n=100", page(R"(["y"])")}});
    const Listing listing = list();
    QVERIFY(listing.summary && !listing.summary->incomplete);
    QCOMPARE(listing.names, QStringList({u"x"_s, u"y"_s}));
    QCOMPARE(m_server->requests().at(1).target, "/v2/a/tags/list");
}

void TestPagedListJob::keepsOpaquePagesAsTheyAre()
{
    // Quay
    const QByteArray query = "n=50&next_page=gAAAA%2Bx%3D%3D";
    setPages({{"n=1000", page(R"(["x"])", "</v2/a/tags/list?" + query + ">; rel=\"next\"")},
              {query, page(R"(["y"])")}});
    QCOMPARE(list().names, QStringList({u"x"_s, u"y"_s}));
}

void TestPagedListJob::asksForJson()
{
    setPages({});
    QVERIFY(list().summary);
    QCOMPARE(m_server->requests().first().header("accept"), "application/json");
}

QTEST_GUILESS_MAIN(TestPagedListJob)
#include "tst_pagedlistjob.moc"
