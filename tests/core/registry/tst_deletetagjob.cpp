// SPDX-License-Identifier: Apache-2.0
#include "core/registry/deletemanifestjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestDeleteTagJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void removesTheTagAlone();
    void tellsThatTheServerCannot_data();
    void tellsThatTheServerCannot();
    void tellsThatTheServerProtectsTheTag();
    void tellsThatThereIsNoSuchTag();
    void asksAfterALostAnswer_data();
    void asksAfterALostAnswer();
    void doesNotBelieveAWebPage();

private:
    Result<Done> removeTag()
    {
        return outcomeOf(m_connection->session.deleteTag(m_repository, *Tag::parse(u"1")));
    }
    /// Loses the answer to DELETE, which is carried out or not.
    void loseAnswer(bool isDone)
    {
        m_connection->registry.intercept(
            [this, isDone](const TestRequest &request, const TestConnection &connection) {
                if (request.method != "DELETE")
                    return false;
                if (isDone)
                    m_connection->registry.answerNormally(request, TestConnection(nullptr));
                connection.reset();
                return true;
            });
    }

    std::unique_ptr<FakeConnection> m_connection;
    const RepositoryName m_repository = *RepositoryName::parse(u"a");
    std::optional<Digest> m_digest; ///< Of the tags "1" and "2".
};

void TestDeleteTagJob::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_connection->registry.behaviour.canDeleteTags = true;
    m_digest = m_connection->registry.addManifest(
        u"a"_s, u"1"_s, R"({"schemaVersion":2,"manifests":[]})", MediaType::ociIndex());
    m_connection->registry.setTag(u"a"_s, u"2"_s, *m_digest);
}

void TestDeleteTagJob::removesTheTagAlone()
{
    QVERIFY(removeTag());
    QCOMPARE(m_connection->registry.tags(u"a"_s), QStringList{u"2"_s});
    QVERIFY(m_connection->registry.hasManifest(u"a"_s, *m_digest));
}

void TestDeleteTagJob::tellsThatTheServerCannot_data()
{
    QTest::addColumn<TestAnswer>("answer");
    QTest::newRow("wants a digest") << registryRefusal(400, "DIGEST_INVALID", "no");
    QTest::newRow("not supported") << registryRefusal(405, "UNSUPPORTED", "no");
    QTest::newRow("no such method") << TestAnswer{405, "Method not allowed"};
    QTest::newRow("no such route") << TestAnswer{404, "404 page not found"};
    QTest::newRow("not implemented") << TestAnswer{501};
}

void TestDeleteTagJob::tellsThatTheServerCannot()
{
    QFETCH(TestAnswer, answer);
    m_connection->registry.failNext("DELETE", u"/manifests/1"_s, answer);
    const auto result = removeTag();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::Unsupported);
    QCOMPARE(m_connection->registry.tags(u"a"_s).size(), 2);
}

void TestDeleteTagJob::tellsThatTheServerProtectsTheTag()
{
    // It could remove others.
    m_connection->registry.failNext("DELETE", u"/manifests/1"_s,
                                    registryRefusal(405, "UNSUPPORTED", "the tag is locked"));
    const auto removed = removeTag();
    QVERIFY(!removed);
    QCOMPARE(removed.error().kind, Error::Kind::Forbidden);
    QVERIFY(isProtectedByServer(removed.error()));
}

void TestDeleteTagJob::tellsThatThereIsNoSuchTag()
{
    m_connection->registry.removeTag(u"a"_s, u"1"_s);
    const auto result = removeTag();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::NotFound);
}

void TestDeleteTagJob::asksAfterALostAnswer_data()
{
    QTest::addColumn<bool>("isDone");
    QTest::newRow("removed") << true;
    QTest::newRow("not removed, or set again by somebody") << false;
}

void TestDeleteTagJob::asksAfterALostAnswer()
{
    QFETCH(bool, isDone);
    loseAnswer(isDone);
    const auto result = removeTag();
    QCOMPARE(bool(result), isDone);
    if (!isDone)
        QCOMPARE(result.error().kind, Error::Kind::Ambiguous);
}

void TestDeleteTagJob::doesNotBelieveAWebPage()
{
    m_connection->registry.failNext("DELETE", u"/manifests/1"_s,
                                    {202, "<html>", {{"Content-Type", "text/html"}}});
    const auto result = removeTag();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::Protocol);
}

QTEST_GUILESS_MAIN(TestDeleteTagJob)
#include "tst_deletetagjob.moc"
