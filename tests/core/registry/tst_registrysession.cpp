// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"
#include "support/outcome.h"
#include "support/testimages.h"

#include <QSignalSpy>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestRegistrySession : public QObject
{
    Q_OBJECT

private slots:
    void listsRepositories();
    void saysThatTheServerKeepsItsRepositoriesToItself_data();
    void saysThatTheServerKeepsItsRepositoriesToItself();

private:
    Network m_network;
};

void TestRegistrySession::listsRepositories()
{
    FakeRegistry registry;
    registry.addRepository(u"a/b"_s);
    registry.addRepository(u"c"_s);
    RegistrySession session(m_network, *RegistryAddress::parse(registry.host()), u"http"_s);
    ListNamesJob *job = session.listRepositories();
    QStringList names;
    connect(job, &ListNamesJob::namesListed, this, [&](const QStringList &page) { names += page; });
    const auto summary = outcomeOf(job);
    QVERIFY(summary);
    QCOMPARE(names, QStringList({u"a/b"_s, u"c"_s}));
}

void TestRegistrySession::saysThatTheServerKeepsItsRepositoriesToItself_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("not allowed") << 403 << Error::Kind::Forbidden;
    QTest::newRow("no such endpoint") << 404 << Error::Kind::Unsupported;
    QTest::newRow("turned off") << 405 << Error::Kind::Unsupported;
}

void TestRegistrySession::saysThatTheServerKeepsItsRepositoriesToItself()
{
    QFETCH(const int, status);
    QFETCH(const Error::Kind, kind);
    FakeRegistry registry;
    registry.behaviour.catalogStatus = status;
    RegistrySession session(m_network, *RegistryAddress::parse(registry.host()), u"http"_s);
    const auto summary = outcomeOf(session.listRepositories());
    QVERIFY(!summary);
    QCOMPARE(summary.error().kind, kind);
    QCOMPARE(summary.error().httpStatus, status);
    QVERIFY(summary.error().message.contains(u"does not list its repositories"_s));
}

QTEST_GUILESS_MAIN(TestRegistrySession)
#include "tst_registrysession.moc"
