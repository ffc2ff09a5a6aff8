// SPDX-License-Identifier: Apache-2.0
#include "support/fakeconnection.h"
#include "support/outcome.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestDeleteBlobJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void deletesTheBlobAlone();
    void tellsThatThereIsNoSuchBlob();
    void explainsThatDeletionIsTurnedOff();
    void tellsThatARightIsMissing();
    void doesNotBelieveAWebPage();
    void asksWhatBecameOfALostAnswer_data();
    void asksWhatBecameOfALostAnswer();
    void doesNotGuessWhenNobodyTells();

private:
    Result<Done> remove()
    {
        return outcomeOf(m_connection->session.deleteBlob(m_repository, m_blob->digest));
    }
    [[nodiscard]] bool isThere() const
    {
        return !m_connection->registry.blobBytes(u"a"_s, m_blob->digest).isNull();
    }

    std::unique_ptr<FakeConnection> m_connection;
    const RepositoryName m_repository = *RepositoryName::parse(u"a");
    std::optional<Descriptor> m_blob;
};

void TestDeleteBlobJob::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_blob = m_connection->registry.addBlob(u"a"_s, "bytes");
}

void TestDeleteBlobJob::deletesTheBlobAlone()
{
    const Descriptor other = m_connection->registry.addBlob(u"a"_s, "other bytes");
    QVERIFY(remove());
    QVERIFY(!isThere());
    QVERIFY(!m_connection->registry.blobBytes(u"a"_s, other.digest).isNull());
    QCOMPARE(m_connection->registry.requestLines(),
             QStringList{u"DELETE /v2/a/blobs/"_s + m_blob->digest.toString()});
}

void TestDeleteBlobJob::tellsThatThereIsNoSuchBlob()
{
    QVERIFY(remove());
    const auto again = remove();
    QVERIFY(!again);
    QCOMPARE(again.error().kind, Error::Kind::NotFound);
}

void TestDeleteBlobJob::explainsThatDeletionIsTurnedOff()
{
    m_connection->registry.behaviour.canDelete = false;
    const auto result = remove();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::Unsupported);
    QVERIFY(result.error().message.contains(u"turned off"_s));
}

void TestDeleteBlobJob::tellsThatARightIsMissing()
{
    m_connection->registry.failNext("DELETE", u"/blobs/"_s, registryRefusal(403, "DENIED", "no"));
    const auto result = remove();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::Forbidden);
    QVERIFY(isThere());
}

void TestDeleteBlobJob::doesNotBelieveAWebPage()
{
    m_connection->registry.failNext("DELETE", u"/blobs/"_s,
                                    {202, "<html>", {{"Content-Type", "text/html"}}});
    const auto result = remove();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::Protocol);
}

void TestDeleteBlobJob::asksWhatBecameOfALostAnswer_data()
{
    QTest::addColumn<bool>("isDone");
    QTest::newRow("deleted") << true;
    QTest::newRow("not deleted") << false;
}

void TestDeleteBlobJob::asksWhatBecameOfALostAnswer()
{
    QFETCH(bool, isDone);
    m_connection->registry.intercept([&](const TestRequest &request, const TestConnection &c) {
        if (request.method != "DELETE")
            return false;
        if (isDone)
            m_connection->registry.answerNormally(request, TestConnection(nullptr));
        c.reset();
        return true;
    });
    const auto result = remove();
    QCOMPARE(bool(result), isDone);
    if (!isDone)
        QCOMPARE(result.error().kind, Error::Kind::Network);
}

void TestDeleteBlobJob::doesNotGuessWhenNobodyTells()
{
    m_connection->registry.intercept([](const TestRequest &, const TestConnection &c) {
        c.reset();
        return true;
    });
    const auto result = remove();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::Ambiguous);
}

QTEST_GUILESS_MAIN(TestDeleteBlobJob)
#include "tst_deleteblobjob.moc"
