// SPDX-License-Identifier: Apache-2.0
#include "core/layout/layoutsession.h"
#include "core/layout/ocilayoutfiles.h"
#include "core/transfer/planimagecopyjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/testlayout.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;
using Way = BlobToCopy::Way;

class TestPlanImageCopyJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void changesNothing();
    void saysWhatHasToTravel();
    void countsASharedBlobOnce();
    void takesEverythingOfAnIndex();
    void takesOnePlatform();
    void mountsWithinOneRegistry();
    void tellsWhatLosesTheTag(); // UPL-26
    void findsWhatRefersToTheImage();
    void wantsTheDigestOfTheImage();
    void leavesOutWhatMayNotBeDistributed();
    void failsWhereItMayNotWrite();
    void refusesSchema1();
    void refusesAnImageThatLacksAPart();
    void asksFilesForNoReferrers();

private:
    [[nodiscard]] FakeRegistry &source() { return m_source->registry; }
    [[nodiscard]] FakeRegistry &target() { return m_target->registry; }
    static ImageCopy wanted(const QString &tag)
    {
        return {*RepositoryName::parse(u"a"), *Tag::parse(tag), *RepositoryName::parse(u"b"),
                *Tag::parse(tag)};
    }
    [[nodiscard]] Result<ImageCopyPlan> plan(const ImageCopy &copy)
    {
        return outcomeOf(new PlanImageCopyJob(m_source->session, m_target->session, copy));
    }
    static QHash<Digest, Way> waysOf(const ImageCopyPlan &plan)
    {
        QHash<Digest, Way> ways;
        for (const BlobToCopy &blob : plan.blobs)
            ways.insert(blob.blob.digest, blob.way);
        return ways;
    }
    /// A manifest that refers to another.
    Digest addReferrer(const Digest &subject);
    /// Lets the registry know of it in the way of those that keep no such lists themselves.
    void listReferrer(const Digest &subject, const Digest &referrer);

    std::unique_ptr<FakeConnection> m_source;
    std::unique_ptr<FakeConnection> m_target;
};

void TestPlanImageCopyJob::init()
{
    m_source = std::make_unique<FakeConnection>();
    m_target = std::make_unique<FakeConnection>();
}

Digest TestPlanImageCopyJob::addReferrer(const Digest &subject)
{
    QByteArray bytes = TestImages::image(source(), u"a"_s, {.layers = {"signature"}});
    bytes.chop(1);
    bytes += R"(,"subject":{"mediaType":"application/vnd.oci.image.manifest.v1+json","size":2,)"
             R"("digest":")"
             + subject.toString().toLatin1() + R"("}})";
    return source().addManifest(u"a"_s, {}, bytes, MediaType::ociManifest());
}

void TestPlanImageCopyJob::listReferrer(const Digest &subject, const Digest &referrer)
{
    const QByteArray list = R"({"schemaVersion":2,"manifests":[{"mediaType":)"
                            R"("application/vnd.oci.image.manifest.v1+json","size":2,"digest":")"
                            + referrer.toString().toLatin1() + R"("}]})";
    source().addManifest(u"a"_s, u"sha256-"_s + subject.encoded(), list, MediaType::ociIndex());
}

void TestPlanImageCopyJob::changesNothing()
{
    TestImages::addIndex(source(), u"a"_s, u"1"_s);
    QVERIFY(plan(wanted(u"1"_s)));
    for (const QString &line : target().requestLines())
        QVERIFY2(line.startsWith("HEAD "_L1) || line.startsWith("GET "_L1), qPrintable(line));
}

void TestPlanImageCopyJob::saysWhatHasToTravel()
{
    const Digest image = TestImages::addImage(source(), u"a"_s, u"1"_s);
    target().addBlob(u"b"_s, "layer one");
    const auto planned = plan(wanted(u"1"_s));
    QVERIFY2(planned, planned ? "" : qPrintable(planned.error().message));
    QCOMPARE(planned->image.digest, image);
    QVERIFY(!planned->replaced);
    const auto ways = waysOf(*planned);
    QCOMPARE(ways.size(), qsizetype(3));
    QCOMPARE(ways.value(Digest::ofBytes("layer one")), Way::Present);
    QCOMPARE(ways.value(Digest::ofBytes("layer two")), Way::Send);
    const qint64 config = planned->image.image()->config.size;
    QCOMPARE(planned->bytesToSend(), config + 9);
}

void TestPlanImageCopyJob::countsASharedBlobOnce()
{
    TestImages::addImage(source(), u"a"_s, u"1"_s, {.layers = {"same", "same"}});
    const auto planned = plan(wanted(u"1"_s));
    QVERIFY(planned);
    QCOMPARE(planned->blobs.size(), qsizetype(2));
}

void TestPlanImageCopyJob::takesEverythingOfAnIndex()
{
    const Digest index = TestImages::addIndex(source(), u"a"_s, u"1"_s);
    const auto planned = plan(wanted(u"1"_s));
    QVERIFY(planned);
    QCOMPARE(planned->image.digest, index);
    QCOMPARE(planned->entries.size(), qsizetype(3));
    QCOMPARE(planned->blobs.size(), qsizetype(6)); // Three configurations, three layers in all.
}

void TestPlanImageCopyJob::takesOnePlatform()
{
    const Digest index = TestImages::addIndex(source(), u"a"_s, u"1"_s);
    ImageCopy copy = wanted(u"1"_s);
    copy.platforms = {*Platform::parse(u"linux/arm64"_s)};
    const auto planned = plan(copy);
    QVERIFY(planned);
    QVERIFY(planned->image.digest != index);
    QVERIFY(planned->entries.isEmpty());
    QCOMPARE(planned->blobs.size(), qsizetype(3));
}

void TestPlanImageCopyJob::mountsWithinOneRegistry()
{
    TestImages::addImage(source(), u"a"_s, u"1"_s);
    source().addBlob(u"b"_s, "layer one");
    const auto planned =
        outcomeOf(new PlanImageCopyJob(m_source->session, m_source->session, wanted(u"1"_s)));
    QVERIFY(planned);
    const auto ways = waysOf(*planned);
    QCOMPARE(ways.value(Digest::ofBytes("layer one")), Way::Present);
    QCOMPARE(ways.value(Digest::ofBytes("layer two")), Way::Mount);
    QCOMPARE(planned->bytesToSend(), qint64(0));
}

void TestPlanImageCopyJob::tellsWhatLosesTheTag()
{
    TestImages::addImage(source(), u"a"_s, u"1"_s);
    const Digest old = TestImages::addImage(target(), u"b"_s, u"1"_s, {.layers = {"old"}});
    QCOMPARE(plan(wanted(u"1"_s))->replaced, std::optional(old));
    // The same image loses nothing.
    TestImages::addImage(target(), u"b"_s, u"1"_s);
    QCOMPARE(plan(wanted(u"1"_s))->replaced, std::nullopt);
}

void TestPlanImageCopyJob::findsWhatRefersToTheImage()
{
    const Digest image = TestImages::addImage(source(), u"a"_s, u"1"_s);
    const Digest signature = addReferrer(image);
    const Digest onSignature = addReferrer(signature);
    listReferrer(image, signature);
    listReferrer(signature, onSignature);
    ImageCopy copy = wanted(u"1"_s);
    QVERIFY(plan(copy)->referrers.isEmpty());
    copy.withReferrers = true;
    const auto planned = plan(copy);
    QVERIFY2(planned, planned ? "" : qPrintable(planned.error().message));
    QCOMPARE(planned->referrers.size(), qsizetype(2));
    QCOMPARE(planned->referrers[0].digest, signature);
    QCOMPARE(planned->referrers[1].digest, onSignature);
    QVERIFY(waysOf(*planned).contains(Digest::ofBytes("signature")));
}

void TestPlanImageCopyJob::wantsTheDigestOfTheImage()
{
    const Digest image = TestImages::addImage(source(), u"a"_s, u"1"_s);
    ImageCopy copy = wanted(u"1"_s);
    copy.to = image;
    QVERIFY(plan(copy));
    copy.to = Digest::ofBytes("other");
    const auto refused = plan(copy);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Kind::InvalidInput);
}

void TestPlanImageCopyJob::leavesOutWhatMayNotBeDistributed()
{
    QByteArray bytes = TestImages::image(source(), u"a"_s);
    bytes.replace("application/vnd.oci.image.layer.v1.tar+gzip",
                  "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip");
    source().addManifest(u"a"_s, u"1"_s, bytes, MediaType::ociManifest());
    const auto planned = plan(wanted(u"1"_s));
    QVERIFY(planned);
    QCOMPARE(planned->blobs.size(), qsizetype(1));
    QCOMPARE(planned->foreign.size(), qsizetype(2));
}

void TestPlanImageCopyJob::failsWhereItMayNotWrite()
{
    TestImages::addImage(source(), u"a"_s, u"1"_s);
    target().behaviour.signIn = FakeRegistry::SignIn::Basic;
    const auto planned = plan(wanted(u"1"_s));
    QVERIFY(!planned);
    QCOMPARE(planned.error().kind, Kind::Unauthorized);
}

void TestPlanImageCopyJob::refusesSchema1()
{
    source().addManifest(
        u"a"_s, u"1"_s,
        R"({"schemaVersion":1,"name":"a","tag":"1","architecture":"amd64","fsLayers":[],"history":[]})",
        MediaType::parse(u"application/vnd.docker.distribution.manifest.v1+json"));
    const auto planned = plan(wanted(u"1"_s));
    QVERIFY(!planned);
    QCOMPARE(planned.error().kind, Kind::Unsupported);
}

void TestPlanImageCopyJob::refusesAnImageThatLacksAPart()
{
    TestImages::addIndex(source(), u"a"_s, u"1"_s);
    source().failNext("GET", u"/manifests/sha256:"_s, {404, {}, {}}, 1);
    const auto planned = plan(wanted(u"1"_s));
    QVERIFY(!planned);
    QCOMPARE(planned.error().kind, Kind::NotFound);
}

void TestPlanImageCopyJob::asksFilesForNoReferrers()
{
    TestLayout layout;
    layout.save(source(), u"a"_s, {{u"1"_s, TestImages::addImage(source(), u"a"_s, u"1"_s)}});
    const auto files = OciLayoutFiles::read(std::make_shared<FolderTree>(layout.path()));
    QVERIFY(files);
    LayoutSession session(layout.path(), *files);
    ImageCopy copy = wanted(u"1"_s);
    copy.fromRepository = *RepositoryName::parse(u"my-layout");
    QVERIFY(outcomeOf(new PlanImageCopyJob(session, m_target->session, copy)));
    copy.withReferrers = true;
    const auto planned = outcomeOf(new PlanImageCopyJob(session, m_target->session, copy));
    QVERIFY(!planned);
    QCOMPARE(planned.error().kind, Kind::Unsupported);
}

QTEST_GUILESS_MAIN(TestPlanImageCopyJob)
#include "tst_planimagecopyjob.moc"
