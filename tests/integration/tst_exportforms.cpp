// SPDX-License-Identifier: Apache-2.0
#include "core/oci/digest.h"
#include "support/gzip.h"
#include "support/programrunner.h"
#include "support/zstd.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonObject>
#include <QStandardPaths>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// Every form of export from a real registry, with skopeo as the judge of what is on the disk.
class TestExportForms : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void isReadAsALayout_data() { addTags(); }
    void isReadAsALayout();
    void isReadByDockersReaderToo_data() { addTags(); }
    void isReadByDockersReaderToo();
    void isReadAsADockerArchive_data() { addTags(); }
    void isReadAsADockerArchive();
    void isTheFolderThatSkopeoWrites_data();
    void isTheFolderThatSkopeoWrites();
    void keepsTheBytesOfAnIndex();
    void holdsSeveralImagesForEachReader_data();
    void holdsSeveralImagesForEachReader();
    void unpacksLayersOfEachKind();
    void completesAnArchiveThatWasKilled();

private:
    static void addTags();
    /// An image of two layers, "one" and "two" with the tag behind them, stored by \a pack.
    [[nodiscard]] QByteArray pushImage(const QString &tag, const QString &kind,
                                       QByteArray (*pack)(const QByteArray &),
                                       const QString &architecture = u"amd64"_s);
    void pushIndex(const QList<QByteArray> &manifests);
    [[nodiscard]] static QByteArray content(const QString &layer)
    {
        return QString(layer + u' ').repeated(100'000).toUtf8();
    }
    [[nodiscard]] QByteArray stored(const QString &tag) const
    {
        return m_registry.request("GET", u"/v2/team/app/manifests/"_s + tag).body;
    }
    [[nodiscard]] QString image(const QString &tag) const
    {
        return m_registry.host() + u"/team/app:"_s + tag;
    }
    [[nodiscard]] QString path(const QString &name) const { return m_program.filePath(name); }
    void save(const QString &tag, const QString &place) const;
    [[nodiscard]] static QByteArray skopeo(const QStringList &arguments);
    /// Whether skopeo sees the configuration of the registry, and the tars that it speaks of.
    void judgePlainLayers(const QString &tag, const QString &source) const;

    ProgramRunner m_program{QStringLiteral(LONGSHORECTL)};
    RealRegistry m_registry;
};

void TestExportForms::initTestCase()
{
    if (QStandardPaths::findExecutable(u"skopeo"_s).isEmpty())
        QSKIP("skopeo is not here");
    if (!m_registry.failure().isEmpty())
        QSKIP(qPrintable(m_registry.failure()));
    const auto asItIs = [](const QByteArray &bytes) { return bytes; };
    const QByteArray first = pushImage(u"plain"_s, {}, asItIs);
    const QByteArray second = pushImage(u"gzip"_s, u"+gzip"_s, &gzipped, u"arm64"_s);
    QVERIFY(!pushImage(u"zstd"_s, u"+zstd"_s, &zstdCompressed).isEmpty());
    pushIndex({first, second});
}

void TestExportForms::addTags()
{
    QTest::addColumn<QString>("tag");
    for (const QString &tag : {u"plain"_s, u"gzip"_s, u"zstd"_s})
        QTest::newRow(qPrintable(tag)) << tag;
}

QByteArray TestExportForms::pushImage(const QString &tag, const QString &kind,
                                      QByteArray (*pack)(const QByteArray &),
                                      const QString &architecture)
{
    QJsonArray layers;
    QJsonArray diffIds;
    for (const QString &layer : {QString(u"one "_s + tag), QString(u"two "_s + tag)}) {
        const QByteArray bytes = pack(content(layer));
        diffIds.append(Digest::ofBytes(content(layer)).toString());
        layers.append(QJsonObject{
            {u"mediaType"_s, QString("application/vnd.oci.image.layer.v1.tar"_L1 + kind)},
            {u"digest"_s, m_registry.pushBlob(u"team/app"_s, bytes)},
            {u"size"_s, bytes.size()}});
    }
    const QByteArray config =
        QJsonDocument(QJsonObject{{u"architecture"_s, architecture},
                                  {u"os"_s, u"linux"_s},
                                  {u"rootfs"_s, QJsonObject{{u"type"_s, u"layers"_s},
                                                            {u"diff_ids"_s, diffIds}}}})
            .toJson(QJsonDocument::Compact);
    const QString type = u"application/vnd.oci.image.manifest.v1+json"_s;
    const QJsonObject manifest{
        {u"schemaVersion"_s, 2},
        {u"mediaType"_s, type},
        {u"config"_s, QJsonObject{{u"mediaType"_s, u"application/vnd.oci.image.config.v1+json"_s},
                                  {u"digest"_s, m_registry.pushBlob(u"team/app"_s, config)},
                                  {u"size"_s, config.size()}}},
        {u"layers"_s, layers}};
    const QByteArray bytes = QJsonDocument(manifest).toJson();
    const auto answer =
        m_registry.request("PUT", u"/v2/team/app/manifests/"_s + tag, bytes, type.toLatin1());
    return answer.status == 201 ? bytes : QByteArray();
}

void TestExportForms::pushIndex(const QList<QByteArray> &manifests)
{
    QJsonArray entries;
    for (const QByteArray &manifest : manifests)
        entries.append(QJsonObject{
            {u"mediaType"_s, u"application/vnd.oci.image.manifest.v1+json"_s},
            {u"digest"_s, Digest::ofBytes(manifest).toString()},
            {u"size"_s, manifest.size()},
            {u"platform"_s,
             QJsonObject{{u"os"_s, u"linux"_s},
                         {u"architecture"_s, entries.isEmpty() ? u"amd64"_s : u"arm64"_s}}}});
    const QString type = u"application/vnd.oci.image.index.v1+json"_s;
    const QByteArray bytes =
        QJsonDocument(
            QJsonObject{{u"schemaVersion"_s, 2}, {u"mediaType"_s, type}, {u"manifests"_s, entries}})
            .toJson();
    QCOMPARE(
        m_registry.request("PUT", u"/v2/team/app/manifests/all"_s, bytes, type.toLatin1()).status,
        201);
}

void TestExportForms::save(const QString &tag, const QString &place) const
{
    const auto result = m_program.run({u"export"_s, image(tag), place});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
}

QByteArray TestExportForms::skopeo(const QStringList &arguments)
{
    const auto result = runProcess(u"skopeo"_s, arguments);
    if (result.exitStatus != 0)
        qWarning("%s", result.errors.constData());
    return result.exitStatus == 0 ? result.output : "failed: " + result.errors;
}

void TestExportForms::isReadAsALayout()
{
    QFETCH(const QString, tag);
    const QString file = path(tag + u".tar"_s);
    save(tag, u"oci-archive:"_s + file + u":any-"_s + tag);
    const QString source = u"oci-archive:"_s + file + u":any-"_s + tag;
    QCOMPARE(skopeo({u"inspect"_s, u"--raw"_s, source}), stored(tag));
    // Copying checks every digest.
    const QString copy = path(u"copy-"_s + tag);
    QVERIFY(!skopeo({u"copy"_s, source, u"dir:"_s + copy}).startsWith("failed"));
    QCOMPARE(m_program.content(u"copy-"_s + tag + u"/manifest.json"_s), stored(tag));
}

void TestExportForms::judgePlainLayers(const QString &tag, const QString &source) const
{
    const QJsonDocument seen = QJsonDocument::fromJson(skopeo({u"inspect"_s, u"--raw"_s, source}));
    const QJsonDocument expected = QJsonDocument::fromJson(stored(tag));
    QVERIFY(seen["config"_L1]["digest"_L1].isString());
    QCOMPARE(seen["config"_L1]["digest"_L1], expected["config"_L1]["digest"_L1]);
    QCOMPARE(seen["layers"_L1].toArray().size(), qsizetype(2));
    QCOMPARE(seen["layers"_L1][0]["digest"_L1].toString(),
             Digest::ofBytes(content(u"one "_s + tag)).toString());
    QCOMPARE(seen["layers"_L1][1]["digest"_L1].toString(),
             Digest::ofBytes(content(u"two "_s + tag)).toString());
    const QString name = QFileInfo(source).fileName() + u"-copy"_s;
    QVERIFY(!skopeo({u"copy"_s, source, u"dir:"_s + path(name)}).startsWith("failed"));
}

void TestExportForms::isReadByDockersReaderToo()
{
    QFETCH(const QString, tag);
    const QString file = path(tag + u"-hybrid.tar"_s);
    save(tag, u"oci-archive:"_s + file);
    judgePlainLayers(tag, u"docker-archive:"_s + file);
    const QByteArray tags = skopeo({u"list-tags"_s, u"docker-archive:"_s + file});
    QVERIFY2(tags.contains(image(tag).toUtf8()), tags.constData());
}

void TestExportForms::isReadAsADockerArchive()
{
    QFETCH(const QString, tag);
    const QString file = path(tag + u"-docker.tar"_s);
    save(tag, u"docker-archive:"_s + file + u":lab:5000/team/app:1"_s);
    judgePlainLayers(tag, u"docker-archive:"_s + file);
    const QByteArray tags = skopeo({u"list-tags"_s, u"docker-archive:"_s + file});
    QVERIFY2(tags.contains("lab:5000/team/app:1"), tags.constData());
}

void TestExportForms::isTheFolderThatSkopeoWrites_data()
{
    addTags();
    QTest::newRow("index") << u"all"_s;
}

void TestExportForms::isTheFolderThatSkopeoWrites()
{
    QFETCH(const QString, tag);
    const QString ours = u"ours-"_s + tag;
    const QString theirs = u"theirs-"_s + tag;
    save(tag, u"dir:"_s + path(ours));
    QVERIFY(!skopeo({u"copy"_s, u"--all"_s, u"--src-tls-verify=false"_s,
                     u"docker://"_s + image(tag), u"dir:"_s + path(theirs)})
                 .startsWith("failed"));
    const QStringList names = m_program.files(theirs);
    QVERIFY(names.size() > 4);
    QCOMPARE(m_program.files(ours), names);
    for (const QString &name : names)
        QVERIFY2(m_program.content(ours + u'/' + name) == m_program.content(theirs + u'/' + name),
                 qPrintable(name));
}

void TestExportForms::keepsTheBytesOfAnIndex()
{
    const QString source = u"oci-archive:"_s + path(u"all.tar"_s) + u":all"_s;
    save(u"all"_s, source);
    QCOMPARE(skopeo({u"inspect"_s, u"--raw"_s, source}), stored(u"all"_s));
    QVERIFY(!skopeo({u"copy"_s, u"--all"_s, source, u"dir:"_s + path(u"copy-all"_s)})
                 .startsWith("failed"));
    QCOMPARE(m_program.content(u"copy-all/manifest.json"_s), stored(u"all"_s));
}

void TestExportForms::holdsSeveralImagesForEachReader_data()
{
    QTest::addColumn<QString>("form");
    QTest::newRow("folder") << u"oci"_s;
    QTest::newRow("archive") << u"oci-archive"_s;
}

void TestExportForms::holdsSeveralImagesForEachReader()
{
    QFETCH(const QString, form);
    const QString place = form + u':' + path(form + u"-several"_s);
    const auto result =
        m_program.run({u"export"_s, image(u"plain"_s), image(u"gzip"_s), image(u"zstd"_s), place});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    for (const QString &tag : {u"plain"_s, u"gzip"_s, u"zstd"_s}) {
        const QString source = place + u':' + tag;
        QCOMPARE(skopeo({u"inspect"_s, u"--raw"_s, source}), stored(tag));
        const QString copy = u"dir:"_s + path(form + u"-copy-"_s + tag);
        QVERIFY(!skopeo({u"copy"_s, source, copy}).startsWith("failed"));
        if (form != "oci-archive"_L1)
            continue;
        const QString docker = u"docker-archive:"_s + path(form + u"-several:"_s) + image(tag);
        judgePlainLayers(tag, docker);
    }
}

void TestExportForms::unpacksLayersOfEachKind()
{
    for (const QString &tag : {u"plain"_s, u"gzip"_s, u"zstd"_s}) {
        const QString folder = u"layers-"_s + tag;
        const QString platform = tag == "gzip"_L1 ? u"linux/arm64"_s : u"linux/amd64"_s;
        const auto result = m_program.run({u"export-layers"_s, image(tag), path(folder),
                                           u"--decompress"_s, u"--platform"_s, platform});
        QVERIFY2(result.exitStatus == 0, result.errors.constData());
        const QStringList files = m_program.files(folder);
        QCOMPARE(files.size(), qsizetype(2));
        QVERIFY(m_program.content(folder + u'/' + files[0]) == content(u"one "_s + tag));
        QVERIFY(m_program.content(folder + u'/' + files[1]) == content(u"two "_s + tag));
    }
}

void TestExportForms::completesAnArchiveThatWasKilled()
{
    QList<QByteArray> layers;
    for (char letter = 'a'; letter < 'i'; ++letter)
        layers.append(QByteArray(8'000'000, letter));
    QVERIFY(!m_registry.push(u"team/app"_s, u"big"_s, layers).isEmpty());
    const QString place = u"oci-archive:"_s + path(u"killed/big.tar"_s) + u":big"_s;
    const QDir stage(path(u"killed/.big.tar.blobs"_s));
    const auto killed = m_program.start({u"export"_s, image(u"big"_s), place});
    QTRY_VERIFY(!stage.entryList(QDir::Files).isEmpty() || killed->state() == QProcess::NotRunning);
    killed->kill();
    ProgramRunner::finish(*killed);
    QFile::remove(path(u"killed/big.tar"_s)); // It may have been faster than the signal.
    save(u"big"_s, place);
    QCOMPARE(skopeo({u"inspect"_s, u"--raw"_s, place}), stored(u"big"_s));
    QVERIFY(!skopeo({u"copy"_s, place, u"dir:"_s + path(u"copy-big"_s)}).startsWith("failed"));
    QCOMPARE(m_program.files(u"killed"_s), QStringList{u"big.tar"_s});
}

QTEST_GUILESS_MAIN(TestExportForms)
#include "tst_exportforms.moc"
