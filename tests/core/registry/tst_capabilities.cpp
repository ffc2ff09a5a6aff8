// SPDX-License-Identifier: Apache-2.0
#include "core/registry/capabilities.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"

#include <QSignalSpy>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestCapabilities : public QObject
{
    Q_OBJECT

private slots:
    void tellsHintsFromWhatIsProven();
    void isRecalledAsHints();
    void recallsNothingThatIsWorthNothing_data();
    void recallsNothingThatIsWorthNothing();
    void anOldRefusalKeepsNobodyFromAsking();
    void notesWhatBecomesOfMounts();
    void notesWhatBecomesOfDeletions();
    void saysNothingOfAllWhereOneIsProtected();
    void saysWhenSomethingIsNew();
    void believesNoAnswerToTheAccountBefore_data();
    void believesNoAnswerToTheAccountBefore();
};

void TestCapabilities::tellsHintsFromWhatIsProven()
{
    RegistryCapabilities known;
    QCOMPARE(known.of(Capability::Mount), Support::Unknown);
    QVERIFY(!known.learnt(Capability::Mount).isValid());
    known.hint(Capability::Mount, Support::No);
    QCOMPARE(known.of(Capability::Mount), Support::No);
    QCOMPARE(known.proven(Capability::Mount), Support::Unknown);
    QVERIFY(known.learnt(Capability::Mount).isValid());
    known.note(Capability::Mount, Support::Yes);
    known.hint(Capability::Mount, Support::No);
    QCOMPARE(known.of(Capability::Mount), Support::Yes);
    QCOMPARE(known.proven(Capability::Mount), Support::Yes);
}

void TestCapabilities::isRecalledAsHints()
{
    RegistryCapabilities before;
    before.note(Capability::Catalog, Support::Yes);
    before.note(Capability::TagDeletion, Support::No);
    RegistryCapabilities after;
    after.note(Capability::TagDeletion, Support::Yes);
    after.recall(before.toJson());
    QCOMPARE(after.of(Capability::Catalog), Support::Yes);
    QCOMPARE(after.proven(Capability::Catalog), Support::Unknown);
    QCOMPARE(after.of(Capability::TagDeletion), Support::Yes); // This session knows better.
    QCOMPARE(after.of(Capability::Range), Support::Unknown);
    // What was a hint only gets older by being kept.
    QCOMPARE(after.toJson()[u"catalog"_s], before.toJson()[u"catalog"_s]);
}

void TestCapabilities::recallsNothingThatIsWorthNothing_data()
{
    const auto row = [](const char *name, const QJsonValue &support, const QString &learnt,
                        Support expected) {
        QTest::newRow(name) << QJsonObject{{u"support"_s, support}, {u"learnt"_s, learnt}}
                            << expected;
    };
    QTest::addColumn<QJsonObject>("finding");
    QTest::addColumn<Support>("expected");
    row("of yesterday", false, u"2026-05-30T12:00:00Z"_s, Support::No);
    row("just good enough", true, u"2026-05-01T12:00:00Z"_s, Support::Yes);
    row("too old", false, u"2026-04-30T12:00:00Z"_s, Support::Unknown);
    row("from the future", false, u"2026-06-01T12:00:00Z"_s, Support::Unknown);
    row("of no time", false, u"yesterday"_s, Support::Unknown);
    row("no answer", u"no"_s, u"2026-05-30T12:00:00Z"_s, Support::Unknown);
}

void TestCapabilities::recallsNothingThatIsWorthNothing()
{
    QFETCH(const QJsonObject, finding);
    RegistryCapabilities known;
    known.recall({{u"deletion"_s, finding}, {u"unheard of"_s, finding}, {u"mount"_s, 3}},
                 QDateTime::fromString(u"2026-05-31T12:00:00Z"_s, Qt::ISODate));
    QTEST(known.of(Capability::Deletion), "expected");
    QCOMPARE(known.of(Capability::Mount), Support::Unknown);
}

void TestCapabilities::anOldRefusalKeepsNobodyFromAsking()
{
    RegistryCapabilities earlier;
    for (const auto capability : {Capability::Catalog, Capability::Referrers, Capability::Deletion})
        earlier.note(capability, Support::No);
    FakeConnection connection;
    RegistrySession &session = connection.session;
    session.recallCapabilities(earlier.toJson());
    QCOMPARE(session.capabilities().of(Capability::Catalog), Support::No);
    const auto catalog = outcomeOf(session.probe({Capability::Catalog}));
    QVERIFY(catalog && *catalog == Support::Yes);
    const auto repository = *RepositoryName::parse(u"a");
    const auto deletion = outcomeOf(session.probe({Capability::Deletion, repository}));
    QVERIFY(deletion && *deletion == Support::Yes);
    QVERIFY(outcomeOf(session.listReferrers(repository, Digest::ofBytes("x"))));
    QCOMPARE(connection.registry.count("GET", u"/referrers/"_s), 1);
    QCOMPARE(session.capabilities().proven(Capability::Catalog), Support::Yes);
    // And of another account nothing is known.
    session.setCredentials({u"me"_s, Secret("x")});
    QCOMPARE(session.capabilities().of(Capability::Catalog), Support::Unknown);
}

void TestCapabilities::notesWhatBecomesOfMounts()
{
    FakeConnection connection;
    RegistrySession &session = connection.session;
    const auto mount = [&](bool namesSource) {
        const StartUploadJob::Mount wanted{
            Digest::ofBytes("x"), namesSource ? RepositoryName::parse(u"from") : std::nullopt};
        return outcomeOf(session.startUpload(*RepositoryName::parse(u"a"), wanted));
    };
    QVERIFY(outcomeOf(session.startUpload(*RepositoryName::parse(u"a"))));
    QVERIFY(mount(false)); // Hardly any registry looks for the blob by itself.
    QCOMPARE(session.capabilities().of(Capability::Mount), Support::Unknown);
    QVERIFY(mount(true)); // "from" does not have it, or keeps it to itself.
    QCOMPARE(session.capabilities().of(Capability::Mount), Support::No);
    QCOMPARE(session.capabilities().proven(Capability::Mount), Support::Unknown);
    connection.registry.addBlob(u"from"_s, "x");
    connection.registry.failNext("POST", u"/uploads/"_s,
                                 {201, {}, {{"Location", "/v2/a/blobs/x"}}});
    const auto mounted = mount(true);
    QVERIFY(mounted && mounted->isMounted);
    QCOMPARE(session.capabilities().proven(Capability::Mount), Support::Yes);
    connection.registry.removeRepository(u"from"_s);
    QVERIFY(mount(true));
    QCOMPARE(session.capabilities().of(Capability::Mount), Support::Yes);
}

void TestCapabilities::notesWhatBecomesOfDeletions()
{
    FakeConnection connection;
    const RepositoryName repository = *RepositoryName::parse(u"a");
    const RegistryCapabilities &known = connection.session.capabilities();
    const Digest digest = connection.registry.addManifest(
        u"a"_s, u"1"_s, R"({"schemaVersion":2,"manifests":[]})", MediaType::ociIndex());
    const auto removeImage = [&] {
        return bool(outcomeOf(connection.session.deleteManifest(repository, digest)));
    };
    const QSignalSpy news(&connection.session, &RegistrySession::capabilitiesChanged);
    connection.registry.behaviour.canDelete = false;
    QVERIFY(!removeImage());
    QCOMPARE(known.of(Capability::Deletion), Support::No);
    QCOMPARE(known.proven(Capability::Deletion), Support::Unknown); // It may be about this alone.
    QVERIFY(!removeImage());
    QCOMPARE(news.size(), 1);
    QVERIFY(!outcomeOf(connection.session.deleteTag(repository, *Tag::parse(u"1"))));
    QCOMPARE(known.of(Capability::TagDeletion), Support::No);
    connection.registry.behaviour.canDelete = true;
    QVERIFY(removeImage());
    QCOMPARE(known.of(Capability::Deletion), Support::Unknown); // It does not refuse any more.
    QVERIFY(!removeImage()); // It is gone.
    QCOMPARE(known.of(Capability::Deletion), Support::Unknown);
    QCOMPARE(news.size(), 3);
}

void TestCapabilities::saysNothingOfAllWhereOneIsProtected()
{
    FakeConnection connection;
    connection.registry.failNext("DELETE", u"/manifests/"_s,
                                 registryRefusal(405, "UNSUPPORTED", "the tag is locked"));
    QVERIFY(!outcomeOf(
        connection.session.deleteManifest(*RepositoryName::parse(u"a"), Digest::ofBytes("x"))));
    QCOMPARE(connection.session.capabilities().of(Capability::Deletion), Support::Unknown);
}

void TestCapabilities::saysWhenSomethingIsNew()
{
    FakeConnection connection;
    const QSignalSpy news(&connection.session, &RegistrySession::capabilitiesChanged);
    QVERIFY(outcomeOf(connection.session.listRepositories()));
    QCOMPARE(news.size(), 1);
    QVERIFY(outcomeOf(connection.session.listRepositories()));
    QCOMPARE(news.size(), 1);
    connection.registry.behaviour.catalogStatus = 405;
    QVERIFY(!outcomeOf(connection.session.listRepositories()));
    QCOMPARE(news.size(), 2);
}

void TestCapabilities::believesNoAnswerToTheAccountBefore_data()
{
    QTest::addColumn<FoundCredentials>("account");
    const Credentials me{u"me"_s, Secret("x")};
    QTest::newRow("for the registry") << FoundCredentials{me};
    QTest::newRow("for a part of it") << FoundCredentials{{}, {}, {}, {{u"a"_s, me}}};
    QTest::newRow("nobody any more") << FoundCredentials();
}

void TestCapabilities::believesNoAnswerToTheAccountBefore()
{
    QFETCH(const FoundCredentials, account);
    FakeConnection connection;
    RegistrySession &session = connection.session;
    session.setAccount({{}, {}, {}, {{u"other"_s, {u"other"_s, Secret("x")}}}});
    const RepositoryName repository = *RepositoryName::parse(u"a");
    connection.registry.addBlob(u"from"_s, "x");
    connection.registry.intercept([&](const TestRequest &, const TestConnection &) {
        session.setAccount(account);
        return false;
    });
    const StartUploadJob::Mount mount{Digest::ofBytes("x"), RepositoryName::parse(u"from")};
    QVERIFY(outcomeOf(session.listRepositories()));
    QVERIFY(outcomeOf(session.probe({Capability::Deletion, repository})));
    QVERIFY(outcomeOf(session.listReferrers(repository, Digest::ofBytes("x"))));
    QVERIFY(outcomeOf(session.startUpload(repository, mount)));
    for (const auto capability :
         {Capability::Catalog, Capability::Deletion, Capability::Referrers, Capability::Mount})
        QCOMPARE(session.capabilities().of(capability), Support::Unknown);
}

QTEST_GUILESS_MAIN(TestCapabilities)
#include "tst_capabilities.moc"
