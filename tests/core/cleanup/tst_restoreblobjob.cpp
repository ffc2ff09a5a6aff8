// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/restoreblobjob.h"
#include "support/fakeconnection.h"
#include "support/testbackup.h"
#include "support/testimages.h"

#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestRestoreBlobJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void bringsTheBytes_data();
    void bringsTheBytes();
    void doesNotAskARegistryThatBelievesToHaveIt();
    void sendsNothingDamaged_data();
    void sendsNothingDamaged();
    void doesNotBelieveThatItWasStored();
    void settlesALostAnswer();

private:
    [[nodiscard]] Result<Done> restore(bool isBelieved);
    [[nodiscard]] QString path() const
    {
        return m_plan->backup.folder + u'/' + blobNameInBackup(m_config->digest);
    }
    [[nodiscard]] bool isThere()
    {
        return registry().blobBytes(u"a"_s, m_config->digest) == m_bytes;
    }
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }

    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<QTemporaryDir> m_home;
    std::optional<RestorePlan> m_plan;
    std::optional<Descriptor> m_config;
    QByteArray m_bytes;
};

void TestRestoreBlobJob::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_home = std::make_unique<QTemporaryDir>();
    const Digest digest = TestImages::addImage(registry(), u"a"_s, u"1"_s);
    const Backup backup =
        deleteTags(m_connection->session, u"a"_s, {u"1"_s}, m_home->filePath(u"backup"_s));
    m_config = backup.manifests.find(digest)->image()->config;
    m_bytes = registry().blobBytes(u"a"_s, m_config->digest);
    QVERIFY(outcomeOf(m_connection->session.deleteBlob(backup.repository, m_config->digest)));
    m_plan = RestorePlan{backup, backup.repository, {}};
    registry().forgetRequests();
}

Result<Done> TestRestoreBlobJob::restore(bool isBelieved)
{
    return outcomeOf(new RestoreBlobJob(m_connection->session, *m_plan, {*m_config, isBelieved}));
}

void TestRestoreBlobJob::bringsTheBytes_data()
{
    QTest::addColumn<bool>("isBelieved");
    QTest::newRow("absent") << false;
    QTest::newRow("unreadable") << true;
}

void TestRestoreBlobJob::bringsTheBytes()
{
    QFETCH(const bool, isBelieved);
    const auto done = restore(isBelieved);
    QVERIFY2(done, done ? "" : qPrintable(done.error().message));
    QVERIFY(isThere());
}

void TestRestoreBlobJob::doesNotAskARegistryThatBelievesToHaveIt()
{
    QVERIFY(restore(true));
    QCOMPARE(registry().requests().constFirst().method, "POST");
}

void TestRestoreBlobJob::sendsNothingDamaged_data()
{
    QTest::addColumn<bool>("isBelieved");
    QTest::addColumn<QString>("what");
    for (const bool isBelieved : {false, true}) {
        QTest::addRow("other bytes, %d", isBelieved) << isBelieved << u"bytes"_s;
        QTest::addRow("another size, %d", isBelieved) << isBelieved << u"size"_s;
        QTest::addRow("nothing, %d", isBelieved) << isBelieved << u"file"_s;
    }
}

void TestRestoreBlobJob::sendsNothingDamaged()
{
    QFETCH(const bool, isBelieved);
    QFETCH(const QString, what);
    QVERIFY(QFile::remove(path()));
    QFile file(path());
    if (what != "file"_L1) {
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(m_bytes.size() + (what == "size"_L1 ? 1 : 0), ' '));
        file.close();
    }
    QVERIFY(!restore(isBelieved));
    QVERIFY(registry().blobBytes(u"a"_s, m_config->digest).isEmpty());
}

void TestRestoreBlobJob::doesNotBelieveThatItWasStored()
{
    registry().failNext(
        "PUT", u"/uploads/"_s,
        {201, {}, {{"Docker-Content-Digest", m_config->digest.toString().toLatin1()}}});
    const auto done = restore(true);
    QVERIFY(!done);
    QCOMPARE(done.error().kind, Error::Kind::Protocol);
}

void TestRestoreBlobJob::settlesALostAnswer()
{
    registry().intercept([this](const TestRequest &request, const TestConnection &connection) {
        if (request.method != "PUT")
            return false;
        registry().addBlob(u"a"_s, request.body);
        connection.reset();
        return true;
    });
    const auto done = restore(true);
    QVERIFY2(done, done ? "" : qPrintable(done.error().message));
    QVERIFY(isThere());
}

QTEST_GUILESS_MAIN(TestRestoreBlobJob)
#include "tst_restoreblobjob.moc"
