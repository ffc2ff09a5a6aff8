// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpclient.h"
#include "core/registry/deletemanifestjob.h"
#include "support/outcome.h"
#include "support/testimages.h"

using namespace Longshore;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Kind = Error::Kind;

class TestDeleteManifestJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void deletesByDigest();
    void explainsRefusals_data();
    void explainsRefusals();
    void saysWhoDeletesInstead();
    void tellsAnUnknownRouteFromWhatIsGone_data();
    void tellsAnUnknownRouteFromWhatIsGone();
    void asksWhatBecameOfALostAnswer_data();
    void asksWhatBecameOfALostAnswer();
    void doesNotGuessWhenNobodyTells();
    void doesNotBelieveAWebPage();
    void asksForTheRightToDelete();

private:
    [[nodiscard]] Result<Done> remove();

    Network m_network;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<HttpClient> m_client;
    std::optional<Digest> m_digest;
};

void TestDeleteManifestJob::init()
{
    m_client.reset();
    m_registry = std::make_unique<FakeRegistry>();
    m_digest = TestImages::addImage(*m_registry, u"a"_s, u"v1"_s);
    HttpSettings settings;
    settings.retry.firstDelay = 1ms;
    settings.retry.attempts = 2;
    settings.timeouts.firstByteOfChange = 100ms;
    m_client = std::make_unique<HttpClient>(m_network, Origin::of(m_registry->url()), settings);
}

Result<Done> TestDeleteManifestJob::remove()
{
    return outcomeOf(new DeleteManifestJob(*m_client, RegistryUrls(m_registry->url({})),
                                           *RepositoryName::parse(u"a"), *m_digest));
}

void TestDeleteManifestJob::deletesByDigest()
{
    QVERIFY(remove());
    QCOMPARE(m_registry->requestLines(),
             QStringList{u"DELETE /v2/a/manifests/"_s + m_digest->toString()});
    QVERIFY(!m_registry->hasManifest(u"a"_s, *m_digest));
}

void TestDeleteManifestJob::explainsRefusals_data()
{
    // protocol 8.6
    QTest::addColumn<TestAnswer>("answer");
    QTest::addColumn<Kind>("kind");
    const auto row = [](const char *name, const TestAnswer &answer, Kind kind) {
        QTest::newRow(name) << answer << kind;
    };
    row("DEL-04 405", {405, R"({"errors":[{"code":"UNSUPPORTED"}]})"}, Kind::Unsupported);
    row("405 in words", {405, "Method not allowed"}, Kind::Unsupported);
    row("400 unsupported", {400, R"({"errors":[{"code":"UNSUPPORTED"}]})"}, Kind::Unsupported);
    row("DEL-21 404", {404, R"({"errors":[{"code":"MANIFEST_UNKNOWN"}]})"}, Kind::NotFound);
    row("403", {403, R"({"errors":[{"code":"DENIED"}]})"}, Kind::Forbidden);
    row("dangling tag", {400, R"({"errors":[{"code":"GOOGLE_MANIFEST_DANGLING_TAG"}]})"},
        Kind::Protocol);
    row("500", {500}, Kind::Protocol);
    // Vendors differ in how they protect a tag.
    row("Quay's", {409, R"({"errors":[{"code":"TAG_IMMUTABLE"}]})"}, Kind::Forbidden);
    row("Harbor's",
        {412, R"({"errors":[{"code":"PRECONDITION","message":"matched rule, immutable"}]})"},
        Kind::Forbidden);
    row("Azure's", {405, R"({"errors":[{"code":"UNSUPPORTED","message":"the tag is locked"}]})"},
        Kind::Forbidden);
}

void TestDeleteManifestJob::explainsRefusals()
{
    QFETCH(TestAnswer, answer);
    m_registry->failNext("DELETE", u"/manifests/"_s, answer, 9);
    const auto result = remove();
    QVERIFY(!result);
    QTEST(result.error().kind, "kind");
    QCOMPARE(result.error().message.contains(u"turned off"_s),
             result.error().kind == Kind::Unsupported);
    QCOMPARE(result.error().message.contains(u"Remove its tags first"_s),
             result.error().serverCode.startsWith(u"GOOGLE"_s));
    const bool isProtected = isProtectedByServer(result.error());
    QCOMPARE(result.error().message.contains(u"Protected by the server"_s), isProtected);
    QCOMPARE(isProtected, QByteArray(QTest::currentDataTag()).endsWith("'s"));
    QCOMPARE(m_registry->requests().size(), qsizetype(1));
    QVERIFY(m_registry->hasManifest(u"a"_s, *m_digest));
}

void TestDeleteManifestJob::saysWhoDeletesInstead()
{
    const Error off{Error::Kind::Unsupported, {}, {}, 405};
    QVERIFY(explainedDeletion(off, u"registry-1.docker.io"_s).message.contains(u"Docker Hub"_s));
    QVERIFY(explainedDeletion(off, u"ghcr.io"_s).message.contains(u"GitHub"_s));
    QVERIFY(explainedDeletion(off, u"reg.lab"_s).message.contains(u"storage.delete.enabled"_s));
    QVERIFY(explainedDeletion(off, u"notdocker.io"_s).message.contains(u"turned off"_s));
}

void TestDeleteManifestJob::tellsAnUnknownRouteFromWhatIsGone_data()
{
    QTest::addColumn<bool>("isThere");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("nobody looked for it") << true << Kind::Unsupported;
    QTest::newRow("it is gone") << false << Kind::NotFound;
}

void TestDeleteManifestJob::tellsAnUnknownRouteFromWhatIsGone()
{
    QFETCH(const bool, isThere);
    if (!isThere)
        QVERIFY(remove());
    m_registry->failNext("DELETE", u"/manifests/"_s, {404, "404 page not found"});
    const auto result = remove();
    QVERIFY(!result);
    QTEST(result.error().kind, "kind");
}

void TestDeleteManifestJob::asksWhatBecameOfALostAnswer_data()
{
    // DEL-14, DEL-17
    QTest::addColumn<bool>("isExecuted");
    QTest::addColumn<QString>("loss");
    for (const bool isExecuted : {true, false}) {
        for (const QString &loss : {u"reset"_s, u"close"_s, u"silence"_s, u"half"_s, u"garbage"_s})
            QTest::addRow("%s, %s", isExecuted ? "done" : "not done", qPrintable(loss))
                << isExecuted << loss;
    }
}

void TestDeleteManifestJob::asksWhatBecameOfALostAnswer()
{
    QFETCH(bool, isExecuted);
    QFETCH(QString, loss);
    FakeRegistry *registry = m_registry.get();
    bool isDeleted = false;
    m_registry->intercept([=, &isDeleted](const TestRequest &request, const TestConnection &c) {
        if (request.method != "DELETE") {
            if (isDeleted)
                c.answer({404, {}, {}, request.method == "HEAD"});
            return isDeleted;
        }
        isDeleted = isExecuted;
        if (loss == u"reset"_s)
            c.reset();
        else if (loss == u"half"_s)
            c.sendRaw("HTTP/1.1 202 Accepted\r\nContent-Length: 5\r\n\r\n");
        else if (loss == u"garbage"_s)
            c.sendRaw("garbage\r\n\r\n");
        if (loss != u"silence"_s)
            c.close();
        return true;
    });
    const auto result = remove();
    QCOMPARE(bool(result), isExecuted);
    if (!result) {
        QCOMPARE(result.error().kind, Kind::Network);
        QVERIFY(result.error().message.contains(u"before"_s));
    }
    // Qt itself repeats what ends without an answer; we do not.
    QVERIFY(registry->count("DELETE") <= (loss == u"garbage"_s ? 6 : 2));
}

void TestDeleteManifestJob::doesNotGuessWhenNobodyTells()
{
    m_registry->intercept([](const TestRequest &, const TestConnection &connection) {
        connection.reset();
        return true;
    });
    const auto result = remove();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Kind::Ambiguous);
}

void TestDeleteManifestJob::doesNotBelieveAWebPage()
{
    // A proxy that asks for a sign-in answers anything with success.
    for (const int status : {200, 204, 300, 304}) {
        m_registry->failNext("DELETE", u"/manifests/"_s,
                             {status, "<html>", {{"Content-Type", "text/html"}}});
        const auto result = remove();
        QVERIFY2(!result || status == 204, QByteArray::number(status).constData());
    }
}

void TestDeleteManifestJob::asksForTheRightToDelete()
{
    QCOMPARE(Scope::remove(*RepositoryName::parse(u"a/b")), u"repository:a/b:pull,delete"_s);
    QCOMPARE(Scope::pull(*RepositoryName::parse(u"a/b")), u"repository:a/b:pull"_s);
    QCOMPARE(Scope::catalog(), u"registry:catalog:*"_s);
}

QTEST_GUILESS_MAIN(TestDeleteManifestJob)
#include "tst_deletemanifestjob.moc"
