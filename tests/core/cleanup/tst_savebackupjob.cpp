// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/backupcheck.h"
#include "core/cleanup/savebackupjob.h"
#include "core/cleanup/takesnapshotjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/testimages.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestSaveBackupJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void savesManifestsAndConfigurationsByteForByte();
    void readsAConfigurationOnceThatManyHave();
    void savesEverythingThatAnIndexIsMadeOf();
    void recordsWhichTagPointedToWhat();
    void isAnImageLayoutWithEveryTag();
    void namesAlsoAnImageWithoutATag();
    void countsWhatItSaved();
    void savesTheLayersWhereThatIsWanted();
    void isNoBackupWithoutALayerThatIsWanted();
    void hasAFolderForEveryRepository_data();
    void hasAFolderForEveryRepository();

private:
    [[nodiscard]] DeletionPlan planFor(const QList<Tag> &tags);
    [[nodiscard]] Result<SavedBackup> save(const DeletionPlan &plan);
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }
    [[nodiscard]] QString folder() const { return m_home->filePath(u"backup"_s); }
    [[nodiscard]] QStringList blobs() const;
    [[nodiscard]] QByteArray file(const QString &name) const;
    [[nodiscard]] QByteArray blob(const Digest &digest) const
    {
        return file("blobs/sha256/"_L1 + digest.encoded());
    }
    [[nodiscard]] QJsonObject json(const QString &name) const
    {
        return QJsonDocument::fromJson(file(name)).object();
    }

    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<QTemporaryDir> m_home;
};

void TestSaveBackupJob::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_home = std::make_unique<QTemporaryDir>();
}

DeletionPlan TestSaveBackupJob::planFor(const QList<Tag> &tags)
{
    const auto snapshot =
        outcomeOf(new TakeSnapshotJob(m_connection->session, *RepositoryName::parse(u"a")));
    if (!snapshot)
        qFatal("no snapshot: %s", qPrintable(snapshot.error().message));
    registry().forgetRequests();
    return planDeletion(*snapshot, tags);
}

Result<SavedBackup> TestSaveBackupJob::save(const DeletionPlan &plan)
{
    return outcomeOf(new SaveBackupJob(m_connection->session, plan, folder()));
}

QStringList TestSaveBackupJob::blobs() const
{
    return QDir(folder() + "/blobs/sha256"_L1).entryList(QDir::Files | QDir::Hidden);
}

QByteArray TestSaveBackupJob::file(const QString &name) const
{
    QFile file(folder() + u'/' + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestSaveBackupJob::savesManifestsAndConfigurationsByteForByte()
{
    // DAT-23: not as anybody would write it.
    const QByteArray odd =
        " \r\n" + TestImages::image(registry(), u"a"_s).replace("\":", "\" :\t") + "\n\n";
    const QByteArray config = [&] {
        const QJsonValue value = QJsonDocument::fromJson(odd)["config"_L1];
        return value["digest"_L1].toString().toLatin1();
    }();
    const Digest digest = registry().addManifest(u"a"_s, u"odd"_s, odd, MediaType::ociManifest());
    TestImages::addImage(registry(), u"a"_s, u"stays"_s, {.layers = {"another"}});
    QVERIFY(save(planFor({*Tag::parse(u"odd")})));
    QCOMPARE(blob(digest), odd);
    const auto configDigest = Digest::parse(QString::fromLatin1(config));
    QVERIFY(configDigest);
    QVERIFY(configDigest->matches(blob(*configDigest)));
    QCOMPARE(blobs().size(), qsizetype(2)); // No layer, and nothing of what stays.
}

void TestSaveBackupJob::readsAConfigurationOnceThatManyHave()
{
    const QByteArray image = TestImages::image(registry(), u"a"_s);
    registry().addManifest(u"a"_s, u"1"_s, image, MediaType::ociManifest());
    registry().addManifest(u"a"_s, u"2"_s, image + '\n', MediaType::ociManifest());
    QVERIFY(save(planFor({*Tag::parse(u"1"), *Tag::parse(u"2")})));
    QCOMPARE(blobs().size(), qsizetype(3));
    QCOMPARE(registry().count("GET", u"/blobs/"_s), qsizetype(1));
}

void TestSaveBackupJob::savesEverythingThatAnIndexIsMadeOf()
{
    const Digest inner = TestImages::addIndex(registry(), u"a"_s, {});
    registry().addManifest(u"a"_s, u"outer"_s,
                           R"({"schemaVersion":2,"manifests":[{"size":9,"mediaType":")"
                           R"(application/vnd.oci.image.index.v1+json","digest":")"
                               + inner.toString().toLatin1() + R"("}]})",
                           MediaType::ociIndex());
    QVERIFY(save(planFor({*Tag::parse(u"outer")})));
    const QStringList saved = blobs();
    QCOMPARE(saved.size(), qsizetype(8)); // Two indexes, three images, their configurations.
    for (const QString &name : saved)
        QVERIFY(
            Digest::parse(QString(u"sha256:"_s + name))->matches(file("blobs/sha256/"_L1 + name)));
}

void TestSaveBackupJob::recordsWhichTagPointedToWhat()
{
    const Digest gone = TestImages::addImage(registry(), u"a"_s, u"1"_s);
    registry().setTag(u"a"_s, u"1.0"_s, gone);
    const Digest kept = TestImages::addIndex(registry(), u"a"_s, u"latest"_s);
    const DeletionPlan plan = planFor({*Tag::parse(u"1")});
    QVERIFY(save(plan));
    QJsonObject record = json(u"longshore-backup.json"_s);
    const QDateTime saved = QDateTime::fromString(record.take(u"saved"_s).toString(), Qt::ISODate);
    QVERIFY(saved.isValid() && saved.timeSpec() == Qt::UTC);
    QVERIFY(record.take(u"program"_s).toString().startsWith("Longshore/"_L1));
    const QJsonObject expected{
        {u"version"_s, 1},
        {u"host"_s, registry().host()},
        {u"repository"_s, u"a"_s},
        {u"taken"_s, plan.taken.toString(Qt::ISODate)},
        {u"manifests"_s,
         QJsonArray{QJsonObject{{u"digest"_s, gone.toString()},
                                {u"mediaType"_s, MediaType::ociManifest().toString()},
                                {u"tags"_s, QJsonArray{u"1"_s, u"1.0"_s}},
                                {u"siblings"_s, QJsonArray{u"1.0"_s}}}}},
        {u"documents"_s, QJsonArray{gone.toString()}},
        {u"tags"_s, QJsonObject{{u"1"_s, gone.toString()},
                                {u"1.0"_s, gone.toString()},
                                {u"latest"_s, kept.toString()}}}};
    QCOMPARE(record, expected);
    QVERIFY(plan.taken.toString(Qt::ISODate).endsWith(u'Z'));
}

void TestSaveBackupJob::isAnImageLayoutWithEveryTag()
{
    const Digest digest = TestImages::addImage(registry(), u"a"_s, u"1"_s);
    registry().setTag(u"a"_s, u"1.0"_s, digest);
    QVERIFY(save(planFor({*Tag::parse(u"1.0")})));
    QCOMPARE(json(u"oci-layout"_s), (QJsonObject{{u"imageLayoutVersion"_s, u"1.0.0"_s}}));
    const QJsonArray manifests = json(u"index.json"_s).value("manifests"_L1).toArray();
    QStringList names;
    for (const auto &entry : manifests) {
        QCOMPARE(entry["digest"_L1].toString(), digest.toString());
        QCOMPARE(entry["size"_L1].toInteger(), blob(digest).size());
        names.append(entry["annotations"_L1]["org.opencontainers.image.ref.name"_L1].toString());
    }
    QCOMPARE(names, (QStringList{u"1.0"_s, u"1"_s}));
}

void TestSaveBackupJob::namesAlsoAnImageWithoutATag()
{
    TestImages::addImage(registry(), u"a"_s, u"stays"_s, {.layers = {"another"}});
    const QByteArray bytes = TestImages::image(registry(), u"a"_s);
    const Digest digest = registry().addManifest(u"a"_s, {}, bytes, MediaType::ociManifest());
    const DeletionPlan nothing = planFor({});
    DeletionPlan plan = nothing;
    plan.groups.append({{MediaType::ociManifest(), digest, bytes.size()}, {}, {}, {}});
    QVERIFY(save(plan));
    const QJsonArray manifests = json(u"index.json"_s).value("manifests"_L1).toArray();
    QCOMPARE(manifests.size(), qsizetype(1));
    QCOMPARE(manifests.first()["digest"_L1].toString(), digest.toString());
    QVERIFY(manifests.first()["annotations"_L1].isUndefined());
}

void TestSaveBackupJob::countsWhatItSaved()
{
    TestImages::addImage(registry(), u"a"_s, u"1"_s, {.layers = {"one"}});
    TestImages::addImage(registry(), u"a"_s, u"2"_s, {.layers = {"two"}});
    const auto saved = save(planFor({*Tag::parse(u"1"), *Tag::parse(u"2")}));
    QVERIFY(saved);
    QCOMPARE(saved->folder, folder());
    QCOMPARE(saved->manifestCount, qsizetype(2));
    qint64 bytes = 0;
    const QStringList names = blobs();
    for (const QString &name : names)
        bytes += file("blobs/sha256/"_L1 + name).size();
    QCOMPARE(saved->bytes, bytes);
}

void TestSaveBackupJob::savesTheLayersWhereThatIsWanted()
{
    TestImages::addIndex(registry(), u"a"_s, u"multi"_s);
    TestImages::addImage(registry(), u"a"_s, u"1"_s, {.layers = {"one", "two"}});
    DeletionPlan plan = planFor({*Tag::parse(u"1"), *Tag::parse(u"multi")});
    plan.savesLayers = true;
    const auto saved = save(plan);
    QVERIFY(saved);
    qint64 bytes = 0;
    const QStringList names = blobs();
    for (const QString &name : names) {
        const QByteArray content = file("blobs/sha256/"_L1 + name);
        QVERIFY(Digest::parse(QString(u"sha256:"_s + name))->matches(content));
        bytes += content.size();
    }
    for (const char *layer : {"one", "two", "layer one", "layer two"}) // Also those of the index.
        QVERIFY2(names.contains(Digest::ofBytes(layer).encoded()), layer);
    QCOMPARE(saved->bytes, bytes);
    const auto backup = readBackup(folder(), CancelFlag());
    QVERIFY(backup);
    QVERIFY(backup->saved.isValid());
    QVERIFY(backup->layers.contains(Digest::ofBytes("two")));
    QVERIFY(QFile::remove(folder() + u'/' + blobNameInBackup(Digest::ofBytes("two"))));
    const auto check = checkBackup(
        folder(), [](qint64, qint64) {}, CancelFlag());
    QVERIFY(check);
    QCOMPARE(check->problems.size(), qsizetype(1));
    QVERIFY(check->problems.first().contains(Digest::ofBytes("two").toString()));
}

void TestSaveBackupJob::isNoBackupWithoutALayerThatIsWanted()
{
    TestImages::addImage(registry(), u"a"_s, u"1"_s, {.layers = {"one", "two"}});
    DeletionPlan plan = planFor({*Tag::parse(u"1")});
    plan.savesLayers = true;
    registry().failNext("GET", Digest::ofBytes("two").toString(), {404, {}, {}});
    QVERIFY(!save(plan));
    QVERIFY(file(u"longshore-backup.json"_s).isEmpty());
    QTRY_VERIFY(!QDir(folder()).exists()); // Nobody would know what the rest is.
}

void TestSaveBackupJob::hasAFolderForEveryRepository_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("repository");
    QTest::addColumn<QString>("end");
    QTest::newRow("plain") << u"reg.lab"_s << u"app"_s << u"_reg.lab_app"_s;
    QTest::newRow("port, path") << u"reg.lab:5000"_s << u"a/b"_s << u"_reg.lab_5000_a_b"_s;
    QTest::newRow("IPv6") << u"[::1]:5000"_s << u"a"_s << u"___1_5000_a"_s;
    QTest::newRow("long") << QString(300, u'h') << u"a"_s << QString(u'_' + QString(100, u'h'));
}

void TestSaveBackupJob::hasAFolderForEveryRepository()
{
    QFETCH(const QString, host);
    QFETCH(const QString, repository);
    QFETCH(const QString, end);
    const QString path = SaveBackupJob::defaultFolder(host, *RepositoryName::parse(repository));
    const QFileInfo folder(path);
    QCOMPARE(folder.dir().dirName(), u"backups"_s);
    static const QRegularExpression time(u"\\A[0-9]{8}T[0-9]{9}"_s);
    QVERIFY2(folder.fileName().contains(time), qPrintable(path));
    QCOMPARE(folder.fileName().mid(18), end);
}

QTEST_GUILESS_MAIN(TestSaveBackupJob)
#include "tst_savebackupjob.moc"
