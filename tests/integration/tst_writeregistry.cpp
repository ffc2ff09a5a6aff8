// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"
#include "core/transfer/filecontent.h"
#include "core/transfer/uploadblobjob.h"
#include "support/outcome.h"
#include "support/programrunner.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonObject>
#include <QStandardPaths>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// What longshorectl and the library write into a real registry, with skopeo as the judge of it.
class TestWriteRegistry : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup() { qunsetenv("REGISTRY_HTTP_RELATIVEURLS"); }
    void skopeoPullsWhatWasPut_data();
    void skopeoPullsWhatWasPut();
    void sendsPartsAndMounts();
    void removesATagAndKeepsItsSiblings();
    void changesNothingWhereDeletionIsOff();
    void listsReferrersUnderATag();
    void uploadsInConstantMemory();

private:
    /// Starts a registry; with a password it is always ours.
    void start(const RealRegistryOptions &options = {});
    [[nodiscard]] ProcessResult run(const QStringList &arguments) const
    {
        return m_program.run(
            arguments + QStringList{u"--username"_s, u"demo"_s, u"--password-stdin"_s}, "secret");
    }
    [[nodiscard]] QString image(const QString &rest) const
    {
        return m_registry->host() + u"/team/app"_s + rest;
    }
    QByteArray write(const QString &name, const QByteArray &bytes) const;
    /// Puts an image with one layer; what its manifest holds.
    QByteArray putImage(const QString &tag) const;
    [[nodiscard]] QString skopeoDigest(const QString &tag) const;

    Network m_network;
    ProgramRunner m_program{QStringLiteral(LONGSHORECTL)};
    std::unique_ptr<RealRegistry> m_registry;
    const QByteArray m_layer = QByteArray(3'000'000, 'x') + "end";
};

void TestWriteRegistry::initTestCase()
{
    if (QStandardPaths::findExecutable(u"skopeo"_s).isEmpty())
        QSKIP("skopeo is not here");
    if (const RealRegistry registry; !registry.failure().isEmpty())
        QSKIP(qPrintable(registry.failure()));
}

void TestWriteRegistry::init()
{
    m_registry.reset();
}

void TestWriteRegistry::start(const RealRegistryOptions &options)
{
    RealRegistryOptions all = options;
    all.hasPassword = true;
    m_registry = std::make_unique<RealRegistry>(all);
    QCOMPARE(m_registry->failure(), QString());
}

QByteArray TestWriteRegistry::write(const QString &name, const QByteArray &bytes) const
{
    QFile file(m_program.filePath(name));
    if (!file.open(QIODevice::WriteOnly))
        return {};
    file.write(bytes);
    return bytes;
}

QByteArray TestWriteRegistry::putImage(const QString &tag) const
{
    const QByteArray config =
        write(u"config"_s,
              R"({"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[")"
                  + Digest::ofBytes(m_layer).toString().toLatin1() + R"("]}})");
    write(u"layer"_s, m_layer);
    const auto entry = [](const QString &type, const QByteArray &bytes) {
        return QJsonObject{{u"mediaType"_s, type},
                           {u"digest"_s, Digest::ofBytes(bytes).toString()},
                           {u"size"_s, bytes.size()}};
    };
    const QJsonObject manifest{
        {u"schemaVersion"_s, 2},
        {u"mediaType"_s, u"application/vnd.oci.image.manifest.v1+json"_s},
        {u"config"_s, entry(u"application/vnd.oci.image.config.v1+json"_s, config)},
        {u"layers"_s, QJsonArray{entry(u"application/vnd.oci.image.layer.v1.tar"_s, m_layer)}}};
    const QByteArray bytes = write(u"manifest"_s, QJsonDocument(manifest).toJson());
    for (const auto &file : {u"config"_s, u"layer"_s}) {
        const auto put = run({u"blob"_s, u"put"_s, image({}), file});
        if (put.exitStatus != 0)
            qWarning() << put.errors;
    }
    const auto put = run({u"manifest"_s, u"put"_s, image(u':' + tag), u"manifest"_s});
    if (put.exitStatus != 0)
        qWarning() << put.errors;
    return bytes;
}

QString TestWriteRegistry::skopeoDigest(const QString &tag) const
{
    const auto result =
        runProcess(u"skopeo"_s, {u"inspect"_s, u"--tls-verify=false"_s, u"--creds=demo:secret"_s,
                                 u"--format={{.Digest}}"_s, u"docker://"_s + image(u':' + tag)});
    return QString::fromLatin1(result.output.trimmed());
}

void TestWriteRegistry::skopeoPullsWhatWasPut_data()
{
    QTest::addColumn<bool>("hasRelativeUrls");
    QTest::addColumn<bool>("canDelete");
    QTest::newRow("absolute locations") << false << true;
    QTest::newRow("relative locations") << true << true;
    QTest::newRow("deletion off") << false << false;
}

void TestWriteRegistry::skopeoPullsWhatWasPut()
{
    QFETCH(bool, hasRelativeUrls);
    QFETCH(bool, canDelete);
    if (hasRelativeUrls)
        qputenv("REGISTRY_HTTP_RELATIVEURLS", "true");
    start({.canDelete = canDelete});
    const auto upload = m_registry->request("POST", u"/v2/team/app/blobs/uploads/"_s);
    QCOMPARE(upload.location.startsWith('/'), hasRelativeUrls);
    const QByteArray manifest = putImage(u"1"_s);
    const QString digest = Digest::ofBytes(manifest).toString();
    QCOMPARE(skopeoDigest(u"1"_s), digest);
    const QString copy =
        m_program.filePath(u"copy-"_s + QString::fromLatin1(QTest::currentDataTag()));
    const auto pulled = runProcess(
        u"skopeo"_s, {u"copy"_s, u"--src-tls-verify=false"_s, u"--src-creds=demo:secret"_s,
                      u"docker://"_s + image(u":1"_s), u"dir:"_s + copy});
    QVERIFY2(pulled.exitStatus == 0, pulled.errors.constData());
    QFile file(copy + u"/manifest.json"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), manifest);
    QFile layer(copy + u'/' + Digest::ofBytes(m_layer).encoded());
    QVERIFY(layer.open(QIODevice::ReadOnly));
    QCOMPARE(layer.readAll(), m_layer);
}

void TestWriteRegistry::sendsPartsAndMounts()
{
    start();
    RegistrySession session(m_network, *RegistryAddress::parse(m_registry->host()), u"http"_s);
    session.setCredentials({u"demo"_s, Secret("secret")});
    write(u"layer"_s, m_layer);
    const auto content = FileContent::open(m_program.filePath(u"layer"_s), CancelFlag(false));
    QVERIFY(content);
    BlobUpload upload{*RepositoryName::parse(u"a"), *content};
    upload.partSize = 1'000'000;
    auto result = outcomeOf(new UploadBlobJob(session, upload));
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QCOMPARE(result->how, UploadedBlob::How::Uploaded);
    const QString path = u"/blobs/"_s + Digest::ofBytes(m_layer).toString();
    QCOMPARE(m_registry->request("GET", u"/v2/a"_s + path).body, m_layer);

    upload.repository = *RepositoryName::parse(u"b");
    upload.mount = {Digest::ofBytes(m_layer), RepositoryName::parse(u"a")};
    result = outcomeOf(new UploadBlobJob(session, upload));
    QVERIFY(result);
    QCOMPARE(result->how, UploadedBlob::How::Mounted);
    QCOMPARE(m_registry->request("GET", u"/v2/b"_s + path).body, m_layer);

    upload.repository = *RepositoryName::parse(u"c");
    upload.mount->from = RepositoryName::parse(u"nowhere");
    result = outcomeOf(new UploadBlobJob(session, upload));
    QVERIFY(result);
    QCOMPARE(result->how, UploadedBlob::How::Uploaded);
    const QDir uploads(m_registry->storage() + u"/docker/registry/v2/repositories/c/_uploads"_s);
    QCOMPARE(uploads.entryList(QDir::Dirs | QDir::NoDotAndDotDot), QStringList());
}

void TestWriteRegistry::removesATagAndKeepsItsSiblings()
{
    start();
    const QString digest = Digest::ofBytes(putImage(u"1"_s)).toString();
    QCOMPARE(run({u"tag"_s, u"add"_s, image(u":1"_s), u"2"_s, u"3"_s}).exitStatus, 0);
    QCOMPARE(run({u"tag"_s, u"remove"_s, image(u":2"_s)}).exitStatus, 1);
    QCOMPARE(skopeoDigest(u"2"_s), digest); // Docker's registry cannot, and nobody forced it.
    QCOMPARE(run({u"tag"_s, u"remove"_s, image(u":2"_s), u"--placeholder"_s}).exitStatus, 0);
    QCOMPARE(skopeoDigest(u"2"_s), QString());
    QCOMPARE(skopeoDigest(u"1"_s), digest);
    QCOMPARE(skopeoDigest(u"3"_s), digest);
}

void TestWriteRegistry::changesNothingWhereDeletionIsOff()
{
    start({.canDelete = false});
    const QString digest = Digest::ofBytes(putImage(u"1"_s)).toString();
    QCOMPARE(run({u"tag"_s, u"remove"_s, image(u":1"_s), u"--placeholder"_s}).exitStatus, 1);
    const QString blob = u'@' + Digest::ofBytes(m_layer).toString();
    QCOMPARE(run({u"blob"_s, u"delete"_s, image(blob)}).exitStatus, 1);
    QCOMPARE(skopeoDigest(u"1"_s), digest);
    QCOMPARE(run({u"blob"_s, u"exists"_s, image(blob)}).exitStatus, 0);
}

void TestWriteRegistry::listsReferrersUnderATag()
{
    start();
    const QByteArray manifest = putImage(u"1"_s);
    QJsonObject about = QJsonDocument::fromJson(manifest).object();
    about.insert(u"artifactType"_s, u"application/x.sbom"_s);
    about.insert(u"subject"_s,
                 QJsonObject{{u"mediaType"_s, u"application/vnd.oci.image.manifest.v1+json"_s},
                             {u"digest"_s, Digest::ofBytes(manifest).toString()},
                             {u"size"_s, manifest.size()}});
    const QByteArray bytes = write(u"about"_s, QJsonDocument(about).toJson());
    const QString digest = Digest::ofBytes(bytes).toString();
    QCOMPARE(run({u"manifest"_s, u"put"_s, image(u'@' + digest), u"about"_s}).exitStatus, 0);
    const auto list = run({u"referrers"_s, image(u":1"_s), u"--json"_s});
    QCOMPARE(documentOf(list).array().size(), 1);
    QCOMPARE(documentOf(list)[0]["digest"_L1].toString(), digest);
    QCOMPARE(documentOf(list)[0]["artifactType"_L1].toString(), u"application/x.sbom"_s);
    const QString tag = u"sha256-"_s + Digest::ofBytes(manifest).encoded();
    QCOMPARE(m_registry->request("GET", u"/v2/team/app/manifests/"_s + tag).status, 200);
    // What is deleted is no longer listed.
    const auto deleted = run({u"manifest"_s, u"delete"_s, image(u'@' + digest), u"--backup"_s,
                              m_program.filePath(u"backup"_s)});
    QVERIFY2(deleted.exitStatus == 0, deleted.errors.constData());
    const auto after = run({u"referrers"_s, image(u":1"_s), u"--json"_s});
    QCOMPARE(after.exitStatus, 0);
    QCOMPARE(documentOf(after).array().size(), 0);
}

void TestWriteRegistry::uploadsInConstantMemory()
{
    start();
    // Prints the peak of its child, in KiB. The sanitizer keeps what was freed, unless it is told.
    const QString measure = u"import os, sys\n"
                            "os.environ['ASAN_OPTIONS'] = 'quarantine_size_mb=1'\n"
                            "child = os.spawnv(os.P_NOWAIT, sys.argv[1], sys.argv[1:])\n"
                            "usage = os.wait4(child, 0)\n"
                            "print('peak', usage[1], usage[2].ru_maxrss)\n"_s;
    const auto peakOf = [&](const QString &name, qint64 size) -> qint64 {
        QFile file(m_program.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || !file.resize(size)) // Sparse: all of it zeros.
            return -1;
        const auto result =
            runProcess(u"python3"_s,
                       {u"-c"_s, measure, m_program.program(), u"blob"_s, u"put"_s, image({}),
                        file.fileName(), u"--username"_s, u"demo"_s, u"--password-stdin"_s},
                       "secret");
        const QByteArrayList words = result.output.trimmed().split('\n').last().split(' ');
        return words.value(1) == "0" ? words.value(2).toLongLong() * 1024 : -1;
    };
    const qint64 small = peakOf(u"small"_s, 1'000'000);
    const qint64 large = peakOf(u"large"_s, 200'000'000);
    QVERIFY(small > 0);
    QVERIFY(large > 0);
    QVERIFY2(large - small < 40'000'000, qPrintable(u"%1 and %2 bytes"_s.arg(small).arg(large)));
    qInfo("peak of a small and a large upload: %lld and %lld MB", small / 1'000'000,
          large / 1'000'000);
}

QTEST_GUILESS_MAIN(TestWriteRegistry)
#include "tst_writeregistry.moc"
