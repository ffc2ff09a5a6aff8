// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/transferrecord.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// Records of transfers of several platforms, and those of builds that knew one or all of them.
class TestRecordVersion : public QObject
{
    Q_OBJECT

private slots:
    void bringsSeveralPlatformsBack();
    void takesOnePlatformOfAnEarlierBuild_data();
    void takesOnePlatformOfAnEarlierBuild();
    void refusesWhatIsNoPlatform_data();
    void refusesWhatIsNoPlatform();
};

static QList<TransferRecord> records(const QList<Platform> &platforms)
{
    const RepositoryName repository = *RepositoryName::parse(u"team/app");
    return {
        {{u"id-1"_s, {}},
         {},
         PlaceExport{{u"reg.lab"_s, repository, Tag::parse(u"1.0"), {}},
                     platforms,
                     {ImagePlace::Form::OciFolder, u"/tmp/out"_s, u"1.0"_s}},
         u"team/app:1.0"_s},
        {{u"id-1"_s, {}},
         {u"id-2"_s, {}},
         AgreedCopy{{repository, *Tag::parse(u"1.0"), repository, *Tag::parse(u"2.0"), platforms},
                    Digest::ofBytes("image")},
         u"team/app:1.0"_s}};
}

/// As builds wrote it that knew a platform or none.
static QByteArray earlierDocument(const QJsonValue &platform)
{
    QJsonObject document = QJsonDocument::fromJson(transfersToJson(records({}))).object();
    QJsonArray transfers;
    const QJsonArray now = document.value("transfers"_L1).toArray();
    for (const auto &transfer : now) {
        QJsonObject object = transfer.toObject();
        object.remove("platforms"_L1);
        object.insert("platform"_L1, platform);
        transfers.append(object);
    }
    document.insert("version"_L1, 3);
    document.insert("transfers"_L1, transfers);
    return QJsonDocument(document).toJson();
}

static void compare(const ReadTransfers &read, const QList<Platform> &platforms)
{
    QVERIFY2(read.refusals.isEmpty(), qPrintable(read.refusals.join(u'\n')));
    QCOMPARE(read.records.size(), qsizetype(2));
    QCOMPARE(std::get<PlaceExport>(read.records.at(0).purpose).platforms, platforms);
    QCOMPARE(std::get<AgreedCopy>(read.records.at(1).purpose).wanted.platforms, platforms);
}

void TestRecordVersion::bringsSeveralPlatformsBack()
{
    const QList<Platform> two{*Platform::parse(u"linux/arm/v7"_s),
                              {u"windows"_s, u"amd64"_s, {}, u"10.0.1"_s, {u"win32k"_s}}};
    compare(transfersFromJson(transfersToJson(records(two))), two);
    compare(transfersFromJson(transfersToJson(records({}))), {});
}

void TestRecordVersion::takesOnePlatformOfAnEarlierBuild_data()
{
    QTest::addColumn<QJsonValue>("platform");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("all") << QJsonValue(QJsonObject()) << QStringList();
    QTest::newRow("one") << QJsonValue(QJsonObject{{u"os"_s, u"linux"_s},
                                                   {u"architecture"_s, u"arm64"_s},
                                                   {u"variant"_s, QString()},
                                                   {u"os.version"_s, QString()},
                                                   {u"os.features"_s, QJsonArray()}})
                         << QStringList{u"linux/arm64"_s};
}

void TestRecordVersion::takesOnePlatformOfAnEarlierBuild()
{
    QFETCH(const QJsonValue, platform);
    QFETCH(const QStringList, expected);
    QList<Platform> platforms;
    for (const QString &name : expected)
        platforms.append(*Platform::parse(name));
    compare(transfersFromJson(earlierDocument(platform)), platforms);
}

void TestRecordVersion::refusesWhatIsNoPlatform_data()
{
    QTest::addColumn<QJsonValue>("platform");
    QTest::newRow("text") << QJsonValue(u"linux/amd64"_s);
    QTest::newRow("nothing") << QJsonValue();
    QTest::newRow("something else") << QJsonValue(QJsonObject{{u"os"_s, 1}});
    QTest::newRow("a list") << QJsonValue(QJsonArray{QJsonObject{{u"os"_s, u"linux"_s}}});
}

void TestRecordVersion::refusesWhatIsNoPlatform()
{
    QFETCH(const QJsonValue, platform);
    const ReadTransfers read = transfersFromJson(earlierDocument(platform));
    QVERIFY(read.records.isEmpty());
    QCOMPARE(read.refusals.size(), qsizetype(2));
}

QTEST_GUILESS_MAIN(TestRecordVersion)
#include "tst_recordversion.moc"
