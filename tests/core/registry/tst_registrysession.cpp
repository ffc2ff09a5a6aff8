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

QTEST_GUILESS_MAIN(TestRegistrySession)
#include "tst_registrysession.moc"
