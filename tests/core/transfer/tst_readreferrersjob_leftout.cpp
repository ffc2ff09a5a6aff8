// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/readreferrersjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/testreferrers.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// What is listed or named, and of no use.
class TestReadReferrersJobLeftOut : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void leavesOutWhatTellsNothing_data();
    void leavesOutWhatTellsNothing();
    void leavesOutAnIndexThatLacksAPart();
    void leavesOutWhatATagNames();
    void leavesOutWhatATagNamesLater();
    void leavesOutWhatContradictsTheImage();
    void leavesOutWhatLacksABlob();
    void leavesOutWhatNobodyCouldBring_data();
    void leavesOutWhatNobodyCouldBring();
    void takesTypesThatNobodyKnows();

private:
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }
    [[nodiscard]] Result<ImageReferrers> read()
    {
        return outcomeOf(
            new ReadReferrersJob(m_connection->session, *RepositoryName::parse(u"a"), {*m_image}));
    }
    /// Lists a good referrer, and \a other beside it.
    Digest listBeside(const Digest &other);
    [[nodiscard]] Tag tag(const Digest &digest, const QString &ending) const
    {
        return *Tag::parse(TestReferrers::tag(digest, ending));
    }

    std::unique_ptr<FakeConnection> m_connection;
    std::optional<Digest> m_image;
};

void TestReadReferrersJobLeftOut::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_image = TestImages::addImage(registry(), u"a"_s, u"1"_s);
}

Digest TestReadReferrersJobLeftOut::listBeside(const Digest &other)
{
    const Digest good = TestReferrers::add(registry(), u"a"_s, *m_image, "good");
    QByteArray list;
    for (const Digest &digest : {other, good})
        list += R"({"mediaType":"application/vnd.oci.image.manifest.v1+json","size":2,"digest":")"
                + digest.toString().toLatin1() + "\"},";
    list.chop(1);
    registry().addManifest(u"a"_s, u"sha256-"_s + m_image->encoded(),
                           R"({"schemaVersion":2,"manifests":[)" + list + "]}",
                           MediaType::ociIndex());
    return good;
}

void TestReadReferrersJobLeftOut::leavesOutWhatTellsNothing_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("type");
    const QString image = MediaType::ociManifest().toString();
    QTest::newRow("gone") << QByteArray() << QString();
    QTest::newRow("no JSON") << QByteArray("signature") << image;
    QTest::newRow("no manifest") << QByteArray(R"({"signed":true})") << image;
    QTest::newRow("ambiguous") << QByteArray(R"({"schemaVersion":2,"manifests":[],"layers":[]})")
                               << image;
    QTest::newRow("unknown type") << QByteArray(R"({"mediaType":"application/x.odd+json"})")
                                  << u"application/x.odd+json"_s;
    QTest::newRow("artifact manifest")
        << QByteArray(R"({"mediaType":"application/vnd.oci.artifact.manifest.v1+json",)"
                      R"("blobs":[]})")
        << u"application/vnd.oci.artifact.manifest.v1+json"_s;
}

/// And brings the others: whoever may push can have anything listed.
void TestReadReferrersJobLeftOut::leavesOutWhatTellsNothing()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, type);
    const Digest odd = bytes.isEmpty()
                           ? Digest::ofBytes("gone")
                           : registry().addManifest(u"a"_s, {}, bytes, MediaType::parse(type));
    const Digest good = listBeside(odd);
    const auto found = read();
    QVERIFY2(found, found ? "" : qPrintable(found.error().message));
    QCOMPARE(found->listed, QList{good});
    QCOMPARE(found->manifests.keys(), QList{good});
    QCOMPARE(found->leftOut.size(), qsizetype(1));
    QCOMPARE(found->leftOut.first().digest, odd);
    QVERIFY(!found->leftOut.first().reason.isEmpty());
}

void TestReadReferrersJobLeftOut::leavesOutAnIndexThatLacksAPart()
{
    const Digest index = TestImages::addIndex(registry(), u"a"_s, u"index"_s);
    const auto manifest = parseManifest(registry().manifestBytes(u"a"_s, index), {});
    registry().failNext(
        "GET", u"/manifests/"_s + manifest->index()->manifests.first().digest.toString(), {404});
    const Digest good = listBeside(index);
    const auto found = read();
    QVERIFY2(found, found ? "" : qPrintable(found.error().message));
    QCOMPARE(found->manifests.keys(), QList{good});
    QCOMPARE(found->leftOut.first().digest, index);
}

void TestReadReferrersJobLeftOut::leavesOutWhatATagNames()
{
    const Digest odd = registry().addManifest(u"a"_s, TestReferrers::tag(*m_image, u".sig"_s),
                                              R"({"schemaVersion":7})", MediaType::ociManifest());
    const Digest good = TestReferrers::sign(registry(), u"a"_s, *m_image, "bill");
    registry().setTag(u"a"_s, TestReferrers::tag(*m_image, u".sbom"_s), good);
    registry().setTag(u"a"_s, TestReferrers::tag(*m_image, u".sig"_s), odd);
    const auto found = read();
    QVERIFY2(found, found ? "" : qPrintable(found.error().message));
    QCOMPARE(found->tags.keys(), QList{tag(*m_image, u".sbom"_s)});
    QCOMPARE(found->leftOut.first().digest, odd);
}

/// It was found before, and may be nowhere in what is found.
void TestReadReferrersJobLeftOut::leavesOutWhatATagNamesLater()
{
    const Digest odd =
        registry().addManifest(u"a"_s, {}, R"({"schemaVersion":1})", MediaType::ociManifest());
    const Digest good = listBeside(odd);
    registry().setTag(u"a"_s, TestReferrers::tag(good, u".sig"_s), odd);
    const auto found = read();
    QVERIFY2(found, found ? "" : qPrintable(found.error().message));
    QVERIFY(found->tags.isEmpty());
    QCOMPARE(found->leftOut.size(), qsizetype(1));
}

void TestReadReferrersJobLeftOut::leavesOutWhatContradictsTheImage()
{
    const Digest signature = TestReferrers::add(registry(), u"a"_s, *m_image, "signature");
    TestReferrers::list(registry(), u"a"_s, *m_image, signature);
    const Digest layer = Digest::ofBytes("signature");
    auto *job =
        new ReadReferrersJob(m_connection->session, *RepositoryName::parse(u"a"), {*m_image});
    job->setBlobs({{{}, {}, *m_image, {}}, {}, {{layer, {MediaType(), layer, 123}}}});
    const auto found = outcomeOf(job);
    QVERIFY2(found, found ? "" : qPrintable(found.error().message));
    QVERIFY(found->listed.isEmpty());
    QCOMPARE(found->leftOut.first().digest, signature);
}

/// Whatever is done with it would break off over that blob.
void TestReadReferrersJobLeftOut::leavesOutWhatLacksABlob()
{
    const Digest odd = TestReferrers::add(registry(), u"a"_s, *m_image, "odd");
    const Digest good = listBeside(odd);
    registry().failNext("HEAD", Digest::ofBytes("odd").toString(), {404});
    const auto found = read();
    QVERIFY2(found, found ? "" : qPrintable(found.error().message));
    QCOMPARE(found->listed, QList{good});
    QCOMPARE(found->manifests.keys(), QList{good});
    QCOMPARE(found->leftOut.first().digest, odd);
    QVERIFY(found->leftOut.first().reason.contains(Digest::ofBytes("odd").toString()));
}

void TestReadReferrersJobLeftOut::leavesOutWhatNobodyCouldBring_data()
{
    QTest::addColumn<QByteArray>("layer");
    QTest::newRow("another size") << QByteArray(
        R"("digest":")" + Digest::ofBytes("there").toString().toLatin1() + R"(","size":123)");
    QTest::newRow("a digest that nobody can check")
        << QByteArray(R"("digest":"odd:0123456789abcdef","size":5)");
}

void TestReadReferrersJobLeftOut::leavesOutWhatNobodyCouldBring()
{
    QFETCH(const QByteArray, layer);
    registry().addBlob(u"a"_s, "there");
    registry().addBlob(u"a"_s, "{}");
    const QByteArray config = R"({"mediaType":"application/vnd.oci.empty.v1+json","digest":")"
                              + Digest::ofBytes("{}").toString().toLatin1() + R"(","size":2})";
    const Digest odd = registry().addManifest(
        u"a"_s, {},
        R"({"schemaVersion":2,"config":)" + config
            + R"(,"layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar",)" + layer
            + "}]}",
        MediaType::ociManifest());
    const Digest good = listBeside(odd);
    const auto found = read();
    QVERIFY2(found, found ? "" : qPrintable(found.error().message));
    QCOMPARE(found->listed, QList{good});
    QCOMPARE(found->leftOut.first().digest, odd);
}

/// What is no image but has the form of one is the usual case.
void TestReadReferrersJobLeftOut::takesTypesThatNobodyKnows()
{
    registry().addBlob(u"a"_s, "{}");
    const QByteArray empty = R"({"mediaType":"application/vnd.oci.empty.v1+json","digest":")"
                             + Digest::ofBytes("{}").toString().toLatin1() + R"(","size":2})";
    const QByteArray bytes = R"({"schemaVersion":2,"artifactType":"application/x.never.seen",)"
                             R"("config":)"
                             + empty + R"(,"layers":[)" + empty + R"(],"x-new":[1]})";
    const Digest odd = registry().addManifest(u"a"_s, {}, bytes, MediaType::ociManifest());
    listBeside(odd);
    const auto found = read();
    QVERIFY2(found, found ? "" : qPrintable(found.error().message));
    QVERIFY(found->leftOut.isEmpty());
    QCOMPARE(found->manifests.value(odd, Manifest{{}, {}, odd, {}}).bytes, bytes);
}

QTEST_GUILESS_MAIN(TestReadReferrersJobLeftOut)
#include "tst_readreferrersjob_leftout.moc"
