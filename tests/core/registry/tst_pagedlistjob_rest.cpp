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
using Limits = PagedListJob::Limits;

/// What PagedListJob says about a list: where the rest of it is, whether it is the right one, what in
/// it is no name, and that it is too long.
class TestPagedListJobRest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void goesOnWhereTheListBrokeOff_data();
    void goesOnWhereTheListBrokeOff();
    void triesAPageAgainThatCouldNotBeRead();
    void doesNotStartOverWhenTheRestIsRefused();
    void knowsNoRestOfOtherLists();
    void doubtsTheListOfAnotherRepository_data();
    void doubtsTheListOfAnotherRepository();
    void asksForNothingThatIsNoName();
    void tellsTheFirstOfWhatIsNoName();
    void stopsAtItsLimits_data();
    void stopsAtItsLimits();
    void readsAPageOfFiftyMegabytes();

private:
    [[nodiscard]] PagedListJob *job(const Limits &limits = {});
    [[nodiscard]] Result<ListSummary> list(const QByteArray &rest = {})
    {
        PagedListJob *made = job();
        made->goOnAt(rest);
        return outcomeOf(made);
    }
    /// Five pages with a name each, "t1" to "t5"; the third fails \a times.
    void setFivePages(int status, int times);

    Network m_network;
    std::unique_ptr<TestServer> m_server;
    std::unique_ptr<HttpClient> m_client;
    QStringList m_names;
};

static TestAnswer page(const QByteArray &tags, const QByteArray &link = {})
{
    TestAnswer answer{200, "{\"tags\":" + tags + "}"};
    if (!link.isEmpty())
        answer.headers.emplaceBack("Link", link + "; rel=next");
    return answer;
}

void TestPagedListJobRest::init()
{
    m_client.reset();
    m_names.clear();
    m_server = std::make_unique<TestServer>();
    HttpSettings settings;
    settings.retry.firstDelay = 1ms;
    settings.retry.attempts = 2;
    m_client = std::make_unique<HttpClient>(m_network, Origin::of(m_server->url()), settings);
}

PagedListJob *TestPagedListJobRest::job(const Limits &limits)
{
    auto *job = new PagedListJob(*m_client,
                                 {m_server->url(u"/v2/team/app/tags/list"_s), u"tags"_s, u"scope"_s,
                                  &TagGrammar::accepts, u"explanation"_s, u"team/app"_s, limits});
    connect(job, &PagedListJob::namesListed, this, [this](const auto &more) { m_names += more; });
    return job;
}

void TestPagedListJobRest::setFivePages(int status, int times)
{
    m_server->setHandler([=, left = std::make_shared<int>(times)](const TestRequest &request,
                                                                  const TestConnection &c) {
        const int last = request.query(u"last"_s).toInt();
        if (last == 2 && (*left)-- > 0)
            return c.answer({status});
        const QByteArray number = QByteArray::number(last + 1);
        c.answer(page("[\"t" + number + "\"]",
                      last == 4 ? QByteArray() : QByteArray("<?last=" + number + "&n=1>")));
    });
}

void TestPagedListJobRest::goesOnWhereTheListBrokeOff_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("LST-13 500") << 500;
    QTest::newRow("404") << 404;
    QTest::newRow("400, which is about no size") << 400;
    QTest::newRow("401") << 401;
}

void TestPagedListJobRest::goesOnWhereTheListBrokeOff()
{
    QFETCH(const int, status);
    setFivePages(status, status == 500 ? 2 : 1);
    const auto begun = list();
    QVERIFY(begun && begun->incomplete);
    QCOMPARE(m_names, QStringList({u"t1"_s, u"t2"_s}));
    m_server->forgetRequests();
    const auto rest = list(begun->rest);
    QVERIFY(rest);
    QVERIFY(!rest->incomplete);
    QCOMPARE(m_names, QStringList({u"t1"_s, u"t2"_s, u"t3"_s, u"t4"_s, u"t5"_s}));
    QCOMPARE(rest->count, qsizetype(3));
    QCOMPARE(m_server->requests().size(), qsizetype(3));
    QCOMPARE(m_server->requestLines().first(), u"GET /v2/team/app/tags/list?last=2&n=1"_s);
}

void TestPagedListJobRest::triesAPageAgainThatCouldNotBeRead()
{
    // Without Link headers it is we who name the page.
    QByteArrayList names;
    for (int i = 1; i <= 1000; ++i)
        names.append("\"t" + QByteArray::number(i) + '"');
    const QByteArray full = '[' + names.join(',') + ']';
    m_server->setHandler(
        [&, count = std::make_shared<int>()](const TestRequest &request, const TestConnection &c) {
            if (request.query(u"last"_s).isEmpty())
                return c.answer(page(full));
            c.answer((*count)++ == 0 ? TestAnswer{200, "{\"tags\":["} : page(R"(["end"])"));
        });
    const auto begun = list();
    QVERIFY(begun && begun->incomplete);
    QCOMPARE(begun->rest, "n=1000&last=t1000");
    const auto rest = list(begun->rest);
    QVERIFY(rest && !rest->incomplete);
    QCOMPARE(m_names.size(), qsizetype(1001));
    QCOMPARE(m_names.last(), u"end"_s);
}

void TestPagedListJobRest::doesNotStartOverWhenTheRestIsRefused()
{
    m_server->setHandler([](const TestRequest &request, const TestConnection &connection) {
        const bool isRest = !request.query(u"last"_s).isEmpty();
        connection.answer(isRest ? TestAnswer{400} : page(R"(["t1"])"));
    });
    const auto rest = list("n=1000&last=x");
    QVERIFY(!rest);
    QCOMPARE(rest.error().kind, Kind::Protocol);
    QCOMPARE(m_server->requests().size(), qsizetype(1));
    // Nor is it the registry that has no list.
    m_server->setHandler(
        [](const TestRequest &, const TestConnection &connection) { connection.answer({404}); });
    QCOMPARE(list("n=1000&last=x").error().kind, Kind::NotFound);
    QCOMPARE(list().error().kind, Kind::Unsupported);
}

void TestPagedListJobRest::knowsNoRestOfOtherLists()
{
    m_server->setHandler([](const TestRequest &, const TestConnection &connection) {
        connection.answer(page(R"(["t1"])", "<http://elsewhere.example/?last=t1>"));
    });
    const auto misled = list();
    QVERIFY(misled && misled->incomplete);
    QCOMPARE(misled->rest, QByteArray());
    setFivePages(200, 0);
    const auto whole = list();
    QVERIFY(whole && !whole->incomplete);
    QCOMPARE(whole->rest, QByteArray());
}

void TestPagedListJobRest::doubtsTheListOfAnotherRepository_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("isDoubted");
    QTest::newRow("its own") << QByteArray(R"("team/app")") << false;
    QTest::newRow("without the prefix, as Artifactory") << QByteArray(R"("app")") << false;
    QTest::newRow("behind a prefix") << QByteArray(R"("proxy/team/app")") << false;
    QTest::newRow("none") << QByteArray(R"("")") << false;
    QTest::newRow("no text") << QByteArray("7") << false;
    QTest::newRow("LST-15 another") << QByteArray(R"("team/other")") << true;
    QTest::newRow("LST-15 another with the same end") << QByteArray(R"("p")") << true;
    QTest::newRow("LST-15 hostile") << QByteArray(R"("<b>\u202e")") << true;
}

void TestPagedListJobRest::doubtsTheListOfAnotherRepository()
{
    QFETCH(const QByteArray, name);
    QFETCH(const bool, isDoubted);
    m_server->setHandler([=](const TestRequest &, const TestConnection &connection) {
        connection.answer({200, R"({"tags":["t1"],"name":)" + name + '}'});
    });
    const auto summary = list();
    QVERIFY(summary);
    QCOMPARE(m_names, QStringList{u"t1"_s});
    QCOMPARE(summary->incomplete.has_value(), isDoubted);
    if (isDoubted) {
        QCOMPARE(summary->incomplete->kind, Kind::Protocol);
        QVERIFY(!summary->incomplete->message.contains(QChar(0x202E)));
    }
}

void TestPagedListJobRest::asksForNothingThatIsNoName()
{
    // LST-12: a full page without a Link goes on behind the last tag, not behind what follows it.
    QByteArrayList names;
    for (int i = 1; i < 1000; ++i)
        names.append("\"t" + QByteArray::number(i) + '"');
    const QByteArray full = '[' + names.join(',') + R"(,"../../up"])";
    m_server->setHandler([&](const TestRequest &request, const TestConnection &connection) {
        connection.answer(request.query(u"last"_s).isEmpty() ? page(full) : page(R"(["end"])"));
    });
    QVERIFY(list());
    QCOMPARE(m_names.last(), u"end"_s);
    QCOMPARE(m_server->requestLines().last(), u"GET /v2/team/app/tags/list?n=1000&last=t999"_s);
}

void TestPagedListJobRest::tellsTheFirstOfWhatIsNoName()
{
    const QByteArray tags =
        R"(["good",1,{},"../x","a\u202eb","\u0000",")" + QByteArray(1'000'000, 'x') + "\"";
    m_server->setHandler([&](const TestRequest &request, const TestConnection &connection) {
        if (request.query(u"last"_s).isEmpty())
            return connection.answer(page(tags + ']', "<?last=1>"));
        QByteArrayList more;
        for (int i = 0; i < 30; ++i)
            more.append("\"/" + QByteArray::number(i) + '"');
        connection.answer(page('[' + more.join(',') + ']'));
    });
    const auto summary = list();
    QVERIFY(summary);
    QCOMPARE(m_names, QStringList{u"good"_s});
    QCOMPARE(summary->invalidCount, qsizetype(36));
    QCOMPARE(summary->invalidNames.size(), qsizetype(10));
    QCOMPARE(summary->invalidNames.first(3),
             QStringList({u"../x"_s, u"a\\u{202E}b"_s, u"\\u{0}"_s}));
    QVERIFY(summary->invalidNames.at(3).size() <= 65);
    QCOMPARE(summary->invalidNames.last(), u"/5"_s);
}

void TestPagedListJobRest::stopsAtItsLimits_data()
{
    QTest::addColumn<Limits>("limits");
    QTest::addColumn<int>("pages"); // That are read.
    QTest::newRow("LST-05 pages") << Limits{.pages = 3} << 3;
    QTest::newRow("LST-05 names") << Limits{.names = 3} << 4;
    QTest::newRow("LST-05 bytes") << Limits{.bytes = 30} << 3;
    QTest::newRow("LST-05 time") << Limits{.time = -1ms} << 1;
    QTest::newRow("LST-03 size of a page") << Limits{.pageBytes = 14} << 9;
}

void TestPagedListJobRest::stopsAtItsLimits()
{
    QFETCH(const Limits, limits);
    QFETCH(const int, pages);
    m_server->setHandler([&](const TestRequest &, const TestConnection &connection) {
        const QByteArray number = QByteArray::number(m_server->requests().size());
        connection.answer(page("[\"" + number + "\"]", "<?last=" + number + ">"));
    });
    const auto summary = outcomeOf(job(limits));
    QVERIFY(summary);
    QVERIFY(summary->incomplete);
    QCOMPARE(summary->incomplete->kind, Kind::TooLarge);
    QCOMPARE(m_names.size(), qsizetype(pages));
}

void TestPagedListJobRest::readsAPageOfFiftyMegabytes()
{
    // LST-03
    m_server->setHandler([](const TestRequest &, const TestConnection &connection) {
        connection.answer(page("[\"t1\"" + QByteArray(50'000'000, ' ') + ",\"t2\"]"));
    });
    const auto summary = list();
    QVERIFY(summary && !summary->incomplete);
    QCOMPARE(m_names, QStringList({u"t1"_s, u"t2"_s}));
}

QTEST_GUILESS_MAIN(TestPagedListJobRest)
#include "tst_pagedlistjob_rest.moc"
