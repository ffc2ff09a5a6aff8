// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/deletetagsjob.h"
#include "core/cleanup/takesnapshotjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/testimages.h"

#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

using State = DeletionOutcome::State;

/// What others do to the repository between the preview and the deletion, and meanwhile.
class TestDeleteTagsJobChanges : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void keepsWhatATagOfADeletedImageNamesNow();
    void keepsWhatHasChanged_data();
    void keepsWhatHasChanged();
    void deletesWhatLostItsTags();
    void keepsWhatANewTagTookAfterTheSecondLook();
    void deletesTheOthersAllTheSame();
    void deletesNothingWhenTheSecondLookIsIncomplete_data();
    void deletesNothingWhenTheSecondLookIsIncomplete();
    void looksAtEveryTagRightBeforeEachDeletion();
    void deletesAnIndexBeforeWhatItIsMadeOf();
    void keepsWhatAnIndexIsMadeOfThatStayed_data();
    void keepsWhatAnIndexIsMadeOfThatStayed();
    void keepsWhatCannotBeCheckedAgain_data();
    void keepsWhatCannotBeCheckedAgain();

private:
    [[nodiscard]] DeletionPlan planFor(const QStringList &tags);
    [[nodiscard]] Result<DeletionReport> run(const DeletionPlan &plan)
    {
        return outcomeOf(
            new DeleteTagsJob(m_connection->session, plan, m_backup->filePath(u"b"_s)));
    }
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }
    Digest addImage(const QString &tag)
    {
        return TestImages::addImage(registry(), u"a"_s, tag, {.layers = {tag.toUtf8()}});
    }
    void addIndexOf(const QString &tag, const Digest &image)
    {
        TestImages::addIndexOf(registry(), u"a"_s, tag, image);
    }
    /// Calls \a change once, when the first request comes whose line starts like this.
    void beforeFirst(const QString &line, const std::function<void()> &change);

    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<QTemporaryDir> m_backup;
};

void TestDeleteTagsJobChanges::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_backup = std::make_unique<QTemporaryDir>();
}

DeletionPlan TestDeleteTagsJobChanges::planFor(const QStringList &tags)
{
    QList<Tag> chosen;
    for (const QString &name : tags)
        chosen.append(*Tag::parse(name));
    const auto snapshot =
        outcomeOf(new TakeSnapshotJob(m_connection->session, *RepositoryName::parse(u"a")));
    if (!snapshot)
        qFatal("no snapshot: %s", qPrintable(snapshot.error().message));
    registry().forgetRequests();
    return planDeletion(*snapshot, chosen);
}

void TestDeleteTagsJobChanges::beforeFirst(const QString &line, const std::function<void()> &change)
{
    registry().intercept([=, isDone = std::make_shared<bool>(false)](const TestRequest &request,
                                                                     const TestConnection &) {
        if (!QString::fromLatin1(request.method + ' ' + request.target).startsWith(line))
            return false;
        if (!std::exchange(*isDone, true))
            change();
        return false;
    });
}

void TestDeleteTagsJobChanges::keepsWhatATagOfADeletedImageNamesNow()
{
    addImage(u"one"_s);
    addImage(u"two"_s);
    const DeletionPlan plan = planFor({u"one"_s, u"two"_s});
    const QString goesFirst = plan.groups.first().allTags().first().toString();
    const Digest other = plan.groups.last().manifest.digest;
    beforeFirst(u"DELETE"_s, [&] { registry().setTag(u"a"_s, goesFirst, other); });
    QVERIFY(run(plan));
    QVERIFY(registry().hasManifest(u"a"_s, other));
}

void TestDeleteTagsJobChanges::keepsWhatHasChanged_data()
{
    QTest::addColumn<QString>("change");
    QTest::newRow("DEL-06 the tag has moved") << u"moved"_s;
    QTest::newRow("DEL-07 a new tag points to the image") << u"new"_s;
    QTest::newRow("a known tag was moved onto the image") << u"onto"_s;
    QTest::newRow("DEL-11 a new index needs the image") << u"index"_s;
    QTest::newRow("a known tag was moved onto an index that needs it") << u"onto index"_s;
}

void TestDeleteTagsJobChanges::keepsWhatHasChanged()
{
    QFETCH(const QString, change);
    const Digest old = addImage(u"old"_s);
    const Digest stable = addImage(u"stable"_s);
    const DeletionPlan plan = planFor({u"old"_s});
    if (change == "moved"_L1)
        registry().setTag(u"a"_s, u"old"_s, stable);
    else if (change == "new"_L1 || change == "onto"_L1)
        registry().setTag(u"a"_s, change == "new"_L1 ? u"rescued"_s : u"stable"_s, old);
    else
        addIndexOf(change == "index"_L1 ? u"multi"_s : u"stable"_s, old);
    const auto report = run(plan);
    QVERIFY(report);
    QCOMPARE(report->outcomes.first().state, State::Skipped);
    QCOMPARE(report->outcomes.first().error->kind, Error::Kind::Changed);
    QCOMPARE(registry().count("DELETE"), qsizetype(0));
}

void TestDeleteTagsJobChanges::deletesWhatLostItsTags()
{
    addImage(u"1"_s);
    const Digest second = addImage(u"2"_s);
    registry().setTag(u"a"_s, u"2.0"_s, second);
    const DeletionPlan plan = planFor({u"1"_s, u"2"_s});
    beforeFirst(u"GET"_s, [this] { registry().removeTag(u"a"_s, u"2.0"_s); });
    beforeFirst(u"DELETE"_s, [this] { registry().removeTag(u"a"_s, u"2"_s); });
    const auto report = run(plan);
    QVERIFY(report && report->isComplete());
    QCOMPARE(report->outcomes.at(1).goneTags.size(), qsizetype(2));
    QCOMPARE(report->count(State::Deleted), qsizetype(1));
    QVERIFY(!registry().hasManifest(u"a"_s, second));
}

void TestDeleteTagsJobChanges::keepsWhatANewTagTookAfterTheSecondLook()
{
    addImage(u"1"_s);
    const Digest second = addImage(u"2"_s);
    const DeletionPlan plan = planFor({u"1"_s, u"2"_s});
    beforeFirst(u"DELETE"_s, [this, second] { registry().setTag(u"a"_s, u"rescued"_s, second); });
    const auto report = run(plan);
    QVERIFY(report);
    QCOMPARE(report->outcomes.at(0).state, State::Deleted);
    QCOMPARE(report->outcomes.at(1).state, State::Skipped);
    QCOMPARE(registry().tags(u"a"_s), (QStringList{u"2"_s, u"rescued"_s}));
}

void TestDeleteTagsJobChanges::deletesTheOthersAllTheSame()
{
    addImage(u"1"_s);
    addImage(u"2"_s);
    const Digest third = addImage(u"3"_s);
    const DeletionPlan plan = planFor({u"1"_s, u"2"_s, u"3"_s});
    registry().setTag(u"a"_s, u"2"_s, third);
    const auto report = run(plan);
    QVERIFY(report);
    QCOMPARE(report->count(State::Deleted), qsizetype(1));
    QCOMPARE(report->count(State::Skipped), qsizetype(2)); // Of both "2" is now another story.
    QVERIFY(!report->isComplete());
    QCOMPARE(registry().tags(u"a"_s), (QStringList{u"2"_s, u"3"_s}));
}

void TestDeleteTagsJobChanges::deletesNothingWhenTheSecondLookIsIncomplete_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    QTest::newRow("no list") << QByteArray("GET") << u"/tags/list"_s;
    QTest::newRow("a tag cannot be looked at") << QByteArray("HEAD") << u"/manifests/stable"_s;
}

void TestDeleteTagsJobChanges::deletesNothingWhenTheSecondLookIsIncomplete()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QString, path);
    addImage(u"old"_s);
    addImage(u"stable"_s);
    const DeletionPlan plan = planFor({u"old"_s});
    registry().failNext(method, path, {500}, 100);
    const auto report = run(plan);
    QVERIFY(!report);
    QCOMPARE(report.error().httpStatus, 500);
    QCOMPARE(registry().count("DELETE"), qsizetype(0));
}

void TestDeleteTagsJobChanges::looksAtEveryTagRightBeforeEachDeletion()
{
    registry().setTag(u"a"_s, u"1.0"_s, addImage(u"1"_s));
    addImage(u"2"_s);
    QVERIFY(run(planFor({u"1"_s, u"2"_s})));
    QStringList sinceLast;
    QList<QStringList> before;
    for (const TestRequest &request : registry().requests()) {
        const bool isOfADigest = request.path().contains("sha256:"_L1);
        if (request.method == "DELETE")
            before.append(std::exchange(sinceLast, {}));
        else if (!isOfADigest) // Whether the first is gone is asked at the same time.
            sinceLast.append(QString::fromLatin1(request.method) + u' ' + request.path());
    }
    QCOMPARE(before.size(), qsizetype(2));
    const auto last = [&before](qsizetype deletion, qsizetype count) {
        QStringList lines = before.at(deletion).mid(before.at(deletion).size() - count);
        lines.sort(); // They are asked for at once.
        return lines;
    };
    QCOMPARE(last(0, 3), (QStringList{u"GET /v2/a/tags/list"_s, u"HEAD /v2/a/manifests/1"_s,
                                      u"HEAD /v2/a/manifests/1.0"_s}));
    QCOMPARE(last(1, 2), (QStringList{u"GET /v2/a/tags/list"_s, u"HEAD /v2/a/manifests/2"_s}));
}

void TestDeleteTagsJobChanges::deletesAnIndexBeforeWhatItIsMadeOf()
{
    const Digest image = addImage(u"amd64"_s); // Listed before the index.
    addIndexOf(u"multi"_s, image);
    const DeletionPlan plan = planFor({u"amd64"_s, u"multi"_s});
    const auto report = run(plan);
    QVERIFY(report);
    QVERIFY(report->isComplete());
    QStringList deleted;
    for (const TestRequest &request : registry().requests()) {
        if (request.method == "DELETE")
            deleted.append(request.path().section(u'/', -1));
    }
    QCOMPARE(deleted.size(), qsizetype(2));
    QCOMPARE(deleted.last(), image.toString());
    QCOMPARE(report->outcomes.first().group.manifest.digest, image); // As in the plan.
}

void TestDeleteTagsJobChanges::keepsWhatAnIndexIsMadeOfThatStayed_data()
{
    QTest::addColumn<int>("status"); // Of the deletion of the index; 0 lets its tag move.
    QTest::addColumn<State>("state");
    QTest::newRow("it has moved") << 0 << State::Skipped;
    QTest::newRow("it could not be deleted") << 500 << State::Failed;
    QTest::newRow("it is still there") << 202 << State::Unverified;
}

void TestDeleteTagsJobChanges::keepsWhatAnIndexIsMadeOfThatStayed()
{
    QFETCH(const int, status);
    QFETCH(const State, state);
    const Digest image = addImage(u"amd64"_s);
    addIndexOf(u"multi"_s, image);
    const DeletionPlan plan = planFor({u"amd64"_s, u"multi"_s});
    const Digest index = plan.groups.at(1).manifest.digest;
    if (status == 0)
        registry().setTag(u"a"_s, u"rescued"_s, index);
    else
        registry().failNext("DELETE", index.toString(), {status}, 100);
    const auto report = run(plan);
    QVERIFY(report);
    QCOMPARE(report->outcomes.at(1).state, state);
    QCOMPARE(report->outcomes.at(0).state, State::Skipped);
    QVERIFY(registry().hasManifest(u"a"_s, image));
    QCOMPARE(registry().count("DELETE", image.toString()), qsizetype(0));
}

void TestDeleteTagsJobChanges::keepsWhatCannotBeCheckedAgain_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    QTest::newRow("the tag") << QByteArray("HEAD") << u"/manifests/2"_s;
    QTest::newRow("the list of tags") << QByteArray("GET") << u"/tags/list"_s;
}

void TestDeleteTagsJobChanges::keepsWhatCannotBeCheckedAgain()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QString, path);
    addImage(u"1"_s);
    addImage(u"2"_s);
    const DeletionPlan plan = planFor({u"1"_s, u"2"_s});
    beforeFirst(u"DELETE"_s, [&] { registry().failNext(method, path, {500}, 100); });
    const auto report = run(plan);
    QVERIFY(report);
    QCOMPARE(report->outcomes.at(0).state, State::Deleted);
    QCOMPARE(report->outcomes.at(1).state, State::Failed);
    QCOMPARE(registry().count("DELETE"), qsizetype(1));
    QCOMPARE(registry().tags(u"a"_s), QStringList{u"2"_s});
}

QTEST_GUILESS_MAIN(TestDeleteTagsJobChanges)
#include "tst_deletetagsjob_changes.moc"
