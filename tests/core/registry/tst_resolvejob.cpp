// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpclient.h"
#include "core/registry/resolvejob.h"
#include "support/outcome.h"
#include "support/testimages.h"

using namespace Longshore;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Kind = Error::Kind;

class TestResolveJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void headIsEnough();
    void asksForEveryKindOfManifest();
    void readsWhereHeadIsNotEnough_data();
    void readsWhereHeadIsNotEnough();
    void failsWhereReadingWouldNotHelp_data();
    void failsWhereReadingWouldNotHelp();
    void readsAgainBeforeItSaysThatSomethingIsGone();
    void believesAHeadThatIsKnownToBeRight();
    void doesNotBelieveAnotherDigest();
    void believesNoLengthOfACompressedAnswer();
    void keepsTheNameItWasAskedBy();
    void resolvesWhatHasABadSignature();

private:
    [[nodiscard]] Result<Descriptor> resolve(const Reference &reference);
    [[nodiscard]] TestAnswer head(const QByteArray &type, const QByteArray &digest,
                                  const QByteArray &length = "100") const;

    Network m_network;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<HttpClient> m_client;
    std::optional<Digest> m_digest;
    const QByteArray m_type = "application/vnd.oci.image.manifest.v1+json";
};

void TestResolveJob::init()
{
    m_client.reset();
    m_registry = std::make_unique<FakeRegistry>();
    m_digest = TestImages::addImage(*m_registry, u"a"_s, u"v1"_s);
    HttpSettings settings;
    settings.retry.firstDelay = 1ms;
    m_client = std::make_unique<HttpClient>(m_network, Origin::of(m_registry->url()), settings);
}

Result<Descriptor> TestResolveJob::resolve(const Reference &reference)
{
    return outcomeOf(new ResolveJob(
        *m_client, {RegistryUrls(m_registry->url({})), *RepositoryName::parse(u"a"), reference}));
}

TestAnswer TestResolveJob::head(const QByteArray &type, const QByteArray &digest,
                                const QByteArray &length) const
{
    TestAnswer answer{200, {}, {}, true};
    if (!type.isEmpty())
        answer.headers.emplaceBack("Content-Type", type);
    if (!digest.isEmpty())
        answer.headers.emplaceBack("Docker-Content-Digest", digest);
    answer.headers.emplaceBack("Content-Length", length);
    return answer;
}

void TestResolveJob::headIsEnough()
{
    const qint64 size = TestImages::image(*m_registry, u"a"_s).size();
    for (const Reference &reference : {Reference(*Tag::parse(u"v1")), Reference(*m_digest)}) {
        const auto found = resolve(reference);
        QVERIFY(found);
        QCOMPARE(found->digest, *m_digest);
        QCOMPARE(found->mediaType, MediaType::ociManifest());
        QCOMPARE(found->size, size);
    }
    QCOMPARE(m_registry->count("HEAD"), qsizetype(2));
    QCOMPARE(m_registry->requests().size(), qsizetype(2)); // Docker Hub counts GET as a pull.
}

void TestResolveJob::asksForEveryKindOfManifest()
{
    // DEL-09, D2
    m_registry->behaviour.knowsHead = false;
    QVERIFY(resolve(*Tag::parse(u"v1")));
    QCOMPARE(m_registry->requests().size(), qsizetype(2));
    for (const TestRequest &request : m_registry->requests())
        QCOMPARE(request.header("accept"), MediaType::manifestAccept());
}

void TestResolveJob::readsWhereHeadIsNotEnough_data()
{
    QTest::addColumn<TestAnswer>("answer");
    const QByteArray digest = "sha256:" + QByteArray(64, 'a');
    QTest::newRow("404, as old Nexus") << TestAnswer{404, {}, {}, true};
    QTest::newRow("403, as Artifactory") << TestAnswer{403, {}, {}, true};
    QTest::newRow("405") << TestAnswer{405, {}, {}, true};
    QTest::newRow("no digest") << head(m_type, {});
    QTest::newRow("malformed digest") << head(m_type, "sha256:x");
    QTest::newRow("no type") << head({}, digest);
    QTest::newRow("no manifest type") << head("application/json", digest);
    QTest::newRow("web page") << head("text/html", digest);
    TestAnswer unsized = head(m_type, digest);
    unsized.headers.removeLast();
    unsized.headers.emplaceBack("Transfer-Encoding", "chunked");
    QTest::newRow("no length") << unsized;
}

void TestResolveJob::readsWhereHeadIsNotEnough()
{
    QFETCH(TestAnswer, answer);
    m_registry->intercept([=](const TestRequest &request, const TestConnection &connection) {
        if (request.method != "HEAD")
            return false;
        // Not answer(), which would add the length that is to be missing.
        QByteArray raw = "HTTP/1.1 " + QByteArray::number(answer.status) + " Status\r\n";
        for (const auto &[name, value] : answer.headers)
            raw += name + ": " + value + "\r\n";
        connection.sendRaw(raw + "\r\n");
        return true;
    });
    const auto found = resolve(*Tag::parse(u"v1"));
    QVERIFY2(found, found ? "" : qPrintable(found.error().message));
    QCOMPARE(found->digest, *m_digest);
    QVERIFY(found->size > 2);
    QCOMPARE(m_registry->count("GET"), qsizetype(1));
}

void TestResolveJob::failsWhereReadingWouldNotHelp_data()
{
    QTest::addColumn<TestAnswer>("answer");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("401") << TestAnswer{401, {}, {}, true} << Kind::Unauthorized;
    QTest::newRow("429") << TestAnswer{429, {}, {{"Retry-After", "86400"}}, true}
                         << Kind::RateLimited;
    QTest::newRow("500") << TestAnswer{500, {}, {}, true} << Kind::Protocol;
}

void TestResolveJob::failsWhereReadingWouldNotHelp()
{
    QFETCH(TestAnswer, answer);
    m_registry->failNext("HEAD", u"/manifests/"_s, answer, 99);
    const auto found = resolve(*Tag::parse(u"v1"));
    QVERIFY(!found);
    QTEST(found.error().kind, "kind");
    QCOMPARE(m_registry->count("GET"), qsizetype(0));
}

void TestResolveJob::readsAgainBeforeItSaysThatSomethingIsGone()
{
    const auto found = resolve(*Tag::parse(u"v2"));
    QVERIFY(!found);
    QCOMPARE(found.error().kind, Kind::NotFound);
    QCOMPARE(m_registry->requestLines(),
             QStringList({u"HEAD /v2/a/manifests/v2"_s, u"GET /v2/a/manifests/v2"_s}));
}

void TestResolveJob::believesAHeadThatIsKnownToBeRight()
{
    const ManifestTarget target{RegistryUrls(m_registry->url({})), *RepositoryName::parse(u"a"),
                                Digest::ofBytes("gone")};
    const auto found = outcomeOf(new ResolveJob(*m_client, target, ResolveJob::Absence::ByHead));
    QVERIFY(!found);
    QCOMPARE(found.error().kind, Kind::NotFound);
    QCOMPARE(m_registry->requests().size(), qsizetype(1));
}

void TestResolveJob::doesNotBelieveAnotherDigest()
{
    // DEL-10: the answer is about something else than was asked for.
    m_registry->failNext("HEAD", u"/manifests/"_s, head(m_type, "sha256:" + QByteArray(64, 'a')));
    const auto found = resolve(*m_digest);
    QVERIFY(found);
    QCOMPARE(found->digest, *m_digest);
    QCOMPARE(m_registry->count("GET"), qsizetype(1));
}

void TestResolveJob::believesNoLengthOfACompressedAnswer()
{
    TestAnswer answer = head(m_type, m_digest->toString().toLatin1());
    answer.headers.emplaceBack("Content-Encoding", "gzip");
    m_registry->failNext("HEAD", u"/manifests/"_s, answer);
    const auto found = resolve(*Tag::parse(u"v1"));
    QVERIFY(found);
    QCOMPARE(found->size, TestImages::image(*m_registry, u"a"_s).size());
    QCOMPARE(m_registry->count("GET"), qsizetype(1));
}

void TestResolveJob::keepsTheNameItWasAskedBy()
{
    const QByteArray bytes = TestImages::image(*m_registry, u"a"_s);
    const Digest sha512 = Digest::ofBytes(bytes, Hasher::Algorithm::Sha512);
    m_registry->failNext("HEAD", u"/manifests/"_s, head(m_type, m_digest->toString().toLatin1()),
                         9);
    m_registry->failNext("GET", u"/manifests/"_s, {200, bytes, {{"Content-Type", m_type}}});
    const auto found = resolve(sha512);
    QVERIFY2(found, found ? "" : qPrintable(found.error().message));
    QCOMPARE(found->digest, sha512);
    QCOMPARE(found->size, bytes.size());
}

/// Or a repository with one such tag could not be looked at, and the tag not be deleted.
void TestResolveJob::resolvesWhatHasABadSignature()
{
    QFile file(QStringLiteral(TEST_DATA "/libtrust/bad-zero-signature.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    m_registry->behaviour.knowsHead = false;
    m_registry->failNext(
        "GET", u"/manifests/"_s,
        {200,
         file.readAll(),
         {{"Content-Type", "application/vnd.docker.distribution.manifest.v1+prettyjws"}}},
        1);
    const auto found = resolve(*Tag::parse(u"v1"));
    QVERIFY2(found, found ? "" : qPrintable(found.error().message));
}

QTEST_GUILESS_MAIN(TestResolveJob)
#include "tst_resolvejob.moc"
