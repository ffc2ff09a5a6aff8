// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/deletegroupjob.h"
#include "support/doomedimages.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

/// Servers that delete no image as long as a tag points to it, as Google's, or go on listing the tags
/// of what they have deleted, as Nexus.
class TestDeleteGroupJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void asksForNoTagsWhereNobodyMindsThem();
    void takesTheTagsFirst();
    void takesNoTagThatHasMoved();
    void saysThatTagsAreGone_data();
    void saysThatTagsAreGone();
    void endsWhereTagsCannotBeRemoved();
    void deletesAllImagesOfAPlan();
    void takesTheTagsThatNexusGoesOnListing();
    void leavesATagThatIsThereAgain_data();
    void leavesATagThatIsThereAgain();
    void isDoneWhereNexusKeepsItsList();

private:
    void beNexus();
    void mindTags();
    [[nodiscard]] Result<Done> remove()
    {
        return outcomeOf(new DeleteGroupJob(m_images->session(), m_repository, *m_digest,
                                            {*Tag::parse(u"1"), *Tag::parse(u"2")}));
    }
    [[nodiscard]] FakeRegistry &registry() { return m_images->registry(); }
    [[nodiscard]] QStringList deletions() { return registry().requestLines().filter(u"DELETE"_s); }

    const RepositoryName m_repository = *RepositoryName::parse(u"a");
    std::unique_ptr<DoomedImages> m_images;
    std::optional<Digest> m_digest; ///< Of the tags "1" and "2".
};

void TestDeleteGroupJob::init()
{
    m_images = std::make_unique<DoomedImages>(QStringList{u"1"_s, u"keep"_s});
    m_digest = Digest::parse(registry().tagged(u"a"_s, u"1"_s));
    registry().setTag(u"a"_s, u"2"_s, *m_digest);
    registry().behaviour.canDeleteTags = true;
}

void TestDeleteGroupJob::mindTags()
{
    registry().intercept([this](const TestRequest &request, const TestConnection &connection) {
        const QString digest = request.path().section(u'/', -1);
        const QStringList tags = registry().tags(u"a"_s);
        const bool isTagged = std::any_of(tags.begin(), tags.end(), [&](const QString &tag) {
            return registry().tagged(u"a"_s, tag) == digest;
        });
        if (request.method != "DELETE" || !isTagged)
            return false;
        connection.answer(registryRefusal(400, "GOOGLE_MANIFEST_DANGLING_TAG", "still tagged"));
        return true;
    });
}

void TestDeleteGroupJob::asksForNoTagsWhereNobodyMindsThem()
{
    QVERIFY(remove());
    QCOMPARE(registry().requests().size(), qsizetype(1));
    QCOMPARE(registry().tags(u"a"_s), QStringList{u"keep"_s});
}

void TestDeleteGroupJob::takesTheTagsFirst()
{
    mindTags();
    const auto result = remove();
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QCOMPARE(registry().tags(u"a"_s), QStringList{u"keep"_s});
    QVERIFY(!registry().hasManifest(u"a"_s, *m_digest));
    QCOMPARE(deletions().size(), qsizetype(4)); // The refused one, two tags, and the image.
}

void TestDeleteGroupJob::takesNoTagThatHasMoved()
{
    mindTags();
    const Digest other = TestImages::addImage(registry(), u"a"_s, u"1"_s, {.layers = {"other"}});
    const auto result = remove();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::Changed);
    QCOMPARE(registry().tags(u"a"_s), (QStringList{u"1"_s, u"2"_s, u"keep"_s}));
    QCOMPARE(registry().tagged(u"a"_s, u"1"_s), other.toString());
}

void TestDeleteGroupJob::saysThatTagsAreGone_data()
{
    QTest::addColumn<QString>("tag"); // That somebody puts there when the first one goes.
    QTest::addColumn<QString>("left");
    QTest::newRow("a new one") << u"new"_s << u"keep new"_s;
    QTest::newRow("the other one elsewhere") << u"2"_s << u"2 keep"_s;
}

void TestDeleteGroupJob::saysThatTagsAreGone()
{
    QFETCH(const QString, tag);
    QFETCH(const QString, left);
    mindTags();
    registry().intercept([&](const TestRequest &request, const TestConnection &) {
        if (request.method == "DELETE" && request.path().endsWith("/manifests/1"_L1)) {
            const QString keep = registry().tagged(u"a"_s, u"keep"_s);
            registry().setTag(u"a"_s, tag, tag == u"2"_s ? *Digest::parse(keep) : *m_digest);
        }
        return false;
    });
    const auto result = remove();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::Ambiguous);
    QVERIFY(registry().hasManifest(u"a"_s, *m_digest));
    QCOMPARE(registry().tags(u"a"_s).join(u' '), left);
}

void TestDeleteGroupJob::endsWhereTagsCannotBeRemoved()
{
    mindTags();
    registry().behaviour.canDeleteTags = false;
    const auto result = remove();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::Unsupported);
    QCOMPARE(registry().tags(u"a"_s).size(), qsizetype(3));
}

void TestDeleteGroupJob::deletesAllImagesOfAPlan()
{
    mindTags();
    const auto report = outcomeOf<DeletionReport>(m_images->job(m_images->plan()));
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QVERIFY(report->isComplete());
    QVERIFY(registry().tags(u"a"_s).isEmpty());
}

/// Says that it is, and goes on listing "1" and "2".
void TestDeleteGroupJob::beNexus()
{
    registry().intercept([](const TestRequest &request, const TestConnection &connection) {
        const bool isList = request.path().endsWith("/tags/list"_L1);
        if (isList)
            connection.answer({200, R"({"name":"a","tags":["1","2","keep"]})"});
        else if (request.path() == "/v2/"_L1)
            connection.answer({200, "{}", {{"Server", "Nexus/3.70.1-02 (OSS)"}}});
        return isList || request.path() == "/v2/"_L1;
    });
    QVERIFY(outcomeOf<PingAnswer>(m_images->session().ping()));
    registry().forgetRequests();
}

void TestDeleteGroupJob::takesTheTagsThatNexusGoesOnListing()
{
    beNexus();
    const auto result = remove();
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QVERIFY(!registry().hasManifest(u"a"_s, *m_digest));
    const QStringList all = deletions();
    QCOMPARE(all.size(), qsizetype(3));
    QVERIFY(all.at(0).contains(m_digest->toString()));
    QVERIFY(all.at(1).contains("/manifests/1"_L1) && all.at(2).contains("/manifests/2"_L1));
}

void TestDeleteGroupJob::leavesATagThatIsThereAgain_data()
{
    QTest::addColumn<bool>("isSame");
    QTest::newRow("another image") << false;
    QTest::newRow("the same image") << true;
}

void TestDeleteGroupJob::leavesATagThatIsThereAgain()
{
    QFETCH(const bool, isSame);
    const QByteArray bytes = registry().manifestBytes(u"a"_s, *m_digest);
    beNexus();
    registry().intercept([=, this](const TestRequest &request, const TestConnection &) {
        if (request.method != "HEAD" || !request.path().endsWith("/manifests/1"_L1))
            return false;
        if (isSame)
            registry().addManifest(u"a"_s, u"1"_s, bytes, MediaType::ociManifest());
        else
            registry().setTag(u"a"_s, u"1"_s, *Digest::parse(registry().tagged(u"a"_s, u"keep"_s)));
        return false;
    });
    QVERIFY(remove());
    QCOMPARE(registry().tags(u"a"_s), (QStringList{u"1"_s, u"keep"_s}));
}

void TestDeleteGroupJob::isDoneWhereNexusKeepsItsList()
{
    beNexus();
    registry().failNext("DELETE", u"/manifests/1"_s, {403});
    QVERIFY(remove());
    QVERIFY(!registry().hasManifest(u"a"_s, *m_digest));
    QCOMPARE(deletions().size(), qsizetype(3)); // The next one is tried all the same.
}

QTEST_GUILESS_MAIN(TestDeleteGroupJob)
#include "tst_deletegroupjob.moc"
