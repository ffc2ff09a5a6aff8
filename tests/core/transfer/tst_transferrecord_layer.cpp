// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/transferrecord.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// Records of images that are made anew when they are continued, and records that lack that.
class TestTransferRecordLayer : public QObject
{
    Q_OBJECT

private slots:
    void bringsANewLayerBack();
    void bringsALayerAloneBack();
    void remembersThatLayersAreCompressed();
    void refusesWhatIsNoLayer_data();
    void refusesWhatIsNoLayer();
    void bringsBackWhatAnOlderVersionKept();
    void refusesWhatAnOlderVersionDidNotKeep_data();
    void refusesWhatAnOlderVersionDidNotKeep();
};

static const RepositoryName repository = *RepositoryName::parse(u"team/app");

static ImageExtension extension()
{
    return {ImageChoice{repository, Digest::ofBytes("base"), {*Platform::parse(u"linux/arm64"_s)}},
            {u"/tmp/a"_s, u"/tmp/b"_s},
            u"/etc"_s,
            u"a comment"_s,
            QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC),
            u"Ann"_s,
            {1000, 7, 0640}};
}

static QByteArray document(const std::optional<ImageExtension> &made)
{
    AgreedCopy copy{{repository, Digest::ofBytes("image"), repository, *Tag::parse(u"2.0")},
                    Digest::ofBytes("image")};
    copy.made = made;
    return transfersToJson({{{u"id-1"_s, {}}, {u"id-1"_s, {}}, copy, u"a layer"_s}});
}

/// What is made, of the only record.
static std::optional<ImageExtension> madeBy(const QByteArray &json)
{
    const ReadTransfers read = transfersFromJson(json);
    if (read.records.size() != 1)
        qFatal("%s", qPrintable(read.refusals.join(u'\n')));
    return std::get<AgreedCopy>(read.records.constFirst().purpose).made;
}

void TestTransferRecordLayer::bringsANewLayerBack()
{
    QVERIFY(!madeBy(document({})));
    const auto made = madeBy(document(extension()));
    QVERIFY(made);
    QVERIFY(made->image());
    QCOMPARE(made->image()->repository, extension().image()->repository);
    QCOMPARE(made->image()->reference, extension().image()->reference);
    QCOMPARE(made->image()->platforms, extension().image()->platforms);
    QCOMPARE(made->paths, extension().paths);
    QCOMPARE(made->folder, extension().folder);
    QCOMPARE(made->comment, extension().comment);
    QCOMPARE(made->created, extension().created);
    QCOMPARE(made->author, extension().author);
    QCOMPARE(made->ownership, extension().ownership);
}

void TestTransferRecordLayer::bringsALayerAloneBack()
{
    ImageExtension alone = extension();
    alone.base = *Platform::parse(u"linux/arm/v7"_s);
    const auto made = madeBy(document(alone));
    QVERIFY(made && !made->image());
    QCOMPARE(std::get<Platform>(made->base), std::get<Platform>(alone.base));
    QCOMPARE(made->paths, alone.paths);
}

void TestTransferRecordLayer::remembersThatLayersAreCompressed()
{
    AgreedCopy copy{{repository, *Tag::parse(u"1.0"), repository, *Tag::parse(u"2.0")},
                    Digest::ofBytes("compressed")};
    for (const bool isCompressed : {true, false}) {
        copy.isCompressed = isCompressed;
        const ReadTransfers read = transfersFromJson(
            transfersToJson({{{{}, u"/tmp/bundle.tar"_s}, {u"id-1"_s, {}}, copy, u"an image"_s}}));
        QVERIFY2(read.refusals.isEmpty(), qPrintable(read.refusals.join(u'\n')));
        QCOMPARE(std::get<AgreedCopy>(read.records.constFirst().purpose).isCompressed,
                 isCompressed);
    }
}

void TestTransferRecordLayer::refusesWhatIsNoLayer_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("repository") << u"repository"_s << QJsonValue(u".."_s);
    QTest::newRow("no repository") << u"repository"_s << QJsonValue(QString());
    QTest::newRow("reference") << u"reference"_s << QJsonValue(u"a b"_s);
    QTest::newRow("platform") << u"platform"_s << QJsonValue(u"linux"_s);
    QTest::newRow("no files") << u"paths"_s << QJsonValue(QJsonArray());
    QTest::newRow("a relative path") << u"paths"_s << QJsonValue(QJsonArray{u"/a"_s, u"b"_s});
    QTest::newRow("no path") << u"paths"_s << QJsonValue(QJsonArray{7});
    QTest::newRow("date") << u"created"_s << QJsonValue(u"yesterday"_s);
    QTest::newRow("owner") << u"owner"_s << QJsonValue(u"root"_s);
    QTest::newRow("mode") << u"mode"_s << QJsonValue(u"4755"_s);
    QTest::newRow("author") << u"author"_s << QJsonValue(1);
    QTest::newRow("nothing of it") << u"layer"_s << QJsonValue(u"none"_s);
}

void TestTransferRecordLayer::refusesWhatIsNoLayer()
{
    QFETCH(const QString, member);
    QFETCH(const QJsonValue, value);
    QJsonObject whole = QJsonDocument::fromJson(document(extension())).object();
    QJsonObject transfer = whole.value("transfers"_L1)[0].toObject();
    QJsonObject layer = transfer.value("layer"_L1).toObject();
    layer.insert(member, value);
    transfer.insert("layer"_L1, member == "layer"_L1 ? value : QJsonValue(layer));
    whole.insert("transfers"_L1, QJsonArray{transfer});
    const ReadTransfers read = transfersFromJson(QJsonDocument(whole).toJson());
    QVERIFY(read.records.isEmpty());
    QCOMPARE(read.refusals.size(), 1);
}

/// As the first version wrote it, before there were referrers and new layers; with another value for
/// one member.
static QByteArray olderDocument(const QString &member = {}, const QJsonValue &value = {})
{
    const QString digest = Digest::ofBytes("image").toString();
    const QJsonObject from{{u"connection"_s, u"id-1"_s}, {u"path"_s, QString()}};
    QJsonObject copy{{u"kind"_s, u"copy"_s},
                     {u"fromRepository"_s, u"team/app"_s},
                     {u"fromReference"_s, u"1.0"_s},
                     {u"toRepository"_s, u"b"_s},
                     {u"toReference"_s, u"2.0"_s},
                     {u"platform"_s, QJsonObject()},
                     {u"image"_s, digest},
                     {u"replaced"_s, QString()},
                     {u"from"_s, from},
                     {u"to"_s, from},
                     {u"source"_s, u"team/app:1.0"_s},
                     {u"target"_s, u"b:2.0"_s},
                     {u"done"_s, 0},
                     {u"total"_s, 5}};
    const QJsonObject image{{u"kind"_s, u"image"_s},
                            {u"host"_s, u"reg.lab"_s},
                            {u"repository"_s, u"team/app"_s},
                            {u"tag"_s, u"1.0"_s},
                            {u"digest"_s, QString()},
                            {u"platform"_s, QJsonObject()},
                            {u"form"_s, u"oci"_s},
                            {u"path"_s, u"/tmp/out"_s},
                            {u"name"_s, u"1.0"_s},
                            {u"from"_s, from},
                            {u"to"_s, QJsonObject()},
                            {u"source"_s, u"team/app:1.0"_s},
                            {u"target"_s, QString()},
                            {u"done"_s, 0},
                            {u"total"_s, -1}};
    if (!member.isEmpty())
        copy.insert(member, value);
    return QJsonDocument(QJsonObject{{u"version"_s, 1}, {u"transfers"_s, QJsonArray{copy, image}}})
        .toJson();
}

void TestTransferRecordLayer::bringsBackWhatAnOlderVersionKept()
{
    const ReadTransfers read = transfersFromJson(olderDocument());
    QVERIFY2(read.refusals.isEmpty(), qPrintable(read.refusals.join(u'\n')));
    QCOMPARE(read.records.size(), 2);
    const auto copy = std::get<AgreedCopy>(read.records.at(0).purpose);
    QVERIFY(!copy.wanted.withReferrers && !copy.made && !copy.isCompressed);
    const auto image = std::get<PlaceExport>(read.records.at(1).purpose);
    QVERIFY(!image.withReferrers && !image.withChecksums && image.others.isEmpty());
    QVERIFY(image.earlier.isEmpty() && image.layers.isEmpty());
    QCOMPARE(image.taken, TakenName::Fail);
    // Today it would have said so.
    QByteArray today = olderDocument();
    today.replace("\"version\": 1", "\"version\": 4");
    QCOMPARE(transfersFromJson(today).refusals.size(), 2);
}

void TestTransferRecordLayer::refusesWhatAnOlderVersionDidNotKeep_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("referrers") << u"withReferrers"_s << QJsonValue(u"no"_s);
    QTest::newRow("layer") << u"layer"_s << QJsonValue(7);
    QTest::newRow("compression") << u"isCompressed"_s << QJsonValue(u"gzip"_s);
    QTest::newRow("image") << u"image"_s << QJsonValue(u"sha256:../x"_s);
    QTest::newRow("target") << u"to"_s << QJsonValue();
}

void TestTransferRecordLayer::refusesWhatAnOlderVersionDidNotKeep()
{
    QFETCH(const QString, member);
    QFETCH(const QJsonValue, value);
    const ReadTransfers read = transfersFromJson(olderDocument(member, value));
    QCOMPARE(read.records.size(), 1); // The other one.
    QCOMPARE(read.refusals.size(), 1);
}

QTEST_GUILESS_MAIN(TestTransferRecordLayer)
#include "tst_transferrecord_layer.moc"
