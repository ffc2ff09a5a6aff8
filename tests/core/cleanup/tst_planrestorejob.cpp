// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/planrestorejob.h"
#include "support/fakeconnection.h"
#include "support/testbackup.h"
#include "support/testimages.h"

#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Place = RestoreItem::Place;
using Way = RestoreItem::Way;

/// What a backup could bring back, found out without changing anything.
class TestPlanRestoreJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void findsEverythingThere();
    void changesNothing();
    void seesWhatIsThereAlready();
    void seesATagThatPointsElsewhere();
    void seesThatALayerIsGone_data();
    void seesThatALayerIsGone();
    void takesAConfigurationOutOfTheBackup_data();
    void takesAConfigurationOutOfTheBackup();
    void takesNothingDamagedOutOfTheBackup();
    void losesAnIndexWithOneOfItsImages();
    void takesOnlyWhatIsWanted_data();
    void takesOnlyWhatIsWanted();
    void saysThatTheBackupHasNoSuchTag();
    void endsWhereItMayNotLook_data();
    void endsWhereItMayNotLook();
    void asksWithTheRightToWrite();

private:
    [[nodiscard]] Result<RestorePlan> plan(const std::optional<Reference> &only = {})
    {
        registry().forgetRequests();
        return outcomeOf(
            new PlanRestoreJob(m_connection->session, *m_backup, {m_backup->repository, only}));
    }
    void removeBlob(const Digest &digest);
    /// The descriptors of the configuration and the first layer of "1".
    [[nodiscard]] const ImageManifest &one() const
    {
        return *m_backup->manifests.find(*m_one)->image();
    }
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }

    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<QTemporaryDir> m_home;
    std::optional<Backup> m_backup;
    std::optional<Digest> m_one; ///< "1" and "1.0".
    std::optional<Digest> m_index; ///< "multi".
};

void TestPlanRestoreJob::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_home = std::make_unique<QTemporaryDir>();
    m_one = TestImages::addImage(registry(), u"a"_s, u"1"_s, {.layers = {"one"}});
    registry().setTag(u"a"_s, u"1.0"_s, *m_one);
    m_index = TestImages::addIndex(registry(), u"a"_s, u"multi"_s);
    m_backup = deleteTags(m_connection->session, u"a"_s, {u"1"_s, u"multi"_s},
                          m_home->filePath(u"backup"_s));
}

void TestPlanRestoreJob::removeBlob(const Digest &digest)
{
    QVERIFY(outcomeOf(m_connection->session.deleteBlob(*RepositoryName::parse(u"a"), digest)));
}

void TestPlanRestoreJob::findsEverythingThere()
{
    const auto found = plan();
    QVERIFY2(found, found ? "" : qPrintable(found.error().message));
    QStringList references;
    for (const RestoreItem &item : found->items) {
        references.append(item.reference().toString());
        QCOMPARE(item.place, Place::Free);
        QCOMPARE(item.way, Way::FromServer);
        QVERIFY(item.canComeBack());
    }
    QCOMPARE(references, (QStringList{u"1"_s, u"1.0"_s, u"multi"_s}));
    QCOMPARE(found->items.constLast().manifest.digest, *m_index);
    QVERIFY(found->blobs.isEmpty());
    QCOMPARE(found->present.size(), qsizetype(3)); // What the index is made of has not gone.
}

void TestPlanRestoreJob::changesNothing()
{
    QVERIFY(plan()); // DEL-41
    for (const TestRequest &request : registry().requests())
        QVERIFY2(request.method == "HEAD" || request.method == "GET", request.raw.constData());
}

void TestPlanRestoreJob::seesWhatIsThereAlready()
{
    registry().addManifest(u"a"_s, u"1"_s, m_backup->manifests.find(*m_one)->bytes,
                           MediaType::ociManifest());
    const auto found = plan();
    QVERIFY(found);
    QCOMPARE(found->items.at(0).place, Place::Same);
    QVERIFY(!found->items.at(0).canComeBack());
    QCOMPARE(found->items.at(1).place, Place::Free); // "1.0" shares only the image.
}

void TestPlanRestoreJob::seesATagThatPointsElsewhere()
{
    const Digest other = TestImages::addImage(registry(), u"a"_s, u"1"_s, {.layers = {"new"}});
    const auto found = plan();
    QVERIFY(found);
    QCOMPARE(found->items.at(0).place, Place::Taken);
    QVERIFY(found->items.at(0).current);
    QCOMPARE(found->items.at(0).current->digest, other);
    QVERIFY(found->items.at(0).canComeBack()); // If somebody says so.
}

void TestPlanRestoreJob::seesThatALayerIsGone_data()
{
    QTest::addColumn<bool>("knowsHead");
    QTest::newRow("and HEAD says so") << true;
    QTest::newRow("though HEAD still says that it is there") << false;
}

void TestPlanRestoreJob::seesThatALayerIsGone()
{
    QFETCH(const bool, knowsHead);
    const Digest layer = one().layers.first().digest;
    if (knowsHead)
        removeBlob(layer);
    else
        registry().failNext("GET", u"/blobs/"_s + layer.toString(), {404}, 9);
    const auto found = plan();
    QVERIFY(found);
    QCOMPARE(found->items.at(0).way, Way::Lost);
    QCOMPARE(found->items.at(1).way, Way::Lost);
    QCOMPARE(found->items.at(0).lost, QList<Digest>{layer});
    QVERIFY(!found->items.at(0).canComeBack());
    QCOMPARE(found->items.at(2).way, Way::FromServer);
}

void TestPlanRestoreJob::takesAConfigurationOutOfTheBackup_data()
{
    seesThatALayerIsGone_data();
}

void TestPlanRestoreJob::takesAConfigurationOutOfTheBackup()
{
    QFETCH(const bool, knowsHead);
    const Digest config = one().config.digest;
    if (knowsHead)
        removeBlob(config);
    else
        registry().failNext("GET", u"/blobs/"_s + config.toString(), {404}, 9);
    const auto found = plan();
    QVERIFY(found);
    QCOMPARE(found->items.at(0).way, Way::FromBackup);
    QVERIFY(found->items.at(0).lost.isEmpty());
    QVERIFY(found->blobs.contains(config));
    QCOMPARE(found->blobs.find(config)->isBelieved, !knowsHead);
}

void TestPlanRestoreJob::takesNothingDamagedOutOfTheBackup()
{
    const Descriptor config = one().config;
    removeBlob(config.digest);
    QFile file(m_backup->folder + u'/' + blobNameInBackup(config.digest));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(config.size, ' '));
    file.close();
    const auto found = plan();
    QVERIFY(found);
    QCOMPARE(found->items.at(0).way, Way::Lost);
    QVERIFY(found->blobs.isEmpty());
}

void TestPlanRestoreJob::losesAnIndexWithOneOfItsImages()
{
    const ImageIndex *index = m_backup->manifests.find(*m_index)->index();
    const Digest last = index->manifests.constLast().digest;
    removeBlob(m_backup->manifests.find(last)->image()->layers.first().digest);
    const auto found = plan();
    QVERIFY(found);
    QCOMPARE(found->items.at(0).way, Way::FromServer);
    QCOMPARE(found->items.at(2).way, Way::Lost);
}

void TestPlanRestoreJob::takesOnlyWhatIsWanted_data()
{
    QTest::addColumn<QString>("wanted"); // A tag; or "digest" for that of "1".
    QTest::addColumn<QStringList>("found");
    QTest::newRow("a tag") << u"1.0"_s << QStringList{u"1.0"_s};
    QTest::newRow("a manifest") << u"digest"_s << QStringList{u"1"_s, u"1.0"_s};
}

void TestPlanRestoreJob::takesOnlyWhatIsWanted()
{
    QFETCH(const QString, wanted);
    QFETCH(const QStringList, found);
    const auto planned =
        plan(wanted == "digest"_L1 ? Reference(*m_one) : Reference(*Tag::parse(wanted)));
    QVERIFY(planned);
    QStringList references;
    for (const RestoreItem &item : planned->items)
        references.append(item.reference().toString());
    QCOMPARE(references, found);
    QCOMPARE(registry().count("HEAD", m_index->toString()), qsizetype(0));
}

void TestPlanRestoreJob::saysThatTheBackupHasNoSuchTag()
{
    const auto found = plan(*Tag::parse(u"2"));
    QVERIFY(!found);
    QCOMPARE(found.error().kind, Error::Kind::NotFound);
    QVERIFY(registry().requests().isEmpty());
}

void TestPlanRestoreJob::endsWhereItMayNotLook_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("a tag") << u"/manifests/1.0"_s;
    QTest::newRow("a manifest") << u"/manifests/sha256:"_s;
    QTest::newRow("a blob") << u"/blobs/"_s;
}

void TestPlanRestoreJob::endsWhereItMayNotLook()
{
    QFETCH(const QString, path);
    registry().failNext("HEAD", path, {403, {}, {}, true}, 99);
    registry().failNext("GET", path, {403}, 99);
    const auto found = plan();
    QVERIFY(!found);
    QCOMPARE(found.error().kind, Error::Kind::Forbidden);
}

void TestPlanRestoreJob::asksWithTheRightToWrite()
{
    registry().behaviour.signIn = FakeRegistry::SignIn::Bearer;
    QVERIFY(plan());
    const QList<TestRequest> &requests = registry().requests();
    QVERIFY(std::any_of(requests.begin(), requests.end(), [](const TestRequest &request) {
        return request.path() == "/token"_L1
               && request.query(u"scope"_s) == "repository:a:pull,push"_L1;
    }));
}

QTEST_GUILESS_MAIN(TestPlanRestoreJob)
#include "tst_planrestorejob.moc"
