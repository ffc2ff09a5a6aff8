// SPDX-License-Identifier: Apache-2.0
#include "support/programrunner.h"
#include "support/sampleimages.h"
#include "support/testarchive.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonObject>
#include <QStandardPaths>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// longshorectl append to images of a real registry; skopeo checks what is there in the end, and
/// umoci unpacks it.
class TestAppendToRegistry : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void putsALayerOnTop_data();
    void putsALayerOnTop();
    void packsFilesOnTop();

private:
    QJsonObject append(const QStringList &files, const QString &tag) const;
    /// The root file system of an image, as umoci unpacks it.
    [[nodiscard]] QString unpacked(const QString &tag) const;
    [[nodiscard]] static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    ProgramRunner m_program{QStringLiteral(LONGSHORECTL)};
    RealRegistry m_registry;
};

void TestAppendToRegistry::initTestCase()
{
    for (const QString &program : {u"skopeo"_s, u"umoci"_s}) {
        if (QStandardPaths::findExecutable(program).isEmpty())
            QSKIP(qPrintable(program + u" is not here"_s));
    }
    if (!m_registry.failure().isEmpty())
        QSKIP(qPrintable(m_registry.failure()));
    SampleImages::pushImage(m_registry, u"amd64"_s, u"gzip"_s);
}

QJsonObject TestAppendToRegistry::append(const QStringList &files, const QString &tag) const
{
    const auto result =
        m_program.run(QStringList{u"append"_s, m_registry.host() + u"/team/app:amd64"_s} + files
                      + QStringList{u"--tag"_s, tag, u"--folder"_s, u"/etc"_s, u"--json"_s});
    if (result.exitStatus != 0)
        qWarning() << result.errors;
    return documentOf(result).object();
}

QString TestAppendToRegistry::unpacked(const QString &tag) const
{
    const QString layout = m_program.filePath(u"layout-"_s + tag);
    const QString bundle = m_program.filePath(u"bundle-"_s + tag);
    const auto pulled =
        runProcess(u"skopeo"_s, {u"copy"_s, u"--src-tls-verify=false"_s,
                                 u"docker://"_s + m_registry.host() + u"/team/app:"_s + tag,
                                 u"oci:"_s + layout + u":a"_s});
    if (pulled.exitStatus != 0)
        qWarning() << pulled.errors;
    const auto result = runProcess(
        u"umoci"_s, {u"unpack"_s, u"--rootless"_s, u"--image"_s, layout + u":a"_s, bundle});
    if (result.exitStatus != 0)
        qWarning() << result.errors;
    return bundle + u"/rootfs"_s;
}

void TestAppendToRegistry::putsALayerOnTop_data()
{
    QTest::addColumn<QByteArray>("layer");
    // Each has content of its own: else two configurations of the same second would be one blob.
    const auto tar = [](const QByteArray &row) {
        return TestArchive()
            .add("etc/new", "new")
            .add("bin/program", "newer")
            .add("etc/row", row)
            .bytes();
    };
    QTest::newRow("plain") << tar("plain");
    QTest::newRow("gzip") << SampleImages::compressed(tar("gzip"), u"gzip"_s);
    QTest::newRow("zstd") << SampleImages::compressed(tar("zstd"), u"zstd"_s);
}

void TestAppendToRegistry::putsALayerOnTop()
{
    QFETCH(const QByteArray, layer);
    const QString tag = QString::fromLatin1(QTest::currentDataTag());
    QFile file(m_program.filePath(u"layer-"_s + tag));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(layer);
    file.close();
    const QJsonObject appended = append({file.fileName()}, tag);
    QCOMPARE(appended.value(u"skipped"_s).toInt(), 2);
    QCOMPARE(appended.value(u"uploaded"_s).toInt(), 2);

    const auto inspected =
        runProcess(u"skopeo"_s, {u"inspect"_s, u"--tls-verify=false"_s,
                                 u"docker://"_s + m_registry.host() + u"/team/app:"_s + tag});
    const QJsonObject image = QJsonDocument::fromJson(inspected.output).object();
    QCOMPARE(image.value(u"Digest"_s), appended.value(u"digest"_s));
    QCOMPARE(image.value(u"Layers"_s).toArray().size(), qsizetype(3));
    if (tag == u"zstd"_s)
        return; // This umoci does not know it.
    const QString root = unpacked(tag);
    QCOMPARE(read(root + u"/etc/new"_s), "new");
    QCOMPARE(read(root + u"/bin/program"_s), "newer");
    QCOMPARE(read(root + u"/etc/same"_s), QByteArray(200'000, 's'));
}

void TestAppendToRegistry::packsFilesOnTop()
{
    QVERIFY(QDir().mkpath(m_program.filePath(u"conf"_s)));
    QFile file(m_program.filePath(u"conf/app.ini"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[a]\n");
    file.close();
    QVERIFY(QFile::link(u"app.ini"_s, m_program.filePath(u"conf/link"_s)));
    QVERIFY(!append({m_program.filePath(u"conf"_s)}, u"files"_s).isEmpty());
    const QString root = unpacked(u"files"_s);
    QCOMPARE(read(root + u"/etc/conf/app.ini"_s), "[a]\n");
    QVERIFY(QFileInfo(root + u"/etc/conf/link"_s).isSymLink());
    QCOMPARE(read(root + u"/etc/same"_s), QByteArray(200'000, 's'));
}

QTEST_GUILESS_MAIN(TestAppendToRegistry)
#include "tst_appendtoregistry.moc"
