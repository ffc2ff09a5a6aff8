// SPDX-License-Identifier: Apache-2.0
#include "support/gzip.h"
#include "support/programrunner.h"
#include "support/testarchive.h"
#include "support/testimages.h"
#include "support/writtenfile.h"

#include <QDir>
#include <QJsonObject>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// longshorectl append.
class TestAppend : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void putsALayerOnTop();
    void packsFiles();
    void givesFilesAnOwner();
    void takesAPlatform();
    void wantsATag();
    void savesWhatLosesItsTag();
    void changesNothingForWhatIsNoLayer();

private:
    [[nodiscard]] QString write(const QString &name, const QByteArray &bytes) const
    {
        return writtenFile(m_program->filePath(name), bytes);
    }
    [[nodiscard]] QString layer() const
    {
        return write(u"patch.tar.gz"_s, gzipped(TestArchive().add("etc/new", "new").bytes()));
    }
    [[nodiscard]] QString base(const QString &tag = u"1"_s) const
    {
        return m_registry->host() + u"/a:"_s + tag;
    }
    [[nodiscard]] Manifest imageOf(const ProcessResult &result) const
    {
        const auto digest =
            Digest::parse(documentOf(result).object().value(u"digest"_s).toString());
        return *parseManifest(m_registry->manifestBytes(u"a"_s, *digest), {});
    }

    std::unique_ptr<ProgramRunner> m_program;
    std::unique_ptr<FakeRegistry> m_registry;
};

void TestAppend::init()
{
    m_program = std::make_unique<ProgramRunner>(QStringLiteral(LONGSHORECTL));
    m_registry = std::make_unique<FakeRegistry>();
}

void TestAppend::putsALayerOnTop()
{
    const Digest old = TestImages::addImage(*m_registry, u"a"_s, u"1"_s);
    const auto result =
        m_program->run({u"append"_s, base(), layer(), u"--tag"_s, u"1-1"_s, u"--json"_s});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QCOMPARE(m_registry->tags(u"a"_s), QStringList({u"1"_s, u"1-1"_s}));
    const Manifest image = imageOf(result);
    QCOMPARE(image.image()->layers.size(), qsizetype(3));
    QVERIFY(image.digest != old);
    // The layers below are not sent, and not read either.
    const QJsonObject object = documentOf(result).object();
    QCOMPARE(object.value(u"uploaded"_s).toInt(), 2);
    QCOMPARE(object.value(u"skipped"_s).toInt(), 2);
    QCOMPARE(m_registry->blobBytes(u"a"_s, image.image()->layers.last().digest),
             gzipped(TestArchive().add("etc/new", "new").bytes()));
    QVERIFY(m_registry->hasManifest(u"a"_s, old));
}

void TestAppend::packsFiles()
{
    TestImages::addImage(*m_registry, u"a"_s, u"1"_s);
    QDir().mkpath(m_program->filePath(u"conf"_s));
    const QString file = write(u"conf/app.ini"_s, "[a]\n");
    const auto append = [&](const QString &tag) {
        return m_program->run({u"append"_s, base(), file, m_program->filePath(u"conf"_s),
                               u"--folder"_s, u"/etc"_s, u"--tag"_s, tag, u"--author"_s, u"Ann"_s,
                               u"--json"_s});
    };
    const auto first = append(u"2"_s);
    QVERIFY2(first.exitStatus == 0, first.errors.constData());
    const Digest config = imageOf(first).image()->config.digest;
    QVERIFY(m_registry->blobBytes(u"a"_s, config).contains(R"("author":"Ann")"));
    const auto second = append(u"3"_s);
    QCOMPARE(imageOf(second).image()->layers.last(), imageOf(first).image()->layers.last());
}

void TestAppend::givesFilesAnOwner()
{
    TestImages::addImage(*m_registry, u"a"_s, u"1"_s);
    const QString file = write(u"app.ini"_s, "[a]\n");
    const auto append = [&](const QString &what, const QStringList &options) {
        return m_program->run(
            QStringList{u"append"_s, base(), what, u"--tag"_s, u"2"_s, u"--json"_s} + options);
    };
    const auto layerOf = [&](const ProcessResult &result) {
        return imageOf(result).image()->layers.last().digest;
    };
    const QStringList owner{u"--owner"_s, u"1000:7"_s};
    const Digest ofRoot = layerOf(append(file, {u"--mode"_s, u"600"_s}));
    const Digest given = layerOf(append(file, QStringList{u"--mode"_s, u"600"_s} + owner));
    QVERIFY(given != ofRoot);
    QVERIFY(given != layerOf(append(file, QStringList{u"--mode"_s, u"644"_s} + owner)));
    QCOMPARE(layerOf(append(file, {u"--mode"_s, u"600"_s, u"--owner"_s, u"0"_s})), ofRoot);
    const auto ready = append(layer(), owner);
    QCOMPARE(ready.exitStatus, 0);
    QVERIFY2(ready.errors.contains("a layer already"), ready.errors.constData());
    QCOMPARE(append(file, {u"--owner"_s, u"ann"_s}).exitStatus, 2);
    QCOMPARE(append(file, {u"--mode"_s, u"4755"_s}).exitStatus, 2);
    QCOMPARE(append(file, {u"--mode"_s, QString()}).exitStatus, 2);
}

void TestAppend::takesAPlatform()
{
    TestImages::addIndex(*m_registry, u"a"_s, u"1"_s);
    const QStringList command{u"append"_s, base(), layer(), u"--tag"_s, u"2"_s, u"--json"_s};
    const auto unclear = m_program->run(command);
    QCOMPARE(unclear.exitStatus, 2);
    QCOMPARE(m_registry->tags(u"a"_s), QStringList{u"1"_s});
    const auto result = m_program->run(command + QStringList{u"--platform"_s, u"linux/arm64"_s});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QVERIFY(imageOf(result).image());
}

void TestAppend::wantsATag()
{
    TestImages::addImage(*m_registry, u"a"_s, u"1"_s);
    const auto result = m_program->run({u"append"_s, base(), layer()});
    QCOMPARE(result.exitStatus, 2);
    QVERIFY(isOneCleanLine(result.errors));
    QVERIFY(m_registry->requests().isEmpty());
}

void TestAppend::savesWhatLosesItsTag()
{
    const Digest old = TestImages::addImage(*m_registry, u"a"_s, u"1"_s);
    const auto result =
        m_program->run({u"append"_s, base(), layer(), u"--tag"_s, u"1"_s, u"--json"_s});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    const QString folder = documentOf(result).object().value(u"backup"_s).toString();
    QVERIFY(QFile::exists(folder + u"/blobs/sha256/"_s + old.encoded()));
}

void TestAppend::changesNothingForWhatIsNoLayer()
{
    TestImages::addImage(*m_registry, u"a"_s, u"1"_s);
    const QString bad = write(u"bad.tar"_s, TestArchive().add("../../etc/x", "x").bytes());
    const auto result = m_program->run({u"append"_s, base(), bad, u"--tag"_s, u"2"_s});
    QVERIFY(result.exitStatus != 0);
    QVERIFY(isOneCleanLine(result.errors));
    QCOMPARE(m_registry->tags(u"a"_s), QStringList{u"1"_s});
    QCOMPARE(m_registry->count("POST"), qsizetype(0));
}

QTEST_GUILESS_MAIN(TestAppend)
#include "tst_append.moc"
