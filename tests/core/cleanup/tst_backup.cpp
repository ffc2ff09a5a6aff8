// SPDX-License-Identifier: Apache-2.0
#include "support/fakeconnection.h"
#include "support/testbackup.h"
#include "support/testimages.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

/// What a backup says when it is read again, and what is refused as one.
class TestBackup : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void givesWhatWasSaved();
    void readsWhatIndexesAreMadeOf();
    void knowsWhatWasLostBefore();
    void saysThatThereIsNone_data();
    void saysThatThereIsNone();
    void refusesARecordThatIsNone_data();
    void refusesARecordThatIsNone();
    void refusesAManifestThatIsAnother();
    void refusesABackupThatLacksSomething_data();
    void refusesABackupThatLacksSomething();
    void readsThroughNoLink();
    void readsALargerRecordThanAnyManifest();
    void readsABackupThatDoesNotListItsDocuments();
    void endsWhenNobodyWaits();

private:
    [[nodiscard]] Result<Backup> read() const
    {
        const CancelFlag never = false;
        return readBackup(folder(), never);
    }
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }
    [[nodiscard]] QString folder() const { return m_home->filePath(u"backup"_s); }
    [[nodiscard]] QString recordPath() const { return folder() + "/longshore-backup.json"_L1; }
    [[nodiscard]] QString blobPath(const Digest &digest) const
    {
        return folder() + u'/' + blobNameInBackup(digest);
    }
    [[nodiscard]] QJsonObject record() const;
    void writeRecord(const QByteArray &bytes) const;

    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<QTemporaryDir> m_home;
    std::optional<Digest> m_one; ///< "1" and "1.0".
    std::optional<Digest> m_index; ///< "multi".
};

void TestBackup::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_home = std::make_unique<QTemporaryDir>();
    m_one = TestImages::addImage(registry(), u"team/app"_s, u"1"_s, {.layers = {"one"}});
    registry().setTag(u"team/app"_s, u"1.0"_s, *m_one);
    m_index = TestImages::addIndex(registry(), u"team/app"_s, u"multi"_s);
    TestImages::addImage(registry(), u"team/app"_s, u"stays"_s, {.layers = {"two"}});
    deleteTags(m_connection->session, u"team/app"_s, {u"1"_s, u"multi"_s}, folder());
}

QJsonObject TestBackup::record() const
{
    QFile file(recordPath());
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object()
                                          : QJsonObject();
}

void TestBackup::writeRecord(const QByteArray &bytes) const
{
    QFile file(recordPath());
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(bytes), bytes.size());
}

void TestBackup::givesWhatWasSaved()
{
    const auto backup = read();
    QVERIFY2(backup, backup ? "" : qPrintable(backup.error().message));
    QCOMPARE(backup->folder, folder());
    QCOMPARE(backup->host, registry().host());
    QCOMPARE(backup->repository.toString(), u"team/app"_s);
    QCOMPARE(backup->taken.timeSpec(), Qt::UTC);
    QCOMPARE(backup->entries.size(), qsizetype(2));
    QCOMPARE(backup->entries.at(0).manifest, *m_one);
    QCOMPARE(backup->entries.at(0).tags, (QList<Tag>{*Tag::parse(u"1"), *Tag::parse(u"1.0")}));
    QCOMPARE(backup->entries.at(1).manifest, *m_index);
    QCOMPARE(backup->knownTags.size(), qsizetype(4));
    QCOMPARE(backup->knownTags.value(*Tag::parse(u"multi"), *m_one), *m_index);
}

void TestBackup::readsWhatIndexesAreMadeOf()
{
    const auto backup = read();
    QVERIFY(backup);
    QCOMPARE(backup->manifests.size(), qsizetype(5)); // The image, the index, its three.
    for (const Manifest &manifest : backup->manifests)
        QVERIFY(manifest.digest.matches(manifest.bytes));
    QVERIFY(backup->manifests.find(*m_index)->index());
}

void TestBackup::knowsWhatWasLostBefore()
{
    QTemporaryDir other;
    const Digest lost = Digest::ofBytes("never there");
    registry().addManifest(u"b"_s, u"sparse"_s,
                           R"({"schemaVersion":2,"manifests":[{"size":9,"mediaType":")"
                           R"(application/vnd.oci.image.manifest.v1+json","digest":")"
                               + lost.toString().toLatin1() + R"("}]})",
                           MediaType::ociIndex());
    const Backup backup =
        deleteTags(m_connection->session, u"b"_s, {u"sparse"_s}, other.filePath(u"b"_s));
    QCOMPARE(backup.manifests.size(), qsizetype(1));
    QVERIFY(!backup.manifests.contains(lost));
}

void TestBackup::saysThatThereIsNone_data()
{
    QTest::addColumn<QString>("what");
    QTest::newRow("no folder") << u"folder"_s;
    QTest::newRow("a layout of somebody else") << u"record"_s;
}

void TestBackup::saysThatThereIsNone()
{
    QFETCH(const QString, what);
    QVERIFY(what == "folder"_L1 ? QDir(folder()).removeRecursively() : QFile::remove(recordPath()));
    const auto backup = read();
    QVERIFY(!backup);
    QCOMPARE(backup.error().kind, Kind::NotFound);
    QVERIFY2(backup.error().message.contains(u"no backup"_s), qPrintable(backup.error().message));
}

void TestBackup::refusesARecordThatIsNone_data()
{
    QTest::addColumn<QString>("member"); // What is replaced; everything for an empty one.
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<Kind>("kind");
    const auto row = [](const char *name, const QString &member, const QJsonValue &value,
                        Kind kind = Kind::Protocol) {
        QTest::newRow(name) << member << value << kind;
    };
    const QString digest = Digest::ofBytes("x").toString();
    row("no version", u"version"_s, QJsonValue::Undefined);
    row("version 0", u"version"_s, 0);
    row("a later version", u"version"_s, 2, Kind::Unsupported);
    row("no host", u"host"_s, QJsonValue::Undefined);
    row("a host with a path", u"host"_s, u"reg.lab/team"_s);
    row("a host with a password", u"host"_s, u"me:secret@reg.lab"_s);
    row("a repository that leads out", u"repository"_s, u"a/../b"_s);
    row("no time", u"taken"_s, u"yesterday"_s);
    row("no tags", u"tags"_s, QJsonArray());
    row("no tag", u"tags"_s, QJsonObject{{u"a b"_s, digest}});
    row("a tag of nothing", u"tags"_s, QJsonObject{{u"a"_s, u"sha256:../../etc"_s}});
    row("no manifests", u"manifests"_s, u"all"_s);
    row("no manifest", u"manifests"_s, QJsonArray{u"sha256"_s});
    row("a manifest that leads out", u"manifests"_s,
        QJsonArray{QJsonObject{{u"digest"_s, u"sha256:../../../etc/passwd"_s},
                               {u"tags"_s, QJsonArray()}}});
    row("a manifest without a list of tags", u"manifests"_s,
        QJsonArray{QJsonObject{{u"digest"_s, digest}}});
    row("a tag that leads out", u"manifests"_s,
        QJsonArray{QJsonObject{{u"digest"_s, digest}, {u"tags"_s, QJsonArray{u"../x"_s}}}});
    row("a tag twice", u"manifests"_s,
        QJsonArray{QJsonObject{{u"digest"_s, digest}, {u"tags"_s, QJsonArray{u"a"_s, u"a"_s}}}});
    row("a document without a digest", u"documents"_s, QJsonArray{1});
    row("a manifest that was not saved", u"manifests"_s,
        QJsonArray{QJsonObject{{u"digest"_s, digest}, {u"tags"_s, QJsonArray()}}}, Kind::NotFound);
}

void TestBackup::refusesARecordThatIsNone()
{
    QFETCH(const QString, member);
    QFETCH(const QJsonValue, value);
    QFETCH(const Kind, kind);
    QJsonObject object = record();
    object.insert(member, value);
    if (value.isUndefined())
        object.remove(member);
    writeRecord(QJsonDocument(object).toJson());
    const auto backup = read();
    QVERIFY(!backup);
    QCOMPARE(backup.error().kind, kind);
    QVERIFY(!backup.error().message.isEmpty());
}

void TestBackup::refusesAManifestThatIsAnother()
{
    QFile file(blobPath(*m_one)); // DEL-31
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(R"({"schemaVersion":2,"manifests":[]})");
    file.close();
    const auto backup = read();
    QVERIFY(!backup);
    QCOMPARE(backup.error().kind, Kind::DigestMismatch);
}

void TestBackup::refusesABackupThatLacksSomething_data()
{
    QTest::addColumn<bool>("isChild");
    QTest::newRow("an image") << false;
    QTest::newRow("an entry of an index") << true;
}

void TestBackup::refusesABackupThatLacksSomething()
{
    QFETCH(const bool, isChild);
    const auto whole = read();
    QVERIFY(whole);
    const ImageIndex *index = whole->manifests.find(*m_index)->index();
    QVERIFY(QFile::remove(blobPath(isChild ? index->manifests.at(1).digest : *m_one)));
    const auto backup = read();
    QVERIFY(!backup);
    QCOMPARE(backup.error().kind, Kind::NotFound);
}

void TestBackup::readsThroughNoLink()
{
    const QString elsewhere = m_home->filePath(u"elsewhere"_s);
    QVERIFY(QFile::rename(recordPath(), elsewhere));
    QVERIFY(QFile::link(elsewhere, recordPath()));
    const auto backup = read();
    QVERIFY(!backup);
    QCOMPARE(backup.error().kind, Kind::LocalFile);
}

void TestBackup::readsALargerRecordThanAnyManifest()
{
    QJsonObject object = record();
    QVariantMap tags;
    for (int i = 0; i < 45'000; ++i)
        tags.insert(u"nightly-%1"_s.arg(i), m_one->toString());
    object.insert(u"tags"_s, QJsonObject::fromVariantMap(tags));
    writeRecord(QJsonDocument(object).toJson());
    const auto backup = read();
    QVERIFY2(backup, backup ? "" : qPrintable(backup.error().message));
    QCOMPARE(backup->knownTags.size(), qsizetype(45'000));
}

void TestBackup::readsABackupThatDoesNotListItsDocuments()
{
    QJsonObject object = record();
    object.remove(u"documents"_s);
    writeRecord(QJsonDocument(object).toJson());
    const auto backup = read();
    QVERIFY(backup);
    QCOMPARE(backup->manifests.size(), qsizetype(5));
}

void TestBackup::endsWhenNobodyWaits()
{
    const CancelFlag cancelled = true;
    const auto backup = readBackup(folder(), cancelled);
    QVERIFY(!backup);
    QVERIFY(backup.error().isCancelled());
}

QTEST_GUILESS_MAIN(TestBackup)
#include "tst_backup.moc"
