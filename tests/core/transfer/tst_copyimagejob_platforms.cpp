// SPDX-License-Identifier: Apache-2.0
#include "core/oci/keepplatforms.h"
#include "core/transfer/copyimagejob.h"
#include "core/transfer/planimagecopyjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/testreferrers.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// Copies of several platforms of an index, and not of the others.
class TestCopyImageJobPlatforms : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void copiesASmallerIndex();
    void bringsWhatRefersToTheImagesThatStay();
    void bringsWhatRefersToTheSmallerIndex();
    void canHaveNoOtherDigest();

private:
    [[nodiscard]] FakeRegistry &source() { return m_source->registry; }
    [[nodiscard]] FakeRegistry &target() { return m_target->registry; }
    static ImageCopy wanted()
    {
        return {*RepositoryName::parse(u"a"),
                *Tag::parse(u"1"),
                *RepositoryName::parse(u"b"),
                *Tag::parse(u"2"),
                {*Platform::parse(u"linux/amd64"_s), *Platform::parse(u"linux/s390x"_s)},
                true};
    }
    [[nodiscard]] Result<ImageCopyPlan> plan(const ImageCopy &copy = wanted())
    {
        return outcomeOf(new PlanImageCopyJob(m_source->session, m_target->session, copy));
    }
    /// What is stored.
    [[nodiscard]] Manifest whole()
    {
        return *parseManifest(source().manifestBytes(u"a"_s, *m_index), {});
    }
    [[nodiscard]] Digest entry(qsizetype i) { return whole().index()->manifests.at(i).digest; }

    std::unique_ptr<FakeConnection> m_source;
    std::unique_ptr<FakeConnection> m_target;
    std::optional<Digest> m_index;
};

void TestCopyImageJobPlatforms::init()
{
    m_source = std::make_unique<FakeConnection>();
    m_target = std::make_unique<FakeConnection>();
    m_index = TestImages::addIndex(source(), u"a"_s, u"1"_s, {u"amd64"_s, u"arm64"_s, u"s390x"_s});
}

void TestCopyImageJobPlatforms::copiesASmallerIndex()
{
    const auto planned = plan();
    QVERIFY2(planned, planned ? "" : qPrintable(planned.error().message));
    QCOMPARE(planned->entries.size(), qsizetype(3)); // Two images, and what attests to one.
    const auto copied = outcomeOf(new CopyImageJob(m_source->session, m_target->session, *planned));
    QVERIFY2(copied, copied ? "" : qPrintable(copied.error().message));
    const Manifest smaller = *keepPlatforms(whole(), wanted().platforms);
    QVERIFY(smaller.digest != *m_index);
    QCOMPARE(copied->image.digest, smaller.digest);
    QCOMPARE(target().tagged(u"b"_s, u"2"_s), smaller.digest.toString());
    QCOMPARE(target().manifestBytes(u"b"_s, smaller.digest), smaller.bytes);
    for (const qsizetype i : {0, 2, 3})
        QCOMPARE(target().manifestBytes(u"b"_s, entry(i)),
                 source().manifestBytes(u"a"_s, entry(i)));
    QVERIFY(!target().hasManifest(u"b"_s, entry(1)));
    QVERIFY(!target().hasManifest(u"b"_s, *m_index));
}

void TestCopyImageJobPlatforms::bringsWhatRefersToTheImagesThatStay()
{
    TestReferrers::sign(source(), u"a"_s, *m_index, "of the index");
    TestReferrers::sign(source(), u"a"_s, entry(1), "of arm64");
    const Digest kept = TestReferrers::add(source(), u"a"_s, entry(2), "of s390x");
    TestReferrers::list(source(), u"a"_s, entry(2), kept);
    const auto planned = plan();
    QVERIFY2(planned, planned ? "" : qPrintable(planned.error().message));
    QCOMPARE(planned->referrers.size(), qsizetype(1));
    QCOMPARE(planned->referrers.first().digest, kept);
    QVERIFY(planned->attached.isEmpty());
}

/// Somebody may have signed it where it was copied to before.
void TestCopyImageJobPlatforms::bringsWhatRefersToTheSmallerIndex()
{
    const Manifest smaller = *keepPlatforms(whole(), wanted().platforms);
    TestReferrers::sign(source(), u"a"_s, smaller.digest, "of the smaller one");
    const auto planned = plan();
    QVERIFY(planned);
    QCOMPARE(planned->attached.size(), qsizetype(1));
}

void TestCopyImageJobPlatforms::canHaveNoOtherDigest()
{
    ImageCopy copy = wanted();
    copy.to = *m_index;
    QCOMPARE(plan(copy).error().kind, Error::Kind::InvalidInput);
    copy.to = keepPlatforms(whole(), copy.platforms)->digest;
    QVERIFY(plan(copy));
}

QTEST_GUILESS_MAIN(TestCopyImageJobPlatforms)
#include "tst_copyimagejob_platforms.moc"
