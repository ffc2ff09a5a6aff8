// SPDX-License-Identifier: Apache-2.0
#include "support/fakeconnection.h"
#include "support/outcome.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

/// What a registry can do, found out without harm and remembered.
class TestProbeCapabilityJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void tellsWhatTheRegistryCan_data();
    void tellsWhatTheRegistryCan();
    void tellsWhatTheRegistryCannot_data();
    void tellsWhatTheRegistryCannot();
    void decidesNothingWithoutAnAnswer_data();
    void decidesNothingWithoutAnAnswer();
    void remembersTheAnswer();
    void forgetsItWithTheAccount();
    void changesNothing_data();
    void changesNothing();
    void readsNoBlobToItsEnd();
    void needsSomethingToTry();

private:
    [[nodiscard]] CapabilityProbe probeOf(Capability capability) const
    {
        return {capability, m_repository, m_blob};
    }
    [[nodiscard]] Result<Support> find(Capability capability)
    {
        return outcomeOf(m_connection->session.probe(probeOf(capability)));
    }
    static void addAll()
    {
        QTest::addColumn<Capability>("capability");
        QTest::newRow("catalog") << Capability::Catalog;
        QTest::newRow("deletion") << Capability::Deletion;
        QTest::newRow("tag deletion") << Capability::TagDeletion;
        QTest::newRow("referrers") << Capability::Referrers;
        QTest::newRow("range") << Capability::Range;
        QTest::newRow("mount") << Capability::Mount;
    }

    std::unique_ptr<FakeConnection> m_connection;
    const RepositoryName m_repository = *RepositoryName::parse(u"a");
    std::optional<Digest> m_blob;
};

void TestProbeCapabilityJob::init()
{
    m_connection = std::make_unique<FakeConnection>();
    FakeRegistry &registry = m_connection->registry;
    registry.behaviour.canDeleteTags = true;
    m_blob = registry.addBlob(u"a"_s, QByteArray(5'000'000, 'x')).digest;
    registry.intercept([](const TestRequest &request, const TestConnection &connection) {
        if (!request.path().contains(u"/referrers/"_s))
            return false;
        connection.answer({200,
                           R"({"schemaVersion":2,"manifests":[]})",
                           {{"Content-Type", "application/vnd.oci.image.index.v1+json"}}});
        return true;
    });
}

void TestProbeCapabilityJob::tellsWhatTheRegistryCan_data()
{
    addAll();
}

void TestProbeCapabilityJob::tellsWhatTheRegistryCan()
{
    QFETCH(Capability, capability);
    QCOMPARE(m_connection->session.capabilities().of(capability), Support::Unknown);
    const auto support = find(capability);
    QVERIFY2(support, support ? "" : qPrintable(support.error().message));
    QCOMPARE(*support, Support::Yes);
    QCOMPARE(m_connection->session.capabilities().of(capability), Support::Yes);
}

void TestProbeCapabilityJob::tellsWhatTheRegistryCannot_data()
{
    QTest::addColumn<Capability>("capability");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<TestAnswer>("answer");
    const auto row = [](const char *name, Capability capability, const char *method,
                        const TestAnswer &answer) {
        QTest::newRow(name) << capability << QByteArray(method) << answer;
    };
    const TestAnswer page{200, "<html>", {{"Content-Type", "text/html"}}};
    const TestAnswer unsupported = registryRefusal(405, "UNSUPPORTED", "no");
    row("no catalog", Capability::Catalog, "GET", {404, "404 page not found"});
    row("catalog turned off", Capability::Catalog, "GET", unsupported);
    row("catalog for administrators", Capability::Catalog, "GET", {403});
    row("catalog as a page", Capability::Catalog, "GET", page);
    row("deletion turned off", Capability::Deletion, "DELETE", unsupported);
    row("deletion of what was never there", Capability::Deletion, "DELETE", {202});
    row("no right to delete", Capability::Deletion, "DELETE", {403});
    row("no route to a manifest", Capability::Deletion, "DELETE", {404, "404 page not found"});
    row("deletion is a bad request", Capability::Deletion, "DELETE", {400, "no"});
    row("deletion is invalid", Capability::Deletion, "DELETE",
        registryRefusal(400, "DIGEST_INVALID", "no"));
    row("tags only with a digest", Capability::TagDeletion, "DELETE",
        registryRefusal(400, "DIGEST_INVALID", "no"));
    row("tag deletion turned off", Capability::TagDeletion, "DELETE", unsupported);
    row("no route to a tag", Capability::TagDeletion, "DELETE", {404, "404 page not found"});
    row("no referrers", Capability::Referrers, "GET", {404, "404 page not found"});
    row("referrers as a page", Capability::Referrers, "GET", page);
    row("referrers refused", Capability::Referrers, "GET", {405});
    row("the whole instead of a part", Capability::Range, "GET", {200, QByteArray(9, 'x')});
    row("no mount", Capability::Mount, "POST", {202, {}, {{"Location", "/v2/a/blobs/uploads/1"}}});
}

void TestProbeCapabilityJob::tellsWhatTheRegistryCannot()
{
    QFETCH(Capability, capability);
    QFETCH(QByteArray, method);
    QFETCH(TestAnswer, answer);
    m_connection->registry.failNext(method, u"/v2/"_s, answer);
    const auto support = find(capability);
    QVERIFY2(support, support ? "" : qPrintable(support.error().message));
    QCOMPARE(*support, Support::No);
}

void TestProbeCapabilityJob::decidesNothingWithoutAnAnswer_data()
{
    addAll();
}

void TestProbeCapabilityJob::decidesNothingWithoutAnAnswer()
{
    QFETCH(Capability, capability);
    bool isBroken = true;
    m_connection->registry.intercept([&](const TestRequest &, const TestConnection &connection) {
        if (isBroken)
            connection.answer({500});
        return isBroken;
    });
    QVERIFY(!find(capability));
    QCOMPARE(m_connection->session.capabilities().of(capability), Support::Unknown);
    isBroken = false;
    QVERIFY(find(capability));
}

void TestProbeCapabilityJob::remembersTheAnswer()
{
    QVERIFY(find(Capability::Deletion));
    const qsizetype asked = m_connection->registry.requests().size();
    const auto again = find(Capability::Deletion);
    QVERIFY(again && *again == Support::Yes);
    QCOMPARE(m_connection->registry.requests().size(), asked);
}

void TestProbeCapabilityJob::forgetsItWithTheAccount()
{
    QVERIFY(find(Capability::Catalog));
    m_connection->session.setCredentials({u"me"_s, Secret("x")});
    QCOMPARE(m_connection->session.capabilities().of(Capability::Catalog), Support::Unknown);
}

void TestProbeCapabilityJob::changesNothing_data()
{
    addAll();
}

void TestProbeCapabilityJob::changesNothing()
{
    QFETCH(Capability, capability);
    FakeRegistry &registry = m_connection->registry;
    const Digest manifest = registry.addManifest(
        u"a"_s, u"1"_s, R"({"schemaVersion":2,"manifests":[]})", MediaType::ociIndex());
    for (const int mountStatus : {201, 202, 405}) {
        registry.uploads.behaviour.mountStatus = mountStatus;
        (void)outcomeOf(new ProbeCapabilityJob(m_connection->session.client(),
                                               m_connection->session.urls(), probeOf(capability)));
        QTRY_COMPARE(registry.uploads.openCount(), 0);
    }
    QCOMPARE(registry.tags(u"a"_s), QStringList{u"1"_s});
    QVERIFY(registry.hasManifest(u"a"_s, manifest));
    QCOMPARE(registry.blobBytes(u"a"_s, *m_blob).size(), 5'000'000);
}

void TestProbeCapabilityJob::readsNoBlobToItsEnd()
{
    m_connection->registry.intercept(
        [](const TestRequest &request, const TestConnection &connection) {
            if (!request.path().contains(u"/blobs/"_s))
                return false;
            // And never the rest.
            connection.sendRaw("HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\nxxxx");
            return true;
        });
    const auto support = find(Capability::Range);
    QVERIFY(support && *support == Support::No);
}

void TestProbeCapabilityJob::needsSomethingToTry()
{
    for (const Capability capability : {Capability::Range, Capability::Mount}) {
        const auto support = outcomeOf(m_connection->session.probe({capability, m_repository, {}}));
        QVERIFY(!support);
        QCOMPARE(support.error().kind, Error::Kind::InvalidInput);
    }
    QVERIFY(m_connection->registry.requests().isEmpty());
}

QTEST_GUILESS_MAIN(TestProbeCapabilityJob)
#include "tst_probecapabilityjob.moc"
