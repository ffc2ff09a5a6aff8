// SPDX-License-Identifier: Apache-2.0
#include "support/cleanupworld.h"
#include "support/heldrequests.h"
#include "support/uitest.h"

#include <QSignalSpy>
#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using State = CleanupPresenter::State;

class TestCleanupPresenter : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void decidesOnceEverythingIsRead();
    void decidesAnewWhenTheRulesChange();
    void endsWithWhatTheLastChangeMeans();
    void saysWhyItCannotBeRead();
    void looksForSignaturesBeforeItAsks();
    void keepsOnlyWhatKeepsWhenItIsReadAgain();
    void changesNothingWhileItLooksForSignatures();

private:
    [[nodiscard]] FakeRegistry &registry() { return m_world->registry; }

    std::unique_ptr<CleanupWorld> m_world;
};

void TestCleanupPresenter::init()
{
    m_world = std::make_unique<CleanupWorld>();
}

void TestCleanupPresenter::cleanup()
{
    m_world.reset();
}

void TestCleanupPresenter::decidesOnceEverythingIsRead()
{
    const auto presenter = m_world->present({u"app"_s, u"web"_s});
    QSignalSpy decided(presenter.get(), &CleanupPresenter::decided);
    presenter->setRules(CleanupWorld::deleting(u"pr-*"_s));
    QCOMPARE(presenter->state(), State::Reading);
    presenter->read();
    QTRY_COMPARE(decided.size(), qsizetype(1));
    QCOMPARE(presenter->plan().rows.size(), qsizetype(6));
    QCOMPARE(removedCount(presenter->plan().repositories), qsizetype(4));
    QCOMPARE(registry().count("DELETE"), qsizetype(0));
}

void TestCleanupPresenter::decidesAnewWhenTheRulesChange()
{
    const auto presenter = m_world->ready({u"app"_s});
    const qsizetype asked = registry().requests().size();
    presenter->setRules(CleanupWorld::deleting(u"pr-1"_s));
    CleanupWorld::awaitDecision(*presenter);
    QCOMPARE(removedCount(presenter->plan().repositories), qsizetype(1));
    presenter->choose(*RepositoryName::parse(u"app"), *Tag::parse(u"pr-1"),
                      CleanupChoices::Override::Keep);
    CleanupWorld::awaitDecision(*presenter);
    QCOMPARE(removedCount(presenter->plan().repositories), qsizetype(0));
    presenter->choose(*RepositoryName::parse(u"app"), *Tag::parse(u"pr-1"), {});
    CleanupWorld::awaitDecision(*presenter);
    QCOMPARE(removedCount(presenter->plan().repositories), qsizetype(1));
    QCOMPARE(registry().requests().size(), asked); // All of that without the registry.
}

void TestCleanupPresenter::endsWithWhatTheLastChangeMeans()
{
    const auto presenter = m_world->ready({u"app"_s});
    for (const QString &globs : {u"*"_s, u"k*"_s, u"pr-*"_s, u"nothing"_s, u"pr-2"_s})
        presenter->setRules(CleanupWorld::deleting(globs));
    CleanupWorld::awaitDecision(*presenter);
    QCOMPARE(presenter->plan().rules, CleanupWorld::deleting(u"pr-2"_s));
    QCOMPARE(removedCount(presenter->plan().repositories), qsizetype(1));
}

void TestCleanupPresenter::saysWhyItCannotBeRead()
{
    registry().failNext("GET", u"/tags/list"_s, registryRefusal(403, "DENIED", "you may not look"),
                        9);
    const auto presenter = m_world->present({u"app"_s});
    QSignalSpy failed(presenter.get(), &CleanupPresenter::failed);
    presenter->read();
    QTRY_COMPARE(failed.size(), qsizetype(1));
    QCOMPARE(presenter->state(), State::Failed);
    presenter->check();
    presenter->run();
    QCOMPARE(presenter->state(), State::Failed);
}

void TestCleanupPresenter::looksForSignaturesBeforeItAsks()
{
    registry().intercept([](const TestRequest &request, const TestConnection &connection) {
        if (!request.path().contains("/referrers/"_L1))
            return false;
        connection.answer({200,
                           R"({"schemaVersion": 2, "manifests": []})",
                           {{"Content-Type", "application/vnd.oci.image.index.v1+json"}}});
        return true;
    });
    const auto presenter = m_world->ready({u"app"_s});
    QSignalSpy checked(presenter.get(), &CleanupPresenter::checked);
    QCOMPARE(registry().count("GET", u"/referrers/"_s), qsizetype(0));
    presenter->check();
    QCOMPARE(presenter->state(), State::Checking);
    QTRY_COMPARE(checked.size(), qsizetype(1));
    QCOMPARE(presenter->state(), State::Ready);
    const QSet<Digest> leaving = presenter->plan().repositories.first().decisions.leaving();
    QCOMPARE(leaving.size(), qsizetype(2));
    for (const Digest &digest : leaving)
        QVERIFY(registry().count("GET", u"/referrers/"_s + digest.toString()) > 0);
    const qsizetype asked = registry().requests().size();
    presenter->check();
    QTRY_COMPARE(checked.size(), qsizetype(2));
    QCOMPARE(registry().requests().size(), asked); // Once is enough.
}

void TestCleanupPresenter::changesNothingWhileItLooksForSignatures()
{
    const auto presenter = m_world->ready({u"app"_s, u"web"_s});
    QSignalSpy checked(presenter.get(), &CleanupPresenter::checked);
    HeldRequests held(registry(), "GET", u"/web/referrers/"_s);
    presenter->check();
    QTRY_VERIFY(held.count() > 0);
    const CleanupRules before = presenter->plan().rules;
    presenter->setMayEmpty(*RepositoryName::parse(u"web"), true);
    presenter->choose(*RepositoryName::parse(u"web"), *Tag::parse(u"keep"),
                      CleanupChoices::Override::Delete);
    presenter->setRules(CleanupWorld::deleting(u"*"_s));
    QVERIFY(!presenter->isDeciding());
    QCOMPARE(presenter->state(), State::Checking);
    QCOMPARE(checked.size(), qsizetype(0));
    held.release();
    QTRY_COMPARE(checked.size(), qsizetype(1));
    QCOMPARE(presenter->plan().rules, before);
    QCOMPARE(removedCount(presenter->plan().repositories), qsizetype(4));
}

void TestCleanupPresenter::keepsOnlyWhatKeepsWhenItIsReadAgain()
{
    const auto presenter = m_world->ready({u"app"_s});
    presenter->choose(*RepositoryName::parse(u"app"), *Tag::parse(u"keep"),
                      CleanupChoices::Override::Delete);
    CleanupWorld::awaitDecision(*presenter);
    QCOMPARE(removedCount(presenter->plan().repositories), qsizetype(0)); // That would be all.
    presenter->choose(*RepositoryName::parse(u"app"), *Tag::parse(u"pr-1"),
                      CleanupChoices::Override::Keep);
    presenter->read();
    QTRY_COMPARE(presenter->state(), State::Ready);
    CleanupWorld::awaitDecision(*presenter);
    QCOMPARE(removedCount(presenter->plan().repositories), qsizetype(1));
    QCOMPARE(presenter->plan().rows.at(1).choice, CleanupRow::Choice::Keep);
}

LONGSHORE_UI_TEST(TestCleanupPresenter)
#include "tst_cleanuppresenter.moc"
