// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/displacetagjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/testimages.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

/// The way by a placeholder; tst_removetagjob shows when it is taken, and what is checked after it.
class TestDisplaceTagJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void takesTheTagAndLeavesTheImage();
    void asksFirstWhetherAnythingCanBeDeleted();
    void writesNothingWhereDeletionIsDoubtful_data();
    void writesNothingWhereDeletionIsDoubtful();
    void leavesATagAloneThatWasMoved();
    void leavesATagAloneThatIsGone();
    void changesNothingWhenThePlaceholderIsRefused();
    void putsTheImageBackWhenNobodyKnows();
    void leavesATagToWhoeverHasMovedIt();
    void saysWhenTheImageCannotBePutBack();
    void hasNoPlaceholderForOtherFamilies();
    void makesAPlaceholderOfTheSameFamily();

private:
    Result<Done> displace()
    {
        return outcomeOf(
            new DisplaceTagJob(m_connection->session, m_repository, m_tag, *m_manifest));
    }
    [[nodiscard]] std::optional<Digest> current()
    {
        const auto found = outcomeOf(
            m_connection->session.resolve(m_repository, m_tag, Session::Priority::Interactive));
        return found ? std::optional(found->digest) : std::nullopt;
    }
    /// Answers everything of that method that comes once a placeholder was put.
    void failAfterPut(const QByteArray &method, const TestAnswer &answer)
    {
        m_registry->intercept([=, this](const TestRequest &request, const TestConnection &c) {
            if (request.method != method || m_registry->count("PUT") == 0)
                return false;
            c.answer(answer);
            return true;
        });
    }

    std::unique_ptr<FakeConnection> m_connection;
    FakeRegistry *m_registry = nullptr;
    const RepositoryName m_repository = *RepositoryName::parse(u"a");
    const Tag m_tag = *Tag::parse(u"1");
    std::optional<Manifest> m_manifest; ///< Of the tags "1" and "2".
};

void TestDisplaceTagJob::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_registry = &m_connection->registry;
    const QByteArray bytes = TestImages::image(*m_registry, u"a"_s);
    m_manifest = *parseManifest(bytes, MediaType::ociManifest());
    m_registry->addManifest(u"a"_s, u"1"_s, bytes, MediaType::ociManifest());
    m_registry->setTag(u"a"_s, u"2"_s, m_manifest->digest);
}

void TestDisplaceTagJob::takesTheTagAndLeavesTheImage()
{
    const auto displaced = displace();
    QVERIFY2(displaced, displaced ? "" : qPrintable(displaced.error().message));
    QCOMPARE(m_registry->tags(u"a"_s), QStringList{u"2"_s});
    QVERIFY(m_registry->hasManifest(u"a"_s, m_manifest->digest));
    // What was deleted is the placeholder, which nobody else has.
    const TestRequest &last = m_registry->requests().last();
    QCOMPARE(last.method, "DELETE");
    QVERIFY(!last.path().endsWith(m_manifest->digest.toString()));
}

void TestDisplaceTagJob::asksFirstWhetherAnythingCanBeDeleted()
{
    m_registry->behaviour.canDelete = false;
    const auto displaced = displace();
    QVERIFY(!displaced);
    QCOMPARE(displaced.error().kind, Error::Kind::Unsupported);
    QCOMPARE(m_registry->count("PUT"), qsizetype(0));
    QCOMPARE(current(), std::optional(m_manifest->digest));
}

void TestDisplaceTagJob::writesNothingWhereDeletionIsDoubtful_data()
{
    QTest::addColumn<TestAnswer>("answer");
    QTest::newRow("no such route") << TestAnswer{404, "404 page not found"};
    QTest::newRow("a bad request") << TestAnswer{400};
    QTest::newRow("deleted what was never there") << TestAnswer{202};
}

void TestDisplaceTagJob::writesNothingWhereDeletionIsDoubtful()
{
    QFETCH(const TestAnswer, answer);
    m_registry->failNext("DELETE", u"/manifests/"_s, answer);
    const auto displaced = displace();
    QVERIFY(!displaced);
    QCOMPARE(displaced.error().kind, Error::Kind::Unsupported);
    QCOMPARE(m_registry->count("PUT"), qsizetype(0));
    QCOMPARE(current(), std::optional(m_manifest->digest));
}

void TestDisplaceTagJob::leavesATagAloneThatWasMoved()
{
    const Digest other = TestImages::addImage(*m_registry, u"a"_s, u"1"_s, {.layers = {"other"}});
    const auto displaced = displace();
    QVERIFY(!displaced);
    QCOMPARE(displaced.error().kind, Error::Kind::Changed);
    QCOMPARE(m_registry->count("PUT"), qsizetype(0));
    QCOMPARE(current(), std::optional(other));
}

void TestDisplaceTagJob::leavesATagAloneThatIsGone()
{
    m_registry->removeTag(u"a"_s, u"1"_s);
    const auto displaced = displace();
    QVERIFY(!displaced);
    QCOMPARE(displaced.error().kind, Error::Kind::NotFound);
    QCOMPARE(m_registry->count("PUT"), qsizetype(0));
}

void TestDisplaceTagJob::changesNothingWhenThePlaceholderIsRefused()
{
    m_registry->failNext("PUT", u"/manifests/1"_s, registryRefusal(403, "DENIED", "no"));
    const auto displaced = displace();
    QVERIFY(!displaced);
    QCOMPARE(displaced.error().kind, Error::Kind::Forbidden);
    QCOMPARE(m_registry->count("PUT"), qsizetype(1)); // There is nothing to be put right.
    QCOMPARE(current(), std::optional(m_manifest->digest));
}

void TestDisplaceTagJob::putsTheImageBackWhenNobodyKnows()
{
    // The placeholder is there, but its answer is lost, and nobody says what is there.
    m_registry->intercept([&](const TestRequest &request, const TestConnection &c) {
        if (m_registry->count("PUT") != 1)
            return false;
        if (request.method == "PUT") {
            m_registry->answerNormally(request, TestConnection(nullptr));
            c.sendRaw("HTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\n");
            c.close();
        } else {
            c.answer({403, {}, {}, request.method == "HEAD"});
        }
        return true;
    });
    const auto displaced = displace();
    QVERIFY(!displaced);
    QVERIFY(displaced.error().message.contains("points to its image again"_L1));
    QCOMPARE(current(), std::optional(m_manifest->digest));
}

void TestDisplaceTagJob::leavesATagToWhoeverHasMovedIt()
{
    const Digest other =
        TestImages::addImage(*m_registry, u"a"_s, u"other"_s, {.layers = {"other"}});
    m_registry->intercept([&](const TestRequest &request, const TestConnection &c) {
        if (request.method != "DELETE" || m_registry->count("PUT") == 0)
            return false;
        m_registry->setTag(u"a"_s, m_tag.toString(), other);
        c.answer({403, {}, {}});
        return true;
    });
    const auto displaced = displace();
    QVERIFY(!displaced);
    QCOMPARE(displaced.error().kind, Error::Kind::Changed);
    QCOMPARE(current(), std::optional(other));
}

void TestDisplaceTagJob::saysWhenTheImageCannotBePutBack()
{
    failAfterPut("DELETE", {403, {}, {}});
    bool isFirst = true;
    m_registry->intercept([&](const TestRequest &request, const TestConnection &c) {
        if (request.method != "PUT" || std::exchange(isFirst, false))
            return false;
        c.answer({507, {}, {}});
        return true;
    });
    const auto displaced = displace();
    QVERIFY(!displaced);
    QVERIFY(displaced.error().message.contains("no longer points to its image"_L1));
    QVERIFY(displaced.error().message.contains(m_manifest->digest.toString())); // To do it by hand.
}

void TestDisplaceTagJob::hasNoPlaceholderForOtherFamilies()
{
    m_manifest->content = OpaqueManifest();
    const auto displaced = displace();
    QVERIFY(!displaced);
    QCOMPARE(displaced.error().kind, Error::Kind::Unsupported);
    QCOMPARE(m_registry->count("PUT"), qsizetype(0));
}

void TestDisplaceTagJob::makesAPlaceholderOfTheSameFamily()
{
    const auto placeholder = placeholderFor(*m_manifest, m_tag, u"nonce"_s);
    QVERIFY(placeholder && placeholder->image());
    QCOMPARE(placeholder->mediaType, m_manifest->mediaType);
    QVERIFY(placeholder->image()->layers.isEmpty());
    // The registry has it, so that it takes the placeholder.
    QCOMPARE(placeholder->image()->config.digest, m_manifest->image()->config.digest);
}

QTEST_GUILESS_MAIN(TestDisplaceTagJob)
#include "tst_displacetagjob.moc"
