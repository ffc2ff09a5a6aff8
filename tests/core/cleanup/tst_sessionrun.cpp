// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/sessionrun.h"
#include "core/transfer/transfertask.h"
#include "support/fakeconnection.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestSessionRun : public QObject
{
    Q_OBJECT

private slots:
    void namesWhoSignsInAndNoSecret();
    void saysWhereAndByWhichConnection();
    void tellsOfAStoredImage();
    void tellsOfATagOfAnImageThatWasThere();

private:
    RepositoryName m_repository = *RepositoryName::parse(u"team/app");
};

void TestSessionRun::namesWhoSignsInAndNoSecret()
{
    QCOMPARE(userOf({}), u"anonymous"_s);
    QCOMPARE(userOf({u"anna"_s, Secret("hunter2")}), u"anna"_s);
    QCOMPARE(userOf(Credentials::ofAccount(Credentials::identityTokenUser, Secret("t0ken"))),
             u"<token>"_s);
    QCOMPARE(userOf({.user = {}, .password = {}, .registryToken = Secret("r3ady")}), u"<token>"_s);
}

void TestSessionRun::saysWhereAndByWhichConnection()
{
    FakeConnection connection;
    JournalRun run = runOn(connection.session, JournalRun::Kind::Deletion, m_repository, u"/b"_s);
    QCOMPARE(run.host, connection.session.host());
    QCOMPARE(run.repository, m_repository);
    QCOMPARE(run.backupFolder, u"/b"_s);
    QCOMPARE(run.user, u"anonymous"_s);
    QCOMPARE(run.connection, QString());
    connection.session.setObjectName(u"Lab"_s);
    connection.session.setCredentials({u"anna"_s, Secret("hunter2")});
    run = runOn(connection.session, JournalRun::Kind::Restore, m_repository);
    QCOMPARE(run.user, u"anna"_s);
    QCOMPARE(run.connection, u"Lab"_s);
}

void TestSessionRun::tellsOfAStoredImage()
{
    const auto connection = std::make_shared<FakeConnection>();
    const std::shared_ptr<RegistrySession> session(connection, &connection->session);
    const Digest image = Digest::ofBytes("new");
    const JournalRun run =
        runOf({session, m_repository, *Tag::parse(u"1"), image, Digest::ofBytes("old"), u"/b"_s});
    QCOMPARE(run.kind, JournalRun::Kind::Copy);
    QCOMPARE(run.backupFolder, u"/b"_s);
    QCOMPARE(run.items, (QList<JournalItem>{
                            {image, {*Tag::parse(u"1")}, {u"stored"_s}, Digest::ofBytes("old")}}));
    QVERIFY(runOf({session, m_repository, image, image}).items.first().tags.isEmpty());
}

void TestSessionRun::tellsOfATagOfAnImageThatWasThere()
{
    const auto connection = std::make_shared<FakeConnection>();
    PlacedImage stored{{connection, &connection->session},
                       m_repository,
                       *Tag::parse(u"1"),
                       Digest::ofBytes("new")};
    stored.wasThere = true;
    QCOMPARE(runOf(stored).kind, JournalRun::Kind::Tagging);
    QVERIFY(!runOf(stored).items.first().replaced);
}

QTEST_GUILESS_MAIN(TestSessionRun)
#include "tst_sessionrun.moc"
