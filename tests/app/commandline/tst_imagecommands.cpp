// SPDX-License-Identifier: Apache-2.0
#include "support/programrunner.h"
#include "support/testimages.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// longshorectl digest, manifest get, inspect.
class TestImageCommands : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void digestTellsWhatATagPointsTo();
    void manifestGetPrintsTheBytesAsTheyAre();
    void manifestGetPrintsWhatItDoesNotUnderstand();
    void manifestGetChoosesAPlatform();
    void manifestGetRefusesAPlatformThatIsNotThere();
    void inspectTellsEverythingAboutAnImage();
    void inspectShowsTheImagesOfAnIndex();
    void inspectNamesWhatRefersToTheImage();
    void inspectSaysThatTheReferrersAreMissing();
    void inspectPrintsForeignTextSafely();
    void inspectSaysThatAPartIsMissing();

private:
    [[nodiscard]] QString image(const QString &tag) const
    {
        return m_registry->host() + u"/a:"_s + tag;
    }

    ProgramRunner m_program{QStringLiteral(LONGSHORECTL)};
    std::unique_ptr<FakeRegistry> m_registry;
};

void TestImageCommands::init()
{
    m_registry = std::make_unique<FakeRegistry>();
}

void TestImageCommands::digestTellsWhatATagPointsTo()
{
    const Digest digest = TestImages::addImage(*m_registry, u"a"_s, u"latest"_s);
    const auto text = m_program.run({u"digest"_s, m_registry->host() + u"/a"_s});
    QCOMPARE(text.output, digest.toString().toLatin1() + '\n');
    const auto result = m_program.run({u"digest"_s, image(u"latest"_s), u"--json"_s});
    QCOMPARE(result.exitStatus, 0);
    const QByteArray bytes = TestImages::image(*m_registry, u"a"_s);
    QCOMPARE(documentOf(result).object(),
             (QJsonObject{{u"digest"_s, digest.toString()},
                          {u"mediaType"_s, MediaType::ociManifest().toString()},
                          {u"size"_s, bytes.size()}}));
}

void TestImageCommands::manifestGetPrintsTheBytesAsTheyAre()
{
    // Another layout than any JSON writer would choose, and no line end.
    QByteArray bytes = TestImages::image(*m_registry, u"a"_s);
    bytes.replace(",", " ,\r\n\t");
    m_registry->addManifest(u"a"_s, u"odd"_s, bytes, MediaType::ociManifest());
    for (const QStringList &options : {QStringList{}, QStringList{u"--json"_s}}) {
        const auto result =
            m_program.run(QStringList{u"manifest"_s, u"get"_s, image(u"odd"_s)} + options);
        QCOMPARE(result.exitStatus, 0);
        QCOMPARE(result.output, bytes);
    }
}

void TestImageCommands::manifestGetPrintsWhatItDoesNotUnderstand()
{
    // DAT-10
    const QByteArray bytes = R"({"schemaVersion":2})" + QByteArray(4 * 1024 * 1024, ' ');
    m_registry->addManifest(u"a"_s, u"large"_s, bytes, MediaType::ociManifest());
    const auto result = m_program.run({u"manifest"_s, u"get"_s, image(u"large"_s)});
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(result.output, bytes);
    QVERIFY(isOneCleanLine(result.errors));
}

void TestImageCommands::manifestGetChoosesAPlatform()
{
    TestImages::addIndex(*m_registry, u"a"_s, u"many"_s);
    const auto result = m_program.run(
        {u"manifest"_s, u"get"_s, image(u"many"_s), u"--platform"_s, u"linux/arm64"_s});
    QCOMPARE(result.output, TestImages::image(*m_registry, u"a"_s, {.architecture = u"arm64"_s}));
}

void TestImageCommands::manifestGetRefusesAPlatformThatIsNotThere()
{
    TestImages::addImage(*m_registry, u"a"_s, u"one"_s);
    const QStringList arguments{u"manifest"_s, u"get"_s, image(u"one"_s), u"--platform"_s};
    const auto result = m_program.run(arguments + QStringList{u"linux/arm64"_s, u"--json"_s});
    QCOMPARE(result.exitStatus, 4);
    QCOMPARE(errorKindOf(result), u"not-found"_s);
    QVERIFY(result.errors.contains("linux/amd64"));
    QCOMPARE(m_program.run(arguments + QStringList{u"arm64"_s}).exitStatus, 2);
}

void TestImageCommands::inspectTellsEverythingAboutAnImage()
{
    const Digest digest = TestImages::addImage(*m_registry, u"a"_s, u"1"_s);
    const auto result = m_program.run({u"inspect"_s, image(u"1"_s), u"--json"_s});
    QCOMPARE(result.exitStatus, 0);
    const QJsonObject object = documentOf(result).object();
    QCOMPARE(object.value(u"reference"_s).toString(), image(u"1"_s));
    QCOMPARE(object.value(u"digest"_s).toString(), digest.toString());
    QCOMPARE(object.value(u"platforms"_s).toArray(), QJsonArray{u"linux/amd64"_s});
    QCOMPARE(object.value(u"image"_s)[u"command"_s].toArray(), QJsonArray{u"run"_s});
    QCOMPARE(object.value(u"image"_s)[u"created"_s].toString(), u"2025-03-01T12:00:00Z"_s);
    const QJsonArray layers = object.value(u"layers"_s).toArray();
    QCOMPARE(layers.size(), 2);
    QCOMPARE(layers.at(1)[u"index"_s].toInt(), 2);
    QCOMPARE(layers.at(1)[u"digest"_s].toString(), Digest::ofBytes("layer two").toString());
    QCOMPARE(layers.at(1)[u"size"_s].toInt(), 9);
    QCOMPARE(layers.at(1)[u"createdBy"_s].toString(), u"RUN make layer two"_s);
    const QJsonArray history = object.value(u"history"_s).toArray();
    QCOMPARE(history.size(), 3);
    QVERIFY(history.last()[u"layer"_s].isNull());
    const QJsonObject sizes = object.value(u"sizes"_s).toObject();
    QCOMPARE(sizes.value(u"layers"_s).toInt(), 18);
    QCOMPARE(sizes.value(u"total"_s).toInt(), 18 + sizes.value(u"config"_s).toInt());
}

void TestImageCommands::inspectShowsTheImagesOfAnIndex()
{
    const Digest digest = TestImages::addIndex(*m_registry, u"a"_s, u"many"_s);
    const QJsonObject object =
        documentOf(m_program.run({u"inspect"_s, image(u"many"_s), u"--json"_s})).object();
    QCOMPARE(object.value(u"digest"_s).toString(), digest.toString());
    QCOMPARE(object.value(u"platforms"_s).toArray(),
             (QJsonArray{u"linux/amd64"_s, u"linux/arm64"_s}));
    QCOMPARE(object.value(u"manifests"_s).toArray().size(), 3); // With the attestation.
    QVERIFY(object.value(u"image"_s)[u"digest"_s].toString() != digest.toString());
    QCOMPARE(object.value(u"layers"_s).toArray().size(), 2);
}

void TestImageCommands::inspectNamesWhatRefersToTheImage()
{
    const Digest image = TestImages::addImage(*m_registry, u"a"_s, u"1"_s);
    QString tag = image.toString();
    m_registry->addManifest(u"a"_s, tag.replace(u':', u'-'),
                            R"({"schemaVersion":2,"manifests":[{"mediaType":"x/y","size":3,)"
                            R"("digest":")"
                                + image.toString().toLatin1()
                                + R"(","artifactType":"x/sig","annotations":{"k":"v"}}]})",
                            MediaType::ociIndex());
    const auto result = m_program.run({u"inspect"_s, this->image(u"1"_s), u"--json"_s});
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(documentOf(result)[u"referrers"_s].toArray(),
             (QJsonArray{QJsonObject{{u"digest"_s, image.toString()},
                                     {u"mediaType"_s, u"x/y"_s},
                                     {u"size"_s, 3},
                                     {u"artifactType"_s, u"x/sig"_s},
                                     {u"annotations"_s, QJsonObject{{u"k"_s, u"v"_s}}}}}));
    QVERIFY(m_program.run({u"inspect"_s, this->image(u"1"_s)}).output.contains("Referrers:  1\n"));
}

void TestImageCommands::inspectSaysThatTheReferrersAreMissing()
{
    TestImages::addImage(*m_registry, u"a"_s, u"1"_s);
    m_registry->failNext(
        "GET", u"/referrers/"_s,
        {200, "[]", {{"Content-Type", "application/vnd.oci.image.index.v1+json"}}});
    const auto result = m_program.run({u"inspect"_s, image(u"1"_s), u"--json"_s});
    QCOMPARE(result.exitStatus, 6);
    QVERIFY(isOneCleanLine(result.errors));
    QVERIFY(documentOf(result)[u"referrers"_s].isNull());
    QCOMPARE(documentOf(result)[u"layers"_s].toArray().size(), 2);
}

void TestImageCommands::inspectPrintsForeignTextSafely()
{
    TestImages::addImage(*m_registry, u"a"_s, u"1"_s, {.layers = {"\x1b[31m<b>\xe2\x80\xae"}});
    const auto text = m_program.run({u"inspect"_s, image(u"1"_s)});
    QVERIFY(text.output.contains("RUN make \\u{1B}[31m<b>\\u{202E}"));
    QVERIFY(!text.output.contains('\x1b'));
    const auto json = m_program.run({u"inspect"_s, image(u"1"_s), u"--json"_s});
    QVERIFY(!json.output.contains('\x1b') && !json.output.contains("\xe2\x80\xae"));
    QCOMPARE(documentOf(json)[u"layers"_s][0][u"createdBy"_s].toString(),
             u"RUN make \u001b[31m<b>\u202e"_s);
}

void TestImageCommands::inspectSaysThatAPartIsMissing()
{
    TestImages::addImage(*m_registry, u"a"_s, u"1"_s);
    m_registry->failNext("GET", u"/blobs/"_s, {404, {}});
    const auto result = m_program.run({u"inspect"_s, image(u"1"_s), u"--json"_s});
    QCOMPARE(result.exitStatus, 6);
    QVERIFY(isOneCleanLine(result.errors));
    QCOMPARE(documentOf(result)[u"layers"_s].toArray().size(), 2);
    QVERIFY(!documentOf(result).object().contains(u"error"_s));
}

QTEST_GUILESS_MAIN(TestImageCommands)
#include "tst_imagecommands.moc"
