// SPDX-License-Identifier: Apache-2.0
#include "core/layout/imageplace.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

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
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("name");
    QTest::newRow("folder") << u"oci:/tmp/a"_s << u"/tmp/a"_s << QString();
    QTest::newRow("folder and name") << u"oci:a/b:1.0"_s << u"a/b"_s << u"1.0"_s;
    QTest::newRow("colon in the folder") << u"oci:/tmp/a:b/c"_s << u"/tmp/a:b/c"_s << QString();
    QTest::newRow("both") << u"oci:a:b:c"_s << u"a:b"_s << u"c"_s;
    QTest::newRow("spaces") << u"oci:my images"_s << u"my images"_s << QString();
}

void TestImagePlace::reads()
{
    QFETCH(const QString, text);
    QFETCH(const QString, folder);
    QFETCH(const QString, name);
    const auto place = ImagePlace::parse(text);
    QVERIFY(place);
    QCOMPARE(place->folder, folder);
    QCOMPARE(place->name, name);
}

void TestImagePlace::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << QString();
    QTest::newRow("no kind") << u"/tmp/a"_s;
    QTest::newRow("no folder") << u"oci:"_s;
    QTest::newRow("only a name") << u"oci::1.0"_s;
    QTest::newRow("another kind") << u"docker://host/a"_s;
    QTest::newRow("not yet") << u"oci-archive:a.tar"_s;
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
