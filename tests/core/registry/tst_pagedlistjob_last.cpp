// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpclient.h"
#include "core/oci/names.h"
#include "core/registry/pagedlistjob.h"
#include "support/outcome.h"
#include "support/testserver.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

/// PagedListJob and servers that name no next page: only a full one tells that there may be more.
class TestPagedListJobLast : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void goesOnBehindAFullPage();
    void endsWhereAFullPageWasTheLast_data();
    void endsWhereAFullPageWasTheLast();
    void stopsWhereTheServerIgnoresLast();
    void takesEverythingFromAServerThatIgnoresTheSize();

private:
    /// The tags of the repository "a"; what is incomplete fails the test.
    QStringList list();
    /// Answers the query with the page; everything else with an empty list.
    void setPages(const QHash<QByteArray, TestAnswer> &pages);

    Network m_network;
    std::unique_ptr<TestServer> m_server;
    std::unique_ptr<HttpClient> m_client;
};

namespace {

TestAnswer page(const QByteArray &tags, const QByteArray &link = {})
{
    TestAnswer answer{200, "{\"tags\":[" + tags + "]}"};
    if (!link.isEmpty())
        answer.headers.emplaceBack("Link", link);
    return answer;
}

QByteArray thousandTags(int first)
{
    QByteArrayList names;
    for (int i = first; i < first + 1000; ++i)
        names.append("\"t_" + QByteArray::number(i) + '"');
    return names.join(',');
}

} // namespace

void TestPagedListJobLast::init()
{
    m_client.reset();
    m_server = std::make_unique<TestServer>();
    m_client = std::make_unique<HttpClient>(m_network, Origin::of(m_server->url()));
}

QStringList TestPagedListJobLast::list()
{
    auto *job = new PagedListJob(
        *m_client, {m_server->url(u"/v2/a/tags/list"_s), u"tags"_s, {}, &TagGrammar::accepts});
    QStringList names;
    connect(job, &PagedListJob::namesListed, this, [&](const QStringList &more) { names += more; });
    const auto summary = outcomeOf(job);
    return summary && !summary->incomplete ? names : QStringList{u"(incomplete)"_s};
}

void TestPagedListJobLast::setPages(const QHash<QByteArray, TestAnswer> &pages)
{
    m_server->setHandler([=](const TestRequest &request, const TestConnection &connection) {
        connection.answer(pages.value(request.target.split('?').value(1), page({})));
    });
}

void TestPagedListJobLast::goesOnBehindAFullPage()
{
    // Gitea: full pages and no Link.
    setPages({{"n=1000", page(thousandTags(0))},
              {"n=1000&last=t_999", page(thousandTags(1000))},
              {"n=1000&last=t_1999", page(R"("end")")}});
    const QStringList names = list();
    QCOMPARE(names.size(), qsizetype(2001));
    QCOMPARE(names.last(), u"end"_s);
    QCOMPARE(m_server->requests().size(), qsizetype(3));
}

void TestPagedListJobLast::endsWhereAFullPageWasTheLast_data()
{
    QTest::addColumn<QByteArray>("link");
    QTest::newRow("no link") << QByteArray();
    QTest::newRow("only one back") << QByteArray(R"(<?n=1000>; rel="prev")");
}

void TestPagedListJobLast::endsWhereAFullPageWasTheLast()
{
    QFETCH(const QByteArray, link);
    setPages({{"n=1000", page(thousandTags(0), link)}});
    QCOMPARE(list().size(), qsizetype(1000));
    QCOMPARE(m_server->requestLines(), QStringList({u"GET /v2/a/tags/list?n=1000"_s,
                                                    u"GET /v2/a/tags/list?n=1000&last=t_999"_s}));
}

void TestPagedListJobLast::stopsWhereTheServerIgnoresLast()
{
    // docker-registry 2.8 with exactly a thousand tags: it knows neither "n" nor "last".
    m_server->setHandler([](const TestRequest &, const TestConnection &connection) {
        connection.answer(page(thousandTags(0)));
    });
    QCOMPARE(list().size(), qsizetype(1000));
    QCOMPARE(m_server->requests().size(), qsizetype(2));
}

void TestPagedListJobLast::takesEverythingFromAServerThatIgnoresTheSize()
{
    setPages({{"n=1000", page(thousandTags(0) + R"(,"one_more")")}});
    QCOMPARE(list().size(), qsizetype(1001));
    QCOMPARE(m_server->requests().size(), qsizetype(1)); // And is not asked twice.
}

QTEST_GUILESS_MAIN(TestPagedListJobLast)
#include "tst_pagedlistjob_last.moc"
