// SPDX-License-Identifier: Apache-2.0
#include "core/session/imageparts.h"

#include <QTest>

#include <limits>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestImageParts : public QObject
{
    Q_OBJECT

private slots:
    void findsTheOneImageOfAManifest();
    void findsTheImagesOfAnIndexInItsOrder();
    void findsImagesInIndexesInside();
    void leavesOutWhatIsOnlyAboutAnImage();
    void leavesOutWhatIsNoImage();
    void endsWhereIndexesNameEachOther();
    void countsAnImageOnce();
    void takesAPart();
    void refusesWhatItCannotRead();
    void countsNoFurtherThanItCan();

private:
    static constexpr auto configType = "application/vnd.oci.image.config.v1+json";

    static Manifest image(const QByteArray &name, const QString &config = QLatin1String(configType))
    {
        const ImageManifest content{
            {MediaType::parse(config), Digest::ofBytes(QByteArray("config " + name)), 10},
            {{MediaType::parse(u"application/vnd.oci.image.layer.v1.tar"),
              Digest::ofBytes(QByteArray("layer " + name)), 100}},
            {},
            {},
            {}};
        return {name, MediaType::ociManifest(), Digest::ofBytes(name), content};
    }
    static Manifest index(const QByteArray &name, const QList<Descriptor> &entries)
    {
        return {name, MediaType::ociIndex(), Digest::ofBytes(name),
                ImageIndex{entries, {}, {}, {}}};
    }
    static Descriptor entry(const QByteArray &name, const QString &platform)
    {
        Descriptor result = image(name).descriptor();
        result.platform = Platform::parse(platform);
        return result;
    }
    static ImageParts parts(const Manifest &root, const QList<Manifest> &others = {})
    {
        Manifests manifests;
        for (const Manifest &manifest : others)
            manifests.insert(manifest.digest, manifest);
        return *ImageParts::of(root, manifests);
    }
    static QStringList platforms(const ImageParts &parts)
    {
        QStringList names;
        for (const Descriptor &found : parts.images())
            names.append(found.platform ? found.platform->toString() : u"none"_s);
        return names;
    }
};

void TestImageParts::findsTheOneImageOfAManifest()
{
    const ImageParts found = parts(image("a"));
    QCOMPARE(platforms(found), QStringList{u"none"_s});
    QCOMPARE(found.manifests.size(), qsizetype(1));
    QCOMPARE(found.blobs.size(), qsizetype(2));
    QCOMPARE(found.size(), qint64(111));
}

void TestImageParts::findsTheImagesOfAnIndexInItsOrder()
{
    const ImageParts found =
        parts(index("i", {entry("b", u"linux/arm64"_s), entry("a", u"linux/amd64"_s)}),
              {image("a"), image("b")});
    QCOMPARE(platforms(found), QStringList({u"linux/arm64"_s, u"linux/amd64"_s}));
    QCOMPARE(found.blobs.size(), qsizetype(4));
}

void TestImageParts::findsImagesInIndexesInside()
{
    const Manifest inner = index("inner", {entry("a", u"linux/amd64"_s)});
    const ImageParts found = parts(index("outer", {inner.descriptor()}), {inner, image("a")});
    QCOMPARE(platforms(found), QStringList{u"linux/amd64"_s});
}

void TestImageParts::leavesOutWhatIsOnlyAboutAnImage()
{
    Descriptor attestation = entry("about", u"linux/amd64"_s);
    attestation.annotations = {{u"vnd.docker.reference.type"_s, u"attestation-manifest"_s},
                               {u"vnd.docker.reference.digest"_s, Digest::ofBytes("a").toString()}};
    const ImageParts found = parts(
        index("i", {entry("a", u"linux/amd64"_s), attestation, entry("b", u"unknown/unknown"_s)}),
        {image("a"), image("b"), image("about")});
    QCOMPARE(platforms(found), QStringList{u"linux/amd64"_s});
    QCOMPARE(found.manifests.size(), qsizetype(4)); // They belong to it all the same.
}

void TestImageParts::leavesOutWhatIsNoImage()
{
    QVERIFY(
        parts(image("chart", u"application/vnd.cncf.helm.config.v1+json"_s)).images().isEmpty());
}

void TestImageParts::endsWhereIndexesNameEachOther()
{
    // Nobody can make such digests; whoever hands us manifests could.
    const Manifest first = index("1", {index("2", {}).descriptor()});
    const Manifest second = index("2", {first.descriptor(), entry("a", u"linux/amd64"_s)});
    QCOMPARE(platforms(parts(first, {second, image("a")})), QStringList{u"linux/amd64"_s});
}

void TestImageParts::countsAnImageOnce()
{
    const ImageParts found =
        parts(index("i", {entry("a", u"linux/amd64"_s), entry("a", u"linux/386"_s)}), {image("a")});
    QCOMPARE(platforms(found), QStringList{u"linux/amd64"_s});
}

void TestImageParts::takesAPart()
{
    const Manifest inner = index("inner", {entry("a", u"linux/amd64"_s)});
    const ImageParts whole = parts(index("i", {inner.descriptor(), entry("b", u"linux/arm64"_s)}),
                                   {inner, image("a"), image("b")});
    const auto part = whole.part(index("smaller", {inner.descriptor()}));
    QVERIFY(part);
    QCOMPARE(part->manifests.size(), qsizetype(3)); // The new root, the inner index, one image.
    QCOMPARE(part->blobs.size(), qsizetype(2));
    QVERIFY(part->manifests.contains(Digest::ofBytes("smaller")));
    QVERIFY(!part->manifests.contains(Digest::ofBytes("b")));
}

void TestImageParts::refusesWhatItCannotRead()
{
    const Manifest opaque{"?", MediaType::parse(u"application/x"), Digest::ofBytes("?"),
                          OpaqueManifest()};
    const auto found = ImageParts::of(opaque, {});
    QVERIFY(!found);
    QCOMPARE(found.error().kind, Error::Kind::Unsupported);
}

void TestImageParts::countsNoFurtherThanItCan()
{
    ImageParts found = parts(image("a"));
    const qint64 most = std::numeric_limits<qint64>::max();
    for (Descriptor &blob : found.blobs)
        blob.size = most;
    QCOMPARE(found.size(), most);
}

QTEST_GUILESS_MAIN(TestImageParts)
#include "tst_imageparts.moc"
