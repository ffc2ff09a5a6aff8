// SPDX-License-Identifier: Apache-2.0
#include "core/oci/platform.h"

#include <QJsonObject>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestPlatform : public QObject
{
    Q_OBJECT

private slots:
    void isWrittenAndRead_data();
    void isWrittenAndRead();
    void refusesWhatIsNoPlatform_data();
    void refusesWhatIsNoPlatform();
    void readsJson();
    void missesWhatJsonDoesNotSay();
    void fillsInTheVariant_data();
    void fillsInTheVariant();
    void asksForAVersionOnlyWhenOneIsWanted();
    void knowsThisMachine();
};

void TestPlatform::isWrittenAndRead_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"linux/amd64", "linux/arm/v7", "windows/amd64", "unknown/unknown"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestPlatform::isWrittenAndRead()
{
    QFETCH(QString, text);
    const auto platform = Platform::parse(text);
    QVERIFY(platform);
    QCOMPARE(platform->toString(), text);
    QCOMPARE(platform->isUnknown(), text.contains(u"unknown"_s));
}

void TestPlatform::refusesWhatIsNoPlatform_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"", "linux", "/", "linux/", "/amd64", "linux//v7", "a/b/", "a/b/c/d"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestPlatform::refusesWhatIsNoPlatform()
{
    QFETCH(QString, text);
    QVERIFY(!Platform::parse(text));
}

void TestPlatform::readsJson()
{
    const QJsonObject object{{u"os"_s, u"windows"_s},
                             {u"architecture"_s, u"amd64"_s},
                             {u"variant"_s, u"v2"_s},
                             {u"os.version"_s, u"10.0.1"_s},
                             {u"os.features"_s, QJsonValue::fromVariant(QStringList{u"w"_s})}};
    const auto platform = Platform::fromJson(object);
    QVERIFY(platform);
    QCOMPARE(*platform,
             (Platform{u"windows"_s, u"amd64"_s, u"v2"_s, u"10.0.1"_s, QStringList{u"w"_s}}));
    QCOMPARE(platform->toString(), u"windows/amd64/v2"_s);
}

void TestPlatform::missesWhatJsonDoesNotSay()
{
    // DAT-21
    QVERIFY(!Platform::fromJson(QJsonValue()));
    QVERIFY(!Platform::fromJson(QJsonValue(QJsonValue::Undefined)));
    QVERIFY(!Platform::fromJson(u"linux/amd64"_s));
    QVERIFY(!Platform::fromJson(QJsonObject()));
    QVERIFY(!Platform::fromJson(QJsonObject{{u"os"_s, 1}}));
    const auto half = Platform::fromJson(QJsonObject{{u"architecture"_s, u"arm64"_s}});
    QVERIFY(half);
    QCOMPARE(half->toString(), u"arm64"_s);
}

void TestPlatform::fillsInTheVariant_data()
{
    QTest::addColumn<QString>("offered");
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<bool>("satisfies");
    const auto row = [](const char *offered, const char *wanted, bool satisfies) {
        QTest::addRow("%s for %s", offered, wanted)
            << QString::fromLatin1(offered) << QString::fromLatin1(wanted) << satisfies;
    };
    row("linux/amd64", "linux/amd64", true);
    row("linux/amd64/v1", "linux/amd64", true);
    row("linux/amd64/v2", "linux/amd64", false);
    row("linux/arm64", "linux/arm64/v8", true);
    row("linux/arm64/v8", "linux/arm64", true);
    row("linux/arm/v7", "linux/arm", true);
    row("linux/arm/v6", "linux/arm", false);
    row("linux/arm64", "linux/amd64", false);
    row("windows/amd64", "linux/amd64", false);
    row("unknown/unknown", "linux/amd64", false);
}

void TestPlatform::fillsInTheVariant()
{
    QFETCH(QString, offered);
    QFETCH(QString, wanted);
    QFETCH(bool, satisfies);
    QCOMPARE(Platform::parse(offered)->satisfies(*Platform::parse(wanted)), satisfies);
}

void TestPlatform::asksForAVersionOnlyWhenOneIsWanted()
{
    const Platform any = *Platform::parse(u"windows/amd64"_s);
    Platform older = any;
    older.osVersion = u"10.0.17763.1"_s;
    Platform newer = any;
    newer.osVersion = u"10.0.20348.1"_s;
    QVERIFY(older.satisfies(any) && newer.satisfies(any));
    QVERIFY(older.satisfies(older) && !older.satisfies(newer) && !any.satisfies(newer));
}

void TestPlatform::knowsThisMachine()
{
    const Platform native = Platform::native();
    QCOMPARE(native.os, u"linux"_s);
    QVERIFY(!native.architecture.isEmpty());
    QVERIFY(native.architecture != u"x86_64"_s); // Images say amd64.
    QVERIFY(native.satisfies(native));
}

QTEST_GUILESS_MAIN(TestPlatform)
#include "tst_platform.moc"
