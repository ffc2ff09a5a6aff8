// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"
#include "core/transfer/downloadblobjob.h"
#include "support/fakeregistry.h"
#include "support/outcome.h"
#include "support/testproxy.h"

#include <QTemporaryDir>
#include <QTimer>

using namespace Longshore;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Kind = Error::Kind;

/// Downloads over connections that break, stall and crawl, and what they go on with.
class TestDownloadBlobJobResume : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void goesOnBehindWhatHasCome_data(); // NET-05, NET-06
    void goesOnBehindWhatHasCome();
    void goesOnAfterASilence_data(); // NET-11
    void goesOnAfterASilence();
    void arrivesThoughEveryConnectionBreaks(); // NET-07, NET-14
    void bringsManyBlobsOverASlowWire(); // NET-16
    void startsOverOnceAfterAnotherPart(); // SRV-11
    void startsOverOnceWhenTheRestIsOfAnotherBlob_data(); // SRV-15
    void startsOverOnceWhenTheRestIsOfAnotherBlob();
    void asksAgainWhereTheBlobIsByNow(); // SRV-24
    void writesAnEmptyFile(); // SRV-44

private:
    [[nodiscard]] HttpSettings settings() const
    {
        HttpSettings result;
        result.retry.firstDelay = 1ms;
        result.timeouts.idle = m_idle;
        return result;
    }
    void connectTo(const QString &host)
    {
        m_session = std::make_unique<RegistrySession>(m_network, *RegistryAddress::parse(host),
                                                      u"http"_s, settings());
    }
    [[nodiscard]] DownloadBlobJob *job(const Descriptor &blob) const
    {
        return new DownloadBlobJob(
            *m_session, {*RepositoryName::parse(u"a"), blob.digest, blob.size, path(blob.digest)});
    }
    [[nodiscard]] QString path(const Digest &digest) const
    {
        return m_folder->filePath(digest.toString().right(8));
    }
    [[nodiscard]] QByteArray content(const Digest &digest) const
    {
        QFile file(path(digest));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : "no file";
    }
    /// Not at once: of what comes together with the end Qt now and then brings nothing.
    static void closeSoon(const TestConnection &connection)
    {
        QTimer::singleShot(20ms, [connection] { connection.close(); });
    }
    /// Answers requests for the whole, the first \a times, with its first bytes alone.
    void cutTheWhole(int times, const std::function<void(const TestConnection &)> &end);
    [[nodiscard]] qsizetype wholesAsked() const
    {
        return std::count_if(m_registry->requests().begin(), m_registry->requests().end(),
                             [](const TestRequest &one) { return one.header("range").isEmpty(); });
    }

    const QByteArray m_bytes = QByteArray(200'000, 'a') + QByteArray(100'000, 'b');
    Network m_network;
    std::chrono::milliseconds m_idle;
    qsizetype m_cut = 0; ///< Bytes that come before a connection ends.
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<RegistrySession> m_session;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::optional<Descriptor> m_blob;
};

void TestDownloadBlobJobResume::init()
{
    m_session.reset();
    m_idle = 60s;
    m_cut = 100'000;
    m_registry = std::make_unique<FakeRegistry>();
    m_blob = m_registry->addBlob(u"a"_s, m_bytes);
    m_folder = std::make_unique<QTemporaryDir>();
    connectTo(m_registry->host());
}

void TestDownloadBlobJobResume::cutTheWhole(int times,
                                            const std::function<void(const TestConnection &)> &end)
{
    m_registry->intercept([this, end, left = std::make_shared<int>(times)](
                              const TestRequest &request, const TestConnection &connection) {
        if (!request.header("range").isEmpty() || (*left)-- <= 0)
            return false;
        connection.answer({200, m_bytes.left(m_cut), {{"Content-Length", "300000"}}});
        end(connection);
        return true;
    });
}

void TestDownloadBlobJobResume::goesOnBehindWhatHasCome_data()
{
    QTest::addColumn<qsizetype>("cut");
    QTest::addColumn<bool>("isReset");
    for (const qsizetype cut : {0, 1, 150'000, 299'999}) {
        QTest::addRow("closed at %d", int(cut)) << cut << false;
        QTest::addRow("reset at %d", int(cut)) << cut << true;
    }
}

void TestDownloadBlobJobResume::goesOnBehindWhatHasCome()
{
    QFETCH(const bool, isReset);
    QFETCH(const qsizetype, cut);
    m_cut = cut;
    cutTheWhole(1, [=](const TestConnection &connection) {
        isReset ? connection.reset() : connection.close();
    });
    const auto result = outcomeOf(job(*m_blob));
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QCOMPARE(content(m_blob->digest), m_bytes);
    QVERIFY(!result->hasStartedOver);
    for (const TestRequest &request : m_registry->requests())
        QVERIFY(request.rangeStart() <= cut); // A reset may have thrown away what was on its way.
}

void TestDownloadBlobJobResume::goesOnAfterASilence_data()
{
    QTest::addColumn<bool>("isTooLong");
    QTest::newRow("a short one") << false;
    QTest::newRow("one that never ends") << true;
}

void TestDownloadBlobJobResume::goesOnAfterASilence()
{
    QFETCH(const bool, isTooLong);
    if (isTooLong)
        m_idle = 300ms;
    connectTo(m_registry->host());
    cutTheWhole(1, [&](const TestConnection &connection) {
        if (!isTooLong)
            QTimer::singleShot(150ms, this, [=, this] { connection.sendRaw(m_bytes.mid(m_cut)); });
    });
    const auto result = outcomeOf(job(*m_blob));
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QCOMPARE(content(m_blob->digest), m_bytes);
    QCOMPARE(m_registry->requests().size() > 1, isTooLong);
    QCOMPARE(wholesAsked(), 1);
}

void TestDownloadBlobJobResume::arrivesThoughEveryConnectionBreaks()
{
    TestProxy wire(TestProxy::Form::Wire, m_registry->port());
    wire.setLimit(65'536);
    connectTo(u"127.0.0.1:%1"_s.arg(wire.port()));
    const auto result = outcomeOf(job(*m_blob));
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QCOMPARE(content(m_blob->digest), m_bytes);
    QVERIFY(wire.connectionCount() > 4);
}

void TestDownloadBlobJobResume::bringsManyBlobsOverASlowWire()
{
    m_registry->intercept([this](const TestRequest &request, const TestConnection &connection) {
        const auto digest = Digest::parse(request.path().section(u'/', -1));
        const QByteArray bytes = m_registry->blobBytes(u"a"_s, *digest);
        connection.answer({200, {}, {{"Content-Length", QByteArray::number(bytes.size())}}});
        auto *drip = new QTimer(m_registry.get());
        connect(drip, &QTimer::timeout, drip, [=, position = qsizetype(0)]() mutable {
            connection.sendRaw(bytes.mid(position, 4096));
            position += 4096;
            if (position >= bytes.size())
                delete drip;
        });
        drip->start(1ms);
        return true;
    });
    QList<Descriptor> blobs;
    int finished = 0;
    for (int i = 0; i < 8; ++i) {
        blobs.append(m_registry->addBlob(u"a"_s, QByteArray(65'536, char('a' + i))));
        DownloadBlobJob *download = job(blobs.last());
        connect(download, &Job::progressChanged, this,
                [last = qint64(0)](qint64 done, qint64 total) mutable {
                    QVERIFY(done >= last && done <= total);
                    last = done;
                });
        download->then(this,
                       [&](const Result<DownloadedBlob> &result) { finished += bool(result); });
        download->start();
    }
    QTRY_COMPARE_WITH_TIMEOUT(finished, 8, 60'000);
    for (int i = 0; i < 8; ++i)
        QCOMPARE(content(blobs.at(i).digest), QByteArray(65'536, char('a' + i)));
}

void TestDownloadBlobJobResume::startsOverOnceAfterAnotherPart()
{
    cutTheWhole(1, closeSoon);
    m_registry->intercept([this](const TestRequest &request, const TestConnection &connection) {
        const qint64 first = request.rangeStart() + 1;
        if (first == 1)
            return false;
        connection.answer(
            {206,
             m_bytes.mid(first),
             {{"Content-Range", "bytes " + QByteArray::number(first) + "-299999/300000"}}});
        return true;
    });
    const auto result = outcomeOf(job(*m_blob));
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QCOMPARE(content(m_blob->digest), m_bytes);
    QVERIFY(wholesAsked() >= 2);
}

void TestDownloadBlobJobResume::startsOverOnceWhenTheRestIsOfAnotherBlob_data()
{
    QTest::addColumn<int>("cuts");
    QTest::addColumn<bool>("isSaved");
    QTest::newRow("once") << 1 << true;
    QTest::newRow("again and again") << 99 << false;
}

void TestDownloadBlobJobResume::startsOverOnceWhenTheRestIsOfAnotherBlob()
{
    QFETCH(const int, cuts);
    cutTheWhole(cuts, closeSoon);
    m_registry->intercept([this](const TestRequest &request, const TestConnection &connection) {
        const qint64 start = request.rangeStart();
        if (start == 0)
            return false;
        connection.answer(
            {206,
             QByteArray(m_bytes.size() - start, 'x'),
             {{"Content-Range", "bytes " + QByteArray::number(start) + "-299999/300000"}}});
        return true;
    });
    const auto result = outcomeOf(job(*m_blob));
    QTEST(bool(result), "isSaved");
    if (result)
        QVERIFY(content(m_blob->digest) == m_bytes && result->hasStartedOver);
    else
        QCOMPARE(result.error().kind, Kind::DigestMismatch);
    QVERIFY(wholesAsked() >= 2);
}

void TestDownloadBlobJobResume::asksAgainWhereTheBlobIsByNow()
{
    // The address is signed, and good for one request.
    TestServer store;
    store.setHandler([&](const TestRequest &request, const TestConnection &connection) {
        if (request.path() != u"/%1"_s.arg(m_registry->requests().size()))
            return connection.answer({403, "Request has expired"});
        const qint64 first = request.rangeStart();
        connection.answer(
            {first > 0 ? 206 : 200,
             m_bytes.mid(first, 120'000),
             {{"Content-Length", QByteArray::number(m_bytes.size() - first)},
              {"Content-Range", "bytes " + QByteArray::number(first) + "-299999/300000"}}});
        if (first + 120'000 < m_bytes.size())
            connection.close();
    });
    m_registry->intercept([&](const TestRequest &, const TestConnection &connection) {
        const QUrl place = store.url(u"/%1"_s.arg(m_registry->requests().size()));
        connection.answer({307, {}, {{"Location", place.toEncoded()}}});
        return true;
    });
    const auto result = outcomeOf(job(*m_blob));
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QCOMPARE(content(m_blob->digest), m_bytes);
    QVERIFY(store.requests().last().rangeStart() > 0);
}

void TestDownloadBlobJobResume::writesAnEmptyFile()
{
    const Descriptor nothing = m_registry->addBlob(u"a"_s, {});
    const auto result = outcomeOf(job(nothing));
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QCOMPARE(result->size, 0);
    QCOMPARE(content(nothing.digest), "");
    QCOMPARE(m_registry->requests().size(), 1);
}

QTEST_GUILESS_MAIN(TestDownloadBlobJobResume)
#include "tst_downloadblobjob_resume.moc"
