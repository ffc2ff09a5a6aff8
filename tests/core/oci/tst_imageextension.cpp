// SPDX-License-Identifier: Apache-2.0
#include "core/oci/imageconfig.h"
#include "core/oci/imageextension.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;
using Packing = LayerAddition::Packing;

class TestImageExtension : public QObject
{
    Q_OBJECT

private slots:
    void putsALayerOnTop();
    void putsAFirstLayerOnNothing();
    void keepsWhatItDoesNotKnow();
    void staysInItsFamily_data();
    void staysInItsFamily();
    void refusesZstdInDockersForm();
    void namesTheAuthor();
    void inventsNoHistory();
    void refusesWhatIsNoImage();
    void refusesAConfigurationOfOtherLayers();

private:
    static constexpr auto ociConfig = "application/vnd.oci.image.config.v1+json";
    static constexpr auto dockerConfig = "application/vnd.docker.container.image.v1+json";

    [[nodiscard]] static QByteArray config();
    [[nodiscard]] static Manifest base(const QByteArray &config, const MediaType &type,
                                       const char *configType);
    static LayerAddition layer(Packing packing = Packing::Gzip)
    {
        return {Digest::ofBytes("new layer"),
                9,
                packing,
                Digest::ofBytes("new tar"),
                QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC),
                u"ADD patch.tar /"_s,
                u"a fix"_s};
    }
    static QJsonObject object(const QByteArray &json)
    {
        return QJsonDocument::fromJson(json).object();
    }
};

QByteArray TestImageExtension::config()
{
    return R"({"os":"linux","architecture":"arm64","created":"2025-03-01T12:00:00Z",)"
           R"("config":{"Env":["A=b"],"Unknown":9007199254740993},"x-mine":[1,null],)"
           R"("rootfs":{"type":"layers","diff_ids":[")"
           + Digest::ofBytes("tar").toString().toLatin1()
           + R"("]},"history":[{"created_by":"base"},{"created_by":"ENV","empty_layer":true}]})";
}

Manifest TestImageExtension::base(const QByteArray &config, const MediaType &type,
                                  const char *configType)
{
    const auto describe = [](const char *mediaType, const QByteArray &bytes) -> QByteArray {
        return QByteArray(R"({"mediaType":")") + mediaType + R"(","digest":")"
               + Digest::ofBytes(bytes).toString().toLatin1() + R"(","size":)"
               + QByteArray::number(bytes.size()) + R"(,"x-kept":true})";
    };
    return *parseManifest(R"({"schemaVersion":2,"mediaType":")" + type.toString().toLatin1()
                              + R"(","config":)" + describe(configType, config) + R"(,"layers":[)"
                              + describe("application/vnd.oci.image.layer.v1.tar+gzip", "layer")
                              + R"(],"annotations":{"a":"b"},"x-mine":"kept"})",
                          type);
}

void TestImageExtension::putsALayerOnTop()
{
    const auto image =
        extendImage(base(config(), MediaType::ociManifest(), ociConfig), config(), layer());
    QVERIFY(image);
    const ImageManifest &manifest = *image->manifest.image();
    QCOMPARE(manifest.layers.size(), qsizetype(2));
    QCOMPARE(manifest.layers.constFirst().digest, Digest::ofBytes("layer"));
    QCOMPARE(manifest.layers.last().digest, Digest::ofBytes("new layer"));
    QCOMPARE(manifest.layers.last().size, 9);
    QCOMPARE(manifest.config.digest, Digest::ofBytes(image->config));
    QCOMPARE(manifest.config.size, image->config.size());
    const auto meaning = parseImageConfig(image->config);
    QVERIFY(meaning);
    QCOMPARE(meaning->diffIds.last(), Digest::ofBytes("new tar"));
    QCOMPARE(meaning->created, layer().created);
    QCOMPARE(meaning->history.size(), qsizetype(3));
    QCOMPARE(meaning->history.last().createdBy, u"ADD patch.tar /"_s);
    QCOMPARE(meaning->history.last().comment, u"a fix"_s);
    QVERIFY(historyMatchesLayers(manifest, *meaning));
}

void TestImageExtension::putsAFirstLayerOnNothing()
{
    const ExtendedImage nothing = emptyImage(*Platform::parse(u"linux/arm/v6"_s));
    QVERIFY(nothing.manifest.image() && nothing.manifest.image()->layers.isEmpty());
    for (const Packing packing : {Packing::Plain, Packing::Gzip, Packing::Zstd}) {
        const auto image = extendImage(nothing.manifest, nothing.config, layer(packing));
        QVERIFY(image);
        QCOMPARE(image->manifest.mediaType, MediaType::ociManifest());
        QCOMPARE(image->manifest.image()->layers.size(), qsizetype(1));
        QCOMPARE(image->manifest.image()->config.digest, Digest::ofBytes(image->config));
        const auto meaning = parseImageConfig(image->config);
        QVERIFY(meaning);
        QCOMPARE(meaning->platform.toString(), u"linux/arm/v6"_s);
        QCOMPARE(meaning->diffIds, QList{Digest::ofBytes("new tar")});
        QCOMPARE(meaning->created, layer().created);
        QCOMPARE(meaning->history.size(), qsizetype(1));
        QCOMPARE(meaning->history.first().createdBy, u"ADD patch.tar /"_s);
    }
}

void TestImageExtension::keepsWhatItDoesNotKnow()
{
    const Manifest old = base(config(), MediaType::ociManifest(), ociConfig);
    const auto image = extendImage(old, config(), layer());
    QVERIFY(image);
    QJsonObject before = object(config());
    QJsonObject after = object(image->config);
    for (const auto &changed : {u"created"_s, u"rootfs"_s, u"history"_s}) {
        before.remove(changed);
        after.remove(changed);
    }
    QCOMPARE(after, before);
    QVERIFY(image->config.contains("9007199254740993"));
    before = object(old.bytes);
    after = object(image->manifest.bytes);
    QCOMPARE(after.value("layers"_L1)[0], before.value("layers"_L1)[0]);
    QVERIFY(after.value("config"_L1)["x-kept"_L1].toBool());
    for (const auto &changed : {u"config"_s, u"layers"_s}) {
        before.remove(changed);
        after.remove(changed);
    }
    QCOMPARE(after, before);
}

void TestImageExtension::staysInItsFamily_data()
{
    QTest::addColumn<bool>("isDocker");
    QTest::addColumn<int>("packing");
    QTest::addColumn<QString>("type");
    const auto row = [](const char *name, bool isDocker, Packing packing, const QString &type) {
        QTest::newRow(name) << isDocker << static_cast<int>(packing) << type;
    };
    const QString oci = u"application/vnd.oci.image.layer.v1.tar"_s;
    const QString docker = u"application/vnd.docker.image.rootfs.diff.tar"_s;
    row("OCI, plain", false, Packing::Plain, oci);
    row("OCI, gzip", false, Packing::Gzip, oci + u"+gzip");
    row("OCI, zstd", false, Packing::Zstd, oci + u"+zstd");
    row("Docker, plain", true, Packing::Plain, docker);
    row("Docker, gzip", true, Packing::Gzip, docker + u".gzip");
}

void TestImageExtension::staysInItsFamily()
{
    QFETCH(const bool, isDocker);
    QFETCH(const int, packing);
    QFETCH(const QString, type);
    const MediaType family = isDocker ? MediaType::dockerManifest() : MediaType::ociManifest();
    const auto image = extendImage(base(config(), family, isDocker ? dockerConfig : ociConfig),
                                   config(), layer(static_cast<Packing>(packing)));
    QVERIFY(image);
    QCOMPARE(image->manifest.mediaType, family);
    QCOMPARE(image->manifest.image()->layers.last().mediaType.toString(), type);
    QCOMPARE(image->manifest.image()->config.mediaType.toString(),
             QString::fromLatin1(isDocker ? dockerConfig : ociConfig));
}

void TestImageExtension::refusesZstdInDockersForm()
{
    const auto image = extendImage(base(config(), MediaType::dockerManifest(), dockerConfig),
                                   config(), layer(Packing::Zstd));
    QVERIFY(!image);
    QCOMPARE(image.error().kind, Kind::Unsupported);
}

/// One step of many would be joined with the wrong layer.
void TestImageExtension::namesTheAuthor()
{
    const Manifest old = base(config(), MediaType::ociManifest(), ociConfig);
    LayerAddition addition = layer();
    addition.author = u"Ann <ann@example.org>"_s;
    const auto image = extendImage(old, config(), addition);
    QVERIFY(image);
    const auto meaning = parseImageConfig(image->config);
    QCOMPARE(meaning->author, addition.author);
    QCOMPARE(meaning->history.last().author, addition.author);
    QCOMPARE(meaning->history.first().author, QString());
    // Where nobody says who made the layer, the image keeps its author.
    const auto next = extendImage(image->manifest, image->config, layer());
    QVERIFY(next);
    QCOMPARE(parseImageConfig(next->config)->author, addition.author);
    QCOMPARE(parseImageConfig(next->config)->history.last().author, QString());
}

void TestImageExtension::inventsNoHistory()
{
    QJsonObject bare = object(config());
    bare.remove(u"history"_s);
    const QByteArray bytes = QJsonDocument(bare).toJson();
    const auto image =
        extendImage(base(bytes, MediaType::ociManifest(), ociConfig), bytes, layer());
    QVERIFY(image);
    QVERIFY(!object(image->config).contains(u"history"_s));
}

void TestImageExtension::refusesWhatIsNoImage()
{
    const auto chart = extendImage(
        base(config(), MediaType::ociManifest(), "application/vnd.cncf.helm.config.v1+json"),
        config(), layer());
    QVERIFY(!chart);
    QCOMPARE(chart.error().kind, Kind::Unsupported);
    const auto index =
        parseManifest(R"({"schemaVersion":2,"manifests":[]})", MediaType::ociIndex());
    QCOMPARE(extendImage(*index, config(), layer()).error().kind, Kind::Unsupported);
}

void TestImageExtension::refusesAConfigurationOfOtherLayers()
{
    const QByteArray other = R"({"rootfs":{"type":"layers","diff_ids":[]}})";
    const auto image =
        extendImage(base(other, MediaType::ociManifest(), ociConfig), other, layer());
    QVERIFY(!image);
    QCOMPARE(image.error().kind, Kind::Protocol);
}

QTEST_GUILESS_MAIN(TestImageExtension)
#include "tst_imageextension.moc"
