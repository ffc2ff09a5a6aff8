// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpclient.h"
#include "core/registry/listreferrersjob.h"
#include "support/fakeregistry.h"
#include "support/outcome.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

namespace {

const Digest subject = Digest::ofBytes("image");

QByteArray indexOf(const QByteArrayList &contents)
{
    QByteArrayList entries;
    for (const QByteArray &content : contents)
        entries.append(R"({"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":")"
                       + Digest::ofBytes(content).toString().toLatin1()
                       + R"(","size":7,"artifactType":"application/x-)" + content + R"("})");
    return R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json",)"
           R"("manifests":[)"
           + entries.join(',') + "]}";
}

const std::pair<QByteArray, QByteArray> indexType{"Content-Type",
                                                  "application/vnd.oci.image.index.v1+json"};

} // namespace

class TestListReferrersJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void readsTheListOfTheRegistry();
    void followsItsPages();
    void asksNobodyElseForTheRest();
    void endsAListThatGoesInCircles();
    void takesTheTagWhereThereIsNoList_data();
    void takesTheTagWhereThereIsNoList();
    void takesTheTagWhereASignInIsWanted();
    void findsNothingWhereThereIsNeither();
    void ignoresATagThatIsSomethingElse_data();
    void ignoresATagThatIsSomethingElse();
    void saysThatTheListCannotBeRead();
    void namesTheTag();

private:
    [[nodiscard]] Result<QList<Descriptor>> list();
    /// The artifact types of the list, behind their common beginning.
    [[nodiscard]] QStringList found();

    Network m_network;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<HttpClient> m_client;
};

void TestListReferrersJob::init()
{
    m_client.reset();
    m_registry = std::make_unique<FakeRegistry>();
    m_registry->addRepository(u"a/b"_s);
    m_client = std::make_unique<HttpClient>(m_network, Origin::of(m_registry->url()));
}

Result<QList<Descriptor>> TestListReferrersJob::list()
{
    return outcomeOf(new ListReferrersJob(*m_client, RegistryUrls(m_registry->url({})),
                                          {*RepositoryName::parse(u"a/b"), subject}));
}

QStringList TestListReferrersJob::found()
{
    const auto descriptors = list();
    if (!descriptors)
        return {descriptors.error().message};
    QStringList types;
    for (const Descriptor &descriptor : *descriptors)
        types.append(descriptor.artifactType.mid(14));
    return types;
}

void TestListReferrersJob::readsTheListOfTheRegistry()
{
    m_registry->failNext("GET", u"/referrers/"_s, {200, indexOf({"sig", "sbom"}), {indexType}});
    QCOMPARE(found(), QStringList({u"sig"_s, u"sbom"_s}));
    QCOMPARE(m_registry->requestLines(),
             QStringList{u"GET /v2/a/b/referrers/"_s + subject.toString()});
    QCOMPARE(m_registry->requests().first().header("accept"), indexType.second);
    m_registry->failNext("GET", u"/referrers/"_s, {200, indexOf({}), {indexType}});
    QCOMPARE(found(), QStringList());
    m_registry->failNext("GET", u"/referrers/"_s,
                         {200, indexOf({"sig"}), {{"Content-Type", "application/json"}}});
    QCOMPARE(found(), QStringList{u"sig"_s});
}

void TestListReferrersJob::followsItsPages()
{
    m_registry->failNext(
        "GET", u"/referrers/"_s,
        {200, indexOf({"one"}), {indexType, {"Link", R"(<?page=2>; rel="next")"}}});
    m_registry->intercept([](const TestRequest &request, const TestConnection &connection) {
        if (request.query(u"page"_s) == u"2"_s)
            connection.answer({200, indexOf({"two"}), {indexType}});
        return request.query(u"page"_s) == u"2"_s;
    });
    QCOMPARE(found(), QStringList({u"one"_s, u"two"_s}));
}

void TestListReferrersJob::asksNobodyElseForTheRest()
{
    TestServer other;
    const QByteArray link = '<' + other.url(u"/v2/"_s).toEncoded() + R"(>; rel="next")";
    m_registry->failNext("GET", u"/referrers/"_s,
                         {200, indexOf({"one"}), {indexType, {"Link", link}}});
    const auto result = list();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Kind::Policy);
    QVERIFY(other.requests().isEmpty());
}

void TestListReferrersJob::endsAListThatGoesInCircles()
{
    m_registry->failNext("GET", u"/referrers/"_s,
                         {200, indexOf({"one"}), {indexType, {"Link", R"(<?x=1>; rel="next")"}}},
                         99);
    const auto result = list();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Kind::TooLarge);
    QCOMPARE(m_registry->requests().size(), qsizetype(2));
}

void TestListReferrersJob::takesTheTagWhereThereIsNoList_data()
{
    QTest::addColumn<TestAnswer>("answer");
    for (const int status : {400, 403, 404, 405})
        QTest::addRow("%d", status) << TestAnswer{status, "404 page not found"};
    QTest::newRow("a page") << TestAnswer{200, "<html>Sign in", {{"Content-Type", "text/html"}}};
    // DAT-30
    const std::pair<QByteArray, QByteArray> json{"Content-Type", "application/json"};
    QTest::newRow("a greeting") << TestAnswer{200, "{}", {json}};
    QTest::newRow("text") << TestAnswer{200, "ok", {{"Content-Type", "text/plain"}}};
    QTest::newRow("nothing") << TestAnswer{200};
    QTest::newRow("a list of another type") << TestAnswer{
        200, indexOf({"other"}), {{"Content-Type", "application/vnd.oci.image.manifest.v1+json"}}};
}

void TestListReferrersJob::takesTheTagWhereThereIsNoList()
{
    QFETCH(const TestAnswer, answer);
    m_registry->addManifest(u"a/b"_s, referrersTag(subject).toString(), indexOf({"sig"}),
                            MediaType::ociIndex());
    m_registry->failNext("GET", u"/referrers/"_s, answer);
    QCOMPARE(found(), QStringList{u"sig"_s});
}

void TestListReferrersJob::takesTheTagWhereASignInIsWanted()
{
    // Google's registry sends browsers there, and everybody else with them.
    TestServer login;
    login.setHandler([](const TestRequest &, const TestConnection &connection) {
        connection.answer({200, "<!doctype html>Sign in", {{"Content-Type", "text/html"}}});
    });
    m_registry->addManifest(u"a/b"_s, referrersTag(subject).toString(), indexOf({"sig"}),
                            MediaType::ociIndex());
    m_registry->failNext("GET", u"/referrers/"_s,
                         {302, {}, {{"Location", login.url(u"/login"_s).toEncoded()}}});
    QCOMPARE(found(), QStringList{u"sig"_s});
    QCOMPARE(login.requestLines(), QStringList{u"GET /login"_s});
}

void TestListReferrersJob::findsNothingWhereThereIsNeither()
{
    QCOMPARE(found(), QStringList());
    QCOMPARE(m_registry->requests().size(), qsizetype(2));
}

void TestListReferrersJob::ignoresATagThatIsSomethingElse_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<MediaType>("type");
    const QByteArray config =
        R"({"mediaType":"x/y","size":2,"digest":"sha256:)" + QByteArray(64, '0') + R"("})";
    QTest::newRow("an image") << QByteArray(R"({"schemaVersion":2,"layers":[],"config":)" + config
                                            + '}')
                              << MediaType::ociManifest();
    QTest::newRow("a list of images")
        << QByteArray(R"({"schemaVersion":2,"manifests":[)" + config + "]}")
        << MediaType::dockerManifestList();
}

void TestListReferrersJob::ignoresATagThatIsSomethingElse()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const MediaType, type);
    m_registry->addManifest(u"a/b"_s, referrersTag(subject).toString(), bytes, type);
    QCOMPARE(found(), QStringList());
    QCOMPARE(m_registry->count("GET", u"/manifests/"_s), qsizetype(1));
}

void TestListReferrersJob::saysThatTheListCannotBeRead()
{
    m_registry->failNext("GET", u"/referrers/"_s, {200, "{}", {indexType}});
    const auto damaged = list();
    QVERIFY(!damaged);
    QCOMPARE(damaged.error().kind, Kind::Protocol);
    m_registry->failNext("GET", u"/referrers/"_s, {401});
    const auto refused = list();
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Kind::Unauthorized);
}

void TestListReferrersJob::namesTheTag()
{
    // The examples of the specification.
    const QString encoded(64, u'a');
    QCOMPARE(referrersTag(*Digest::parse(QString(u"sha256:"_s + encoded))).toString(),
             QString(u"sha256-"_s + encoded));
    QCOMPARE(referrersTag(*Digest::parse(u"x+y.z_w:ab=cd=")).toString(), u"x-y.z_w-ab-cd-"_s);
    const QString longer(128, u'b');
    QCOMPARE(referrersTag(*Digest::parse(QString(u"sha512:"_s + longer))).toString(),
             QString(u"sha512-"_s + longer.left(64)));
    const auto longest = Digest::parse(
        u"test+algorithm+using+algorithm+separators+and+lots+of+characters+to+excercise+overall"
        u"+truncation:alsoSome=InTheEncodedSectionToShowHyphenReplacementAndLotsAndLots"
        u"OfCharactersToExcerciseEncodedTruncation");
    QVERIFY(longest);
    QCOMPARE(referrersTag(*longest).toString(),
             u"test-algorithm-using-algorithm-s-"
             u"alsoSome-InTheEncodedSectionToShowHyphenReplacementAndLotsAndLot"_s);
}

QTEST_GUILESS_MAIN(TestListReferrersJob)
#include "tst_listreferrersjob.moc"
