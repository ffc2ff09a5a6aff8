// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/archivecontents.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestArchiveContents : public QObject
{
    Q_OBJECT

private slots:
    void makesALayoutThatDockerLoads();
    void namesTheImageInAllWays();
    void leavesNamesOutThatAreNotKnown();
    void offersNothingToDockerThatItCannotLoad();
    void ordersBlobsByTheirDigest();
    void makesAnArchiveOfPlainLayers();
    void bringsALayerOnceThatComesTwice();
    void holdsSeveralImages();
    void offersNothingToDockerWhenOneOfThemCannotBeLoaded();
    void makesADockerArchiveOfSeveralImages();

private:
    static Manifest image()
    {
        const MediaType layer = MediaType::parse(u"application/vnd.oci.image.layer.v1.tar+gzip");
        const MediaType config = MediaType::parse(u"application/vnd.oci.image.config.v1+json");
        const ImageManifest content{
            {config, Digest::ofBytes("config"), 6},
            {{layer, Digest::ofBytes("one"), 3}, {layer, Digest::ofBytes("two"), 3}},
            {},
            {},
            {}};
        return {"manifest", MediaType::ociManifest(), Digest::ofBytes("manifest"), content};
    }
    static ImageSet setOf(const ImageParts &parts, const ImageNames &names = {})
    {
        return *ImageSet::of({{parts, *RepositoryName::parse(u"a"), names}});
    }
    static ImageSet setOf(const Manifest &image, const ImageNames &names = {})
    {
        return setOf(*ImageParts::of(image, {}), names);
    }
    static QString path(const Digest &digest) { return u"/stage/"_s + digest.encoded(); }
    static QString blob(const QByteArray &content)
    {
        return u"blobs/sha256/"_s + Digest::ofBytes(content).encoded();
    }
    static QStringList names(const QList<ArchiveEntry> &entries)
    {
        QStringList result;
        for (const ArchiveEntry &entry : entries)
            result.append(QString::fromUtf8(entry.name));
        return result;
    }
    static QJsonDocument document(const QList<ArchiveEntry> &entries, const QString &name)
    {
        const qsizetype place = names(entries).indexOf(name);
        return place < 0 ? QJsonDocument() : QJsonDocument::fromJson(entries.at(place).bytes);
    }
};

void TestArchiveContents::makesALayoutThatDockerLoads()
{
    const auto entries = ociArchive(setOf(image()), &path);
    QCOMPARE(names(entries).first(5),
             QStringList({u"oci-layout"_s, u"index.json"_s, u"manifest.json"_s, u"blobs/"_s,
                          u"blobs/sha256/"_s}));
    QCOMPARE(entries.size(), qsizetype(9)); // Manifest, configuration, two layers.
    const QJsonArray list = document(entries, u"manifest.json"_s).array();
    QCOMPARE(list.size(), qsizetype(1));
    QCOMPARE(list[0]["Config"_L1].toString(), blob("config"));
    QCOMPARE(list[0]["Layers"_L1].toArray(), QJsonArray({blob("one"), blob("two")}));
    const QJsonValue named = document(entries, u"index.json"_s)["manifests"_L1][0];
    QCOMPARE(named["digest"_L1].toString(), Digest::ofBytes("manifest").toString());
    QCOMPARE(named["size"_L1].toInt(), 8);
    const ArchiveEntry layer = entries.at(names(entries).indexOf(blob("one")));
    QCOMPARE(layer.file, path(Digest::ofBytes("one")));
    QCOMPARE(layer.digest, Digest::ofBytes("one"));
    QCOMPARE(layer.size, qint64(3));
}

void TestArchiveContents::namesTheImageInAllWays()
{
    const auto entries = ociArchive(setOf(image(), {u"1"_s, u"host/a:1"_s}), &path);
    const QJsonValue annotations =
        document(entries, u"index.json"_s)["manifests"_L1][0]["annotations"_L1];
    QCOMPARE(annotations["org.opencontainers.image.ref.name"_L1].toString(), u"1"_s);
    QCOMPARE(annotations["io.containerd.image.name"_L1].toString(), u"host/a:1"_s);
    const QJsonValue list = document(entries, u"manifest.json"_s)[0];
    QCOMPARE(list["RepoTags"_L1].toArray(), QJsonArray{u"host/a:1"_s});
}

void TestArchiveContents::leavesNamesOutThatAreNotKnown()
{
    const auto entries = ociArchive(setOf(image()), &path);
    const QJsonValue named = document(entries, u"index.json"_s)["manifests"_L1][0];
    QVERIFY(named["annotations"_L1].isUndefined());
    QCOMPARE(document(entries, u"manifest.json"_s)[0]["RepoTags"_L1], QJsonValue(QJsonArray()));
}

void TestArchiveContents::offersNothingToDockerThatItCannotLoad()
{
    Manifest chart = image();
    std::get<ImageManifest>(chart.content).config.mediaType =
        MediaType::parse(u"application/vnd.cncf.helm.config.v1+json");
    Manifest windows = image();
    std::get<ImageManifest>(windows.content).layers[0].mediaType =
        MediaType::parse(u"application/vnd.docker.image.rootfs.foreign.diff.tar.gzip");
    Manifest second = image();
    second.digest = Digest::ofBytes("second");
    const Manifest index{"index", MediaType::ociIndex(), Digest::ofBytes("index"),
                         ImageIndex{{image().descriptor(), second.descriptor()}, {}, {}, {}}};
    const ImageParts several =
        *ImageParts::of(index, {{image().digest, image()}, {second.digest, second}});
    for (const ImageParts &parts :
         {*ImageParts::of(chart, {}), *ImageParts::of(windows, {}), several})
        QVERIFY(!names(ociArchive(setOf(parts), &path)).contains(u"manifest.json"_s));
}

void TestArchiveContents::ordersBlobsByTheirDigest()
{
    const QStringList blobs = names(ociArchive(setOf(image()), &path)).mid(5);
    QStringList sorted = blobs;
    sorted.sort();
    QCOMPARE(blobs, sorted);
}

void TestArchiveContents::makesAnArchiveOfPlainLayers()
{
    const ImageManifest content = *image().image();
    const QList<PlainLayer> layers{{{content.layers[0], Digest::ofBytes("plain one")}, 900},
                                   {{content.layers[1], Digest::ofBytes("plain two")}, 800}};
    const auto entries = dockerArchive({{content, layers, {{}, u"host:5000/a:1"_s}}}, &path);
    const QString config = Digest::ofBytes("config").encoded() + u".json"_s;
    const QString one = Digest::ofBytes("plain one").encoded() + u".tar"_s;
    const QString two = Digest::ofBytes("plain two").encoded() + u".tar"_s;
    QCOMPARE(names(entries),
             QStringList({one, two, config, u"manifest.json"_s, u"repositories"_s}));
    QCOMPARE(entries[0].form, LayerReader::Form::Inflated);
    QCOMPARE(entries[0].size, qint64(900));
    QCOMPARE(entries[0].digest, Digest::ofBytes("plain one"));
    QCOMPARE(entries[0].file, path(Digest::ofBytes("one")));
    QCOMPARE(entries[2].form, LayerReader::Form::AsStored);
    const QJsonValue list = document(entries, u"manifest.json"_s)[0];
    QCOMPARE(list["Config"_L1].toString(), config);
    QCOMPARE(list["Layers"_L1].toArray(), QJsonArray({one, two}));
    QCOMPARE(list["RepoTags"_L1].toArray(), QJsonArray{u"host:5000/a:1"_s});
    QCOMPARE(document(entries, u"repositories"_s)["host:5000/a"_L1]["1"_L1].toString(),
             Digest::ofBytes("plain two").encoded());
}

void TestArchiveContents::bringsALayerOnceThatComesTwice()
{
    const ImageManifest content = *image().image();
    const PlainLayer layer{{content.layers[0], Digest::ofBytes("plain")}, 900};
    const auto entries = dockerArchive({{content, {layer, layer}}}, &path);
    QCOMPARE(entries.size(), qsizetype(4));
    QCOMPARE(document(entries, u"manifest.json"_s)[0]["Layers"_L1].toArray().size(), qsizetype(2));
}

/// Another image on the same first layer.
static Manifest secondImage(const Manifest &first)
{
    Manifest second = first;
    second.bytes = "another manifest";
    second.digest = Digest::ofBytes(second.bytes);
    auto &content = std::get<ImageManifest>(second.content);
    content.config.digest = Digest::ofBytes("another config");
    content.layers[1].digest = Digest::ofBytes("three");
    return second;
}

void TestArchiveContents::holdsSeveralImages()
{
    const ImageParts one = *ImageParts::of(image(), {});
    const ImageParts two = *ImageParts::of(secondImage(image()), {});
    const RepositoryName a = *RepositoryName::parse(u"a");
    const auto set = ImageSet::of({{one, a, {u"1"_s, u"host/a:1"_s}},
                                   {two, a, {u"2"_s, u"host/a:2"_s}},
                                   {one, a, {u"latest"_s, u"host/a:latest"_s}}});
    QVERIFY(set);
    const auto entries = ociArchive(*set, &path);
    QCOMPARE(entries.size(), qsizetype(5 + 7)); // Two manifests and configurations, three layers.
    const QJsonArray named = document(entries, u"index.json"_s)["manifests"_L1].toArray();
    QCOMPARE(named.size(), qsizetype(3));
    QCOMPARE(named[1]["digest"_L1].toString(), two.root.digest.toString());
    const QJsonArray list = document(entries, u"manifest.json"_s).array();
    QCOMPARE(list.size(), qsizetype(2)); // One has two tags.
    QCOMPARE(list[0]["RepoTags"_L1].toArray(), QJsonArray({u"host/a:1"_s, u"host/a:latest"_s}));
    QCOMPARE(list[1]["Layers"_L1].toArray(), QJsonArray({blob("one"), blob("three")}));
}

void TestArchiveContents::offersNothingToDockerWhenOneOfThemCannotBeLoaded()
{
    Manifest chart = secondImage(image());
    std::get<ImageManifest>(chart.content).config.mediaType =
        MediaType::parse(u"application/vnd.cncf.helm.config.v1+json");
    const RepositoryName a = *RepositoryName::parse(u"a");
    const auto set =
        ImageSet::of({{*ImageParts::of(image(), {}), a}, {*ImageParts::of(chart, {}), a}});
    QVERIFY(!names(ociArchive(*set, &path)).contains(u"manifest.json"_s));
}

void TestArchiveContents::makesADockerArchiveOfSeveralImages()
{
    const ImageManifest one = *image().image();
    const ImageManifest two = *secondImage(image()).image();
    const auto plain = [](const Descriptor &layer) {
        return PlainLayer{{layer, Digest::ofBytes(layer.digest.encoded().toLatin1())}, 900};
    };
    const auto entries =
        dockerArchive({{one, {plain(one.layers[0]), plain(one.layers[1])}, {{}, u"host/a:1"_s}},
                       {two, {plain(two.layers[0]), plain(two.layers[1])}, {{}, u"host/a:2"_s}}},
                      &path);
    QCOMPARE(entries.size(), qsizetype(3 + 2 + 2)); // Layers, configurations, lists.
    QCOMPARE(document(entries, u"manifest.json"_s).array().size(), qsizetype(2));
    QCOMPARE(document(entries, u"repositories"_s)["host/a"_L1].toObject().keys(),
             QStringList({u"1"_s, u"2"_s}));
}

QTEST_GUILESS_MAIN(TestArchiveContents)
#include "tst_archivecontents.moc"
