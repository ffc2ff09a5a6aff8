// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/runcleanupjob.h"
#include "core/cleanup/takeinventoryjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/testimages.h"
#include "support/testinventory.h"

#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

using State = UntagOutcome::State;

/// Clean-ups of what somebody else has removed meanwhile, or has given another tag.
class TestRunCleanupJobGone : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void goesOnWithoutAnImageThatIsGone();
    void keepsATagWhoseImageWasNotSaved();
    void bringsBackNoTagThatWasGoneBefore();
    void goesOnWhereOneTagStays_data();
    void goesOnWhereOneTagStays();
    void keepsTheLastTagOfAnImage_data();
    void keepsTheLastTagOfAnImage();
    void keepsTheLastTagOfAnImageInALongRun();
    void keepsTagsOfAnImageThatGotAnother();

private:
    [[nodiscard]] CleanupRun prepare(const QString &deleted);
    [[nodiscard]] Result<CleanupReport> carryOut(const CleanupRun &run)
    {
        return outcomeOf(new RunCleanupJob(m_connection->session, run));
    }
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }

    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<QTemporaryDir> m_home;
    std::optional<Digest> m_first;
    std::optional<Digest> m_second;
};

/// "1" and "1-stays" are one image, "2", "2.0" and "2-stays" another; "old" is alone.
void TestRunCleanupJobGone::init()
{
    m_connection = std::make_unique<FakeConnection>(1);
    m_home = std::make_unique<QTemporaryDir>();
    m_first = TestImages::addImage(registry(), u"a"_s, u"1"_s, {.layers = {"first"}});
    m_second = TestImages::addImage(registry(), u"a"_s, u"2"_s, {.layers = {"second"}});
    TestImages::addImage(registry(), u"a"_s, u"old"_s, {.layers = {"old"}});
    registry().setTag(u"a"_s, u"1-stays"_s, *m_first);
    registry().setTag(u"a"_s, u"2.0"_s, *m_second);
    registry().setTag(u"a"_s, u"2-stays"_s, *m_second);
    registry().behaviour.canDeleteTags = true;
}

CleanupRun TestRunCleanupJobGone::prepare(const QString &deleted)
{
    const auto inventory = outcomeOf(new TakeInventoryJob(
        m_connection->session, *RepositoryName::parse(u"a"), InventoryDepth::ManifestsOnly));
    CleanupRules rules{{}, {TestInventory::deleteNamed(deleted)}};
    rules.siblings = SiblingPolicy::Untag;
    return {decideCleanup(*inventory, rules, {TestInventory::now()}), inventory->snapshot,
            m_home->filePath(u"backup"_s)};
}

void TestRunCleanupJobGone::goesOnWithoutAnImageThatIsGone()
{
    const CleanupRun run = prepare(u"old, 1, 2"_s);
    QVERIFY(outcomeOf(m_connection->session.deleteManifest(run.snapshot.repository, *m_second)));
    const auto report = carryOut(run);
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QVERIFY(report->isComplete());
    QCOMPARE(report->untagged.at(0).state, State::Removed);
    QCOMPARE(report->untagged.at(1).state, State::AlreadyGone);
    QCOMPARE(report->tagBackup.missing, QSet<Digest>{*m_second});
    QCOMPARE(registry().tags(u"a"_s), QStringList{u"1-stays"_s});
}

void TestRunCleanupJobGone::keepsATagWhoseImageWasNotSaved()
{
    const CleanupRun run = prepare(u"1, 2"_s);
    registry().failNext("GET", m_second->toString(), {404});
    const auto report = carryOut(run);
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QCOMPARE(report->untagged.at(0).state, State::Removed);
    QCOMPARE(report->untagged.at(1).state, State::Skipped);
    QCOMPARE(report->untagged.at(1).error->kind, Error::Kind::Changed);
    QVERIFY(registry().tags(u"a"_s).contains(u"2"_s));
}

/// When a removal takes along what it must not, everything is put back but what was gone by then.
void TestRunCleanupJobGone::bringsBackNoTagThatWasGoneBefore()
{
    const CleanupRun run = prepare(u"1, 2, 2.0"_s);
    registry().intercept([this](const TestRequest &request, const TestConnection &connection) {
        // That is asked for when it is to be removed.
        if (request.method == "GET" && request.path().endsWith("/manifests/2"_L1))
            registry().removeTag(u"a"_s, u"2"_s);
        if (request.method != "DELETE" || !request.path().endsWith("/manifests/2.0"_L1))
            return false;
        for (const QString &tag : {u"2.0"_s, u"2-stays"_s})
            registry().removeTag(u"a"_s, tag);
        connection.answer({202});
        return true;
    });
    registry().intercept([this](const TestRequest &request, const TestConnection &connection) {
        const bool isGone = !registry().tags(u"a"_s).contains(u"2-stays"_s)
                            && registry().count("PUT") == 0
                            && request.path().endsWith(m_second->toString());
        if (isGone)
            connection.answer({404, {}, {}, request.method == "HEAD"});
        return isGone;
    });
    const auto report = carryOut(run);
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QCOMPARE(report->untagged.at(0).state, State::Removed); // The way is proven.
    QCOMPARE(report->untagged.at(1).state, State::AlreadyGone);
    QCOMPARE(report->untagged.at(2).state, State::Failed);
    QCOMPARE(registry().tags(u"a"_s),
             (QStringList{u"1-stays"_s, u"2-stays"_s, u"2.0"_s, u"old"_s}));
}

void TestRunCleanupJobGone::goesOnWhereOneTagStays_data()
{
    QTest::addColumn<bool>("isProtected"); // By the server; else it has moved meanwhile.
    QTest::newRow("moved behind the look") << false;
    QTest::newRow("protected") << true;
}

void TestRunCleanupJobGone::goesOnWhereOneTagStays()
{
    QFETCH(const bool, isProtected);
    const CleanupRun run = prepare(u"1, 2, 2.0"_s);
    if (isProtected)
        registry().failNext("DELETE", u"/manifests/1"_s,
                            {409, R"({"errors":[{"code":"TAG_IMMUTABLE"}]})"});
    registry().intercept([&](const TestRequest &request, const TestConnection &) {
        // It is fetched when it is to be removed.
        if (!isProtected && request.method == "GET" && request.path().endsWith(u"/manifests/1"_s))
            registry().setTag(u"a"_s, u"1"_s, *m_second);
        return false;
    });
    const auto report = carryOut(run);
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QCOMPARE(report->untagged.at(0).state, State::Skipped);
    QVERIFY(report->untagged.at(0).error);
    QCOMPARE(report->untagged.at(1).state, State::Removed);
    QCOMPARE(report->untagged.at(2).state, State::Removed);
    QVERIFY(registry().tags(u"a"_s).contains(u"1"_s));
}

void TestRunCleanupJobGone::keepsTheLastTagOfAnImage_data()
{
    QTest::addColumn<bool>("isMoved"); // The tag for which the image should stay; else it is gone.
    QTest::newRow("the other one is gone") << false;
    QTest::newRow("the other one was moved") << true;
}

/// R7
void TestRunCleanupJobGone::keepsTheLastTagOfAnImage()
{
    QFETCH(const bool, isMoved);
    const CleanupRun run = prepare(u"1, 2, 2.0"_s);
    if (isMoved)
        TestImages::addImage(registry(), u"a"_s, u"2-stays"_s, {.layers = {"new"}});
    else
        registry().removeTag(u"a"_s, u"2-stays"_s);
    const auto report = carryOut(run);
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QCOMPARE(report->untagged.at(0).state, State::Removed);
    for (const qsizetype which : {1, 2}) {
        QCOMPARE(report->untagged.at(which).state, State::Skipped);
        QCOMPARE(report->untagged.at(which).error->kind, Error::Kind::Changed);
    }
    QVERIFY(!registry().tags(u"a"_s).contains(u"1"_s));
    QVERIFY(registry().tags(u"a"_s).contains(u"2"_s));
    QVERIFY(registry().tags(u"a"_s).contains(u"2.0"_s));
}

/// R7: what the image stays for is looked at right before each tag.
void TestRunCleanupJobGone::keepsTheLastTagOfAnImageInALongRun()
{
    const CleanupRun run = prepare(u"1, 2, 2.0"_s);
    registry().intercept([this](const TestRequest &request, const TestConnection &) {
        if (request.method == "DELETE" && request.path().endsWith("/manifests/1"_L1))
            registry().removeTag(u"a"_s, u"2-stays"_s);
        return false;
    });
    const auto report = carryOut(run);
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QCOMPARE(report->untagged.at(0).state, State::Removed);
    for (const qsizetype which : {1, 2})
        QCOMPARE(report->untagged.at(which).state, State::Skipped);
    QVERIFY(registry().tags(u"a"_s).contains(u"2"_s));
    QVERIFY(registry().tags(u"a"_s).contains(u"2.0"_s));
}

/// R7
void TestRunCleanupJobGone::keepsTagsOfAnImageThatGotAnother()
{
    const CleanupRun run = prepare(u"1, 2"_s);
    registry().setTag(u"a"_s, u"new"_s, *m_second);
    const auto report = carryOut(run);
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QCOMPARE(report->untagged.at(0).state, State::Removed);
    QCOMPARE(report->untagged.at(1).state, State::Skipped);
    QVERIFY(report->untagged.at(1).error->message.contains(u"new"_s));
    QVERIFY(registry().tags(u"a"_s).contains(u"2"_s));
}

QTEST_GUILESS_MAIN(TestRunCleanupJobGone)
#include "tst_runcleanupjob_gone.moc"
