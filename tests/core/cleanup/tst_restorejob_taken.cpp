// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/planrestorejob.h"
#include "core/cleanup/restorejob.h"
#include "support/fakeconnection.h"
#include "support/testbackup.h"
#include "support/testimages.h"

#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

using State = RestoreOutcome::State;

/// Restores of tags that point to something else by now.
class TestRestoreJobTaken : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void leavesATagAloneThatPointsElsewhere();
    void movesATagWhenToldTo();
    void savesWhatItReplacesFirst();
    void replacesNothingThatItCouldNotSave();

private:
    [[nodiscard]] RestorePlan plan();
    [[nodiscard]] Result<RestoreReport> restore(const RestoreChoice &choice)
    {
        return outcomeOf(new RestoreJob(m_connection->session, plan(), choice));
    }
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }
    [[nodiscard]] QString replacedFolder() const { return m_home->filePath(u"replaced"_s); }

    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<QTemporaryDir> m_home;
    std::optional<Backup> m_backup;
    std::optional<Digest> m_one; ///< "1", which has moved, and "1.0".
    std::optional<Digest> m_new; ///< What "1" points to.
};

void TestRestoreJobTaken::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_home = std::make_unique<QTemporaryDir>();
    m_one = TestImages::addImage(registry(), u"a"_s, u"1"_s, {.layers = {"one"}});
    registry().setTag(u"a"_s, u"1.0"_s, *m_one);
    m_backup = deleteTags(m_connection->session, u"a"_s, {u"1"_s}, m_home->filePath(u"backup"_s));
    m_new = TestImages::addImage(registry(), u"a"_s, u"1"_s, {.layers = {"new"}});
}

RestorePlan TestRestoreJobTaken::plan()
{
    const auto plan =
        outcomeOf(new PlanRestoreJob(m_connection->session, *m_backup, {m_backup->repository, {}}));
    if (!plan)
        qFatal("no plan: %s", qPrintable(plan.error().message));
    registry().forgetRequests();
    return *plan;
}

void TestRestoreJobTaken::leavesATagAloneThatPointsElsewhere()
{
    const auto report = restore({{0, 1}});
    QVERIFY(report);
    QCOMPARE(report->outcomes.at(0).state, State::Conflict);
    QCOMPARE(report->outcomes.at(1).state, State::Restored);
    QVERIFY(!report->isComplete());
    QCOMPARE(registry().count("PUT", u"/manifests/1"_s),
             registry().count("PUT", u"/manifests/1.0"_s));
    QVERIFY(registry().hasManifest(u"a"_s, *m_new));
}

void TestRestoreJobTaken::movesATagWhenToldTo()
{
    const auto report = restore({{0}, RestoreChoice::Taken::Replace, replacedFolder()});
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QVERIFY(report->isComplete());
    const auto now = outcomeOf(m_connection->session.resolve(
        m_backup->repository, *Tag::parse(u"1"), Session::Priority::Interactive));
    QVERIFY(now);
    QCOMPARE(now->digest, *m_one);
}

void TestRestoreJobTaken::savesWhatItReplacesFirst()
{
    bool wasSaved = false;
    registry().intercept([&](const TestRequest &request, const TestConnection &) {
        const CancelFlag never = false;
        const auto saved = request.method == "PUT" ? readBackup(replacedFolder(), never)
                                                   : Result<Backup>(Error::cancelled());
        wasSaved = wasSaved || (saved && saved->manifests.contains(*m_new));
        return false;
    });
    const auto report = restore({{0}, RestoreChoice::Taken::Replace, replacedFolder()});
    QVERIFY(report);
    QVERIFY(wasSaved);
    QCOMPARE(report->replacedBackup, replacedFolder());
}

void TestRestoreJobTaken::replacesNothingThatItCouldNotSave()
{
    const auto report = restore({{0, 1}, RestoreChoice::Taken::Replace, u"/dev/null/replaced"_s});
    QVERIFY(!report);
    QCOMPARE(report.error().kind, Error::Kind::LocalFile);
    QCOMPARE(registry().count("PUT"), qsizetype(0));
}

QTEST_GUILESS_MAIN(TestRestoreJobTaken)
#include "tst_restorejob_taken.moc"
