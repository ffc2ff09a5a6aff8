// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/transferrecord.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// Records of images that are made anew when they are continued.
class TestTransferRecordLayer : public QObject
{
    Q_OBJECT

private slots:
    void bringsANewLayerBack();
    void refusesWhatIsNoLayer_data();
    void refusesWhatIsNoLayer();
};

static const RepositoryName repository = *RepositoryName::parse(u"team/app");

static ImageExtension extension()
{
    return {{repository, Digest::ofBytes("base"), Platform::parse(u"linux/arm64"_s)},
            {u"/tmp/a"_s, u"/tmp/b"_s},
            u"/etc"_s,
            u"a comment"_s,
            QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC),
            u"Ann"_s};
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
    QCOMPARE(made->base.repository, extension().base.repository);
    QCOMPARE(made->base.reference, extension().base.reference);
    QCOMPARE(made->base.platform, extension().base.platform);
    QCOMPARE(made->paths, extension().paths);
    QCOMPARE(made->folder, extension().folder);
    QCOMPARE(made->comment, extension().comment);
    QCOMPARE(made->created, extension().created);
    QCOMPARE(made->author, extension().author);
}

void TestTransferRecordLayer::refusesWhatIsNoLayer_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("repository") << u"repository"_s << QJsonValue(u".."_s);
    QTest::newRow("reference") << u"reference"_s << QJsonValue(u"a b"_s);
    QTest::newRow("platform") << u"platform"_s << QJsonValue(u"linux"_s);
    QTest::newRow("no files") << u"paths"_s << QJsonValue(QJsonArray());
    QTest::newRow("a relative path") << u"paths"_s << QJsonValue(QJsonArray{u"/a"_s, u"b"_s});
    QTest::newRow("no path") << u"paths"_s << QJsonValue(QJsonArray{7});
    QTest::newRow("date") << u"created"_s << QJsonValue(u"yesterday"_s);
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

QTEST_GUILESS_MAIN(TestTransferRecordLayer)
#include "tst_transferrecord_layer.moc"
