// SPDX-License-Identifier: Apache-2.0
#include "core/layout/layoutsession.h"
#include "core/layout/ocilayoutfiles.h"
#include "core/transfer/readreferrersjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/testlayout.h"
#include "support/testreferrers.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

class TestReadReferrersJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void findsNothingWhereThereIsNothing();
    void findsWhatRefersToWhatRefers();
    void findsWhatTagsSay();
    void findsWhatRefersToWhatHasATag();
    void readsAnIndexUnderATag();
    void endsWhereThingsReferToEachOther();
    void failsWhereNobodyCanTell_data();
    void failsWhereNobodyCanTell();
    void failsWhereATagCannotBeLookedFor();
    void failsWhereABlobCannotBeLookedFor();
    void asksARegistryOnly();
    void knowsTheTagsOfADigest();

private:
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }
    [[nodiscard]] Result<ImageReferrers> read()
    {
        return outcomeOf(
            new ReadReferrersJob(m_connection->session, *RepositoryName::parse(u"a"), {*m_image}));
    }
    [[nodiscard]] Tag tag(const Digest &digest, const QString &ending) const
    {
        return *Tag::parse(TestReferrers::tag(digest, ending));
    }

    std::unique_ptr<FakeConnection> m_connection;
    std::optional<Digest> m_image;
};

void TestReadReferrersJob::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_image = TestImages::addImage(registry(), u"a"_s, u"1"_s);
}

void TestReadReferrersJob::findsNothingWhereThereIsNothing()
{
    const auto found = read();
    QVERIFY2(found, found ? "" : qPrintable(found.error().message));
    QVERIFY(found->listed.isEmpty() && found->tags.isEmpty() && found->manifests.isEmpty());
}

void TestReadReferrersJob::findsWhatRefersToWhatRefers()
{
    const Digest signature = TestReferrers::add(registry(), u"a"_s, *m_image, "signature");
    const Digest onSignature = TestReferrers::add(registry(), u"a"_s, signature, "deeper");
    TestReferrers::list(registry(), u"a"_s, *m_image, signature);
    TestReferrers::list(registry(), u"a"_s, signature, onSignature);
    const auto found = read();
    QVERIFY2(found, found ? "" : qPrintable(found.error().message));
    QCOMPARE(found->listed, QList({signature, onSignature}));
    QVERIFY(found->tags.isEmpty());
    QCOMPARE(found->manifests.size(), qsizetype(2));
}

void TestReadReferrersJob::findsWhatTagsSay()
{
    const Digest signature = TestReferrers::sign(registry(), u"a"_s, *m_image, "signature");
    registry().setTag(u"a"_s, TestReferrers::tag(*m_image, u".att"_s), signature);
    const auto found = read();
    QVERIFY2(found, found ? "" : qPrintable(found.error().message));
    QVERIFY(found->listed.isEmpty());
    QCOMPARE(found->tags.keys(), QList({tag(*m_image, u".att"_s), tag(*m_image, u".sig"_s)}));
    QCOMPARE(found->tags.values(), QList({signature, signature}));
    QVERIFY(found->manifests.contains(signature));
}

void TestReadReferrersJob::findsWhatRefersToWhatHasATag()
{
    const Digest signature = TestReferrers::sign(registry(), u"a"_s, *m_image, "signature");
    const Digest onSignature = TestReferrers::sign(registry(), u"a"_s, signature, "deeper");
    const auto found = read();
    QVERIFY2(found, found ? "" : qPrintable(found.error().message));
    QCOMPARE(found->tags.value(tag(*m_image, u".sig"_s), *m_image), signature);
    QCOMPARE(found->tags.value(tag(signature, u".sig"_s), *m_image), onSignature);
}

void TestReadReferrersJob::readsAnIndexUnderATag()
{
    const Digest index =
        TestImages::addIndex(registry(), u"a"_s, TestReferrers::tag(*m_image, u".sbom"_s));
    const auto found = read();
    QVERIFY2(found, found ? "" : qPrintable(found.error().message));
    QCOMPARE(found->tags.values(), QList{index});
    QCOMPARE(found->manifests.size(), qsizetype(4));
}

void TestReadReferrersJob::endsWhereThingsReferToEachOther()
{
    const Digest signature = TestReferrers::add(registry(), u"a"_s, *m_image, "signature");
    TestReferrers::list(registry(), u"a"_s, *m_image, signature);
    TestReferrers::list(registry(), u"a"_s, signature, *m_image);
    registry().setTag(u"a"_s, TestReferrers::tag(signature, u".sig"_s), signature);
    const auto found = read();
    QVERIFY2(found, found ? "" : qPrintable(found.error().message));
    QCOMPARE(found->listed, QList{signature});
    QCOMPARE(found->manifests.keys(), QList{signature});
}

void TestReadReferrersJob::failsWhereNobodyCanTell_data()
{
    QTest::addColumn<TestAnswer>("answer");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("another manifest") << TestAnswer{200, "{}"} << Kind::DigestMismatch;
    QTest::newRow("a page to sign in") << TestAnswer{200, "<html>"} << Kind::DigestMismatch;
    QTest::newRow("not allowed") << TestAnswer{403} << Kind::Forbidden;
    QTest::newRow("a server that cannot") << TestAnswer{501} << Kind::Protocol;
}

void TestReadReferrersJob::failsWhereNobodyCanTell()
{
    QFETCH(const TestAnswer, answer);
    const Digest signature = TestReferrers::add(registry(), u"a"_s, *m_image, "signature");
    TestReferrers::list(registry(), u"a"_s, *m_image, signature);
    registry().failNext("GET", signature.toString(), answer, 9);
    const auto found = read();
    QVERIFY(!found);
    QTEST(found.error().kind, "kind");
}

void TestReadReferrersJob::failsWhereATagCannotBeLookedFor()
{
    registry().failNext("HEAD", u".att"_s, {500, {}, {}}, 9);
    QVERIFY(!read());
}

void TestReadReferrersJob::failsWhereABlobCannotBeLookedFor()
{
    TestReferrers::list(registry(), u"a"_s, *m_image,
                        TestReferrers::add(registry(), u"a"_s, *m_image, "signature"));
    registry().failNext("HEAD", Digest::ofBytes("signature").toString(), {500, {}, {}}, 9);
    QVERIFY(!read());
}

void TestReadReferrersJob::asksARegistryOnly()
{
    TestLayout layout;
    layout.save(registry(), u"a"_s, {{u"1"_s, *m_image}});
    const auto files = OciLayoutFiles::read(std::make_shared<FolderTree>(layout.path()));
    QVERIFY(files);
    LayoutSession session(layout.path(), *files);
    const auto found =
        outcomeOf(new ReadReferrersJob(session, *RepositoryName::parse(u"my-layout"), {*m_image}));
    QVERIFY(!found);
    QCOMPARE(found.error().kind, Kind::Unsupported);
}

void TestReadReferrersJob::knowsTheTagsOfADigest()
{
    QCOMPARE(attachedTags(*m_image).size(), qsizetype(3));
    const auto longer = Digest::parse(QString(u"sha512:"_s + QString(128, u'a')));
    QVERIFY(longer);
    QVERIFY(attachedTags(*longer).isEmpty()); // No tag is that long.
}

QTEST_GUILESS_MAIN(TestReadReferrersJob)
#include "tst_readreferrersjob.moc"
