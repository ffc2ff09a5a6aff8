// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/copytransfer.h"
#include "core/registry/registrysession.h"
#include "core/transfer/planimagecopyjob.h"
#include "support/fakeregistry.h"
#include "support/outcome.h"
#include "support/testimages.h"

#include <QPointer>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

/// Images that somebody brings into a registry in production.
class TestCopyTransferProduction : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void sendsNothingThatNobodyAllowed();
    void permitsChangesForAsLongAsItRuns();
    void asksAnewForEachAttempt();
    void givesUpWhatItHasBegun();

private:
    [[nodiscard]] TransferTask task() const
    {
        const auto plan =
            outcomeOf(new PlanImageCopyJob(*m_source, *m_target,
                                           {*RepositoryName::parse(u"a"), *Tag::parse(u"1"),
                                            *RepositoryName::parse(u"b"), *Tag::parse(u"2")}));
        if (!plan)
            qFatal("no plan: %s", qPrintable(plan.error().message));
        return copyTransfer(m_source, m_target, *plan, u"a:1"_s);
    }
    [[nodiscard]] bool isRefused() const
    {
        return m_target->client()
            .objectionTo({.method = HttpRequest::Method::Put, .url = {}})
            .has_value();
    }
    [[nodiscard]] qsizetype changeCount() const
    {
        return m_registry->count("PUT") + m_registry->count("POST") + m_registry->count("PATCH")
               + m_registry->count("DELETE");
    }

    QTemporaryDir m_home;
    Network m_network;
    std::unique_ptr<FakeRegistry> m_other;
    std::unique_ptr<FakeRegistry> m_registry;
    std::shared_ptr<RegistrySession> m_source;
    std::shared_ptr<RegistrySession> m_target;
};

void TestCopyTransferProduction::initTestCase()
{
    qputenv("XDG_DATA_HOME", m_home.path().toLocal8Bit()); // For backups.
}

void TestCopyTransferProduction::init()
{
    m_source.reset();
    m_target.reset();
    m_other = std::make_unique<FakeRegistry>();
    m_registry = std::make_unique<FakeRegistry>();
    TestImages::addImage(*m_other, u"a"_s, u"1"_s);
    m_registry->addRepository(u"b"_s);
    HttpSettings production;
    production.isProduction = true;
    m_source = std::make_shared<RegistrySession>(
        m_network, *RegistryAddress::parse(m_other->host()), u"http"_s);
    m_target = std::make_shared<RegistrySession>(
        m_network, *RegistryAddress::parse(m_registry->host()), u"http"_s, production);
}

void TestCopyTransferProduction::sendsNothingThatNobodyAllowed()
{
    const auto brought = outcomeOf(task().makeJob(this));
    QVERIFY(!brought);
    QCOMPARE(brought.error().kind, Kind::Policy);
    QCOMPARE(changeCount(), qsizetype(0));
}

void TestCopyTransferProduction::permitsChangesForAsLongAsItRuns()
{
    m_target->client().allowChanges(true);
    const TransferTask prepared = task();
    QVERIFY(isRefused()); // It does not run yet.
    const auto brought = outcomeOf(prepared.makeJob(this));
    QVERIFY2(brought, brought ? "" : qPrintable(brought.error().message));
    QCOMPARE(m_registry->tags(u"b"_s), QStringList{u"2"_s});
    QTRY_VERIFY(isRefused());
}

void TestCopyTransferProduction::asksAnewForEachAttempt()
{
    m_target->client().allowChanges(true);
    const TransferTask prepared = task();
    m_target->client().allowChanges(false);
    const auto brought = outcomeOf(prepared.makeJob(this));
    QVERIFY(!brought);
    QCOMPARE(brought.error().kind, Kind::Policy);
    QCOMPARE(changeCount(), qsizetype(0));
}

void TestCopyTransferProduction::givesUpWhatItHasBegun()
{
    m_target->client().allowChanges(true);
    const TransferTask prepared = task();
    const QPointer<Job> job = prepared.makeJob(this);
    m_registry->intercept([job](const TestRequest &request, const TestConnection &) {
        if (request.method != "PUT" || request.path().contains(u"/manifests/"_s))
            return false;
        if (job)
            QMetaObject::invokeMethod(job, &Job::cancel, Qt::QueuedConnection);
        return true; // It hangs in the middle of its upload.
    });
    job->start();
    QTRY_VERIFY(m_registry->count("DELETE", u"/blobs/uploads/"_s) > 0);
    QTRY_VERIFY(isRefused());
    QCOMPARE(m_registry->tags(u"b"_s), QStringList());
}

QTEST_GUILESS_MAIN(TestCopyTransferProduction)
#include "tst_copytransfer_production.moc"
