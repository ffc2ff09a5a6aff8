// SPDX-License-Identifier: Apache-2.0
#include "core/layout/imageplace.h"
#include "core/oci/digest.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Form = ImagePlace::Form;

class TestImagePlace : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
};

void TestImagePlace::reads_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Form>("form");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("name");
    const QString digest = Digest::ofBytes("x").toString();
    QTest::newRow("folder") << u"oci:/tmp/a"_s << Form::OciFolder << u"/tmp/a"_s << QString();
    QTest::newRow("folder and name") << u"oci:a/b:1.0"_s << Form::OciFolder << u"a/b"_s << u"1.0"_s;
    QTest::newRow("colon in the folder")
        << u"oci:/tmp/a:b/c"_s << Form::OciFolder << u"/tmp/a:b/c"_s << QString();
    QTest::newRow("both") << u"oci:a:b:c"_s << Form::OciFolder << u"a:b"_s << u"c"_s;
    QTest::newRow("slash behind") << u"rootfs-dir:a/b//"_s << Form::RootFolder << u"a/b"_s
                                  << QString();
    QTest::newRow("slash and name") << u"oci:a/:1"_s << Form::OciFolder << u"a"_s << u"1"_s;
    QTest::newRow("dot behind") << u"dir:../a/./"_s << Form::Folder << u"../a"_s << QString();
    QTest::newRow("here") << u"dir:./"_s << Form::Folder << u"."_s << QString();
    QTest::newRow("root") << u"dir:/"_s << Form::Folder << u"/"_s << QString();
    QTest::newRow("spaces") << u"oci:my images"_s << Form::OciFolder << u"my images"_s << QString();
    QTest::newRow("digest") << QString(u"oci:a@"_s + digest) << Form::OciFolder << u"a"_s << digest;
    QTest::newRow("no digest") << u"oci:a@b"_s << Form::OciFolder << u"a@b"_s << QString();
    QTest::newRow("archive") << u"oci-archive:a.tar:1"_s << Form::OciArchive << u"a.tar"_s
                             << u"1"_s;
    QTest::newRow("archive without a name")
        << u"oci-archive:/x/a.tar"_s << Form::OciArchive << u"/x/a.tar"_s << QString();
    QTest::newRow("Docker's archive")
        << u"docker-archive:a.tar"_s << Form::DockerArchive << u"a.tar"_s << QString();
    QTest::newRow("Docker's archive and a tag")
        << u"docker-archive:a.tar:app:1"_s << Form::DockerArchive << u"a.tar"_s << u"app:1"_s;
    QTest::newRow("Docker's archive and a reference")
        << u"docker-archive:/x/a.tar:lab:5000/team/app:1"_s << Form::DockerArchive << u"/x/a.tar"_s
        << u"lab:5000/team/app:1"_s;
    QTest::newRow("Docker's archive and a digest") << QString(u"docker-archive:a.tar@"_s + digest)
                                                   << Form::DockerArchive << u"a.tar"_s << digest;
    QTest::newRow("skopeo's folder")
        << u"dir:/tmp/a:1"_s << Form::Folder << u"/tmp/a:1"_s << QString();
    QTest::newRow("layers") << u"layers:/tmp/a:1"_s << Form::StoredLayers << u"/tmp/a:1"_s
                            << QString();
    QTest::newRow("tars") << u"layer-tars:b"_s << Form::PlainLayers << u"b"_s << QString();
    QTest::newRow("files") << u"rootfs:/tmp/a:1"_s << Form::RootFiles << u"/tmp/a:1"_s << QString();
}

void TestImagePlace::reads()
{
    QFETCH(const QString, text);
    QFETCH(const Form, form);
    QFETCH(const QString, path);
    QFETCH(const QString, name);
    const auto place = ImagePlace::parse(text);
    QVERIFY(place);
    QCOMPARE(place->form, form);
    QCOMPARE(place->path, path);
    QCOMPARE(place->name, name);
}

void TestImagePlace::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << QString();
    QTest::newRow("no kind") << u"/tmp/a"_s;
    QTest::newRow("no folder") << u"oci:"_s;
    QTest::newRow("only a name") << u"oci::1.0"_s;
    QTest::newRow("only a digest") << QString(u"oci-archive:@"_s + Digest::ofBytes("x").toString());
    QTest::newRow("no file") << u"docker-archive::app:1"_s;
    QTest::newRow("another kind") << u"docker://host/a"_s;
}

void TestImagePlace::refuses()
{
    QFETCH(const QString, text);
    const auto place = ImagePlace::parse(text);
    QVERIFY(!place);
    QCOMPARE(place.error().kind, Error::Kind::InvalidInput);
    QVERIFY(place.error().message.contains("oci:DIR"_L1));
}

QTEST_GUILESS_MAIN(TestImagePlace)
#include "tst_imageplace.moc"
