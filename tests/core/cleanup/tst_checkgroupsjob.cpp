// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/checkgroupsjob.h"
#include "core/cleanup/takesnapshotjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/testimages.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

/// The look at one manifest right before it is deleted.
class TestCheckGroupsJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void findsAllAsItWas();
    void seesWhatHasChanged_data();
    void seesWhatHasChanged();
    void namesTheTagsThatAreGoneAlready();
    void looksAtEveryTagWhereOneIsGone();
    void remembersWhatItSawOfATagThatStays();
    void looksOnlyIntoIndexesThatAreNew();
    void remembersATagThatWasGone();
    void doesNotKnowWhatCannotBeRead_data();
    void doesNotKnowWhatCannotBeRead();
    void takesAListOfReferrersForNoIndex();
    void remembersWhereATagWasMovedTo();
    void readsAListOfPagesForAsManyDeletions();
    void looksAtNewTagsAlsoWhereTheListIsNotReadAnew();
    void looksAtSeveralTogether();
    void knowsWhichOneItDoesNotSee();

private:
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }
    [[nodiscard]] QList<Result<QList<Tag>>> check(const QList<DeletionGroup> &groups)
    {
        const auto checks =
            outcomeOf(new CheckGroupsJob(m_connection->session, m_repository, groups, m_newTags));
        return *checks;
    }
    [[nodiscard]] Result<QList<Tag>> check() { return check({*m_group}).first(); }
    /// That of the tag "other".
    [[nodiscard]] DeletionGroup otherGroup() const
    {
        DeletionGroup group = *m_group;
        group.manifest.digest = *m_other;
        group.chosen = {*Tag::parse(u"other")};
        group.siblings.clear();
        return group;
    }
    void addIndexOf(const QString &tag, const Digest &image)
    {
        TestImages::addIndexOf(registry(), u"a"_s, tag, image);
    }

    RepositoryName m_repository = *RepositoryName::parse(u"a");
    std::unique_ptr<FakeConnection> m_connection;
    std::optional<DeletionGroup> m_group;
    std::optional<Digest> m_other; ///< Of the tag "other".
    NewTags m_newTags;
};

/// "1" and "1.0" are to go; "other" is known, too.
void TestCheckGroupsJob::init()
{
    m_connection = std::make_unique<FakeConnection>();
    const Digest image = TestImages::addImage(registry(), u"a"_s, u"1"_s, {.layers = {"1"}});
    registry().setTag(u"a"_s, u"1.0"_s, image);
    m_other = TestImages::addImage(registry(), u"a"_s, u"other"_s);
    const auto snapshot = outcomeOf(new TakeSnapshotJob(m_connection->session, m_repository));
    if (!snapshot)
        qFatal("no snapshot: %s", qPrintable(snapshot.error().message));
    m_group = planDeletion(*snapshot, {*Tag::parse(u"1")}).groups.first();
    m_newTags = {{{u"1"_s, image}, {u"1.0"_s, image}, {u"other"_s, *m_other}}};
    registry().forgetRequests();
}

void TestCheckGroupsJob::findsAllAsItWas()
{
    registry().setTag(u"a"_s, u"new"_s, *m_other);
    QVERIFY(check());
    QStringList lines = registry().requestLines();
    lines.sort();
    QCOMPARE(lines, (QStringList{u"GET /v2/a/tags/list?n=1000"_s, u"HEAD /v2/a/manifests/1"_s,
                                 u"HEAD /v2/a/manifests/1.0"_s, u"HEAD /v2/a/manifests/new"_s}));
}

void TestCheckGroupsJob::seesWhatHasChanged_data()
{
    QTest::addColumn<QString>("change");
    QTest::newRow("a tag has moved") << u"a tag has moved"_s;
    QTest::newRow("a new tag") << u"a new tag"_s;
    QTest::newRow("a new index") << u"a new index"_s;
}

void TestCheckGroupsJob::seesWhatHasChanged()
{
    QFETCH(const QString, change);
    if (change == "a tag has moved"_L1)
        registry().setTag(u"a"_s, u"1.0"_s, *m_other);
    else if (change == "a new tag"_L1)
        registry().setTag(u"a"_s, u"new"_s, m_group->manifest.digest);
    else
        addIndexOf(u"new"_s, m_group->manifest.digest);
    const auto checked = check();
    QVERIFY(!checked);
    QCOMPARE(checked.error().kind, Error::Kind::Changed);
}

void TestCheckGroupsJob::namesTheTagsThatAreGoneAlready()
{
    QCOMPARE(*check(), QList<Tag>());
    registry().removeTag(u"a"_s, u"1.0"_s);
    const auto checked = check();
    QVERIFY2(checked, checked ? "" : qPrintable(checked.error().message));
    QCOMPARE(*checked, QList<Tag>{*Tag::parse(u"1.0")});
}

/// Who renames a tag may take a name that was there before.
void TestCheckGroupsJob::looksAtEveryTagWhereOneIsGone()
{
    registry().setTag(u"a"_s, u"other"_s, m_group->manifest.digest);
    registry().removeTag(u"a"_s, u"1.0"_s);
    const auto checked = check();
    QVERIFY(!checked);
    QCOMPARE(checked.error().kind, Error::Kind::Changed);
    QVERIFY2(checked.error().message.contains(u"other"_s), qPrintable(checked.error().message));
}

void TestCheckGroupsJob::remembersWhatItSawOfATagThatStays()
{
    const Digest second = TestImages::addImage(registry(), u"a"_s, {}, {.layers = {"second"}});
    registry().setTag(u"a"_s, u"other"_s, second);
    registry().removeTag(u"a"_s, u"1.0"_s);
    QVERIFY(check());
    m_group->manifest.digest = second;
    m_group->chosen.clear();
    m_group->siblings.clear();
    const auto checked = check();
    QVERIFY(!checked);
    QVERIFY2(checked.error().message.contains(u"other"_s), qPrintable(checked.error().message));
}

/// The others were looked into when the run began, and are as they were.
void TestCheckGroupsJob::looksOnlyIntoIndexesThatAreNew()
{
    addIndexOf(u"other"_s, *m_other);
    const auto index = outcomeOf(m_connection->session.resolve(m_repository, *Tag::parse(u"other"),
                                                               Session::Priority::Interactive));
    QVERIFY(index);
    m_newTags.known.insert(u"other"_s, index->digest);
    registry().removeTag(u"a"_s, u"1.0"_s);
    QVERIFY(check());
    QCOMPARE(registry().count("GET", index->digest.toString()), qsizetype(0));
    addIndexOf(u"other"_s, m_group->manifest.digest);
    QVERIFY(!check());
}

/// Somebody may be moving it, in two steps.
void TestCheckGroupsJob::remembersATagThatWasGone()
{
    registry().removeTag(u"a"_s, u"1.0"_s);
    QVERIFY(check());
    registry().setTag(u"a"_s, u"1.0"_s, *m_other);
    m_group = otherGroup();
    QVERIFY(!check());
}

void TestCheckGroupsJob::doesNotKnowWhatCannotBeRead_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    QTest::newRow("the list") << QByteArray("GET") << u"/tags/list"_s;
    QTest::newRow("a tag") << QByteArray("HEAD") << u"/manifests/1.0"_s;
    QTest::newRow("a new tag") << QByteArray("HEAD") << u"/manifests/new"_s;
    QTest::newRow("a new index") << QByteArray("GET") << u"/manifests/sha256:"_s;
}

void TestCheckGroupsJob::doesNotKnowWhatCannotBeRead()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QString, path);
    addIndexOf(u"new"_s, *m_other);
    registry().failNext(method, path, {500}, 100);
    const auto checked = check();
    QVERIFY(!checked);
    QCOMPARE(checked.error().httpStatus, 500);
}

void TestCheckGroupsJob::takesAListOfReferrersForNoIndex()
{
    addIndexOf("sha256-"_L1 + QString(64, u'0'), m_group->manifest.digest);
    QVERIFY(check());
}

void TestCheckGroupsJob::remembersWhereATagWasMovedTo()
{
    registry().setTag(u"a"_s, u"1.0"_s, *m_other);
    QVERIFY(!check());
    m_group = otherGroup();
    const auto checked = check();
    QVERIFY(!checked);
    QVERIFY2(checked.error().message.contains(u"1.0"_s), qPrintable(checked.error().message));
}

void TestCheckGroupsJob::readsAListOfPagesForAsManyDeletions()
{
    registry().behaviour.pageSize = 1; // Three pages.
    for (int i = 0; i < 3; ++i)
        QVERIFY(check());
    QCOMPARE(registry().count("GET", u"/tags/list"_s), qsizetype(3));
    QVERIFY(check());
    QCOMPARE(registry().count("GET", u"/tags/list"_s), qsizetype(6));
}

void TestCheckGroupsJob::looksAtNewTagsAlsoWhereTheListIsNotReadAnew()
{
    registry().behaviour.pageSize = 1;
    registry().setTag(u"a"_s, u"new"_s, *m_other);
    QVERIFY(check());
    registry().setTag(u"a"_s, u"new"_s, m_group->manifest.digest);
    const auto checked = check();
    QVERIFY(!checked);
    QCOMPARE(checked.error().kind, Error::Kind::Changed);
    QCOMPARE(registry().count("GET", u"/tags/list"_s), qsizetype(4)); // Once.
}

void TestCheckGroupsJob::looksAtSeveralTogether()
{
    for (const Result<QList<Tag>> &checked : check({*m_group, otherGroup()}))
        QVERIFY(checked && checked->isEmpty());
    QStringList lines = registry().requestLines();
    lines.sort();
    QCOMPARE(lines, (QStringList{u"GET /v2/a/tags/list?n=1000"_s, u"HEAD /v2/a/manifests/1"_s,
                                 u"HEAD /v2/a/manifests/1.0"_s, u"HEAD /v2/a/manifests/other"_s}));
    registry().setTag(u"a"_s, u"other"_s, m_group->manifest.digest);
    for (const Result<QList<Tag>> &checked : check({*m_group, otherGroup()}))
        QVERIFY(!checked && checked.error().kind == Error::Kind::Changed);
}

void TestCheckGroupsJob::knowsWhichOneItDoesNotSee()
{
    registry().failNext("HEAD", u"/manifests/1.0"_s, {500}, 100);
    const auto checks = check({*m_group, otherGroup()});
    QCOMPARE(checks.size(), qsizetype(2));
    QCOMPARE(checks.first().error().httpStatus, 500);
    QVERIFY(checks.last());
}

QTEST_GUILESS_MAIN(TestCheckGroupsJob)
#include "tst_checkgroupsjob.moc"
