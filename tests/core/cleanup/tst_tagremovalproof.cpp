// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/tagremovalproof.h"
#include "core/cleanup/takesnapshotjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/tagsalong.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

/// What removals of tags in one session know from those before.
class TestTagRemovalProof : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void belongsToASession();
    void triesNoMoreWhereTagsWentAlong();
    void triesNothingWhereTagsWentAlongMeanwhile();
    void takesTheOtherWayWhereTagsWentAlong();
    void looksAtEveryTagTheFirstTime_data();
    void looksAtEveryTagTheFirstTime();
    void provesAWayOnceForARepository();
    void noticesThatAProvenWayTookTheImage();
    void provesNothingWithoutAWitness();
    void provesAnewForAnotherAccount_data();
    void provesAnewForAnotherAccount();
    void takesNoProofFromTheAccountBefore_data();
    void takesNoProofFromTheAccountBefore();
    void forgetsEveryProofOfTheAccountBefore_data();
    void forgetsEveryProofOfTheAccountBefore();
    void staysBlockedForAnotherAccount();
    void leavesWhatSomebodyElseRemoved_data();
    void leavesWhatSomebodyElseRemoved();
    void removesNothingWhileASiblingIsUnread();

private:
    using Placeholder = TagRemoval::Placeholder;

    static void addAccounts()
    {
        const Credentials anna{u"anna"_s, Secret("x")};
        QTest::addColumn<FoundCredentials>("account");
        QTest::newRow("for the registry") << FoundCredentials{anna};
        QTest::newRow("for a part of it") << FoundCredentials{{}, {}, {}, {{u"a"_s, anna}}};
    }

    [[nodiscard]] RepositorySnapshot snapshot(const QString &repository = u"a"_s)
    {
        return *outcomeOf(
            new TakeSnapshotJob(m_connection->session, *RepositoryName::parse(repository)));
    }
    Result<RemovedTag> remove(Placeholder placeholder, const QString &tag = u"1"_s)
    {
        return outcomeOf(
            new RemoveTagJob(m_connection->session, {snapshot(), *Tag::parse(tag), placeholder}));
    }

    std::unique_ptr<FakeConnection> m_connection;
    FakeRegistry *m_registry = nullptr;
    const QByteArray m_bytes = R"({"schemaVersion":2,"manifests":[]})";
    const Digest m_digest = Digest::ofBytes(m_bytes);
};

void TestTagRemovalProof::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_registry = &m_connection->registry;
    m_registry->addManifest(u"a"_s, u"1"_s, m_bytes, MediaType::ociIndex());
    m_registry->setTag(u"a"_s, u"2"_s, m_digest);
    m_registry->setTag(u"a"_s, u"3"_s, m_digest);
}

void TestTagRemovalProof::belongsToASession()
{
    using Method = TagRemovalProof::Method;
    const RepositoryName a = *RepositoryName::parse(u"a");
    FakeConnection other;
    TagRemovalProof::of(m_connection->session)
        .note(Method::Native, a, TagRemovalProof::Finding::Proven,
              m_connection->session.signInNumber());
    TagRemovalProof &proof = TagRemovalProof::of(m_connection->session);
    QCOMPARE(proof.finding(Method::Native, a), TagRemovalProof::Finding::Proven);
    QCOMPARE(proof.finding(Method::Placeholder, a), TagRemovalProof::Finding::Unknown);
    QCOMPARE(proof.finding(Method::Native, *RepositoryName::parse(u"b")),
             TagRemovalProof::Finding::Unknown);
    QCOMPARE(TagRemovalProof::of(other.session).finding(Method::Native, a),
             TagRemovalProof::Finding::Unknown);
}

void TestTagRemovalProof::triesNoMoreWhereTagsWentAlong()
{
    m_registry->behaviour.canDeleteTags = true;
    takeTagsAlong(*m_registry, {u"2"_s});
    QVERIFY(!remove(Placeholder::Never));
    const qsizetype before = m_registry->count("DELETE");
    const auto removed = remove(Placeholder::Never);
    QVERIFY(!removed);
    QCOMPARE(removed.error().kind, Error::Kind::Policy);
    QVERIFY2(removed.error().message.contains(u'2'), qPrintable(removed.error().message));
    QCOMPARE(m_registry->count("DELETE"), before);
}

/// Another removal in the same session was quicker.
void TestTagRemovalProof::triesNothingWhereTagsWentAlongMeanwhile()
{
    m_registry->behaviour.canDeleteTags = true;
    m_registry->intercept([this](const TestRequest &request, const TestConnection &) {
        if (request.method == "GET" && request.path().endsWith("/manifests/1"_L1))
            TagRemovalProof::of(m_connection->session)
                .block(TagRemovalProof::Method::Native, u"2"_s);
        return false;
    });
    const auto removed = remove(Placeholder::Never);
    QVERIFY(!removed);
    QCOMPARE(removed.error().kind, Error::Kind::Policy);
    QCOMPARE(m_registry->count("DELETE"), qsizetype(0));
}

void TestTagRemovalProof::takesTheOtherWayWhereTagsWentAlong()
{
    m_registry->behaviour.canDeleteTags = true;
    takeTagsAlong(*m_registry, {u"2"_s});
    QVERIFY(!remove(Placeholder::Never));
    m_registry->forgetInterceptors();
    const auto removed = remove(Placeholder::Allowed);
    QVERIFY2(removed, removed ? "" : qPrintable(removed.error().message));
    QCOMPARE(removed->method, RemovedTag::Method::Placeholder);
    QCOMPARE(m_registry->tags(u"a"_s), QStringList({u"2"_s, u"3"_s}));
}

void TestTagRemovalProof::looksAtEveryTagTheFirstTime_data()
{
    QTest::addColumn<bool>("canDeleteTags");
    QTest::newRow("by the registry") << true;
    QTest::newRow("by a placeholder") << false;
}

void TestTagRemovalProof::looksAtEveryTagTheFirstTime()
{
    // The manifest stays, so that only a look at the tag itself tells.
    QFETCH(const bool, canDeleteTags);
    m_registry->behaviour.canDeleteTags = canDeleteTags;
    takeTagsAlong(*m_registry, {u"3"_s});
    const auto removed = remove(Placeholder::Allowed);
    QVERIFY(!removed);
    QCOMPARE(removed.error().kind, Error::Kind::Changed);
    QCOMPARE(m_registry->tags(u"a"_s).size(), qsizetype(3));
}

void TestTagRemovalProof::provesAWayOnceForARepository()
{
    QVERIFY(remove(Placeholder::Allowed));
    // DELETE of the tag, of what does not exist, and of the placeholder.
    QCOMPARE(m_registry->count("DELETE"), qsizetype(3));
    QVERIFY(remove(Placeholder::Allowed, u"2"_s));
    QCOMPARE(m_registry->count("DELETE"), qsizetype(4));
    QCOMPARE(m_registry->tags(u"a"_s), QStringList{u"3"_s});
    // In another repository other rights may apply.
    m_registry->addManifest(u"b"_s, u"1"_s, m_bytes, MediaType::ociIndex());
    m_registry->setTag(u"b"_s, u"2"_s, m_digest);
    QVERIFY(outcomeOf(new RemoveTagJob(
        m_connection->session, {snapshot(u"b"_s), *Tag::parse(u"1"), Placeholder::Allowed})));
    QCOMPARE(m_registry->count("DELETE"), qsizetype(7));
}

void TestTagRemovalProof::noticesThatAProvenWayTookTheImage()
{
    m_registry->behaviour.canDeleteTags = true;
    m_registry->setTag(u"a"_s, u"4"_s, m_digest);
    QVERIFY(remove(Placeholder::Never, u"4"_s));
    m_registry->intercept([&](const TestRequest &request, const TestConnection &connection) {
        if (request.method != "DELETE")
            return false;
        TestRequest whole = request;
        whole.target = "/v2/a/manifests/" + m_digest.toString().toLatin1();
        m_registry->answerNormally(whole, connection);
        return true;
    });
    const auto removed = remove(Placeholder::Never);
    QVERIFY(!removed);
    QCOMPARE(removed.error().kind, Error::Kind::Changed);
    QCOMPARE(m_registry->tags(u"a"_s), QStringList({u"1"_s, u"2"_s, u"3"_s}));
    QVERIFY(m_registry->hasManifest(u"a"_s, m_digest));
}

void TestTagRemovalProof::provesNothingWithoutAWitness()
{
    for (const QString &tag : {u"2"_s, u"3"_s})
        m_registry->removeTag(u"a"_s, tag);
    QVERIFY(remove(Placeholder::Allowed));
    m_registry->addManifest(u"a"_s, u"1"_s, m_bytes, MediaType::ociIndex());
    m_registry->setTag(u"a"_s, u"2"_s, m_digest);
    takeTagsAlong(*m_registry, {u"2"_s});
    QVERIFY(!remove(Placeholder::Allowed));
}

void TestTagRemovalProof::provesAnewForAnotherAccount_data()
{
    addAccounts();
}

void TestTagRemovalProof::provesAnewForAnotherAccount()
{
    QFETCH(const FoundCredentials, account);
    m_registry->behaviour.canDeleteTags = true;
    QVERIFY(remove(Placeholder::Never));
    m_connection->session.setAccount(account);
    // For this one the registry deletes the tag "3" as well, and the image stays.
    takeTagsAlong(*m_registry, {u"3"_s});
    m_registry->setTag(u"a"_s, u"4"_s, m_digest);
    const auto removed = remove(Placeholder::Never, u"2"_s);
    QVERIFY(!removed);
    QCOMPARE(removed.error().kind, Error::Kind::Changed);
    QCOMPARE(m_registry->tags(u"a"_s), QStringList({u"2"_s, u"3"_s, u"4"_s}));
}

void TestTagRemovalProof::takesNoProofFromTheAccountBefore_data()
{
    addAccounts();
}

void TestTagRemovalProof::takesNoProofFromTheAccountBefore()
{
    QFETCH(const FoundCredentials, account);
    using Method = TagRemovalProof::Method;
    const RepositoryName a = *RepositoryName::parse(u"a");
    m_registry->behaviour.canDeleteTags = true;
    m_registry->intercept([&](const TestRequest &request, const TestConnection &) {
        if (request.method == "DELETE")
            m_connection->session.setAccount(account);
        return false;
    });
    QVERIFY(remove(Placeholder::Never));
    QCOMPARE(TagRemovalProof::of(m_connection->session).finding(Method::Native, a),
             TagRemovalProof::Finding::Unknown);
}

void TestTagRemovalProof::forgetsEveryProofOfTheAccountBefore_data()
{
    addAccounts();
}

void TestTagRemovalProof::forgetsEveryProofOfTheAccountBefore()
{
    QFETCH(const FoundCredentials, account);
    using Method = TagRemovalProof::Method;
    using Finding = TagRemovalProof::Finding;
    const RepositoryName a = *RepositoryName::parse(u"a");
    RegistrySession &session = m_connection->session;
    TagRemovalProof &proof = TagRemovalProof::of(session);
    proof.note(Method::Native, a, Finding::Proven, session.signInNumber());
    session.setAccount(account);
    proof.note(Method::Native, *RepositoryName::parse(u"b"), Finding::Proven,
               session.signInNumber());
    QCOMPARE(proof.finding(Method::Native, a), Finding::Unknown);
}

void TestTagRemovalProof::staysBlockedForAnotherAccount()
{
    m_registry->behaviour.canDeleteTags = true;
    takeTagsAlong(*m_registry, {u"2"_s});
    QVERIFY(!remove(Placeholder::Never));
    m_connection->session.setCredentials({u"anna"_s, Secret("x")});
    QCOMPARE(remove(Placeholder::Never).error().kind, Error::Kind::Policy);
}

void TestTagRemovalProof::leavesWhatSomebodyElseRemoved_data()
{
    QTest::addColumn<bool>("canDeleteTags");
    QTest::newRow("by the registry") << true;
    QTest::newRow("by a placeholder") << false;
}

void TestTagRemovalProof::leavesWhatSomebodyElseRemoved()
{
    QFETCH(const bool, canDeleteTags);
    m_registry->behaviour.canDeleteTags = canDeleteTags;
    const TagRemoval removal{snapshot(), *Tag::parse(u"1"), Placeholder::Allowed};
    m_registry->removeTag(u"a"_s, u"2"_s);
    const auto removed = outcomeOf(new RemoveTagJob(m_connection->session, removal));
    QVERIFY2(removed, removed ? "" : qPrintable(removed.error().message));
    QCOMPARE(m_registry->tags(u"a"_s), QStringList{u"3"_s});
    QVERIFY(!TagRemovalProof::of(m_connection->session).objectionTo(removed->method));
}

void TestTagRemovalProof::removesNothingWhileASiblingIsUnread()
{
    m_registry->behaviour.canDeleteTags = true;
    const TagRemoval removal{snapshot(), *Tag::parse(u"1"), Placeholder::Never};
    m_registry->failNext("HEAD", u"/manifests/2"_s, {500}, 100);
    const auto removed = outcomeOf(new RemoveTagJob(m_connection->session, removal));
    QVERIFY(!removed);
    QCOMPARE(removed.error().httpStatus, 500);
    QCOMPARE(m_registry->count("DELETE"), qsizetype(0));
}

QTEST_GUILESS_MAIN(TestTagRemovalProof)
#include "tst_tagremovalproof.moc"
