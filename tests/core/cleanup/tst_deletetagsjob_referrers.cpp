// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/brokenrun.h"
#include "core/cleanup/deletetagsjob.h"
#include "core/cleanup/takesnapshotjob.h"
#include "core/registry/listreferrersjob.h"
#include "support/fakeconnection.h"
#include "support/heldrequests.h"
#include "support/outcome.h"
#include "support/testimages.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

using State = DeletionOutcome::State;

/// What becomes of the list of referrers when one of them is deleted, where the registry keeps none.
class TestDeleteTagsJobReferrers : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void takesItFromTheList();
    void changesAListBehindAllDeletions();
    void leavesAListAloneThatGoesItself();
    void asksForNoListWithoutAReason();
    void saysThatItIsStillListed();
    void deletesWhatIsAboutAnImageAfterIt_data();
    void deletesWhatIsAboutAnImageAfterIt();
    void deletesAnIndexBeforeItsPartThatItIsAbout();
    void keepsWhatIsAboutAnImageThatStays_data();
    void keepsWhatIsAboutAnImageThatStays();
    void keepsWhatIsAboutAnImageThatWasWithheld_data();
    void keepsWhatIsAboutAnImageThatWasWithheld();

private:
    void addReferrer(const QString &tag);
    [[nodiscard]] QStringList listed();
    [[nodiscard]] DeleteTagsJob *removal(const QStringList &tags);
    [[nodiscard]] Result<DeletionReport> remove(const QStringList &tags)
    {
        return outcomeOf<DeletionReport>(removal(tags));
    }
    [[nodiscard]] QString listTag() const { return referrersTag(*m_subject).toString(); }

    const RepositoryName m_repository = *RepositoryName::parse(u"team/app");
    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::optional<Digest> m_subject;
};

void TestDeleteTagsJobReferrers::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_folder = std::make_unique<QTemporaryDir>();
    m_subject = TestImages::addImage(m_connection->registry, u"team/app"_s, u"latest"_s);
    addReferrer(u"signature"_s);
    addReferrer(u"materials"_s);
    QCOMPARE(listed().size(), 2);
}

void TestDeleteTagsJobReferrers::addReferrer(const QString &tag)
{
    const Descriptor config = m_connection->registry.addBlob(u"team/app"_s, "{}");
    const QString type = u"application/vnd.oci.image.manifest.v1+json"_s;
    const QJsonObject document{
        {u"schemaVersion"_s, 2},
        {u"mediaType"_s, type},
        {u"artifactType"_s, QString(u"application/x."_s + tag)},
        {u"config"_s, QJsonObject{{u"mediaType"_s, u"application/vnd.oci.empty.v1+json"_s},
                                  {u"digest"_s, config.digest.toString()},
                                  {u"size"_s, 2}}},
        {u"layers"_s, QJsonArray()},
        {u"subject"_s, QJsonObject{{u"mediaType"_s, type},
                                   {u"digest"_s, m_subject->toString()},
                                   {u"size"_s, 7}}}};
    const auto manifest = parseManifest(QJsonDocument(document).toJson(), {});
    const auto pushed =
        outcomeOf(m_connection->session.pushManifest(m_repository, *Tag::parse(tag), *manifest));
    QVERIFY(pushed && !pushed->listError);
}

QStringList TestDeleteTagsJobReferrers::listed()
{
    QStringList types;
    const auto list = outcomeOf(m_connection->session.listReferrers(m_repository, *m_subject));
    for (const Descriptor &entry : list ? *list : QList<Descriptor>())
        types.append(entry.artifactType);
    return types;
}

DeleteTagsJob *TestDeleteTagsJobReferrers::removal(const QStringList &tags)
{
    const auto snapshot = outcomeOf(new TakeSnapshotJob(m_connection->session, m_repository));
    if (!snapshot)
        qFatal("no snapshot: %s", qPrintable(snapshot.error().message));
    QList<Tag> chosen;
    for (const QString &name : tags)
        chosen.append(*Tag::parse(name));
    m_connection->registry.forgetRequests();
    return new DeleteTagsJob(m_connection->session, planDeletion(*snapshot, chosen),
                             m_folder->filePath(u"backup"_s));
}

void TestDeleteTagsJobReferrers::takesItFromTheList()
{
    const auto report = remove({u"signature"_s});
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QVERIFY(report->isComplete());
    QVERIFY(!report->outcomes.first().listError);
    QCOMPARE(listed(), QStringList{u"application/x.materials"_s});
    // Not before it was gone.
    const QStringList lines = m_connection->registry.requestLines();
    const auto first = [&](const QString &method) {
        for (qsizetype i = 0; i < lines.size(); ++i) {
            if (lines.at(i).startsWith(method))
                return i;
        }
        return lines.size();
    };
    QVERIFY(first(u"DELETE"_s) < first(u"PUT"_s));
}

/// Two that go together may be on one list.
void TestDeleteTagsJobReferrers::changesAListBehindAllDeletions()
{
    FakeRegistry &registry = m_connection->registry;
    TestImages::addImage(registry, u"team/app"_s, u"aa"_s, {.layers = {"first, and alone"}});
    TestImages::addImage(registry, u"team/app"_s, u"zz"_s, {.layers = {"old"}});
    HeldRequests held(registry, "PUT", u"/manifests/"_s);
    DeleteTagsJob *deletion = removal({u"aa"_s, u"materials"_s, u"signature"_s, u"zz"_s});
    std::optional<Result<DeletionReport>> report;
    deletion->then(this, [&](const auto &result) { report = result; });
    deletion->start();
    for (int i = 0; i < 2; ++i) {
        QTRY_COMPARE_WITH_TIMEOUT(held.count(), qsizetype(1), 20'000);
        QVERIFY(outcomeOf(m_connection->session.ping())); // Whatever was on its way has come.
        QCOMPARE(held.count(), qsizetype(1));
        QCOMPARE(registry.count("DELETE"), qsizetype(4));
        held.answerOne();
    }
    QTRY_VERIFY_WITH_TIMEOUT(report, 20'000);
    QVERIFY(*report && (*report)->isComplete());
    QCOMPARE(listed(), QStringList());
}

void TestDeleteTagsJobReferrers::leavesAListAloneThatGoesItself()
{
    const auto report = remove({u"signature"_s, listTag()});
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QVERIFY(report->isComplete());
    QCOMPARE(m_connection->registry.count("PUT"), 0);
    QVERIFY(!m_connection->registry.tags(u"team/app"_s).contains(listTag()));
}

void TestDeleteTagsJobReferrers::asksForNoListWithoutAReason()
{
    TestImages::addImage(m_connection->registry, u"team/app"_s, u"old"_s, {.layers = {"old"}});
    const auto report = remove({u"old"_s});
    QVERIFY(report && report->isComplete());
    QCOMPARE(m_connection->registry.count("PUT"), 0);
    QCOMPARE(listed().size(), 2);
}

void TestDeleteTagsJobReferrers::saysThatItIsStillListed()
{
    m_connection->registry.failNext("PUT", u"/manifests/"_s, {403}, 9);
    const auto report = remove({u"signature"_s});
    QVERIFY(report);
    QCOMPARE(report->outcomes.first().state, State::Deleted);
    QVERIFY(report->outcomes.first().listError);
    QCOMPARE(report->outcomes.first().listError->kind, Error::Kind::Forbidden);
}

void TestDeleteTagsJobReferrers::deletesWhatIsAboutAnImageAfterIt_data()
{
    QTest::addColumn<bool>("isByName"); // Of its tag, as cosign has it.
    QTest::newRow("by what it says") << false;
    QTest::newRow("by its name") << true;
}

/// The tags of both come first by their names. R8
void TestDeleteTagsJobReferrers::deletesWhatIsAboutAnImageAfterIt()
{
    QFETCH(const bool, isByName);
    FakeRegistry &registry = m_connection->registry;
    registry.setTag(u"team/app"_s, u"zz"_s, *m_subject);
    registry.removeTag(u"team/app"_s, u"latest"_s);
    const QString named = referrersTag(*m_subject).toString() + u".sig"_s;
    TestImages::addImage(registry, u"team/app"_s, named, {.layers = {"by name"}});
    const QString about = isByName ? named : u"signature"_s;
    const auto report = remove({about, u"zz"_s});
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QVERIFY(report->isComplete());
    const QStringList deletions = registry.requestLines().filter(u"DELETE"_s);
    QCOMPARE(deletions.size(), qsizetype(2));
    QVERIFY2(deletions.first().endsWith(m_subject->toString()), qPrintable(deletions.first()));
}

/// In both orders of their names. R8
void TestDeleteTagsJobReferrers::deletesAnIndexBeforeItsPartThatItIsAbout()
{
    FakeRegistry &registry = m_connection->registry;
    const QByteArray image = TestImages::image(registry, u"team/app"_s, {.layers = {"a part"}});
    const Digest part =
        registry.addManifest(u"team/app"_s, u"mm"_s, image, MediaType::ociManifest());
    const QJsonObject descriptor{{u"mediaType"_s, MediaType::ociManifest().toString()},
                                 {u"digest"_s, part.toString()},
                                 {u"size"_s, image.size()}};
    const QJsonObject index{{u"schemaVersion"_s, 2},
                            {u"mediaType"_s, MediaType::ociIndex().toString()},
                            {u"manifests"_s, QJsonArray{descriptor}},
                            {u"subject"_s, descriptor}};
    const auto removeBoth = [&](const QString &name) {
        registry.addManifest(u"team/app"_s, u"mm"_s, image, MediaType::ociManifest());
        const Digest digest = registry.addManifest(
            u"team/app"_s, name, QJsonDocument(index).toJson(), MediaType::ociIndex());
        m_folder = std::make_unique<QTemporaryDir>();
        const auto report = remove({name, u"mm"_s});
        QVERIFY2(report, report ? "" : qPrintable(report.error().message));
        QCOMPARE(report->count(State::Deleted), qsizetype(2));
        const QStringList deletions = registry.requestLines().filter(u"DELETE"_s);
        QVERIFY2(deletions.first().endsWith(digest.toString()), qPrintable(deletions.first()));
    };
    removeBoth(u"aa"_s);
    removeBoth(u"zz"_s);
}

void TestDeleteTagsJobReferrers::keepsWhatIsAboutAnImageThatStays_data()
{
    deletesWhatIsAboutAnImageAfterIt_data();
}

void TestDeleteTagsJobReferrers::keepsWhatIsAboutAnImageThatStays()
{
    QFETCH(const bool, isByName);
    FakeRegistry &registry = m_connection->registry;
    const QString named = referrersTag(*m_subject).toString() + u".sig"_s;
    TestImages::addImage(registry, u"team/app"_s, named, {.layers = {"by name"}});
    const QString about = isByName ? named : u"signature"_s;
    registry.intercept(
        [&, isDone = false](const TestRequest &request, const TestConnection &) mutable {
            // While it is saved somebody gives the image another name.
            if (request.path().contains(u"/blobs/"_s) && !std::exchange(isDone, true))
                registry.setTag(u"team/app"_s, u"saved"_s, *m_subject);
            return false;
        });
    const auto report = remove({about, u"latest"_s});
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QCOMPARE(report->count(State::Skipped), qsizetype(2));
    QCOMPARE(registry.count("DELETE"), qsizetype(0));
    QVERIFY(registry.tags(u"team/app"_s).contains(about));
}

void TestDeleteTagsJobReferrers::keepsWhatIsAboutAnImageThatWasWithheld_data()
{
    deletesWhatIsAboutAnImageAfterIt_data();
}

/// A run broke off, somebody gave the image another tag, and the run goes on.
void TestDeleteTagsJobReferrers::keepsWhatIsAboutAnImageThatWasWithheld()
{
    QFETCH(const bool, isByName);
    FakeRegistry &registry = m_connection->registry;
    const QString named = referrersTag(*m_subject).toString() + u".sig"_s;
    TestImages::addImage(registry, u"team/app"_s, named, {.layers = {"by name"}});
    const QString about = isByName ? named : u"signature"_s;
    const auto signature = Digest::parse(registry.tagged(u"team/app"_s, about));
    const JournalRun run{
        JournalRun::Kind::Deletion,
        {},
        m_repository,
        {},
        {{*m_subject, {*Tag::parse(u"latest")}}, {*signature, {*Tag::parse(about)}}}};
    registry.setTag(u"team/app"_s, u"saved"_s, *m_subject);
    const auto broken = outcomeOf(new CheckBrokenRunJob(m_connection->session, run));
    QVERIFY2(broken, broken ? "" : qPrintable(broken.error().message));
    QCOMPARE(broken->rest.groups.size(), qsizetype(1));
    const auto report = outcomeOf(
        new DeleteTagsJob(m_connection->session, broken->rest, m_folder->filePath(u"backup"_s)));
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QCOMPARE(report->count(State::Skipped), qsizetype(1));
    QCOMPARE(registry.count("DELETE"), qsizetype(0));
}

QTEST_GUILESS_MAIN(TestDeleteTagsJobReferrers)
#include "tst_deletetagsjob_referrers.moc"
