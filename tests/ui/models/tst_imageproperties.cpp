// SPDX-License-Identifier: Apache-2.0
#include "support/hostiletext.h"
#include "support/modeltext.h"
#include "support/uitest.h"
#include "ui/models/imageproperties.h"

#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestImageProperties : public QObject
{
    Q_OBJECT

private slots:
    void namesThreeDigestsThatPeopleMixUp();
    void namesTwoForASingleImage();
    void leavesOutWhatNobodyHasSaid();
    void masksValuesThatLookSecret_data();
    void masksValuesThatLookSecret();
    void showsLabelsAndAnnotations();
    void describesALayer();
    void pullsByNameAndByDigest();
    void letsNothingHostileThrough();
};

static Manifest image()
{
    ImageManifest content{{MediaType::parse(u"application/vnd.oci.image.config.v1+json"_s),
                           Digest::ofBytes("config"), 100},
                          {},
                          {},
                          {},
                          {}};
    content.layers = {{MediaType::parse(u"x/y"_s), Digest::ofBytes("layer"), 924}};
    return {"image", MediaType::ociManifest(), Digest::ofBytes("image"), content};
}

static Manifest index()
{
    return {"index", MediaType::ociIndex(), Digest::ofBytes("index"), ImageIndex()};
}

static QString valueOf(const QList<Property> &properties, const QString &name)
{
    for (const Property &property : properties) {
        if (property.name == name)
            return property.value;
    }
    return u"(no such property)"_s;
}

static QStringList titles(const QList<Property> &properties)
{
    QStringList result;
    for (const Property &property : properties) {
        if (property.isTitle)
            result.append(property.name);
    }
    return result;
}

void TestImageProperties::namesThreeDigestsThatPeopleMixUp()
{
    const auto properties = imageProperties(index(), image(), ImageConfig());
    QCOMPARE(valueOf(properties, u"Index (what the tag points to)"_s),
             Digest::ofBytes("index").toString());
    QCOMPARE(valueOf(properties, u"Manifest of this platform"_s),
             Digest::ofBytes("image").toString());
    QCOMPARE(valueOf(properties, u"Configuration"_s), Digest::ofBytes("config").toString());
}

void TestImageProperties::namesTwoForASingleImage()
{
    const auto properties = imageProperties(image(), image(), {});
    QCOMPARE(valueOf(properties, u"Manifest (what the tag points to)"_s),
             Digest::ofBytes("image").toString());
    QCOMPARE(valueOf(properties, u"Manifest of this platform"_s), u"(no such property)"_s);
    QVERIFY(valueOf(properties, u"Compressed size"_s).startsWith(u"1.0 KiB"_s));
}

void TestImageProperties::leavesOutWhatNobodyHasSaid()
{
    QCOMPARE(titles(imageProperties(image(), image(), ImageConfig())),
             QStringList({u"Image"_s, u"Digests"_s}));
    const Manifest opaque{"x", MediaType::parse(u"x/unknown"_s), Digest::ofBytes("x"), {}};
    QCOMPARE(valueOf(imageProperties(opaque, opaque, {}), u"Media type"_s), u"x/unknown"_s);
}

void TestImageProperties::masksValuesThatLookSecret_data()
{
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QString>("shown");
    QTest::newRow("harmless") << u"PATH=/bin:/usr/bin"_s << u"/bin:/usr/bin"_s;
    QTest::newRow("with an equals sign") << u"OPTS=a=b"_s << u"a=b"_s;
    QTest::newRow("password") << u"DB_PASSWORD=hunter2"_s << u"\u2022\u2022\u2022\u2022"_s;
    QTest::newRow("lower case") << u"api_key=hunter2"_s << u"\u2022\u2022\u2022\u2022"_s;
    QTest::newRow("token") << u"GITHUB_TOKEN=hunter2"_s << u"\u2022\u2022\u2022\u2022"_s;
    QTest::newRow("only the value says so") << u"HINT=no password"_s << u"no password"_s;
}

void TestImageProperties::masksValuesThatLookSecret()
{
    QFETCH(const QString, variable);
    ImageConfig config;
    config.environment = {variable};
    const auto properties = imageProperties(image(), image(), config);
    QCOMPARE(titles(properties).last(), u"Environment"_s);
    QTEST(valueOf(properties, variable.section(u'=', 0, 0)), "shown");
}

void TestImageProperties::showsLabelsAndAnnotations()
{
    ImageConfig config;
    config.labels = {{u"vendor"_s, u"Example"_s}};
    config.entrypoint = {u"/app"_s, u"--serve"_s};
    Manifest manifest = image();
    std::get<ImageManifest>(manifest.content).annotations = {{u"note"_s, u"hello"_s}};
    const auto properties = imageProperties(manifest, manifest, config);
    QCOMPARE(valueOf(properties, u"vendor"_s), u"Example"_s);
    QCOMPARE(valueOf(properties, u"note"_s), u"hello"_s);
    QCOMPARE(valueOf(properties, u"Entry point"_s), u"/app --serve"_s);
    QCOMPARE(titles(properties),
             QStringList({u"Image"_s, u"Digests"_s, u"Runs"_s, u"Labels"_s, u"Annotations"_s}));
}

void TestImageProperties::describesALayer()
{
    const LayerRow row{Descriptor{MediaType::parse(u"x/y"_s), Digest::ofBytes("layer"), 1024},
                       Digest::ofBytes("LAYER"),
                       HistoryEntry{{}, u"RUN make"_s, {}, u"comment"_s, false}, 3};
    const auto properties = layerProperties(row);
    QCOMPARE(titles(properties), QStringList{u"Layer 3"_s});
    QCOMPARE(valueOf(properties, u"Digest"_s), Digest::ofBytes("layer").toString());
    QCOMPARE(valueOf(properties, u"Diff ID"_s), Digest::ofBytes("LAYER").toString());
    QCOMPARE(valueOf(properties, u"Made by"_s), u"RUN make"_s);
    QCOMPARE(titles(layerProperties({{}, {}, HistoryEntry{{}, u"CMD x"_s, {}, {}, true}, 0})),
             QStringList{u"Step without files"_s});
}

void TestImageProperties::pullsByNameAndByDigest()
{
    const Digest digest = Digest::ofBytes("image");
    const auto onHub = pullProperties(*ImageReference::parse(u"nginx:1.25"_s), digest);
    QCOMPARE(titles(onHub), QStringList({u"Pull"_s, u"Pull exactly this image"_s}));
    QCOMPARE(valueOf(onHub, u"docker"_s), u"docker pull nginx:1.25"_s);
    QCOMPARE(valueOf(onHub, u"podman"_s), u"podman pull docker.io/library/nginx:1.25"_s);
    const auto elsewhere = pullProperties(*ImageReference::parse(u"reg.lab:5000/a/b:1"_s), digest);
    QCOMPARE(valueOf(elsewhere, u"skopeo"_s), u"skopeo inspect docker://reg.lab:5000/a/b:1"_s);
    // The tag may move; this does not.
    QCOMPARE(elsewhere.last().value,
             QString("podman pull reg.lab:5000/a/b@"_L1 + digest.toString()));
    // Nothing pulls from a file.
    QVERIFY(pullProperties(
                {u"/tmp/bundle.tar"_s, *RepositoryName::parse(u"a"), *Tag::parse(u"1"), {}}, digest)
                .isEmpty());
}

void TestImageProperties::letsNothingHostileThrough()
{
    ImageConfig config;
    for (const QString &sample : HostileText::samples()) {
        config.labels.insert(sample, sample);
        config.environment.append(sample + u'=' + sample);
        config.author += sample;
    }
    PropertyModel model;
    model.setProperties(imageProperties(image(), image(), config));
    QVERIFY(model.rowCount() > 2 * HostileText::samples().size());
    QCOMPARE(HostileText::complaintsAbout(model), QStringList());
}

LONGSHORE_UI_TEST(TestImageProperties)
#include "tst_imageproperties.moc"
