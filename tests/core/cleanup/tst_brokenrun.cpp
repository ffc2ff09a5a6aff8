// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/brokenrun.h"
#include "core/cleanup/deletetagsjob.h"
#include "core/cleanup/deletionorder.h"
#include "core/cleanup/takesnapshotjob.h"
#include "core/registry/listreferrersjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/testimages.h"

#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// What is found of a deletion that broke off, and how it goes on.
class TestBrokenRun : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void tellsWhatIsGone();
    void leavesAloneWhatHasChanged_data();
    void leavesAloneWhatHasChanged();
    void goesOnWithWhatLostItsTags();
    void remembersNamesThatAreGone();
    void keepsTheRestOffWhatANewIndexNeeds();
    void findsManifestsWithoutATag();
    void givesAPlanThatCanBeCarriedOut();
    void goesOnOnlyWithTagsWhoseImageStays();
    void refusesWhatRemovesNothing();
    void failsWhenNotEverythingCanBeSeen_data();
    void failsWhenNotEverythingCanBeSeen();

private:
    [[nodiscard]] Result<BrokenRun> check()
    {
        return outcomeOf(new CheckBrokenRunJob(m_connection->session, m_run));
    }
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }
    [[nodiscard]] Digest image(const QString &tag) const { return *m_images.constFind(tag); }
    [[nodiscard]] static QString tagsOf(const QList<JournalItem> &items)
    {
        QStringList names;
        for (const JournalItem &item : items) {
            for (const Tag &tag : item.tags)
                names.append(tag.toString());
        }
        return names.join(u' ');
    }
    [[nodiscard]] static QString tagsOf(const DeletionPlan &plan)
    {
        QStringList names;
        for (const DeletionGroup &group : plan.groups) {
            for (const Tag &tag : group.allTags())
                names.append(tag.toString());
        }
        return names.join(u' ');
    }

    std::unique_ptr<FakeConnection> m_connection;
    JournalRun m_run{JournalRun::Kind::Deletion, {}, *RepositoryName::parse(u"a"), {}};
    QHash<QString, Digest> m_images;
};

/// A run of three images: "1", "2" with "2.0", and "3"; "keep" stays.
void TestBrokenRun::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_run.items.clear();
    m_images.clear();
    for (const QString &name : {u"1"_s, u"2"_s, u"3"_s, u"keep"_s})
        m_images.insert(
            name, TestImages::addImage(registry(), u"a"_s, name, {.layers = {name.toUtf8()}}));
    registry().setTag(u"a"_s, u"2.0"_s, image(u"2"_s));
    m_run.items = {{image(u"1"_s), {*Tag::parse(u"1")}},
                   {image(u"2"_s), {*Tag::parse(u"2"), *Tag::parse(u"2.0")}},
                   {image(u"3"_s), {*Tag::parse(u"3")}}};
}

void TestBrokenRun::tellsWhatIsGone()
{
    QVERIFY(outcomeOf(m_connection->session.deleteManifest(*m_run.repository, image(u"1"_s))));
    const auto run = check();
    QVERIFY(run);
    QCOMPARE(tagsOf(run->gone), u"1"_s);
    QCOMPARE(tagsOf(run->changed), QString());
    QCOMPARE(tagsOf(run->rest), u"2 2.0 3"_s);
    QVERIFY(!run->rest.isBlocked());
    QVERIFY(run->rest.siblings().isEmpty()); // Nothing that nobody has confirmed.
}

void TestBrokenRun::leavesAloneWhatHasChanged_data()
{
    QTest::addColumn<QString>("tag");
    QTest::addColumn<QString>("onto");
    QTest::addColumn<QString>("changed");
    QTest::addColumn<QString>("rest");
    QTest::newRow("a tag was moved away") << u"2.0"_s << u"keep"_s << u"2 2.0"_s << u"1 3"_s;
    QTest::newRow("a new tag") << u"new"_s << u"2"_s << u"2 2.0"_s << u"1 3"_s;
    QTest::newRow("a tag of another one of the run") << u"1"_s << u"3"_s << u"1 3"_s << u"2 2.0"_s;
}

void TestBrokenRun::leavesAloneWhatHasChanged()
{
    QFETCH(const QString, tag);
    QFETCH(const QString, onto);
    QFETCH(const QString, changed);
    QFETCH(const QString, rest);
    registry().setTag(u"a"_s, tag, image(onto));
    const auto run = check();
    QVERIFY(run);
    QCOMPARE(tagsOf(run->gone), QString());
    QCOMPARE(tagsOf(run->changed), changed);
    QCOMPARE(tagsOf(run->rest), rest);
}

/// Some servers take tags away before the image, and may break off in between.
void TestBrokenRun::goesOnWithWhatLostItsTags()
{
    registry().removeTag(u"a"_s, u"2.0"_s);
    registry().removeTag(u"a"_s, u"3"_s);
    const auto run = check();
    QVERIFY(run);
    QVERIFY(run->gone.isEmpty());
    QCOMPARE(tagsOf(run->changed), QString());
    QCOMPARE(tagsOf(run->rest), u"1 2"_s);
    QCOMPARE(run->rest.groups.last().manifest.digest, image(u"3"_s));
    QVERIFY(!run->rest.isBlocked());
}

/// A signature says by its tag what it is about, also when somebody has taken the tag away.
void TestBrokenRun::remembersNamesThatAreGone()
{
    m_run.items.last().tags.append(referrersTag(image(u"1"_s)));
    registry().removeTag(u"a"_s, u"3"_s);
    const auto run = check();
    QVERIFY(run);
    const RepositorySnapshot now{*m_run.repository, {}, {}, {}, {}, {}};
    const auto subjects = subjectsWithin(run->rest, now, {});
    const auto found = subjects.constFind(image(u"3"_s));
    QVERIFY(found != subjects.constEnd());
    QCOMPARE(*found, image(u"1"_s));
}

void TestBrokenRun::keepsTheRestOffWhatANewIndexNeeds()
{
    registry().addManifest(u"a"_s, u"multi"_s,
                           R"({"schemaVersion":2,"manifests":[{"size":9,"mediaType":")"
                           R"(application/vnd.oci.image.manifest.v1+json","digest":")"
                               + image(u"1"_s).toString().toLatin1() + R"("}]})",
                           MediaType::ociIndex());
    const auto run = check();
    QVERIFY(run);
    QVERIFY(run->rest.isBlocked());
    QCOMPARE(run->rest.groups.first().usedBy, QList<Tag>{*Tag::parse(u"multi")});
}

void TestBrokenRun::findsManifestsWithoutATag()
{
    registry().removeTag(u"a"_s, u"3"_s);
    m_run.items[2].tags.clear(); // As a part of an index that was planned to go.
    m_run.items.append({Digest::ofBytes("gone"), {}});
    const auto run = check();
    QVERIFY(run);
    QCOMPARE(run->rest.groups.size(), qsizetype(3));
    QCOMPARE(run->rest.groups.last().manifest.digest, image(u"3"_s));
    QCOMPARE(run->gone.size(), qsizetype(1));
}

void TestBrokenRun::givesAPlanThatCanBeCarriedOut()
{
    const QTemporaryDir folder;
    QVERIFY(outcomeOf(m_connection->session.deleteManifest(*m_run.repository, image(u"2"_s))));
    const auto run = check();
    QVERIFY(run);
    const auto report = outcomeOf(
        new DeleteTagsJob(m_connection->session, run->rest, folder.filePath(u"backup"_s)));
    QVERIFY(report && report->isComplete());
    QCOMPARE(registry().tags(u"a"_s), QStringList{u"keep"_s});
}

/// Of five tags that were to go alone: "1" is the last of its image, "2" and "2.0" share theirs with
/// "stays", "3" has moved, "gone" is gone.
void TestBrokenRun::goesOnOnlyWithTagsWhoseImageStays()
{
    registry().setTag(u"a"_s, u"stays"_s, image(u"2"_s));
    registry().setTag(u"a"_s, u"3"_s, image(u"keep"_s));
    // A list of what refers to an image keeps nothing that it names.
    registry().addManifest(u"a"_s, referrersTag(image(u"keep"_s)).toString(),
                           R"({"schemaVersion":2,"manifests":[{"mediaType":")"
                               + MediaType::ociManifest().toString().toLatin1()
                               + R"(","size":9,"digest":")" + image(u"1"_s).toString().toLatin1()
                               + R"("}]})",
                           MediaType::ociIndex());
    JournalRun run = m_run;
    run.kind = JournalRun::Kind::Untagging;
    run.items = {{image(u"1"_s), {*Tag::parse(u"1")}},
                 {image(u"2"_s), {*Tag::parse(u"2")}},
                 {image(u"2"_s), {*Tag::parse(u"2.0")}},
                 {image(u"3"_s), {*Tag::parse(u"3")}},
                 {image(u"3"_s), {*Tag::parse(u"gone")}}};
    run.items[2].result.state = u"untagged"_s; // And somebody has put it there again.
    const auto found = outcomeOf(new CheckBrokenRunJob(m_connection->session, run));
    QVERIFY(found);
    QCOMPARE(found->tagsAlone, QList<Tag>{*Tag::parse(u"2")});
    QCOMPARE(tagsOf(found->changed), u"1 2.0 3"_s);
    QCOMPARE(tagsOf(found->gone), u"gone"_s);
    QVERIFY(found->rest.groups.isEmpty()); // No image goes for it.
}

void TestBrokenRun::refusesWhatRemovesNothing()
{
    m_run.kind = JournalRun::Kind::Restore;
    const auto checked = check();
    m_run.kind = JournalRun::Kind::Deletion;
    QVERIFY(!checked);
    QCOMPARE(checked.error().kind, Error::Kind::InvalidInput);
}

void TestBrokenRun::failsWhenNotEverythingCanBeSeen_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    QTest::newRow("no list") << QByteArray("GET") << u"/tags/list"_s;
    QTest::newRow("a tag") << QByteArray("HEAD") << u"/manifests/2.0"_s;
    QTest::newRow("a manifest") << QByteArray("HEAD") << u"/manifests/sha256:"_s;
}

void TestBrokenRun::failsWhenNotEverythingCanBeSeen()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QString, path);
    registry().removeTag(u"a"_s, u"3"_s);
    registry().failNext(method, path, {500}, 100);
    const auto run = check();
    QVERIFY(!run);
    QCOMPARE(run.error().httpStatus, 500);
}

QTEST_GUILESS_MAIN(TestBrokenRun)
#include "tst_brokenrun.moc"
