// SPDX-License-Identifier: Apache-2.0
#include "core/oci/mediatype.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = MediaType::Kind;

class TestMediaType : public QObject
{
    Q_OBJECT

private slots:
    void knowsKindAndExtension_data();
    void knowsKindAndExtension();
    void dropsParametersAndCase_data();
    void dropsParametersAndCase();
    void acceptsEveryManifestInOneHeader();
};

void TestMediaType::knowsKindAndExtension_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("extension");
    const auto row = [](const char *text, Kind kind, const QString &extension) {
        QTest::newRow(text) << QString::fromLatin1(text) << kind << extension;
    };
    row("application/vnd.oci.image.index.v1+json", Kind::ImageIndex, u".json"_s);
    row("application/vnd.docker.distribution.manifest.list.v2+json", Kind::ImageIndex, u".json"_s);
    row("application/vnd.oci.image.manifest.v1+json", Kind::ImageManifest, u".json"_s);
    row("application/vnd.docker.distribution.manifest.v2+json", Kind::ImageManifest, u".json"_s);
    row("application/vnd.docker.distribution.manifest.v1+json", Kind::SignedManifest, u".json"_s);
    row("application/vnd.docker.distribution.manifest.v1+prettyjws", Kind::SignedManifest,
        u".bin"_s);
    row("application/vnd.oci.artifact.manifest.v1+json", Kind::ArtifactManifest, u".json"_s);
    row("application/vnd.oci.image.config.v1+json", Kind::ImageConfig, u".json"_s);
    row("application/vnd.docker.container.image.v1+json", Kind::ImageConfig, u".json"_s);
    row("application/vnd.docker.plugin.v1+json", Kind::Unknown, u".json"_s);
    row("application/vnd.oci.empty.v1+json", Kind::Empty, u".json"_s);
    row("application/vnd.oci.image.layer.v1.tar", Kind::Layer, u".tar"_s);
    row("application/vnd.oci.image.layer.v1.tar+gzip", Kind::Layer, u".tar.gz"_s);
    row("application/vnd.oci.image.layer.v1.tar+zstd", Kind::Layer, u".tar.zst"_s);
    row("application/vnd.oci.image.layer.v1.tar+gzip+encrypted", Kind::Layer, u".bin"_s);
    row("application/vnd.docker.image.rootfs.diff.tar", Kind::Layer, u".tar"_s);
    row("application/vnd.docker.image.rootfs.diff.tar.gzip", Kind::Layer, u".tar.gz"_s);
    row("application/vnd.docker.image.rootfs.diff.tar.zstd", Kind::Layer, u".tar.zst"_s);
    row("application/vnd.docker.container.image.rootfs.diff+x-gtar", Kind::Layer, u".tar.gz"_s);
    row("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", Kind::ForeignLayer,
        u".tar.gz"_s);
    row("application/vnd.oci.image.layer.nondistributable.v1.tar+zstd", Kind::ForeignLayer,
        u".tar.zst"_s);
    row("application/vnd.cncf.helm.config.v1+json", Kind::Unknown, u".json"_s);
    row("application/vnd.cncf.helm.chart.content.v1.tar+gzip", Kind::Unknown, u".tar.gz"_s);
    row("application/octet-stream", Kind::Unknown, u".bin"_s);
    row("text/plain", Kind::Unknown, u".bin"_s);
}

void TestMediaType::knowsKindAndExtension()
{
    QFETCH(QString, text);
    QFETCH(Kind, kind);
    QFETCH(QString, extension);
    const MediaType type = MediaType::parse(text);
    QCOMPARE(type.toString(), text);
    QCOMPARE(type.kind(), kind);
    QCOMPARE(type.fileExtension(), extension);
    const bool isManifest = kind == Kind::ImageIndex || kind == Kind::ImageManifest
                            || kind == Kind::SignedManifest || kind == Kind::ArtifactManifest;
    QCOMPARE(type.isManifest(), isManifest);
}

void TestMediaType::dropsParametersAndCase_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("parameter") << u"application/json; charset=utf-8"_s << u"application/json"_s;
    QTest::newRow("several") << u"a/b;c=d;e=\"f;g\""_s << u"a/b"_s;
    QTest::newRow("case") << u"Application/VND.x"_s << u"application/vnd.x"_s;
    QTest::newRow("space") << u"  a/b \t"_s << u"a/b"_s;
    QTest::newRow("empty") << QString() << QString();
    QTest::newRow("only a parameter") << u"; q=1"_s << QString();
}

void TestMediaType::dropsParametersAndCase()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(MediaType::parse(text).toString(), expected);
    QCOMPARE(MediaType::parse(text).isEmpty(), expected.isEmpty());
}

void TestMediaType::acceptsEveryManifestInOneHeader()
{
    // DEL-09: with less, docker-registry answers with the digest of a converted manifest.
    const QByteArrayList types = MediaType::manifestAccept().split(',');
    QCOMPARE(types.size(), qsizetype(7));
    for (const QByteArray &type : types)
        QVERIFY2(MediaType::parse(QString::fromLatin1(type)).isManifest(), type.constData());
    for (const MediaType &type : {MediaType::ociIndex(), MediaType::ociManifest(),
                                  MediaType::dockerManifestList(), MediaType::dockerManifest()})
        QVERIFY(MediaType::manifestAccept().contains(type.toString().toLatin1()));
}

QTEST_GUILESS_MAIN(TestMediaType)
#include "tst_mediatype.moc"
