// SPDX-License-Identifier: Apache-2.0
#include "support/cleanupworld.h"
#include "support/testreferrers.h"
#include "support/uitest.h"

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using State = CleanupPresenter::State;
using Override = CleanupChoices::Override;

/// Trying what could not be deleted once more.
class TestCleanupPresenterRetry : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void triesAnImageWithItsSignature();
    void keepsWhatWasDecidedAboutIt();
    void leavesATagThatMovedSince();
    void readsForTheSameOnceMore();

private:
    [[nodiscard]] FakeRegistry &registry() { return m_world->registry; }
    /// What a row says of the tag; the test ends when there is none.
    [[nodiscard]] CleanupRow row(const QString &tag) const;
    void plan();
    /// Carries out the plan; the image \a digest cannot be deleted.
    void fail(const Digest &digest);
    void decideByHand(const QString &tag, Override choice);
    void awaitPlan();

    const RepositoryName m_app = *RepositoryName::parse(u"app");
    std::unique_ptr<CleanupWorld> m_world;
    std::unique_ptr<CleanupPresenter> m_presenter;
    std::optional<Digest> m_keep; ///< Of the tag "keep".
    std::optional<Digest> m_first; ///< Of the tag "pr-1".
};

void TestCleanupPresenterRetry::init()
{
    m_world = std::make_unique<CleanupWorld>();
    m_keep = TestImages::addImage(registry(), u"app"_s, u"keep"_s, {.layers = {"appkeep"}});
    m_first = TestImages::addImage(registry(), u"app"_s, u"pr-1"_s, {.layers = {"apppr-1"}});
    TestImages::addImage(registry(), u"app"_s, u"other"_s, {.layers = {"other"}});
}

void TestCleanupPresenterRetry::cleanup()
{
    m_presenter.reset();
    m_world.reset();
}

CleanupRow TestCleanupPresenterRetry::row(const QString &tag) const
{
    for (const CleanupRow &one : m_presenter->plan().rows) {
        if (one.tag == tag)
            return one;
    }
    qFatal("there is no such tag");
}

void TestCleanupPresenterRetry::plan()
{
    HttpSettings settings;
    settings.retry.attempts = 1;
    m_presenter = m_world->ready({u"app"_s}, settings);
}

void TestCleanupPresenterRetry::decideByHand(const QString &tag, Override choice)
{
    m_presenter->choose(m_app, *Tag::parse(tag), choice);
    CleanupWorld::awaitDecision(*m_presenter);
}

void TestCleanupPresenterRetry::fail(const Digest &digest)
{
    registry().failNext("DELETE", digest.toString(), registryRefusal(500, "UNKNOWN", "no"));
    m_presenter->run();
    QTRY_COMPARE(m_presenter->state(), State::Done);
    QVERIFY(m_presenter->hasFailed());
}

void TestCleanupPresenterRetry::awaitPlan()
{
    QTRY_COMPARE(m_presenter->state(), State::Ready);
    CleanupWorld::awaitDecision(*m_presenter);
}

/// The signature was skipped, because its image is still there.
void TestCleanupPresenterRetry::triesAnImageWithItsSignature()
{
    TestReferrers::sign(registry(), u"app"_s, *m_first, "signature");
    plan();
    fail(*m_first);
    QCOMPARE(registry().tags(u"app"_s).size(), qsizetype(4));
    m_presenter->readFailed();
    awaitPlan();
    QCOMPARE(row(u"pr-1"_s).decision, CleanupRow::Decision::Delete);
    QCOMPARE(removedCount(m_presenter->plan().repositories), qsizetype(2));
    QCOMPARE(row(u"other"_s).reason, u"not part of this try"_s);
    QCOMPARE(row(u"other"_s).choice, CleanupRow::Choice::ByRules);
    m_presenter->run();
    QTRY_COMPARE(m_presenter->state(), State::Done);
    QCOMPARE(registry().tags(u"app"_s), QStringList({u"keep"_s, u"other"_s}));
}

void TestCleanupPresenterRetry::keepsWhatWasDecidedAboutIt()
{
    plan();
    decideByHand(u"keep"_s, Override::Delete);
    fail(*m_keep);
    m_presenter->readFailed();
    awaitPlan();
    QCOMPARE(row(u"keep"_s).decision, CleanupRow::Decision::Delete);
    QCOMPARE(row(u"keep"_s).choice, CleanupRow::Choice::Delete);
    QCOMPARE(removedCount(m_presenter->plan().repositories), qsizetype(1));
    m_presenter->read(); // Everything, as nobody has decided it.
    awaitPlan();
    QCOMPARE(row(u"keep"_s).choice, CleanupRow::Choice::ByRules);
}

void TestCleanupPresenterRetry::leavesATagThatMovedSince()
{
    plan();
    decideByHand(u"keep"_s, Override::Delete);
    fail(*m_keep);
    TestImages::addImage(registry(), u"app"_s, u"keep"_s, {.layers = {"another"}});
    m_presenter->readFailed();
    awaitPlan();
    QCOMPARE(row(u"keep"_s).decision, CleanupRow::Decision::Keep);
    QCOMPARE(row(u"keep"_s).choice, CleanupRow::Choice::ByRules);
    QCOMPARE(row(u"keep"_s).reason, u"not part of this try"_s);
    decideByHand(u"keep"_s, Override::Delete); // Now for what it is.
    QCOMPARE(row(u"keep"_s).decision, CleanupRow::Decision::Delete);
}

void TestCleanupPresenterRetry::readsForTheSameOnceMore()
{
    plan();
    fail(*m_first);
    TestImages::addImage(registry(), u"app"_s, u"pr-9"_s, {.layers = {"new"}});
    registry().failNext("GET", u"/tags/list"_s, registryRefusal(403, "DENIED", "you may not look"),
                        9);
    m_presenter->readFailed();
    QTRY_COMPARE(m_presenter->state(), State::Failed);
    registry().forgetInterceptors();
    m_presenter->retryReading();
    awaitPlan();
    QCOMPARE(row(u"pr-1"_s).decision, CleanupRow::Decision::Delete);
    QCOMPARE(row(u"pr-9"_s).decision, CleanupRow::Decision::Keep); // Nobody has seen it fail.
}

LONGSHORE_UI_TEST(TestCleanupPresenterRetry)
#include "tst_cleanuppresenter_retry.moc"
