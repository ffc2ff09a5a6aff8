// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/displacetagjob.h"
#include "core/cleanup/removetagjob.h"
#include "core/cleanup/takesnapshotjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/tagsalong.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestRemoveTagJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void removesNothingButTheTag();
    void usesNoPlaceholderUnlessAllowed();
    void usesAPlaceholderWhereThatIsAllowed();
    void putsNoPlaceholderWhereNothingCanBeDeleted();
    void putsTheImageBackWhenThePlaceholderStays();
    void putsTheImageBackWhenCancelled();
    void touchesNoTagThatWasMoved();
    void removesNoTagThatMovesWhileItLooks();
    void putsBackSiblingsThatWentToo();
    void putsBackNothingThatSomebodyMoved();
    void putsNothingOverWhatSomebodyHasPutThere();
    void putsBackTheImageThatAnIndexNeeds();
    void saysWhatCouldNotBePutBack();
    void believesNoTagIsGoneThatIsThere();
    void removesNothingAfterAnIncompleteLook();
    void makesEveryPlaceholderUnlikeTheOthers();

private:
    [[nodiscard]] RepositorySnapshot snapshot()
    {
        return *outcomeOf(new TakeSnapshotJob(m_connection->session, m_repository));
    }
    [[nodiscard]] RemoveTagJob *job(TagRemoval::Placeholder placeholder)
    {
        return new RemoveTagJob(m_connection->session,
                                {snapshot(), *Tag::parse(u"1"), placeholder});
    }
    Result<RemovedTag> remove(TagRemoval::Placeholder placeholder)
    {
        return outcomeOf(job(placeholder));
    }
    /// What the tag "1" points to.
    [[nodiscard]] std::optional<Digest> current()
    {
        const auto found = outcomeOf(m_connection->session.resolve(m_repository, *Tag::parse(u"1"),
                                                                   Session::Priority::Interactive));
        return found ? std::optional(found->digest) : std::nullopt;
    }

    std::unique_ptr<FakeConnection> m_connection;
    FakeRegistry *m_registry = nullptr;
    const RepositoryName m_repository = *RepositoryName::parse(u"a");
    const QByteArray m_bytes = R"({"schemaVersion":2,"manifests":[]})";
    const Digest m_digest = Digest::ofBytes(m_bytes);
};

void TestRemoveTagJob::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_registry = &m_connection->registry;
    m_registry->addManifest(u"a"_s, u"1"_s, m_bytes, MediaType::ociIndex());
    m_registry->setTag(u"a"_s, u"2"_s, m_digest);
    m_registry->setTag(u"a"_s, u"3"_s, m_digest);
}

void TestRemoveTagJob::removesNothingButTheTag()
{
    m_registry->behaviour.canDeleteTags = true;
    const auto removed = remove(TagRemoval::Placeholder::Never);
    QVERIFY2(removed, removed ? "" : qPrintable(removed.error().message));
    QCOMPARE(removed->digest, m_digest);
    QCOMPARE(removed->method, RemovedTag::Method::Native);
    QCOMPARE(m_registry->tags(u"a"_s), QStringList({u"2"_s, u"3"_s}));
    QCOMPARE(m_registry->count("PUT"), 0);
}

void TestRemoveTagJob::usesNoPlaceholderUnlessAllowed()
{
    const auto removed = remove(TagRemoval::Placeholder::Never);
    QVERIFY(!removed);
    QCOMPARE(removed.error().kind, Error::Kind::Unsupported);
    QCOMPARE(m_registry->count("PUT"), 0);
    QCOMPARE(m_registry->tags(u"a"_s).size(), 3);
}

void TestRemoveTagJob::usesAPlaceholderWhereThatIsAllowed()
{
    const auto removed = remove(TagRemoval::Placeholder::Allowed);
    QVERIFY2(removed, removed ? "" : qPrintable(removed.error().message));
    QCOMPARE(removed->method, RemovedTag::Method::Placeholder);
    QCOMPARE(m_registry->tags(u"a"_s), QStringList({u"2"_s, u"3"_s}));
    QVERIFY(m_registry->hasManifest(u"a"_s, m_digest));
}

void TestRemoveTagJob::putsNoPlaceholderWhereNothingCanBeDeleted()
{
    m_registry->behaviour.canDelete = false;
    const auto removed = remove(TagRemoval::Placeholder::Allowed);
    QVERIFY(!removed);
    QCOMPARE(removed.error().kind, Error::Kind::Unsupported);
    QCOMPARE(m_registry->count("PUT"), 0);
}

void TestRemoveTagJob::putsTheImageBackWhenThePlaceholderStays()
{
    m_registry->intercept([&](const TestRequest &request, const TestConnection &connection) {
        if (request.method != "DELETE" || m_registry->count("PUT") == 0)
            return false;
        connection.answer({403});
        return true;
    });
    const auto removed = remove(TagRemoval::Placeholder::Allowed);
    QVERIFY(!removed);
    QCOMPARE(removed.error().kind, Error::Kind::Forbidden);
    QCOMPARE(current(), std::optional(m_digest));
}

void TestRemoveTagJob::putsTheImageBackWhenCancelled()
{
    RemoveTagJob *removal = job(TagRemoval::Placeholder::Allowed);
    m_registry->intercept([&](const TestRequest &request, const TestConnection &) {
        const bool isPlaceholder = request.method == "DELETE" && m_registry->count("PUT") == 1;
        if (isPlaceholder)
            removal->cancel();
        return isPlaceholder; // It is neither carried out nor answered.
    });
    const auto removed = outcomeOf(removal);
    QVERIFY(!removed);
    QCOMPARE(removed.error().kind, Error::Kind::Cancelled);
    QVERIFY(m_connection->session.unownedJob());
    QTRY_VERIFY(!m_connection->session.unownedJob());
    QCOMPARE(current(), std::optional(m_digest));
}

void TestRemoveTagJob::touchesNoTagThatWasMoved()
{
    RemoveTagJob *removal = job(TagRemoval::Placeholder::Allowed);
    m_registry->addManifest(u"a"_s, u"1"_s, m_bytes + ' ', MediaType::ociIndex());
    const auto removed = outcomeOf(removal);
    QVERIFY(!removed);
    QCOMPARE(removed.error().kind, Error::Kind::Changed);
    QCOMPARE(m_registry->count("DELETE") + m_registry->count("PUT"), 0);
}

void TestRemoveTagJob::removesNoTagThatMovesWhileItLooks()
{
    m_registry->behaviour.canDeleteTags = true;
    RemoveTagJob *removal = job(TagRemoval::Placeholder::Never);
    m_registry->intercept([this](const TestRequest &request, const TestConnection &) {
        if (request.path().endsWith("/manifests/2"_L1))
            m_registry->addManifest(u"a"_s, u"1"_s, m_bytes + '\n', MediaType::ociIndex());
        return false;
    });
    QVERIFY(!outcomeOf(removal));
    QCOMPARE(m_registry->count("DELETE"), qsizetype(0));
}

void TestRemoveTagJob::putsBackSiblingsThatWentToo()
{
    // It says that it removes tags alone, and deletes the manifest with all of them.
    m_registry->intercept([&](const TestRequest &request, const TestConnection &connection) {
        if (request.method != "DELETE")
            return false;
        for (const auto *tag : {"1", "2", "3"})
            m_registry->removeTag(u"a"_s, QString::fromLatin1(tag));
        connection.answer({202});
        return true;
    });
    const auto removed = remove(TagRemoval::Placeholder::Allowed);
    QVERIFY(!removed);
    QCOMPARE(removed.error().kind, Error::Kind::Changed);
    QVERIFY(removed.error().message.contains("nothing was removed"_L1));
    QCOMPARE(m_registry->tags(u"a"_s), QStringList({u"1"_s, u"2"_s, u"3"_s}));
    QCOMPARE(current(), std::optional(m_digest));
}

void TestRemoveTagJob::putsBackNothingThatSomebodyMoved()
{
    m_registry->behaviour.canDeleteTags = true;
    takeTagsAlong(*m_registry, {u"2"_s});
    const QByteArray moved = m_bytes + ' ';
    m_registry->intercept([&](const TestRequest &request, const TestConnection &) {
        if (request.method == "DELETE")
            m_registry->addManifest(u"a"_s, u"3"_s, moved, MediaType::ociIndex());
        return false;
    });
    QVERIFY(!remove(TagRemoval::Placeholder::Never));
    const auto found = outcomeOf(m_connection->session.resolve(m_repository, *Tag::parse(u"3"),
                                                               Session::Priority::Interactive));
    QVERIFY(found);
    QCOMPARE(found->digest, Digest::ofBytes(moved));
    QCOMPARE(m_registry->count("PUT"), qsizetype(2)); // "2" and "1"
}

void TestRemoveTagJob::putsNothingOverWhatSomebodyHasPutThere()
{
    m_registry->behaviour.canDeleteTags = true;
    takeTagsAlong(*m_registry, {u"2"_s});
    const QByteArray pushed = m_bytes + ' ';
    m_registry->intercept([&](const TestRequest &request, const TestConnection &) {
        if (request.method == "PUT" && request.target.endsWith("/2"))
            m_registry->addManifest(u"a"_s, u"1"_s, pushed, MediaType::ociIndex());
        return false;
    });
    const auto removed = remove(TagRemoval::Placeholder::Never);
    QVERIFY(!removed);
    QVERIFY2(removed.error().message.contains("somebody else"_L1),
             qPrintable(removed.error().message));
    QCOMPARE(current(), std::optional(Digest::ofBytes(pushed)));
}

/// A server that drops an image with its last tag would break the index.
void TestRemoveTagJob::putsBackTheImageThatAnIndexNeeds()
{
    m_registry->behaviour.canDeleteTags = true;
    const QByteArray part = R"({"schemaVersion":2,"manifests":[ ]})";
    const Descriptor child{MediaType::ociIndex(), Digest::ofBytes(part), part.size()};
    m_registry->addManifest(u"a"_s, u"1"_s, part, child.mediaType);
    RepositorySnapshot whole = snapshot();
    whole.children.insert(m_digest, {child.digest});
    m_registry->intercept([&](const TestRequest &request, const TestConnection &connection) {
        if (request.method != "DELETE")
            return false;
        TestRequest image = request;
        image.target = "/v2/a/manifests/" + child.digest.toString().toLatin1();
        m_registry->answerNormally(image, connection);
        return true;
    });
    const auto removed = outcomeOf(new RemoveTagJob(
        m_connection->session, {whole, *Tag::parse(u"1"), TagRemoval::Placeholder::Never}));
    QVERIFY(!removed);
    QVERIFY2(removed.error().message.contains("the image"_L1), qPrintable(removed.error().message));
    QCOMPARE(current(), std::optional(child.digest));
}

void TestRemoveTagJob::saysWhatCouldNotBePutBack()
{
    m_registry->behaviour.canDeleteTags = true;
    takeTagsAlong(*m_registry, {u"2"_s, u"3"_s});
    m_registry->failNext("PUT", u"/manifests/2"_s, registryRefusal(403, "DENIED", "no"));
    const auto removed = remove(TagRemoval::Placeholder::Never);
    QVERIFY(!removed);
    QVERIFY2(removed.error().message.contains("Putting back"_L1),
             qPrintable(removed.error().message));
    QCOMPARE(m_registry->tags(u"a"_s), QStringList({u"1"_s, u"3"_s})); // The others are.
}

void TestRemoveTagJob::believesNoTagIsGoneThatIsThere()
{
    m_registry->failNext("DELETE", u"/manifests/1"_s, {202});
    const auto removed = remove(TagRemoval::Placeholder::Never);
    QVERIFY(!removed);
    QCOMPARE(removed.error().kind, Error::Kind::Changed);
}

void TestRemoveTagJob::removesNothingAfterAnIncompleteLook()
{
    TagRemoval removal{snapshot(), *Tag::parse(u"1")};
    removal.snapshot.incomplete = Error{Error::Kind::Timeout, u"slow"_s};
    m_registry->forgetRequests();
    const auto removed = outcomeOf(new RemoveTagJob(m_connection->session, removal));
    QVERIFY(!removed);
    QCOMPARE(removed.error().kind, Error::Kind::Timeout);
    QCOMPARE(m_registry->requests().size(), 0);
}

void TestRemoveTagJob::makesEveryPlaceholderUnlikeTheOthers()
{
    const Manifest manifest = *parseManifest(m_bytes, MediaType::ociIndex());
    const Tag tag = *Tag::parse(u"1");
    const auto one = placeholderFor(manifest, tag, u"a"_s);
    const auto two = placeholderFor(manifest, tag, u"b"_s);
    QVERIFY(one && two);
    QVERIFY(one->digest != two->digest);
    QCOMPARE(one->mediaType, manifest.mediaType);
    QVERIFY(one->bytes.contains(R"("io.longshore.tag":"1")"));
    Manifest opaque = manifest;
    opaque.content = OpaqueManifest();
    QVERIFY(!placeholderFor(opaque, tag, u"a"_s));
}

QTEST_GUILESS_MAIN(TestRemoveTagJob)
#include "tst_removetagjob.moc"
