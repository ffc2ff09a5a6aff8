// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/provetagremovaljob.h"
#include "core/cleanup/tagremovalproof.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/testimages.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

using Finding = TagRemovalProof::Finding;
using Method = TagRemovalProof::Method;
using Placeholder = TagRemoval::Placeholder;

/// How a way to remove tags is proven in a repository that nobody knows the whole of.
class TestProveTagRemovalJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void provesAWayWithAnImageOfItsOwn_data();
    void provesAWayWithAnImageOfItsOwn();
    void provesNothingWhereTagsGoAlong();
    void putsNothingWhereNothingCanBeDeleted();
    void cleansUpWhenTheRegistryTakesOneTagOnly();
    void cleansUpWhenCancelled_data();
    void cleansUpWhenCancelled();
    void tellsWhatACancelledOneLeaves();
    void saysWhatCouldNotBeDeletedAgain();
    void letsATagGoOfWhichNotEverythingIsKnown();
    void letsNoTagGoInAWayThatIsNotProven();
    void putsTheImageBackThatOthersMayNeed();

private:
    [[nodiscard]] RegistrySession &session() { return m_connection->session; }
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }
    /// Of the tag "1", when the tag "2" could not be read.
    [[nodiscard]] TagRemoval removal(Placeholder placeholder) const
    {
        RepositorySnapshot half{m_repository, QDateTime::currentDateTimeUtc(), {}, {}, {}, {}};
        half.tags = {{*Tag::parse(u"1"), m_manifest->descriptor()}};
        half.incomplete = Error{Error::Kind::Timeout, u"slow"_s};
        return {half, *Tag::parse(u"1"), placeholder};
    }
    [[nodiscard]] ProveTagRemovalJob *job(Placeholder placeholder)
    {
        return new ProveTagRemovalJob(session(), removal(placeholder), *m_manifest);
    }
    [[nodiscard]] bool isProven(Method method)
    {
        return TagRemovalProof::of(session()).finding(method, m_repository) == Finding::Proven;
    }
    /// That nothing is there but what was.
    [[nodiscard]] bool isUntouched()
    {
        return registry().tags(u"a"_s) == QStringList{u"1"_s, u"2"_s}
               && registry().hasManifest(u"a"_s, m_manifest->digest);
    }

    std::unique_ptr<FakeConnection> m_connection;
    const RepositoryName m_repository = *RepositoryName::parse(u"a");
    std::optional<Manifest> m_manifest; ///< Of the tags "1" and "2".
};

void TestProveTagRemovalJob::init()
{
    m_connection = std::make_unique<FakeConnection>();
    const QByteArray bytes = TestImages::image(registry(), u"a"_s);
    m_manifest = *parseManifest(bytes, MediaType::ociManifest());
    registry().addManifest(u"a"_s, u"1"_s, bytes, MediaType::ociManifest());
    registry().setTag(u"a"_s, u"2"_s, m_manifest->digest);
}

void TestProveTagRemovalJob::provesAWayWithAnImageOfItsOwn_data()
{
    QTest::addColumn<bool>("canDeleteTags");
    QTest::newRow("by the registry") << true;
    QTest::newRow("by a placeholder") << false;
}

void TestProveTagRemovalJob::provesAWayWithAnImageOfItsOwn()
{
    QFETCH(const bool, canDeleteTags);
    registry().behaviour.canDeleteTags = canDeleteTags;
    const auto proven = outcomeOf<Done>(job(Placeholder::Allowed));
    QVERIFY2(proven, proven ? "" : qPrintable(proven.error().message));
    QVERIFY(isProven(canDeleteTags ? Method::Native : Method::Placeholder));
    QVERIFY(isUntouched());
    for (const TestRequest &request : registry().requests()) {
        if (request.method == "PUT" || request.method == "DELETE")
            QVERIFY2(!request.path().endsWith("/1"_L1) && !request.path().endsWith("/2"_L1),
                     qPrintable(request.path()));
    }
}

void TestProveTagRemovalJob::provesNothingWhereTagsGoAlong()
{
    registry().behaviour.canDeleteTags = true;
    registry().intercept([this](const TestRequest &request, const TestConnection &) {
        const QStringList tags = registry().tags(u"a"_s);
        for (const QString &tag : tags) {
            if (request.method == "DELETE" && request.path().endsWith("-a"_L1)
                && tag.endsWith("-b"_L1))
                registry().removeTag(u"a"_s, tag);
        }
        return false;
    });
    const auto proven = outcomeOf<Done>(job(Placeholder::Never));
    QVERIFY(!proven);
    QCOMPARE(proven.error().kind, Error::Kind::Changed);
    QVERIFY(!isProven(Method::Native));
    QVERIFY(TagRemovalProof::of(session()).objectionTo(Method::Native));
    QVERIFY(isUntouched());
}

void TestProveTagRemovalJob::putsNothingWhereNothingCanBeDeleted()
{
    registry().behaviour.canDelete = false;
    const auto proven = outcomeOf<Done>(job(Placeholder::Allowed));
    QVERIFY(!proven);
    QCOMPARE(proven.error().kind, Error::Kind::Unsupported);
    QCOMPARE(registry().count("PUT"), qsizetype(0));
}

void TestProveTagRemovalJob::cleansUpWhenTheRegistryTakesOneTagOnly()
{
    registry().failNext("PUT", u"-b"_s, registryRefusal(403, "DENIED", "no"), 9);
    const auto proven = outcomeOf<Done>(job(Placeholder::Allowed));
    QVERIFY(!proven);
    QCOMPARE(proven.error().kind, Error::Kind::Forbidden);
    QVERIFY(isUntouched());
}

void TestProveTagRemovalJob::cleansUpWhenCancelled_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path"); // How it ends.
    QTest::addColumn<int>("count"); // Which of these requests.
    QTest::newRow("with one tag") << QByteArray("PUT") << u"-a"_s << 1;
    QTest::newRow("with both tags") << QByteArray("PUT") << u"-b"_s << 1;
    QTest::newRow("when a tag is removed") << QByteArray("DELETE") << u"-a"_s << 1;
    QTest::newRow("when the placeholder is put") << QByteArray("PUT") << u"-a"_s << 2;
    QTest::newRow("when the placeholder is gone") << QByteArray("HEAD") << u"-b"_s << 2;
}

void TestProveTagRemovalJob::cleansUpWhenCancelled()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QString, path);
    QFETCH(int, count);
    ProveTagRemovalJob *proof = job(Placeholder::Allowed);
    registry().intercept([&, proof](const TestRequest &request, const TestConnection &) {
        if (request.method == method && request.path().endsWith(path) && --count == 0)
            proof->cancel();
        return false;
    });
    QVERIFY(!outcomeOf<Done>(proof));
    QVERIFY(count <= 0);
    QTRY_VERIFY(!session().unownedJob());
    QVERIFY(isUntouched());
}

void TestProveTagRemovalJob::tellsWhatACancelledOneLeaves()
{
    ProveTagRemovalJob *proof = job(Placeholder::Allowed);
    QStringList told;
    proof->setReport([&told](const QString &left) { told.append(left); });
    bool isCancelled = false;
    registry().intercept([&, proof](const TestRequest &request, const TestConnection &connection) {
        if (std::exchange(isCancelled, isCancelled || request.path().endsWith("-b"_L1))) {
            connection.answer({403}); // From now on.
            return true;
        }
        if (isCancelled)
            proof->cancel();
        return false;
    });
    QVERIFY(!outcomeOf<Done>(proof));
    QTRY_COMPARE(told.size(), qsizetype(1));
    const QStringList tags = registry().tags(u"a"_s);
    QCOMPARE(tags.size(), qsizetype(4));
    for (const QString &tag : tags)
        QVERIFY(!tag.startsWith("longshore-probe-"_L1) || told.first().contains(tag));
    QCOMPARE(told.first().count("longshore-probe-"_L1), qsizetype(2));
}

void TestProveTagRemovalJob::saysWhatCouldNotBeDeletedAgain()
{
    registry().behaviour.canDeleteTags = true;
    registry().intercept([this](const TestRequest &request, const TestConnection &connection) {
        if (request.method != "DELETE" || registry().count("PUT") == 0
            || !request.path().contains("sha256:"_L1))
            return false;
        connection.answer({403});
        return true;
    });
    const auto proven = outcomeOf<Done>(job(Placeholder::Never));
    QVERIFY(!proven);
    QVERIFY2(proven.error().message.contains("longshore-probe-"_L1),
             qPrintable(proven.error().message));
}

void TestProveTagRemovalJob::letsATagGoOfWhichNotEverythingIsKnown()
{
    registry().behaviour.canDeleteTags = true;
    const auto early = outcomeOf(new RemoveTagJob(session(), removal(Placeholder::Allowed)));
    QVERIFY(!early);
    QCOMPARE(early.error().kind, Error::Kind::Timeout);
    QVERIFY(outcomeOf<Done>(job(Placeholder::Allowed)));
    const auto removed = outcomeOf(new RemoveTagJob(session(), removal(Placeholder::Allowed)));
    QVERIFY2(removed, removed ? "" : qPrintable(removed.error().message));
    QCOMPARE(registry().tags(u"a"_s), QStringList{u"2"_s});
}

void TestProveTagRemovalJob::letsNoTagGoInAWayThatIsNotProven()
{
    // By a placeholder is proven; the registry has learned to remove tags itself since.
    QVERIFY(outcomeOf<Done>(job(Placeholder::Allowed)));
    QVERIFY(isProven(Method::Placeholder));
    const auto never = outcomeOf(new RemoveTagJob(session(), removal(Placeholder::Never)));
    QVERIFY(!never);
    QCOMPARE(never.error().kind, Error::Kind::Timeout);
    TagRemovalProof::of(session()).note(Method::Native, m_repository, Finding::Unknown,
                                        session().signInNumber());
    registry().behaviour.canDeleteTags = true;
    const auto removed = outcomeOf(new RemoveTagJob(session(), removal(Placeholder::Allowed)));
    QVERIFY2(removed, removed ? "" : qPrintable(removed.error().message));
    QCOMPARE(removed->method, Method::Placeholder);
}

void TestProveTagRemovalJob::putsTheImageBackThatOthersMayNeed()
{
    registry().behaviour.canDeleteTags = true;
    QVERIFY(outcomeOf<Done>(job(Placeholder::Never)));
    registry().intercept([this](const TestRequest &request, const TestConnection &connection) {
        if (request.method != "DELETE")
            return false;
        TestRequest whole = request;
        whole.target = "/v2/a/manifests/" + m_manifest->digest.toString().toLatin1();
        registry().answerNormally(whole, connection);
        return true;
    });
    const auto removed = outcomeOf(new RemoveTagJob(session(), removal(Placeholder::Never)));
    QVERIFY(!removed);
    QVERIFY2(removed.error().message.contains("the image"_L1), qPrintable(removed.error().message));
    QVERIFY(removed.error().message.contains("may be gone"_L1)); // As "2" is, which nobody knew.
    QVERIFY(registry().tags(u"a"_s).contains(u"1"_s));
    QVERIFY(registry().hasManifest(u"a"_s, m_manifest->digest));
}

QTEST_GUILESS_MAIN(TestProveTagRemovalJob)
#include "tst_provetagremovaljob.moc"
