// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpclient.h"
#include "core/http/httpjob.h"
#include "core/http/proxyrules.h"
#include "core/http/ratelimit.h"
#include "core/http/tlssettings.h"
#include "support/outcome.h"
#include "support/testserver.h"
#include "support/tlsserver.h"

using namespace Longshore;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Gives a number of bytes, and fails or falls silent after some of them.
class LetterSource final : public ByteSource
{
public:
    explicit LetterSource(qint64 size) : m_size(size) {}

    [[nodiscard]] qint64 size() const override { return m_size; }
    Result<Done> begin() override
    {
        ++beginnings;
        m_position = 0;
        return beginning;
    }
    Result<qint64> read(char *data, qint64 maximum) override
    {
        largestPiece = std::max(largestPiece.load(), maximum);
        if (m_position >= failsAt)
            return Error{Error::Kind::LocalFile, u"gone"_s};
        for (qint64 i = 0; i < maximum; ++i)
            data[i] = letterAt(m_position + i);
        m_position += maximum;
        return maximum;
    }
    static char letterAt(qint64 position) { return static_cast<char>('a' + position % 23); }

    std::atomic<int> beginnings = 0;
    std::atomic<qint64> largestPiece = 0;
    qint64 failsAt = std::numeric_limits<qint64>::max();
    Result<Done> beginning = Done();

private:
    const qint64 m_size;
    qint64 m_position = 0;
};

} // namespace

/// Bodies that are read while they are sent: by UploadReply, and by Qt where there is a proxy.
class TestExchangeBodies : public QObject
{
    Q_OBJECT

private slots:
    static void initTestCase_data();
    void init();
    void sendsABodyPieceByPiece();
    void sendsASmallBody_data();
    void sendsASmallBody();
    void knowsThatAnEmptyBodyWasSent_data();
    void knowsThatAnEmptyBodyWasSent();
    void tellsHowMuchIsSent();
    void sendsItAgainWhenAskedToWait();
    void sendsNothingWhenTheSourceCannotBegin();
    void breaksOffWhenTheSourceFails();
    void isSentOnceThoughTheConnectionBreaks(); // Q2
    void givesTheServerTimeAfterTheLastByte();
    void endsWhenNobodyTakesTheBody();
    void isHeldBackByTheLimit();

private:
    [[nodiscard]] HttpRequest request() const
    {
        return {.method = HttpRequest::Method::Put,
                .url = m_url,
                .source = m_source,
                .priority = JobQueue::Priority::Transfer};
    }
    Result<HttpResponse> send()
    {
        HttpClient client(m_network, Origin::of(m_url), m_settings);
        return outcomeOf(client.send(request()));
    }

    Network m_network;
    std::unique_ptr<TestServer> m_server;
    std::unique_ptr<TlsServer> m_tlsServer; ///< In front of it.
    QUrl m_url;
    HttpSettings m_settings;
    std::shared_ptr<LetterSource> m_source;
};

void TestExchangeBodies::initTestCase_data()
{
    QTest::addColumn<QByteArray>("way");
    for (const QByteArray way : {"http", "https", "proxy"})
        QTest::newRow(way.constData()) << way;
}

void TestExchangeBodies::init()
{
    QFETCH_GLOBAL(QByteArray, way);
    m_server = std::make_unique<TestServer>();
    m_settings = {};
    m_url = m_server->url();
    if (way == "https") {
        m_tlsServer = std::make_unique<TlsServer>(u"server.pem"_s);
        m_tlsServer->passOnTo(m_server->port());
        m_url = m_tlsServer->url();
        m_settings.tls = std::make_shared<TlsSettings>(TlsSettings{.isVerified = false});
    } else if (way == "proxy") {
        m_url = QUrl(u"http://reg.example/"_s);
        m_settings.proxies = std::make_shared<ProxyRules>(
            ProxyRules::through(m_server->url().toString(QUrl::RemovePath)));
    }
    m_server->setHandler(
        [](const TestRequest &, const TestConnection &connection) { connection.answer({201}); });
    m_source = std::make_shared<LetterSource>(20'000'000);
}

void TestExchangeBodies::sendsABodyPieceByPiece()
{
    const auto response = send();
    QVERIFY2(response, response ? "" : qPrintable(response.error().message));
    QCOMPARE(response->status, 201);
    const TestRequest &request = m_server->requests().first();
    QCOMPARE(request.method, "PUT");
    QCOMPARE(request.header("content-length"), "20000000");
    QVERIFY(request.header("transfer-encoding").isEmpty());
    for (qint64 i = 0; i < request.body.size(); ++i) {
        if (request.body.at(i) != LetterSource::letterAt(i))
            QFAIL("another byte arrived than was sent");
    }
    QVERIFY(m_source->largestPiece <= 256 * 1024); // Never the whole.
    QCOMPARE(m_source->beginnings, 1);
}

void TestExchangeBodies::sendsASmallBody_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {0, 1, 1024 * 1024 - 1, 1024 * 1024}) // On both sides of the limit.
        QTest::addRow("%d", size) << size;
}

void TestExchangeBodies::sendsASmallBody()
{
    QFETCH(int, size);
    m_source = std::make_shared<LetterSource>(size);
    QVERIFY(send());
    const TestRequest &request = m_server->requests().first();
    QCOMPARE(request.header("content-length"), QByteArray::number(size));
    QCOMPARE(request.body.size(), size);
}

void TestExchangeBodies::knowsThatAnEmptyBodyWasSent_data()
{
    QTest::addColumn<HttpRequest::Method>("method");
    QTest::addColumn<bool>("hasSource");
    QTest::newRow("an upload begins") << HttpRequest::Method::Post << false;
    QTest::newRow("an upload ends") << HttpRequest::Method::Put << false;
    QTest::newRow("a file of no bytes") << HttpRequest::Method::Put << true;
}

void TestExchangeBodies::knowsThatAnEmptyBodyWasSent()
{
    QFETCH(const HttpRequest::Method, method);
    QFETCH(const bool, hasSource);
    HttpSettings settings;
    settings.timeouts.firstByteOfChange = 1ms; // From then on, and not from the beginning.
    TestServer silent;
    silent.setHandler([](const TestRequest &, const TestConnection &) {});
    HttpClient client(m_network, Origin::of(silent.url()), settings);
    HttpRequest empty{.method = method, .url = silent.url(u"/?a=b"_s)};
    if (hasSource)
        empty.source = std::make_shared<LetterSource>(0);
    const auto response = outcomeOf(client.send(empty));
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Error::Kind::Ambiguous);
    QTRY_COMPARE(silent.requests().size(), qsizetype(1));
    QCOMPARE(silent.requests().first().target, "/?a=b");
    QCOMPARE(silent.requests().first().header("content-length"), "0");
    QCOMPARE(silent.requests().first().body, QByteArray());
}

void TestExchangeBodies::tellsHowMuchIsSent()
{
    HttpClient client(m_network, Origin::of(m_url), m_settings);
    HttpJob *job = client.send(request());
    QList<qint64> steps;
    connect(job, &Job::progressChanged, this, [&](qint64 done, qint64 total) {
        QCOMPARE(total, m_source->size());
        steps.append(done);
    });
    QVERIFY(outcomeOf(job));
    QVERIFY(std::is_sorted(steps.begin(), steps.end()));
    QCOMPARE(steps.last(), m_source->size());
}

void TestExchangeBodies::sendsItAgainWhenAskedToWait()
{
    int count = 0;
    m_server->setHandler([&](const TestRequest &, const TestConnection &connection) {
        connection.answer({++count == 1 ? 503 : 201, {}, {{"Retry-After", "0"}}});
    });
    QVERIFY(send());
    QCOMPARE(m_source->beginnings, 2);
    QCOMPARE(m_server->requests().last().body, m_server->requests().first().body);
}

void TestExchangeBodies::sendsNothingWhenTheSourceCannotBegin()
{
    m_source->beginning = Error{Error::Kind::LocalFile, u"locked"_s};
    const auto response = send();
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Error::Kind::LocalFile);
    QCOMPARE(m_server->requests().size(), 0);
}

void TestExchangeBodies::breaksOffWhenTheSourceFails()
{
    m_source->failsAt = 10'000'000;
    const auto response = send();
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Error::Kind::LocalFile); // Not ambiguous: it was never whole.
    QCOMPARE(m_server->requests().size(), 0);
}

void TestExchangeBodies::isSentOnceThoughTheConnectionBreaks()
{
    m_server->setHandler(
        [](const TestRequest &, const TestConnection &connection) { connection.reset(); });
    const auto response = send();
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Error::Kind::Ambiguous);
    QCOMPARE(m_server->requests().size(), 1);
}

void TestExchangeBodies::givesTheServerTimeAfterTheLastByte()
{
    m_settings.timeouts.firstByteOfChange = 1ms;
    m_settings.timeouts.idle = 60s;
    m_server->setHandler([](const TestRequest &, const TestConnection &) {});
    const auto response = send();
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Error::Kind::Ambiguous);
}

void TestExchangeBodies::endsWhenNobodyTakesTheBody()
{
    if (m_url.scheme() == "https"_L1)
        QSKIP("the server that takes TLS off takes everything");
    m_settings.timeouts.idle = 200ms;
    m_settings.timeouts.firstByteOfChange = 60s;
    m_source = std::make_shared<LetterSource>(200'000'000);
    m_server->setInterruption(
        [](const TestRequest &soFar, const TestConnection &) { return !soFar.body.isEmpty(); });
    const auto response = send();
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Error::Kind::Ambiguous);
}

void TestExchangeBodies::isHeldBackByTheLimit()
{
    m_source = std::make_shared<LetterSource>(2'000'000);
    rateLimitOf(m_network.transfers)->set(4'000'000);
    m_settings.timeouts.lowSpeedWindow = 200ms; // That it was told to be slow is no fault.
    m_settings.timeouts.lowSpeedBytes = 10'000'000;
    QElapsedTimer timer;
    timer.start();
    const auto response = send();
    const qint64 elapsed = timer.elapsed();
    rateLimitOf(m_network.transfers)->set(0);
    QVERIFY2(response, response ? "" : qPrintable(response.error().message));
    QCOMPARE(m_server->requests().first().body.size(), 2'000'000);
    QVERIFY2(elapsed >= 400, qPrintable(QString::number(elapsed))); // Never faster than allowed.
}

QTEST_GUILESS_MAIN(TestExchangeBodies)
#include "tst_exchange_bodies.moc"
