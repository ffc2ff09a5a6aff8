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
    QCOMPARE(m_registry->count("DELETE"), qsizetype(0));
    QVERIFY(!presenter->isRunning());
}

void TestDeletionPresenter::deletesWhatWasPlanned()
{
    const auto presenter = planned({u"old"_s});
    QSignalSpy running(presenter.get(), &DeletionPresenter::running);
    std::optional<DeletionReport> report;
    connect(presenter.get(), &DeletionPresenter::finished, this,
            [&](const DeletionReport &result) { report = result; });
    presenter->run();
    QVERIFY(presenter->isRunning());
    QTRY_VERIFY(report);
    QVERIFY(!presenter->isRunning());
    QVERIFY(running.size() > 0);
    QCOMPARE(report->count(DeletionOutcome::State::Deleted), qsizetype(1));
    QCOMPARE(report->backup.folder, presenter->backupFolder());
    QVERIFY(QDir(presenter->backupFolder()).exists());
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
    presenter->cancel();
    QTRY_COMPARE(failed.size(), qsizetype(1));
    QVERIFY(failed.first().first().value<Error>().isCancelled());
    QCOMPARE(presenter->plan(), nullptr);
}

void TestDeletionPresenter::stopsDeletingAfterWhatIsUnderWay()
{
    HeldRequests held(*m_registry, "DELETE", u"/manifests/"_s);
    const auto presenter = planned({u"old"_s, u"older"_s});
    presenter->run();
    QTRY_COMPARE(held.count(), qsizetype(1));
    presenter->cancel();
    QTRY_VERIFY(!presenter->isRunning());
    held.release();
    QCOMPARE(m_registry->count("DELETE"), qsizetype(1));
}

void TestDeletionPresenter::choosesANewFolderForEachBackup()
{
    const auto one = planned({u"old"_s});
    const QSignalSpy finished(one.get(), &DeletionPresenter::finished);
    one->run();
    QTRY_COMPARE(finished.size(), qsizetype(1));
    QVERIFY(present({u"older"_s})->backupFolder() != one->backupFolder());
}

LONGSHORE_UI_TEST(TestDeletionPresenter)
#include "tst_deletionpresenter.moc"
