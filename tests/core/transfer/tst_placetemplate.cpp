// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/placetemplate.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestPlaceTemplate : public QObject
{
    Q_OBJECT

private slots:
    void fillsInWhatIsKnown_data();
    void fillsInWhatIsKnown();
    void namesAnImageWithoutATagByItsDigest();
    void joinsSeveralPlatforms();
    void makesFoldersOnlyOfWhatWasWritten();
    void refusesWhatIsNoField_data();
    void refusesWhatIsNoField();
    void wantsADigestWhereItIsNamed();
    void keepsTogetherWhatComesToOnePlace();
};

static ImageReference image(const QString &text)
{
    return *ImageReference::parse(text);
}

static const QString digest = Digest::ofBytes("x").toString();

void TestPlaceTemplate::fillsInWhatIsKnown_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("expected");
    QTest::newRow("none") << u"/tmp/a.tar"_s << u"/tmp/a.tar"_s;
    QTest::newRow("host") << u"/tmp/{host}"_s << u"/tmp/lab_5000"_s;
    QTest::newRow("repository") << u"{repository}/x"_s << u"team_app/x"_s;
    QTest::newRow("name and tag") << u"{name}-{tag}.tar"_s << u"app-1.0.tar"_s;
    QTest::newRow("platform") << u"{platform}"_s << u"linux_arm64"_s;
    QTest::newRow("digest") << u"{digest}"_s << QString(digest).replace(u':', u'_');
    QTest::newRow("brackets") << u"{{{tag}}}"_s << u"{1.0}"_s;
    QTest::newRow("no field") << u"{{tag}}"_s << u"{tag}"_s;
}

void TestPlaceTemplate::fillsInWhatIsKnown()
{
    QFETCH(QString, path);
    QFETCH(QString, expected);
    const auto filled = filledIn(path, image(u"lab:5000/team/app:1.0@"_s + digest),
                                 {*Platform::parse(u"linux/arm64"_s)});
    QVERIFY2(filled, filled ? "" : qPrintable(filled.error().message));
    QCOMPARE(*filled, expected);
    QCOMPARE(hasDigestField(path), path == "{digest}"_L1);
}

void TestPlaceTemplate::namesAnImageWithoutATagByItsDigest()
{
    QCOMPARE(*filledIn(u"{tag}"_s, image(u"lab:5000/a@"_s + digest), {}),
             Digest::ofBytes("x").shortText());
    QCOMPARE(*filledIn(u"{tag}-{platform}"_s, image(u"lab:5000/a"_s), {}), u"latest-all"_s);
    QCOMPARE(*filledIn(u"out/{tag}/"_s, image(u"lab:5000/a"_s), {}), u"out/latest"_s);
}

void TestPlaceTemplate::joinsSeveralPlatforms()
{
    const QList<Platform> both{*Platform::parse(u"linux/amd64"_s),
                               *Platform::parse(u"linux/arm/v7"_s)};
    QCOMPARE(*filledIn(u"{tag}_{platform}.tar"_s, image(u"lab:5000/a:1"_s), both),
             u"1_linux_amd64+linux_arm_v7.tar"_s);
}

void TestPlaceTemplate::makesFoldersOnlyOfWhatWasWritten()
{
    ImageReference hostile = image(u"lab:5000/team/app:1.0"_s);
    hostile.host = u"../../etc"_s; // Of a folder that is opened, it is a path.
    const QString filled = *filledIn(u"/out/{host}/{repository}"_s, hostile, {});
    QVERIFY2(filled.startsWith("/out/"_L1) && filled.count(u'/') == 3, qPrintable(filled));
    QVERIFY(!filled.contains("/.."_L1));
}

void TestPlaceTemplate::refusesWhatIsNoField_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("unknown") << u"{user}"_s;
    QTest::newRow("empty") << u"{}"_s;
    QTest::newRow("open") << u"a{tag"_s;
    QTest::newRow("closed") << u"tag}"_s;
    QTest::newRow("nested") << u"{a{tag}}"_s;
}

void TestPlaceTemplate::refusesWhatIsNoField()
{
    QFETCH(QString, path);
    const auto filled = filledIn(path, image(u"lab:5000/a:1"_s), {});
    QVERIFY(!filled);
    QCOMPARE(filled.error().kind, Error::Kind::InvalidInput);
}

void TestPlaceTemplate::wantsADigestWhereItIsNamed()
{
    QVERIFY(hasDigestField(u"a-{digest}"_s) && !hasDigestField(u"a-{{digest}}"_s));
    QVERIFY(!filledIn(u"{digest}"_s, image(u"lab:5000/a:1"_s), {}));
}

void TestPlaceTemplate::keepsTogetherWhatComesToOnePlace()
{
    PlaceExport wanted{image(u"lab:5000/a:1"_s), {}, {ImagePlace::Form::OciArchive, u"{name}"_s}};
    wanted.others = {image(u"lab:5000/b:1"_s), image(u"lab:5000/a:2"_s)};
    const auto exports = filledIn(wanted);
    QVERIFY(exports);
    QCOMPARE(exports->size(), qsizetype(2));
    QCOMPARE(exports->at(0).place.path, u"a"_s);
    QCOMPARE(exports->at(0).others, QList{image(u"lab:5000/a:2"_s)});
    QCOMPARE(exports->at(1).source, image(u"lab:5000/b:1"_s));
    QVERIFY(exports->at(1).others.isEmpty());
}

QTEST_GUILESS_MAIN(TestPlaceTemplate)
#include "tst_placetemplate.moc"
