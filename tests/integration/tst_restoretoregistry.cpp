// SPDX-License-Identifier: Apache-2.0
#include "core/oci/digest.h"
#include "support/programrunner.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QStandardPaths>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// Deletes from a real registry and puts back, also after its garbage collection. Plain HTTP, skopeo
/// and the files of the registry tell what it holds, never our own client.
class TestRestoreToRegistry : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void bringsBackEveryTagAndEveryByte();
    void bringsBackWhatOthersCanPull();
    void bringsBackLayersThatGarbageCollectionTook();
    void bringsBackAnIndexAfterItsImages();
    void saysWhatGarbageCollectionTook_data();
    void saysWhatGarbageCollectionTook();
    void sendsTheConfigurationThatGarbageCollectionTook_data();
    void sendsTheConfigurationThatGarbageCollectionTook();

private:
    void start(const RealRegistryOptions &options);
    /// Deletes it with all its tags; the backup goes to \a folder.
    void remove(const QString &reference, const QString &folder);
    [[nodiscard]] ProcessResult restore(const QString &folder) const
    {
        return m_program->run({u"restore"_s, folder, u"--json"_s});
    }
    [[nodiscard]] QString pushIndex(const QString &tag, const QString &manifestDigest);
    /// Each tag, and the bytes that the registry sends for it.
    [[nodiscard]] QMap<QString, QByteArray> tags() const;
    [[nodiscard]] bool hasRevision(const QString &digest) const
    {
        return QFile::exists(
            m_registry->storage()
            + "/docker/registry/v2/repositories/team/app/_manifests/revisions/sha256/"_L1
            + digest.mid(7) + "/link"_L1);
    }

    std::unique_ptr<ProgramRunner> m_program;
    std::unique_ptr<RealRegistry> m_registry;
    QString m_one; ///< "1" and "1.0".
    QString m_two; ///< "2", which shares a layer with it.
};

void TestRestoreToRegistry::initTestCase()
{
    if (!RealRegistry::isInstalled())
        QSKIP("docker-registry is not here; tests/run.sh fetches it");
}

void TestRestoreToRegistry::init()
{
    start({});
}

void TestRestoreToRegistry::start(const RealRegistryOptions &options)
{
    m_program = std::make_unique<ProgramRunner>(QStringLiteral(LONGSHORECTL));
    m_registry = std::make_unique<RealRegistry>(options);
    QVERIFY2(m_registry->failure().isEmpty(), qPrintable(m_registry->failure()));
    m_one = m_registry->push(u"team/app"_s, u"1"_s, {"one", "shared"});
    QCOMPARE(m_registry->push(u"team/app"_s, u"1.0"_s, {"one", "shared"}), m_one);
    m_two = m_registry->push(u"team/app"_s, u"2"_s, {"shared"});
    QCOMPARE(tags().size(), qsizetype(3));
}

void TestRestoreToRegistry::remove(const QString &reference, const QString &folder)
{
    const auto result =
        m_program->run({u"manifest"_s, u"delete"_s, m_registry->host() + u"/team/app"_s + reference,
                        u"--with-siblings"_s, u"--backup"_s, folder});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
}

QString TestRestoreToRegistry::pushIndex(const QString &tag, const QString &manifestDigest)
{
    const auto manifest = m_registry->request("GET", u"/v2/team/app/manifests/"_s + manifestDigest);
    const QJsonObject entry{{u"mediaType"_s, u"application/vnd.oci.image.manifest.v1+json"_s},
                            {u"digest"_s, manifestDigest},
                            {u"size"_s, manifest.body.size()}};
    const QByteArray index =
        QJsonDocument(QJsonObject{{u"schemaVersion"_s, 2},
                                  {u"mediaType"_s, u"application/vnd.oci.image.index.v1+json"_s},
                                  {u"manifests"_s, QJsonArray{entry}}})
            .toJson();
    return QString::fromLatin1(m_registry
                                   ->request("PUT", u"/v2/team/app/manifests/"_s + tag, index,
                                             "application/vnd.oci.image.index.v1+json")
                                   .digest);
}

QMap<QString, QByteArray> TestRestoreToRegistry::tags() const
{
    const auto list = m_registry->request("GET", u"/v2/team/app/tags/list"_s);
    const QJsonArray names = QJsonDocument::fromJson(list.body)[u"tags"_s].toArray();
    QMap<QString, QByteArray> result;
    for (const auto &name : names) {
        const auto manifest =
            m_registry->request("GET", u"/v2/team/app/manifests/"_s + name.toString());
        if (manifest.status == 200)
            result.insert(name.toString(), manifest.body);
    }
    return result;
}

void TestRestoreToRegistry::bringsBackEveryTagAndEveryByte()
{
    const auto before = tags(); // DEL-32
    remove(u":1"_s, u"one"_s);
    remove(u":2"_s, u"two"_s);
    QVERIFY(tags().isEmpty());
    for (const QString &folder : {u"one"_s, u"two"_s}) {
        const auto result = restore(folder);
        QVERIFY2(result.exitStatus == 0, result.errors.constData());
    }
    QCOMPARE(tags(), before);
    QVERIFY(m_registry->collectGarbage()); // Nothing of it is garbage any more.
    const QString blob = u"/v2/team/app/blobs/"_s;
    for (const QByteArray &layer : {QByteArray("one"), QByteArray("shared")})
        QCOMPARE(m_registry->request("GET", blob + Digest::ofBytes(layer).toString()).body, layer);
}

void TestRestoreToRegistry::bringsBackWhatOthersCanPull()
{
    if (QStandardPaths::findExecutable(u"skopeo"_s).isEmpty())
        QSKIP("skopeo is not here");
    const QByteArray before = tags().value(u"1.0"_s);
    remove(u":1"_s, u"saved"_s);
    QCOMPARE(restore(u"saved"_s).exitStatus, 0);
    const auto copied =
        runProcess(u"skopeo"_s, {u"copy"_s, u"--src-tls-verify=false"_s,
                                 u"docker://"_s + m_registry->host() + u"/team/app:1.0"_s,
                                 u"dir:"_s + m_program->filePath(u"pulled"_s)});
    QVERIFY2(copied.exitStatus == 0, copied.errors.constData());
    QCOMPARE(m_program->content(u"pulled/manifest.json"_s), before);
    QVERIFY(m_program->files(u"pulled"_s).contains(Digest::ofBytes("one").encoded()));
}

void TestRestoreToRegistry::bringsBackLayersThatGarbageCollectionTook()
{
    const QMap<QString, QByteArray> before = tags();
    const auto cleaned =
        m_program->run({u"cleanup"_s, m_registry->host() + u"/team/app"_s, u"--match"_s, u"1*"_s,
                        u"--apply"_s, u"--yes-delete"_s, u"2"_s, u"--backup"_s,
                        m_program->filePath(u"saved"_s), u"--backup-layers"_s});
    QVERIFY2(cleaned.exitStatus == 0, cleaned.errors.constData());
    QCOMPARE(tags().size(), qsizetype(1));
    QVERIFY(m_registry->collectGarbage());
    const QString layer = u"/v2/team/app/blobs/"_s + Digest::ofBytes("one").toString();
    const auto result = restore(u"saved"_s);
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QCOMPARE(tags(), before);
    QCOMPARE(m_registry->request("GET", layer).body, QByteArray("one"));
}

void TestRestoreToRegistry::bringsBackAnIndexAfterItsImages()
{
    const QString index = pushIndex(u"multi"_s, m_one);
    QVERIFY(!index.isEmpty());
    const auto before = tags();
    remove(u":multi"_s, u"index"_s); // Its image is saved with it.
    remove(u":1"_s, u"image"_s);
    QVERIFY(!hasRevision(m_one));
    const auto result = restore(u"index"_s);
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QCOMPARE(tags().value(u"multi"_s), before.value(u"multi"_s));
    QVERIFY(hasRevision(m_one)); // The registry takes no index without it.
    QCOMPARE(restore(u"image"_s).exitStatus, 0);
    QCOMPARE(tags(), before);
}

void TestRestoreToRegistry::saysWhatGarbageCollectionTook_data()
{
    QTest::addColumn<bool>("cachesBlobs");
    QTest::newRow("that knows what it has") << false;
    QTest::newRow("that believes what it remembers") << true; // distribution #3254
}

void TestRestoreToRegistry::saysWhatGarbageCollectionTook()
{
    QFETCH(const bool, cachesBlobs); // DEL-33
    start({.cachesBlobs = cachesBlobs});
    const QString index = pushIndex(u"multi"_s, m_one);
    remove(u":multi"_s, u"index"_s);
    remove(u":1"_s, u"image"_s);
    QVERIFY(m_registry->collectGarbage());
    const QString layer = u"/v2/team/app/blobs/"_s + Digest::ofBytes("one").toString();
    QCOMPARE(m_registry->request("HEAD", layer).status, cachesBlobs ? 200 : 404);
    const auto before = tags();
    for (const QString &folder : {u"image"_s, u"index"_s}) {
        const auto result = restore(folder);
        QCOMPARE(result.exitStatus, 4);
        QVERIFY(isOneCleanLine(result.errors));
        const QJsonDocument document = documentOf(result);
        QVERIFY(document[u"restored"_s].toArray().isEmpty());
        const QJsonArray missing = document[u"missing"_s].toArray();
        QCOMPARE(missing.size(), folder == "image"_L1 ? 2 : 1);
        QCOMPARE(missing[0][u"blobs"_s].toArray(), QJsonArray{Digest::ofBytes("one").toString()});
    }
    QCOMPARE(tags(), before);
    QVERIFY(!hasRevision(m_one));
    QVERIFY(!hasRevision(index));
}

void TestRestoreToRegistry::sendsTheConfigurationThatGarbageCollectionTook_data()
{
    saysWhatGarbageCollectionTook_data();
}

void TestRestoreToRegistry::sendsTheConfigurationThatGarbageCollectionTook()
{
    QFETCH(const bool, cachesBlobs);
    start({.cachesBlobs = cachesBlobs});
    const auto before = tags();
    remove(u":2"_s, u"saved"_s); // Of which "1" still needs the layer.
    const QString config =
        QJsonDocument::fromJson(before.value(u"2"_s))[u"config"_s][u"digest"_s].toString();
    const QString blob = u"/v2/team/app/blobs/"_s + config;
    const QByteArray bytes = m_registry->request("GET", blob).body;
    QVERIFY(m_registry->collectGarbage());
    QVERIFY(m_registry->request("GET", blob).body != bytes);
    const auto result = restore(u"saved"_s);
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QCOMPARE(tags(), before);
    QCOMPARE(m_registry->request("GET", blob).body, bytes);
}

QTEST_GUILESS_MAIN(TestRestoreToRegistry)
#include "tst_restoretoregistry.moc"
