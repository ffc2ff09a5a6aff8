// SPDX-License-Identifier: Apache-2.0
#include "core/layout/layoutsession.h"
#include "support/heldrequests.h"
#include "support/outcome.h"
#include "support/testlayout.h"
#include "support/testtabs.h"
#include "support/uitest.h"
#include "ui/presenters/openplacejob.h"

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestOpenPlaceJob : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_test = std::make_unique<TestTabs>(); }
    void cleanup() { m_test.reset(); }
    void opensAConnection();
    void opensFiles();
    void endsWhenSomebodyStopsTheConnection();
    void endsWhenTheConnectionIsRemoved();

private:
    /// The connection is known, and not open.
    [[nodiscard]] QString saved()
    {
        return m_test->store.save({{}, u"one"_s, m_test->registry.host()})->id;
    }

    std::unique_ptr<TestTabs> m_test;
};

void TestOpenPlaceJob::opensAConnection()
{
    const auto opened = outcomeOf(new OpenPlaceJob(m_test->registries, {saved(), {}}));
    QVERIFY2(opened, qPrintable(opened ? QString() : opened.error().message));
    QCOMPARE((*opened)->host(), m_test->registry.host());
}

void TestOpenPlaceJob::opensFiles()
{
    TestLayout layout;
    layout.save(m_test->registry, u"a"_s,
                {{u"1"_s, TestImages::addImage(m_test->registry, u"a"_s, u"1"_s)}});
    const auto opened = outcomeOf(new OpenPlaceJob(m_test->registries, {{}, layout.path()}));
    QVERIFY(opened && (*opened)->host() == layout.path());
}

void TestOpenPlaceJob::endsWhenSomebodyStopsTheConnection()
{
    const QString id = saved();
    const HeldRequests held(m_test->registry, "GET", u"/v2/"_s);
    auto *job = new OpenPlaceJob(m_test->registries, {id, {}});
    std::optional<Error> error;
    job->then(this, [&error](const auto &result) { error = result.error(); });
    job->start();
    QTRY_COMPARE(held.count(), qsizetype(1));
    m_test->registries.stop(id);
    QTRY_VERIFY(error);
    // What a cancelled transfer has brought is thrown away; nobody wanted that.
    QVERIFY(!error->isCancelled());
}

void TestOpenPlaceJob::endsWhenTheConnectionIsRemoved()
{
    const QString id = saved();
    const HeldRequests held(m_test->registry, "GET", u"/v2/"_s);
    auto *job = new OpenPlaceJob(m_test->registries, {id, {}});
    std::optional<Error> error;
    job->then(this, [&error](const auto &result) { error = result.error(); });
    job->start();
    QTRY_COMPARE(held.count(), qsizetype(1));
    m_test->registries.remove(id);
    QTRY_VERIFY(error);
    QCOMPARE(error->kind, Error::Kind::NotFound);
}

LONGSHORE_UI_TEST(TestOpenPlaceJob)
#include "tst_openplacejob.moc"
