// SPDX-License-Identifier: Apache-2.0
#include "core/oci/manifest.h"

#include <QTest>

#include <limits>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = MediaType::Kind;

class TestManifest : public QObject
{
    Q_OBJECT

private slots:
    void findsOutWhatItIs_data();
    void findsOutWhatItIs();
    void refusesWhatIsNoManifest_data();
    void refusesWhatIsNoManifest();
    void readsAnImage();
    void readsAnIndex();
    void readsListsThatAreNull();
    void keepsEveryByte();
    void limitsTheSize();
    void opensManyLayers();
    void opensAsManyEntriesAsFit();
    void addsUpSizes();
    void knowsAttestations();
    void findsThePlatform();
};

// Behind the class: moc loses its way in raw strings.
namespace {

const QByteArray docker = "application/vnd.docker.distribution.manifest.v2+json";
const QByteArray dockerList = "application/vnd.docker.distribution.manifest.list.v2+json";
const QByteArray oci = "application/vnd.oci.image.manifest.v1+json";
const QByteArray ociIndex = "application/vnd.oci.image.index.v1+json";

QByteArray entry(const QByteArray &type, const QByteArray &size = "1", char digit = 'a',
                 const QByteArray &more = {})
{
    return R"({"mediaType":")" + type + R"(","size":)" + size + R"(,"digest":"sha256:)"
           + QByteArray(64, digit) + '"' + more + '}';
}

const QByteArray config = R"("config":)" + entry("application/vnd.oci.image.config.v1+json");
const QByteArray layers = R"("layers":[)"
                          + entry("application/vnd.oci.image.layer.v1.tar+gzip", "10", 'b') + ','
                          + entry("application/vnd.oci.image.layer.v1.tar+gzip", "20", 'c') + ']';
const QByteArray manifests = R"("manifests":[)" + entry(oci, "5", 'd') + ']';
const QByteArray two = R"("schemaVersion":2,)";

QByteArray typed(const QByteArray &type)
{
    return R"("mediaType":")" + type + R"(",)";
}

QByteArray image(const QByteArray &more = {})
{
    return '{' + two + more + config + ',' + layers + '}';
}

QByteArray index(const QByteArray &more = {})
{
    return '{' + two + more + manifests + '}';
}

MediaType type(const QByteArray &text)
{
    return MediaType::parse(QString::fromLatin1(text));
}

} // namespace

void TestManifest::findsOutWhatItIs_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<QByteArray>("contentType");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("OCI manifest") << image(typed(oci)) << oci << oci;
    QTest::newRow("Docker manifest") << image(typed(docker)) << docker << docker;
    QTest::newRow("OCI index") << index(typed(ociIndex)) << ociIndex << ociIndex;
    QTest::newRow("Docker list") << index(typed(dockerList)) << dockerList << dockerList;
    QTest::newRow("parameters") << image(typed(oci)) << QByteArray(oci + "; charset=utf-8") << oci;
    QTest::newRow("no type of its own") << image() << oci << oci;
    QTest::newRow("Docker without a type of its own") << image() << docker << docker;
    QTest::newRow("nobody says") << image() << QByteArray() << oci;
    QTest::newRow("nobody says of an index") << index() << QByteArray() << ociIndex;
    QTest::newRow("SRV-29 text/plain")
        << image(typed(docker)) << QByteArray("text/plain") << docker;
    QTest::newRow("application/json") << index() << QByteArray("application/json") << ociIndex;
    QTest::newRow("empty index") << QByteArray('{' + two + R"("manifests":[]})") << ociIndex
                                 << ociIndex;
    QTest::newRow("no layers") << QByteArray('{' + two + config + R"(,"layers":[]})") << oci << oci;
    QTest::newRow("artifact manifest")
        << QByteArray(R"({"mediaType":"application/vnd.oci.artifact.manifest.v1+json","blobs":[]})")
        << QByteArray("application/vnd.oci.artifact.manifest.v1+json")
        << QByteArray("application/vnd.oci.artifact.manifest.v1+json");
}

void TestManifest::findsOutWhatItIs()
{
    QFETCH(QByteArray, document);
    QFETCH(QByteArray, contentType);
    QFETCH(QByteArray, expected);
    const auto manifest = parseManifest(document, type(contentType));
    QVERIFY2(manifest, manifest ? "" : qPrintable(manifest.error().message));
    QCOMPARE(manifest->mediaType, type(expected));
    QCOMPARE(manifest->index() != nullptr, manifest->mediaType.kind() == Kind::ImageIndex);
    QCOMPARE(manifest->image() != nullptr, manifest->mediaType.kind() == Kind::ImageManifest);
}

void TestManifest::refusesWhatIsNoManifest_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<QByteArray>("contentType");
    const auto row = [](const char *name, const QByteArray &document, const QByteArray &called) {
        QTest::newRow(name) << document << called;
    };
    const QByteArray noMembers = '{' + two + R"("x":1})";
    row("DAT-01 manifests and layers", '{' + two + config + ',' + layers + ',' + manifests + '}',
        oci);
    row("DAT-01 config in an index", '{' + two + manifests + ',' + config + '}', ociIndex);
    row("DAT-01 Manifests in another case", image(R"("Manifests":[],)"), oci);
    row("DAT-01 fsLayers in an index", index(R"("fsLayers":[],)"), ociIndex);
    row("DAT-01 history in an image", image(R"("history":[],)"), oci);
    row("DAT-01 schema 1 with layers", R"({"schemaVersion":1,"fsLayers":[],)" + layers + '}', {});
    row("DAT-01 layers twice", image(R"("layers":[],)"), oci);
    row("config in another case only", '{' + two + R"("Config":{},)" + layers + '}', oci);
    row("another type in another case", image(typed(oci) + R"("MediaType":")" + docker + R"(",)"),
        oci);
    row("a type in another case only", image(R"("MEDIATYPE":")" + docker + R"(",)"), {});
    row("another version in another case", image(R"("schemaversion":1,)"), oci);
    row("DAT-02 Docker called OCI", image(typed(docker)), oci);
    row("DAT-02 manifest called index", image(typed(oci)), ociIndex);
    row("DAT-02 untyped manifest called index", image(), ociIndex);
    row("DAT-02 untyped index called manifest", index(), docker);
    row("DAT-02 calls itself index", image(typed(ociIndex)), {});
    row("DAT-02 calls itself a layer", image(typed("application/vnd.oci.image.layer.v1.tar")), {});
    row("DAT-14 no layers", '{' + two + config + '}', oci);
    row("DAT-14 no config", '{' + two + layers + '}', oci);
    row("DAT-14 no version", '{' + config + ',' + layers + '}', oci);
    row("DAT-14 version 3", R"({"schemaVersion":3,)" + config + ',' + layers + '}', oci);
    row("DAT-14 version as text", R"({"schemaVersion":"2",)" + config + ',' + layers + '}', oci);
    row("DAT-14 version 1 without its members", R"({"schemaVersion":1})", {});
    row("version 2.0", R"({"schemaVersion":2.0,)" + config + ',' + layers + '}', oci);
    row("nothing in it", noMembers, {});
    row("layers are an object", '{' + two + config + R"(,"layers":{}})", oci);
    row("layer is a number", '{' + two + config + R"(,"layers":[1]})", oci);
    row("DAT-03 size 1e3", '{' + two + config + R"(,"layers":[)" + entry("x", "1e3") + "]}", oci);
    row("DAT-03 size -1", '{' + two + config + R"(,"layers":[)" + entry("x", "-1") + "]}", oci);
    row("subject is text", image(R"("subject":"x",)"), oci);
    row("SRV-28 web page", "<!DOCTYPE html><html></html>", oci);
    row("empty", {}, oci);
    row("null", "null", oci);
    row("DAT-25 depth 65", image(R"("x":)" + QByteArray(64, '[') + QByteArray(64, ']') + ','), oci);
}

void TestManifest::refusesWhatIsNoManifest()
{
    QFETCH(QByteArray, document);
    QFETCH(QByteArray, contentType);
    const auto manifest = parseManifest(document, type(contentType));
    QVERIFY(!manifest);
    const Error::Kind kind = manifest.error().kind;
    QVERIFY(kind == Error::Kind::Protocol || kind == Error::Kind::TooLarge);
    QVERIFY(!manifest.error().message.isEmpty());
}

void TestManifest::readsAnImage()
{
    const QByteArray document =
        image(R"("artifactType":"a/b","annotations":{"k":"v"},"unknown":[{}],"subject":)"
              + entry(oci, "7", 'e') + ',');
    const auto manifest = parseManifest(document, type(oci));
    QVERIFY(manifest);
    const ImageManifest *read = manifest->image();
    QVERIFY(read);
    QCOMPARE(read->config.mediaType.kind(), Kind::ImageConfig);
    QCOMPARE(read->layers.size(), qsizetype(2));
    QCOMPARE(read->layers.at(0).size, qint64(10));
    QCOMPARE(read->subject->size, qint64(7));
    QCOMPARE(read->artifactType, u"a/b"_s);
    QCOMPARE(read->annotations, (Annotations{{u"k"_s, u"v"_s}}));
    QVERIFY(!parseManifest(image(R"("subject":null,)"), type(oci))->image()->subject);
}

void TestManifest::readsAnIndex()
{
    const auto manifest = parseManifest(index(), type(ociIndex));
    QVERIFY(manifest);
    QCOMPARE(manifest->index()->manifests.size(), qsizetype(1));
    QCOMPARE(manifest->index()->manifests.first().mediaType, type(oci));
    QCOMPARE(manifest->descriptor().size, index().size());
    QCOMPARE(manifest->descriptor().digest, Digest::ofBytes(index()));
}

void TestManifest::readsListsThatAreNull()
{
    // So Go writes a list into which nobody has put anything.
    const auto index = parseManifest(R"({"schemaVersion":2,"manifests":null})", {});
    QVERIFY2(index, index ? "" : qPrintable(index.error().message));
    QVERIFY(index->index());
    QVERIFY(index->index()->manifests.isEmpty());
}

void TestManifest::keepsEveryByte()
{
    // DAT-23: pretty or not, the bytes are the truth.
    const QByteArray document = "\r\n" + image().replace(',', ",\r\n\t ") + "\n\n";
    const auto manifest = parseManifest(document, type(oci));
    QVERIFY(manifest);
    QCOMPARE(manifest->bytes, document);
    QCOMPARE(manifest->digest, Digest::ofBytes(document));
}

void TestManifest::limitsTheSize()
{
    // DAT-10
    constexpr qsizetype most = 4 * 1024 * 1024;
    const QByteArray fitting = image() + QByteArray(most - image().size(), ' ');
    QVERIFY(parseManifest(fitting, type(oci)));
    const auto manifest = parseManifest(fitting + ' ', type(oci));
    QVERIFY(!manifest);
    QCOMPARE(manifest.error().kind, Error::Kind::TooLarge);
}

void TestManifest::opensManyLayers()
{
    // DAT-09
    QByteArrayList many(10'000, entry("application/vnd.oci.image.layer.v1.tar", "1", 'b'));
    const auto manifest =
        parseManifest('{' + two + config + R"(,"layers":[)" + many.join(',') + "]}", type(oci));
    QVERIFY(manifest);
    QCOMPARE(manifest->image()->layers.size(), qsizetype(10'000));
}

void TestManifest::opensAsManyEntriesAsFit()
{
    const auto list = [](qsizetype count) {
        const QByteArray shortest = R"({"mediaType":"a/b","size":1,"digest":"x:a"})";
        return parseManifest('{' + two + R"("manifests":[)"
                                 + QByteArrayList(count, shortest).join(',') + "]}",
                             type(ociIndex));
    };
    QCOMPARE(list(90'000)->index()->manifests.size(), qsizetype(90'000));
    QCOMPARE(list(100'000).error().kind, Error::Kind::TooLarge);
}

void TestManifest::addsUpSizes()
{
    ImageManifest read = *parseManifest(image(), type(oci))->image();
    QCOMPARE(imageSize(read), qint64(31));
    // DAT-05: registries store such sizes.
    read.layers[0].size = std::numeric_limits<qint64>::max() - 21;
    QCOMPARE(imageSize(read), std::numeric_limits<qint64>::max());
    read.layers[0].size += 1;
    QCOMPARE(imageSize(read), qint64(-1));
}

void TestManifest::knowsAttestations()
{
    const QByteArray annotation = R"(,"annotations":{"vnd.docker.reference.type":")";
    const QByteArray about = R"(","vnd.docker.reference.digest":"sha256:)" + QByteArray(64, 'd');
    const auto read = [&](const QByteArray &annotations) {
        const QByteArray list = R"("manifests":[)" + entry(oci, "1", 'a', annotations) + ']';
        const auto manifest = parseManifest('{' + two + list + '}', type(ociIndex));
        return attestationSubject(manifest->index()->manifests.first());
    };
    QVERIFY(!read({}));
    QCOMPARE(read(annotation + "attestation-manifest" + about + "\"}")->encoded(),
             QString(64, u'd'));
    QVERIFY(!read(annotation + "other" + about + "\"}"));
    QVERIFY(!read(annotation + "attestation-manifest\"}"));
}

void TestManifest::findsThePlatform()
{
    const auto onPlatform = [](const QByteArray &architecture, char digit) {
        return entry(oci, "1", digit,
                     R"(,"platform":{"os":"linux","architecture":")" + architecture + "\"}");
    };
    const QByteArray list = R"("manifests":[)" + entry(oci, "1", '0') + ','
                            + onPlatform("arm64", '1') + ',' + onPlatform("amd64", '2') + ','
                            + onPlatform("amd64", '3') + ']';
    const auto manifest = parseManifest('{' + two + list + '}', type(ociIndex));
    QVERIFY(manifest);
    const Descriptor *found = findPlatform(*manifest->index(), *Platform::parse(u"linux/amd64"_s));
    QVERIFY(found);
    QCOMPARE(found->digest.encoded(), QString(64, u'2')); // DAT-21: the first match wins.
    QVERIFY(!findPlatform(*manifest->index(), *Platform::parse(u"linux/s390x"_s)));
}

QTEST_GUILESS_MAIN(TestManifest)
#include "tst_manifest.moc"
