// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/backup.h"
#include "support/cleanupworld.h"
#include "support/fakejournal.h"
#include "support/heldrequests.h"
#include "support/uitest.h"

#include <QFile>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using State = CleanupPresenter::State;

/// Carrying out what was planned.
class TestCleanupPresenterRun : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void deletesExactlyWhatWasPlanned();
    void savesTheLayersWhereThatIsWanted();
    void untagsByADetourThatWasAllowed();
    void endsBehindTheCurrentTagWhenItIsStopped();
    void pausesAllRepositoriesTogether();
    void goesNoFurtherThanTheFirstRepositoryThatFails();
    void leavesProductionAloneWithoutARun();
    void deletesNothingBeforeThereIsAPlan();

private:
    [[nodiscard]] FakeRegistry &registry() { return m_world->registry; }

    std::unique_ptr<CleanupWorld> m_world;
};

void TestCleanupPresenterRun::init()
{
    m_world = std::make_unique<CleanupWorld>();
}

void TestCleanupPresenterRun::cleanup()
{
    m_world.reset();
}

void TestCleanupPresenterRun::deletesExactlyWhatWasPlanned()
{
    const auto presenter = m_world->ready({u"app"_s, u"web"_s});
    const auto journal = std::make_shared<FakeJournal>();
    presenter->setJournal(journal);
    presenter->choose(*RepositoryName::parse(u"web"), *Tag::parse(u"pr-2"),
                      CleanupChoices::Override::Keep);
    CleanupWorld::awaitDecision(*presenter);
    presenter->run();
    QCOMPARE(presenter->state(), State::Running);
    presenter->run(); // Once, whoever is impatient.
    QTRY_COMPARE(presenter->state(), State::Done);
    QCOMPARE(registry().tags(u"app"_s), QStringList{u"keep"_s});
    QCOMPARE(registry().tags(u"web"_s), QStringList({u"keep"_s, u"pr-2"_s}));
    QCOMPARE(registry().count("DELETE"), qsizetype(3));
    QCOMPARE(journal->lines().count(u"end"_s), qsizetype(2)); // A run for each repository.
    QVERIFY(presenter->plan().repositories.first().report);
    QCOMPARE(presenter->plan().rows.at(1).outcome, u"Deleted"_s);
}

void TestCleanupPresenterRun::savesTheLayersWhereThatIsWanted()
{
    const auto presenter = m_world->ready({u"app"_s});
    presenter->setSavesLayers(true);
    presenter->run();
    QTRY_COMPARE(presenter->state(), State::Done);
    const QStringList folders = backupsOf(presenter->plan().repositories);
    QCOMPARE(folders.size(), qsizetype(1));
    for (const char *layer : {"apppr-1", "apppr-2"})
        QVERIFY(QFile::exists(folders.first() + u'/' + blobNameInBackup(Digest::ofBytes(layer))));
}

void TestCleanupPresenterRun::untagsByADetourThatWasAllowed()
{
    const Digest kept =
        TestImages::addImage(registry(), u"app"_s, u"keep"_s, {.layers = {"appkeep"}});
    registry().setTag(u"app"_s, u"pr-3"_s, kept);
    CleanupRules rules = CleanupWorld::deleting(u"pr-3"_s);
    rules.siblings = SiblingPolicy::Untag;
    for (const auto allowed : {TagRemoval::Placeholder::Never, TagRemoval::Placeholder::Allowed}) {
        const auto presenter = m_world->ready({u"app"_s});
        presenter->setRules(rules);
        CleanupWorld::awaitDecision(*presenter);
        presenter->setPlaceholder(allowed);
        presenter->run();
        QTRY_COMPARE(presenter->state(), State::Done);
        QCOMPARE(registry().tags(u"app"_s).contains(u"pr-3"_s),
                 allowed == TagRemoval::Placeholder::Never);
        QVERIFY(registry().hasManifest(u"app"_s, kept));
    }
}

void TestCleanupPresenterRun::endsBehindTheCurrentTagWhenItIsStopped()
{
    const auto presenter = m_world->ready({u"app"_s, u"web"_s});
    HeldRequests held(registry(), "DELETE", u"/app/"_s);
    presenter->run();
    QTRY_COMPARE(held.count(), qsizetype(1));
    presenter->stop();
    QCOMPARE(presenter->state(), State::Running); // It is not known yet whether it is gone.
    held.release();
    QTRY_COMPARE(presenter->state(), State::Done);
    QCOMPARE(registry().count("DELETE"), qsizetype(1));
    QVERIFY(presenter->plan().repositories.first().report);
    QVERIFY(!presenter->plan().repositories.last().report);
    QCOMPARE(registry().tags(u"web"_s).size(), qsizetype(3));
}

void TestCleanupPresenterRun::pausesAllRepositoriesTogether()
{
    const auto presenter = m_world->ready({u"app"_s, u"web"_s});
    HeldRequests held(registry(), "DELETE", u"/app/"_s);
    presenter->run();
    QTRY_COMPARE(held.count(), qsizetype(1));
    RunWatch &watch = presenter->watch();
    connect(&watch, &RunWatch::changed, this, [&] { // As soon as the next repository begins.
        if (watch.counts().startsWith("2 deleted"_L1))
            watch.pause();
    });
    held.release();
    QTRY_VERIFY(watch.step().startsWith("Paused."_L1));
    QCOMPARE(registry().count("DELETE"), qsizetype(2));
    QCOMPARE(presenter->state(), State::Running);
    QVERIFY(!presenter->timeLeft()); // Nobody knows how long it stays so.
    watch.disconnect(this);
    watch.resume();
    QTRY_COMPARE(presenter->state(), State::Done);
    QCOMPARE(registry().tags(u"web"_s), QStringList{u"keep"_s});
}

void TestCleanupPresenterRun::goesNoFurtherThanTheFirstRepositoryThatFails()
{
    const auto presenter = m_world->ready({u"app"_s, u"web"_s});
    const auto journal = std::make_shared<FakeJournal>();
    journal->failNext();
    presenter->setJournal(journal);
    presenter->run();
    QTRY_COMPARE(presenter->state(), State::Done);
    QVERIFY(presenter->plan().repositories.first().failure);
    QVERIFY(!presenter->plan().repositories.last().report);
    QCOMPARE(registry().count("DELETE"), qsizetype(0));
}

void TestCleanupPresenterRun::leavesProductionAloneWithoutARun()
{
    HttpSettings settings;
    settings.isProduction = true;
    const auto presenter = m_world->ready({u"app"_s}, settings);
    QCOMPARE(presenter->neededConfirmation(), u"app"_s);
    const auto objection = [&] {
        return presenter->session().client().objectionTo(
            {.method = HttpRequest::Method::Delete, .url = {}});
    };
    presenter->session().client().allowChanges(true);
    QVERIFY(objection());
    presenter->run();
    QTRY_COMPARE(presenter->state(), State::Done);
    QCOMPARE(registry().tags(u"app"_s), QStringList{u"keep"_s});
    QVERIFY(objection()); // What was permitted is over with it.
}

void TestCleanupPresenterRun::deletesNothingBeforeThereIsAPlan()
{
    const auto presenter = m_world->present({u"app"_s});
    presenter->setRules(CleanupWorld::deleting(u"pr-*"_s));
    presenter->run();
    QCOMPARE(presenter->state(), State::Reading);
    QList<State> states;
    connect(presenter.get(), &CleanupPresenter::stateChanged, this, [&] {
        states.append(presenter->state());
        presenter->run(); // Also when it is read, but nothing is decided yet.
        presenter->check();
    });
    presenter->read();
    QTRY_COMPARE(states, QList<State>({State::Reading, State::Ready}));
    CleanupWorld::awaitDecision(*presenter);
    QCOMPARE(presenter->state(), State::Ready);
    QCOMPARE(registry().count("DELETE"), qsizetype(0));
}

LONGSHORE_UI_TEST(TestCleanupPresenterRun)
#include "tst_cleanuppresenter_run.moc"
