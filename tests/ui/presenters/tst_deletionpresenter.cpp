// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"
#include "support/heldrequests.h"
#include "support/testimages.h"
#include "support/uitest.h"
#include "ui/presenters/deletionpresenter.h"

#include <QDir>
#include <QSignalSpy>
#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestDeletionPresenter : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void plansBeforeAnythingIsDeleted();
    void deletesWhatWasPlanned();
    void runsOnce();
    void deletesNothingWithoutAPlan();
    void saysWhyNothingCanBePlanned();
    void saysWhyNothingWasDeleted();
    void stopsChecking();
    void stopsDeletingAfterWhatIsUnderWay();
    void choosesANewFolderForEachBackup();
    void beginsWithTheTagsAlone();
    void decidesNothingWhereTagsCannotGoAlone();
    void triesWhereNobodyKnows();
    void removesOnlyTags();
    void removesOnlyTagsByPlaceholders();
    void leavesTagsAloneThatMayNotBeReplaced();
    void keepsImagesThatAreNeededAndDeletesTheOthers();

private:
    std::unique_ptr<DeletionPresenter> present(const QStringList &tags);
    std::unique_ptr<DeletionPresenter> planned(const QStringList &tags);

    Network m_network;
    std::unique_ptr<FakeRegistry> m_registry;
};

void TestDeletionPresenter::init()
{
    m_registry = std::make_unique<FakeRegistry>();
    TestImages::addImage(*m_registry, u"app"_s, u"old"_s, {.layers = {"old"}});
    TestImages::addImage(*m_registry, u"app"_s, u"older"_s, {.layers = {"older"}});
    const Digest latest = TestImages::addImage(*m_registry, u"app"_s, u"latest"_s);
    m_registry->setTag(u"app"_s, u"1.0"_s, latest);
}

void TestDeletionPresenter::cleanup()
{
    m_registry.reset();
}

std::unique_ptr<DeletionPresenter> TestDeletionPresenter::present(const QStringList &tags)
{
    HttpSettings settings;
    settings.retry.firstDelay = std::chrono::milliseconds(1);
    QList<Tag> chosen;
    for (const QString &tag : tags)
        chosen.append(*Tag::parse(tag));
    return std::make_unique<DeletionPresenter>(
        std::make_shared<RegistrySession>(m_network, *RegistryAddress::parse(m_registry->host()),
                                          u"http"_s, settings),
        *RepositoryName::parse(u"app"_s), chosen);
}

std::unique_ptr<DeletionPresenter> TestDeletionPresenter::planned(const QStringList &tags)
{
    auto presenter = present(tags);
    presenter->prepare();
    if (!QTest::qWaitFor([&] { return presenter->plan(); }, 20'000))
        qFatal("no plan");
    return presenter;
}

void TestDeletionPresenter::plansBeforeAnythingIsDeleted()
{
    const auto presenter = present({u"latest"_s});
    QCOMPARE(presenter->plan(), nullptr);
    QSignalSpy checking(presenter.get(), &DeletionPresenter::checking);
    QSignalSpy planned(presenter.get(), &DeletionPresenter::planned);
    presenter->prepare();
    QTRY_COMPARE(planned.size(), qsizetype(1));
    QCOMPARE(checking.last(), QVariantList({4LL, 4LL})); // Every tag of the repository.
    QCOMPARE(presenter->plan()->siblings(), QList<Tag>{*Tag::parse(u"1.0"_s)});
    QVERIFY(!presenter->isRunning());
    for (const TestRequest &request : m_registry->requests()) // But for what is not there.
        QVERIFY(request.method != "DELETE" || request.path().contains("longshore-probe"_L1));
}

void TestDeletionPresenter::deletesWhatWasPlanned()
{
    const auto presenter = planned({u"old"_s});
    QSignalSpy running(presenter.get(), &DeletionPresenter::running);
    std::optional<CleanupReport> report;
    connect(presenter.get(), &DeletionPresenter::finished, this,
            [&](const CleanupReport &result) { report = result; });
    presenter->run();
    QVERIFY(presenter->isRunning());
    QTRY_VERIFY(report);
    QVERIFY(!presenter->isRunning());
    QVERIFY(running.size() > 0);
    QCOMPARE(report->deletion.count(DeletionOutcome::State::Deleted), qsizetype(1));
    QCOMPARE(QStringList{report->deletion.backup.folder}, presenter->backupFolders());
    QVERIFY(QDir(presenter->backupFolders().first()).exists());
    QCOMPARE(m_registry->tags(u"app"_s), QStringList({u"1.0"_s, u"latest"_s, u"older"_s}));
}

void TestDeletionPresenter::runsOnce()
{
    const auto presenter = planned({u"old"_s});
    const QSignalSpy finished(presenter.get(), &DeletionPresenter::finished);
    for (int i = 0; i < 5; ++i) // DEL-27
        presenter->run();
    QTRY_COMPARE(finished.size(), qsizetype(1));
    QTRY_VERIFY(!presenter->isRunning());
    QCOMPARE(m_registry->count("DELETE"), qsizetype(1));
}

void TestDeletionPresenter::deletesNothingWithoutAPlan()
{
    const auto presenter = present({u"old"_s});
    presenter->run();
    QVERIFY(!presenter->isRunning());
    presenter->prepare();
    presenter->run();
    QTRY_VERIFY(presenter->plan());
    QVERIFY(!presenter->isRunning());
    QCOMPARE(m_registry->count("DELETE"), qsizetype(0));
}

void TestDeletionPresenter::saysWhyNothingCanBePlanned()
{
    m_registry->failNext("GET", u"/tags/list"_s, {403});
    const auto presenter = present({u"old"_s});
    QSignalSpy failed(presenter.get(), &DeletionPresenter::failed);
    presenter->prepare();
    QTRY_COMPARE(failed.size(), qsizetype(1));
    QCOMPARE(failed.first().first().value<Error>().kind, Error::Kind::Forbidden);
    QCOMPARE(presenter->plan(), nullptr);
}

void TestDeletionPresenter::saysWhyNothingWasDeleted()
{
    m_registry->behaviour.canDelete = false;
    const auto presenter = planned({u"old"_s});
    QSignalSpy failed(presenter.get(), &DeletionPresenter::failed);
    presenter->run();
    QTRY_COMPARE(failed.size(), qsizetype(1));
    QCOMPARE(failed.first().first().value<Error>().kind, Error::Kind::Unsupported);
    QVERIFY(!presenter->isRunning());
}

void TestDeletionPresenter::stopsChecking()
{
    HeldRequests held(*m_registry, "HEAD", u"/manifests/"_s);
    const auto presenter = present({u"old"_s});
    QSignalSpy failed(presenter.get(), &DeletionPresenter::failed);
    presenter->prepare();
    QTRY_VERIFY(held.count() > 0);
    presenter->stop();
    QTRY_COMPARE(failed.size(), qsizetype(1));
    QVERIFY(failed.first().first().value<Error>().isCancelled() && !presenter->plan());
}

void TestDeletionPresenter::stopsDeletingAfterWhatIsUnderWay()
{
    HeldRequests held(*m_registry, "DELETE", u"/manifests/"_s);
    const auto presenter = planned({u"old"_s, u"older"_s});
    qsizetype left = 0;
    connect(presenter.get(), &DeletionPresenter::finished, this,
            [&](const auto &run) { left = run.deletion.count(DeletionOutcome::State::NotTried); });
    presenter->run();
    QTRY_COMPARE(held.count(), qsizetype(1));
    presenter->stop();
    held.release(); // What is under way is seen to its end.
    QTRY_COMPARE(left, qsizetype(1));
    QCOMPARE(m_registry->count("DELETE"), qsizetype(1));
}

void TestDeletionPresenter::choosesANewFolderForEachBackup()
{
    const auto one = planned({u"old"_s});
    const QSignalSpy finished(one.get(), &DeletionPresenter::finished);
    one->run();
    QTRY_COMPARE(finished.size(), qsizetype(1));
    QVERIFY(planned({u"older"_s})->backupFolders() != one->backupFolders());
}

void TestDeletionPresenter::beginsWithTheTagsAlone()
{
    m_registry->behaviour.canDeleteTags = true;
    const auto presenter = planned({u"latest"_s});
    QVERIFY(presenter->hasScopes());
    QVERIFY(presenter->scope() == DeletionScope::OnlyTags);
    QVERIFY(!presenter->needsPlaceholder());
    QVERIFY(presenter->isPossible());
    QCOMPARE(presenter->decisions().removedCount(), qsizetype(1));
    QCOMPARE(presenter->neededConfirmation(), QString());
    presenter->setScope(DeletionScope::WithImages);
    QCOMPARE(presenter->decisions().removedCount(), qsizetype(2));
    const auto single = planned({u"old"_s});
    QVERIFY(!single->hasScopes());
    QVERIFY(single->scope() == DeletionScope::WithImages);
}

void TestDeletionPresenter::decidesNothingWhereTagsCannotGoAlone()
{
    const auto presenter = planned({u"latest"_s});
    QVERIFY(presenter->needsPlaceholder());
    QVERIFY(!presenter->scope());
    QVERIFY(!presenter->isPossible());
    presenter->run();
    QVERIFY(!presenter->isRunning());
    presenter->setScope(DeletionScope::OnlyTags);
    QVERIFY(!presenter->isPossible());
    presenter->setPlaceholder(TagRemoval::Placeholder::Allowed);
    QVERIFY(presenter->isPossible());
    presenter->setScope(DeletionScope::WithImages);
    QVERIFY(presenter->isPossible());
}

void TestDeletionPresenter::triesWhereNobodyKnows()
{
    m_registry->failNext("DELETE", u"longshore-probe"_s, {500}, 9);
    const auto presenter = planned({u"latest"_s});
    QVERIFY(presenter->isTagRemovalUnknown());
    QVERIFY(presenter->scope() == DeletionScope::OnlyTags);
    QSignalSpy failed(presenter.get(), &DeletionPresenter::failed);
    presenter->run();
    QTRY_COMPARE(failed.size(), qsizetype(1));
    QCOMPARE(failed.first().first().value<Error>().kind, Error::Kind::Unsupported);
    QCOMPARE(m_registry->tags(u"app"_s).size(), qsizetype(4)); // Nothing was changed.
}

/// Waits for the end, and gives the report.
static std::optional<CleanupReport> reportOf(DeletionPresenter &presenter)
{
    std::optional<CleanupReport> report;
    const auto connection = QObject::connect(&presenter, &DeletionPresenter::finished, &presenter,
                                             [&](const CleanupReport &result) { report = result; });
    presenter.run();
    const bool isOver = QTest::qWaitFor([&] { return report.has_value(); }, 20'000);
    QObject::disconnect(connection);
    return isOver ? report : std::nullopt;
}

void TestDeletionPresenter::removesOnlyTags()
{
    m_registry->behaviour.canDeleteTags = true;
    const auto presenter = planned({u"latest"_s});
    const auto report = reportOf(*presenter);
    QVERIFY(report);
    QCOMPARE(report->untagged.size(), qsizetype(1));
    QCOMPARE(report->untagged.first().state, UntagOutcome::State::Removed);
    QCOMPARE(presenter->backupFolders(), QStringList{report->tagBackup.folder});
    QVERIFY(QDir(report->tagBackup.folder).exists());
    QCOMPARE(m_registry->tags(u"app"_s), QStringList({u"1.0"_s, u"old"_s, u"older"_s}));
}

void TestDeletionPresenter::removesOnlyTagsByPlaceholders()
{
    const auto presenter = planned({u"latest"_s});
    presenter->setScope(DeletionScope::OnlyTags);
    presenter->setPlaceholder(TagRemoval::Placeholder::Allowed);
    QVERIFY(reportOf(*presenter));
    QCOMPARE(m_registry->tags(u"app"_s), QStringList({u"1.0"_s, u"old"_s, u"older"_s}));
}

void TestDeletionPresenter::leavesTagsAloneThatMayNotBeReplaced()
{
    const auto presenter = planned({u"latest"_s});
    presenter->setScope(DeletionScope::OnlyTags);
    presenter->run(); // Nobody has allowed a placeholder.
    QVERIFY(!presenter->isRunning());
    QCOMPARE(m_registry->count("PUT"), qsizetype(0));
}

void TestDeletionPresenter::keepsImagesThatAreNeededAndDeletesTheOthers()
{
    m_registry->behaviour.canDeleteTags = true;
    const auto presenter = planned({u"latest"_s, u"old"_s});
    QCOMPARE(presenter->backupFolders().size(), qsizetype(2));
    const auto report = reportOf(*presenter);
    QVERIFY(report && report->isComplete());
    QCOMPARE(report->deletion.count(DeletionOutcome::State::Deleted), qsizetype(1));
    QCOMPARE(report->untagged.size(), qsizetype(1));
    QCOMPARE(m_registry->tags(u"app"_s), QStringList({u"1.0"_s, u"older"_s}));
}

LONGSHORE_UI_TEST(TestDeletionPresenter)
#include "tst_deletionpresenter.moc"
