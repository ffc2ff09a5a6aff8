// SPDX-License-Identifier: Apache-2.0
#include "core/registry/deletemanifestjob.h"
#include "core/registry/deletetagjob.h"
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
    void asksWhereTheVendorWantsIt_data();
    void asksWhereTheVendorWantsIt();

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

void TestDeleteTagJob::asksWhereTheVendorWantsIt_data()
{
    QTest::addColumn<RegistryVendor>("vendor");
    QTest::addColumn<QString>("knows"); // Where the server does it.
    QTest::addColumn<QStringList>("asked");
    const QString common = u"/v2/a/manifests/1"_s;
    const QString azure = u"/acr/v1/a/_tags/1"_s;
    const QString gitLab = u"/v2/a/tags/reference/1"_s;
    QTest::newRow("Azure") << RegistryVendor::Azure << azure << QStringList{azure};
    // There the way of OCI takes the image with all its tags.
    QTest::newRow("Azure, never") << RegistryVendor::Azure << common << QStringList{azure};
    QTest::newRow("GitLab") << RegistryVendor::GitLab << common << QStringList{common};
    QTest::newRow("GitLab, once") << RegistryVendor::GitLab << gitLab
                                  << QStringList{common, gitLab};
    QTest::newRow("GitLab, never")
        << RegistryVendor::GitLab << QString() << QStringList{common, gitLab};
    QTest::newRow("anybody") << RegistryVendor::Unknown << gitLab << QStringList{common};
}

void TestDeleteTagJob::asksWhereTheVendorWantsIt()
{
    QFETCH(const RegistryVendor, vendor);
    QFETCH(const QString, knows);
    QFETCH(const QStringList, asked);
    QStringList paths;
    m_connection->registry.intercept(
        [&](const TestRequest &request, const TestConnection &connection) {
            paths.append(request.path());
            const bool isKnown = request.method == "DELETE" && request.path() == knows;
            if (isKnown)
                m_connection->registry.removeTag(u"a"_s, u"1"_s);
            connection.answer(isKnown ? TestAnswer{202} : TestAnswer{404, "404 page not found"});
            return true;
        });
    const RegistrySession &session = m_connection->session;
    auto *job = new DeleteTagJob(m_connection->session.client(), session.urls(), m_repository,
                                 *Tag::parse(u"1"));
    job->setVendor(vendor);
    const auto result = outcomeOf<Done>(job);
    QCOMPARE(paths, asked);
    QCOMPARE(bool(result), asked.last() == knows);
    if (!result)
        QCOMPARE(result.error().kind, Error::Kind::Unsupported);
}

QTEST_GUILESS_MAIN(TestDeleteTagJob)
#include "tst_deletetagjob.moc"
