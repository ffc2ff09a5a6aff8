// SPDX-License-Identifier: Apache-2.0
#include "support/gzip.h"
#include "support/programrunner.h"
#include "support/smallfilesystem.h"
#include "support/testimages.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// longshorectl export, export-layers.
class TestExport : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void writesALayout();
    void takesOnePlatform();
    void completesWhatIsThere();
    void refusesOtherPlaces();
    void refusesADigestAsAName();
    void writesAnArchiveForEverybody();
    void namesTheImageAsItIsTold();
    void writesAnArchiveForDocker();
    void asksForAPlatformWhereDockerNeedsOne();
    void refusesAnArchiveThatIsThere();
    void writesAFolderForSkopeo();
    void saysWhenTheDiskIsFull();
    void bringsLayersInTheirOrder();
    void wantsNumbersOfLayersWhereItIsToldOfSome();
    void keepsLayersThatAreThere();
    void refusesAnotherFileOfThatName();
    void unpacksLayers();
    void unpacksNothingThatIsSomethingElse();

private:
    [[nodiscard]] QString image(const QString &tag = u"1"_s) const
    {
        return m_registry->host() + u"/a:"_s + tag;
    }
    [[nodiscard]] QString place(const QString &form, const QString &name = {}) const
    {
        return form + u':' + m_program->filePath(u"out"_s) + name;
    }
    [[nodiscard]] QByteArray member(const QString &name) const
    {
        return runProcess(u"tar"_s, {u"-xOf"_s, m_program->filePath(u"out"_s), name}).output;
    }
    [[nodiscard]] QString place() const { return u"oci:"_s + m_program->filePath(u"out"_s); }

    std::unique_ptr<ProgramRunner> m_program;
    std::unique_ptr<FakeRegistry> m_registry;
    std::optional<Digest> m_image;
};

void TestExport::init()
{
    m_program = std::make_unique<ProgramRunner>(QStringLiteral(LONGSHORECTL));
    m_registry = std::make_unique<FakeRegistry>();
    m_image = TestImages::addImage(*m_registry, u"a"_s, u"1"_s);
    TestImages::addIndex(*m_registry, u"a"_s, u"all"_s);
}

void TestExport::writesALayout()
{
    const auto result = m_program->run({u"export"_s, image(), place() + u":1.0"_s, u"--json"_s});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    const QJsonObject object = documentOf(result).object();
    QCOMPARE(object.value("digest"_L1).toString(), m_image->toString());
    QCOMPARE(object.value("blobs"_L1).toInt(), 4);
    QVERIFY(object.value("bytes"_L1).toInteger() > 0);
    QVERIFY(m_program->content(u"out/index.json"_s).contains("\"1.0\""));
}

void TestExport::takesOnePlatform()
{
    const auto all = m_program->run({u"export"_s, image(u"all"_s), place()});
    QVERIFY2(all.exitStatus == 0, all.errors.constData());
    const auto one =
        m_program->run({u"export"_s, image(u"all"_s), place(), u"--platform"_s, u"linux/arm64"_s});
    QVERIFY2(one.exitStatus == 0, one.errors.constData());
    QVERIFY(one.output != all.output);
    QCOMPARE(m_program->run({u"export"_s, image(u"all"_s), place(), u"--platform"_s, u"vax"_s})
                 .exitStatus,
             2);
    QCOMPARE(
        m_program->run({u"export"_s, image(u"all"_s), place(), u"--platform"_s, u"plan9/mips"_s})
            .exitStatus,
        4);
}

void TestExport::completesWhatIsThere()
{
    m_registry->failNext("GET", Digest::ofBytes("layer two").toString(), {404, {}, {}});
    QCOMPARE(m_program->run({u"export"_s, image(), place()}).exitStatus, 4);
    QVERIFY(m_program->content(u"out/index.json"_s).isEmpty());
    QCOMPARE(m_program->run({u"export"_s, image(), place()}).exitStatus, 0);
    QVERIFY(!m_program->content(u"out/index.json"_s).isEmpty());
}

void TestExport::refusesOtherPlaces()
{
    const auto result = m_program->run({u"export"_s, image(), m_program->filePath(u"out"_s)});
    QCOMPARE(result.exitStatus, 2);
    QVERIFY(isOneCleanLine(result.errors));
    QVERIFY(m_registry->requests().isEmpty());
}

void TestExport::refusesADigestAsAName()
{
    const QString name = u'@' + m_image->toString();
    for (const QString &form : {u"oci"_s, u"oci-archive"_s, u"docker-archive"_s}) {
        const auto result = m_program->run({u"export"_s, image(), place(form, name)});
        QCOMPARE(result.exitStatus, 2);
        QVERIFY(isOneCleanLine(result.errors));
    }
    QVERIFY(m_registry->requests().isEmpty());
}

void TestExport::writesAnArchiveForEverybody()
{
    const auto result =
        m_program->run({u"export"_s, image(), place(u"oci-archive"_s), u"--json"_s});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QCOMPARE(documentOf(result).object().value("digest"_L1).toString(), m_image->toString());
    QCOMPARE(documentOf(result).object().value("blobs"_L1).toInt(), 4);
    const QByteArray index = member(u"index.json"_s);
    QVERIFY(index.contains(R"("org.opencontainers.image.ref.name":"1")"));
    QVERIFY(index.contains(image().toUtf8()));
    QVERIFY(member(u"manifest.json"_s).contains(image().toUtf8()));
}

void TestExport::namesTheImageAsItIsTold()
{
    const auto result = m_program->run({u"export"_s, image(), place(u"oci-archive"_s, u":2.0"_s)});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    const QByteArray name = QString(m_registry->host() + u"/a:2.0"_s).toUtf8();
    QVERIFY(member(u"manifest.json"_s).contains(name));
    QVERIFY(QFile::remove(m_program->filePath(u"out"_s)));
    // Without a tag there is nothing to call it.
    const QString digest = m_registry->host() + u"/a@"_s + m_image->toString();
    QCOMPARE(m_program->run({u"export"_s, digest, place(u"oci-archive"_s)}).exitStatus, 0);
    QVERIFY(member(u"manifest.json"_s).contains(R"("RepoTags":[])"));
}

void TestExport::writesAnArchiveForDocker()
{
    TestImages::addImage(*m_registry, u"a"_s, u"packed"_s,
                         {.layers = {gzipped("first tar")}, .contents = {"first tar"}});
    const auto result = m_program->run(
        {u"export"_s, image(u"packed"_s), place(u"docker-archive"_s, u":lab:5000/team/app:2"_s)});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QCOMPARE(member(Digest::ofBytes("first tar").encoded() + u".tar"_s), "first tar");
    QVERIFY(member(u"manifest.json"_s).contains("lab:5000/team/app:2"));
}

void TestExport::asksForAPlatformWhereDockerNeedsOne()
{
    const QStringList command{u"export"_s, image(u"all"_s), place(u"docker-archive"_s)};
    const auto result = m_program->run(command);
    QCOMPARE(result.exitStatus, 2);
    QVERIFY(isOneCleanLine(result.errors));
    QVERIFY2(result.errors.contains("linux/arm64"), result.errors.constData());
}

void TestExport::refusesAnArchiveThatIsThere()
{
    const QStringList command{u"export"_s, image(), place(u"oci-archive"_s)};
    QCOMPARE(m_program->run(command).exitStatus, 0);
    const QByteArray before = m_program->content(u"out"_s);
    const auto result = m_program->run(command);
    QCOMPARE(result.exitStatus, 1);
    QVERIFY(isOneCleanLine(result.errors));
    QVERIFY(m_program->content(u"out"_s) == before);
    const QStringList other{u"export"_s, image(u"all"_s), command.last(), u"--overwrite"_s};
    QCOMPARE(m_program->run(other).exitStatus, 0);
    QVERIFY(m_program->content(u"out"_s) != before);
}

void TestExport::writesAFolderForSkopeo()
{
    const auto result = m_program->run({u"export"_s, image(), place(u"dir"_s)});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QVERIFY(m_image->matches(m_program->content(u"out/manifest.json"_s)));
    QVERIFY(m_program->content(u"out/version"_s).startsWith("Directory Transport Version: 1.1"));
}

void TestExport::saysWhenTheDiskIsFull()
{
    const SmallFileSystem disk;
    if (!disk.isMounted())
        QSKIP("mounting is not allowed here");
    TestImages::addImage(*m_registry, u"a"_s, u"big"_s, {.layers = {QByteArray(3'000'000, 'x')}});
    const auto result =
        m_program->run({u"export"_s, image(u"big"_s), u"oci:"_s + disk.filePath(u"out"_s)});
    QCOMPARE(result.exitStatus, 1);
    QVERIFY(isOneCleanLine(result.errors));
    QVERIFY2(result.errors.contains("room"), result.errors.constData());
    for (const TestRequest &request : m_registry->requests())
        QVERIFY(!request.path().contains(u"/blobs/"_s));
}

void TestExport::bringsLayersInTheirOrder()
{
    const QString folder = m_program->filePath(u"layers"_s);
    const auto result = m_program->run({u"export-layers"_s, image(), folder, u"--json"_s});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    const QJsonArray layers = documentOf(result).array();
    QCOMPARE(layers.size(), qsizetype(2));
    QCOMPARE(layers[0]["index"_L1].toInt(), 1);
    QCOMPARE(layers[1]["digest"_L1].toString(), Digest::ofBytes("layer two").toString());
    const QStringList files = m_program->files(u"layers"_s);
    QCOMPARE(files.size(), qsizetype(2));
    QVERIFY(files[0].startsWith("01_"_L1 + Digest::ofBytes("layer one").shortText()));
    QCOMPARE(m_program->content("layers/"_L1 + files[1]), "layer two");
    // As text they have the same numbers; they are there already.
    const auto text = m_program->run({u"export-layers"_s, image(), folder});
    QVERIFY2(text.output.startsWith("1"), text.output.constData());
}

void TestExport::wantsNumbersOfLayersWhereItIsToldOfSome()
{
    for (const QString &option : {u"--layer="_s, u"--layer=,"_s}) {
        const auto result =
            m_program->run({u"export-layers"_s, image(), m_program->filePath(u"layers"_s), option});
        QCOMPARE(result.exitStatus, 2);
        QVERIFY(!QFile::exists(m_program->filePath(u"layers"_s)));
    }
}

void TestExport::keepsLayersThatAreThere()
{
    const QStringList command{u"export-layers"_s, image(), m_program->filePath(u"layers"_s)};
    QCOMPARE(m_program->run(command).exitStatus, 0);
    m_registry->forgetRequests();
    QCOMPARE(m_program->run(command).exitStatus, 0);
    for (const TestRequest &request : m_registry->requests())
        QVERIFY(!request.path().contains(Digest::ofBytes("layer one").toString()));
}

void TestExport::refusesAnotherFileOfThatName()
{
    const QStringList command{u"export-layers"_s, image(), m_program->filePath(u"layers"_s)};
    QCOMPARE(m_program->run(command).exitStatus, 0);
    const QString name = m_program->files(u"layers"_s).constFirst();
    QFile file(m_program->filePath("layers/"_L1 + name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("mine");
    file.close();
    const auto result = m_program->run(command);
    QCOMPARE(result.exitStatus, 1);
    QVERIFY(isOneCleanLine(result.errors));
    QCOMPARE(m_program->content("layers/"_L1 + name), "mine");
}

void TestExport::unpacksLayers()
{
    TestImages::addImage(
        *m_registry, u"a"_s, u"packed"_s,
        {.layers = {gzipped("first tar"), "second tar"}, .contents = {"first tar", "second tar"}});
    const auto result =
        m_program->run({u"export-layers"_s, image(u"packed"_s), m_program->filePath(u"layers"_s),
                        u"--decompress"_s, u"--json"_s});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    const QStringList files = m_program->files(u"layers"_s);
    const QString first = u"01-"_s + Digest::ofBytes("first tar").shortText() + u".tar"_s;
    QCOMPARE(files.size(), qsizetype(2));
    QCOMPARE(files[0], first);
    QCOMPARE(m_program->content("layers/"_L1 + files[0]), "first tar");
    QCOMPARE(m_program->content("layers/"_L1 + files[1]), "second tar");
    const QJsonArray layers = documentOf(result).array();
    QCOMPARE(layers[0]["index"_L1].toInt(), 1);
    QCOMPARE(layers[0]["digest"_L1].toString(), Digest::ofBytes("first tar").toString());
    QCOMPARE(layers[0]["size"_L1].toInt(), 9);
    QVERIFY(layers[0]["file"_L1].toString().endsWith(first));
}

void TestExport::unpacksNothingThatIsSomethingElse()
{
    TestImages::addImage(*m_registry, u"a"_s, u"lie"_s,
                         {.layers = {gzipped("this")}, .contents = {"that"}});
    const auto result = m_program->run(
        {u"export-layers"_s, image(u"lie"_s), m_program->filePath(u"layers"_s), u"--decompress"_s});
    QCOMPARE(result.exitStatus, 5);
    QVERIFY(isOneCleanLine(result.errors));
    for (const QString &name : m_program->files(u"layers"_s))
        QVERIFY(!name.endsWith(".tar"_L1));
}

QTEST_GUILESS_MAIN(TestExport)
#include "tst_export.moc"
