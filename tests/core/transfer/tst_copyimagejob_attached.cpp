// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/copyimagejob.h"
#include "core/transfer/planimagecopyjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/testreferrers.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// Copies with what only the names of tags connect with an image, as cosign writes them.
class TestCopyImageJobAttached : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void bringsThemUnderTheSameNames();
    void leavesThemUnlessTold();
    void bringsWhatRefersToThem();
    void bringsAnIndexWithItsEntries();
    void bringsWhatIsThereNotAgain();
    void keepsWhatHasTheNameThere();
    void keepsWhatGotTheNameSince();
    void tellsWhichCannotComeAlong();
    void failsWhereTheTargetCannotBeAsked();
    void tellsRightBeforeItSetsTheTag();

private:
    [[nodiscard]] FakeRegistry &source() { return m_source->registry; }
    [[nodiscard]] FakeRegistry &target() { return m_target->registry; }
    [[nodiscard]] static ImageCopy wanted(bool withReferrers = true)
    {
        return {*RepositoryName::parse(u"a"),
                *Tag::parse(u"1"),
                *RepositoryName::parse(u"b"),
                *Tag::parse(u"2"),
                {},
                withReferrers};
    }
    [[nodiscard]] Result<ImageCopyPlan> plan(const ImageCopy &copy = wanted())
    {
        return outcomeOf(new PlanImageCopyJob(m_source->session, m_target->session, copy));
    }
    [[nodiscard]] Result<CopiedImage> copy(const ImageCopyPlan &plan)
    {
        return outcomeOf(new CopyImageJob(m_source->session, m_target->session, plan));
    }
    [[nodiscard]] static Tag tagOf(const Digest &subject)
    {
        return *Tag::parse(TestReferrers::tag(subject, u".sig"_s));
    }

    std::unique_ptr<FakeConnection> m_source;
    std::unique_ptr<FakeConnection> m_target;
    std::optional<Digest> m_image;
    std::optional<Digest> m_signature;
};

void TestCopyImageJobAttached::init()
{
    m_source = std::make_unique<FakeConnection>();
    m_target = std::make_unique<FakeConnection>();
    m_image = TestImages::addImage(source(), u"a"_s, u"1"_s);
    m_signature = TestReferrers::sign(source(), u"a"_s, *m_image, "signature");
}

void TestCopyImageJobAttached::bringsThemUnderTheSameNames()
{
    const auto planned = plan();
    QVERIFY2(planned, planned ? "" : qPrintable(planned.error().message));
    QCOMPARE(planned->attached.size(), qsizetype(1));
    QCOMPARE(planned->attached.first().tag, tagOf(*m_image));
    QCOMPARE(planned->attached.first().manifest.digest, *m_signature);
    QVERIFY(planned->keptTags.isEmpty());
    const auto copied = copy(*planned);
    QVERIFY2(copied, copied ? "" : qPrintable(copied.error().message));
    QCOMPARE(copied->attached, QList{tagOf(*m_image)});
    QCOMPARE(target().tags(u"b"_s), QStringList({u"2"_s, tagOf(*m_image).toString()}));
    QCOMPARE(target().manifestBytes(u"b"_s, *m_signature),
             source().manifestBytes(u"a"_s, *m_signature));
    QCOMPARE(target().blobBytes(u"b"_s, Digest::ofBytes("signature")), "signature");
    // The tag of the image comes last: who sees it finds the signature.
    QString last;
    for (const QString &line : target().requestLines()) {
        if (line.startsWith("PUT "_L1))
            last = line;
    }
    QVERIFY2(last.endsWith("/manifests/2"_L1), qPrintable(last));
}

void TestCopyImageJobAttached::leavesThemUnlessTold()
{
    const auto planned = plan(wanted(false));
    QVERIFY(planned && planned->attached.isEmpty());
    QVERIFY(copy(*planned));
    QCOMPARE(target().tags(u"b"_s), QStringList{u"2"_s});
}

void TestCopyImageJobAttached::bringsWhatRefersToThem()
{
    TestReferrers::sign(source(), u"a"_s, *m_signature, "deeper");
    const Digest listed = TestReferrers::add(source(), u"a"_s, *m_signature, "listed");
    TestReferrers::list(source(), u"a"_s, *m_signature, listed);
    QVERIFY(copy(*plan()));
    QVERIFY(target().tags(u"b"_s).contains(tagOf(*m_signature).toString()));
    QVERIFY(target().hasManifest(u"b"_s, listed));
}

void TestCopyImageJobAttached::bringsAnIndexWithItsEntries()
{
    const QString tag = TestReferrers::tag(*m_image, u".sbom"_s);
    const Digest index = TestImages::addIndex(source(), u"a"_s, tag);
    const auto planned = plan();
    QVERIFY2(planned, planned ? "" : qPrintable(planned.error().message));
    QVERIFY(copy(*planned));
    QVERIFY(target().tags(u"b"_s).contains(tag));
    const auto manifest = parseManifest(target().manifestBytes(u"b"_s, index), {});
    for (const Descriptor &entry : manifest->index()->manifests)
        QVERIFY(target().hasManifest(u"b"_s, entry.digest));
}

void TestCopyImageJobAttached::bringsWhatIsThereNotAgain()
{
    QVERIFY(copy(*plan()));
    const auto planned = plan();
    QVERIFY(planned && planned->attached.isEmpty() && planned->keptTags.isEmpty());
    for (const BlobToCopy &blob : planned->blobs)
        QVERIFY(blob.blob.digest != Digest::ofBytes("signature"));
}

void TestCopyImageJobAttached::keepsWhatHasTheNameThere()
{
    const Digest other = TestReferrers::sign(target(), u"b"_s, *m_image, "of somebody else");
    const auto planned = plan();
    QVERIFY2(planned, planned ? "" : qPrintable(planned.error().message));
    QVERIFY(planned->attached.isEmpty());
    QCOMPARE(planned->keptTags, QList{tagOf(*m_image)});
    const auto copied = copy(*planned);
    QVERIFY2(copied, copied ? "" : qPrintable(copied.error().message));
    QCOMPARE(copied->keptTags, QList{tagOf(*m_image)});
    QCOMPARE(outcomeOf(m_target->session.resolve(*RepositoryName::parse(u"b"), tagOf(*m_image),
                                                 Session::Priority::Interactive))
                 ->digest,
             other);
    QVERIFY(!target().hasManifest(u"b"_s, *m_signature));
}

void TestCopyImageJobAttached::keepsWhatGotTheNameSince()
{
    const auto planned = plan();
    QVERIFY(planned && planned->attached.size() == 1);
    const Digest other = TestReferrers::sign(target(), u"b"_s, *m_image, "of somebody else");
    const auto copied = copy(*planned);
    QVERIFY2(copied, copied ? "" : qPrintable(copied.error().message));
    QVERIFY(copied->attached.isEmpty());
    QCOMPARE(copied->keptTags, QList{tagOf(*m_image)});
    QCOMPARE(outcomeOf(m_target->session.resolve(*RepositoryName::parse(u"b"), tagOf(*m_image),
                                                 Session::Priority::Interactive))
                 ->digest,
             other);
}

void TestCopyImageJobAttached::tellsWhichCannotComeAlong()
{
    source().failNext("GET", u"/manifests/"_s + m_signature->toString(), {404});
    const auto planned = plan();
    QVERIFY2(planned, planned ? "" : qPrintable(planned.error().message));
    QVERIFY(planned->attached.isEmpty());
    QCOMPARE(planned->leftOutReferrers.size(), qsizetype(1));
    QCOMPARE(planned->leftOutReferrers.first().digest, *m_signature);
    const auto copied = copy(*planned);
    QVERIFY2(copied, copied ? "" : qPrintable(copied.error().message));
    QCOMPARE(copied->leftOutReferrers, planned->leftOutReferrers);
    QCOMPARE(target().tags(u"b"_s), QStringList{u"2"_s});
}

void TestCopyImageJobAttached::failsWhereTheTargetCannotBeAsked()
{
    target().failNext("HEAD", u".sig"_s, {500, {}, {}}, 9);
    QVERIFY(!plan());
}

void TestCopyImageJobAttached::tellsRightBeforeItSetsTheTag()
{
    const auto planned = plan();
    QVERIFY2(planned, planned ? "" : qPrintable(planned.error().message));
    QStringList events;
    target().intercept([&events](const TestRequest &request, const TestConnection &) {
        if (request.method == "PUT" && request.path().contains("/manifests/"_L1))
            events.append(request.path().section(u'/', -1));
        return false;
    });
    auto *job = new CopyImageJob(m_source->session, m_target->session, *planned);
    connect(job, &CopyImageJob::placing, this, [&events] { events.append(u"placing"_s); });
    connect(job, &CopyImageJob::placed, this, [&events] { events.append(u"placed"_s); });
    const auto copied = outcomeOf(job);
    target().forgetInterceptors();
    QVERIFY2(copied, copied ? "" : qPrintable(copied.error().message));
    QCOMPARE(events.count(u"placing"_s), qsizetype(1)); // And not for what only is about the image.
    QCOMPARE(events.last(3), QStringList({u"placing"_s, u"2"_s, u"placed"_s}));
}

QTEST_GUILESS_MAIN(TestCopyImageJobAttached)
#include "tst_copyimagejob_attached.moc"
