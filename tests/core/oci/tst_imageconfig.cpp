// SPDX-License-Identifier: Apache-2.0
#include "core/oci/imageconfig.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

namespace {

Digest digestOf(int number)
{
    return Digest::ofBytes(QByteArray::number(number));
}

ImageManifest imageWith(int layerCount)
{
    ImageManifest manifest{{MediaType(), digestOf(-1), 1}, {}, {}, {}, {}};
    for (int i = 0; i < layerCount; ++i)
        manifest.layers.append({MediaType(), digestOf(i), 1});
    return manifest;
}

/// \a steps: "l" makes a layer, "e" changes no file.
ImageConfig configWith(int diffIdCount, const QByteArray &steps)
{
    ImageConfig config;
    for (int i = 0; i < diffIdCount; ++i)
        config.diffIds.append(digestOf(100 + i));
    for (const char step : steps)
        config.history.append({{}, QString(QLatin1Char(step)), {}, {}, step == 'e'});
    return config;
}

/// What the rows look like: "1h" is layer 1 with its history, "h" a step without a layer.
QString shapeOf(const QList<LayerRow> &rows)
{
    QStringList shapes;
    for (const LayerRow &row : rows) {
        shapes.append((row.number > 0 ? QString::number(row.number) : QString())
                      + (row.diffId ? u"d"_s : QString()) + (row.history ? u"h"_s : QString()));
    }
    return shapes.join(u' ');
}

} // namespace

class TestImageConfig : public QObject
{
    Q_OBJECT

private slots:
    void readsEverything();
    void takesNullForEveryOptionalMember();
    void refusesWhatIsNoConfiguration_data();
    void refusesWhatIsNoConfiguration();
    void leavesOutWhatHasTheWrongType();
    void believesPlausibleDatesOnly_data();
    void believesPlausibleDatesOnly();
    void findsTheCreationDate();
    void joinsLayersWithHistory_data();
    void joinsLayersWithHistory();
    void rowsKeepTheOrderOfTheBuild();
};

void TestImageConfig::readsEverything()
{
    const QByteArray diffId = digestOf(1).toString().toLatin1();
    const auto config = parseImageConfig(R"({
        "created":"2024-02-29T12:00:00.123456789Z","author":"me","architecture":"arm","os":"linux",
        "variant":"v7","os.version":"1","config":{"User":"u","ExposedPorts":{"80/tcp":{}},
        "Env":["A=1"],"Entrypoint":["e"],"Cmd":["c","d"],"Volumes":{"/v":{}},"WorkingDir":"/w",
        "Labels":{"k":"v"},"StopSignal":"SIGQUIT","Healthcheck":{"Interval":1.5}},
        "rootfs":{"type":"layers","diff_ids":[")"
                                         + diffId + R"("]},
        "history":[{"created":"2024-02-29T12:00:00+02:00","created_by":"RUN x","author":"a",
        "comment":"c"},{"empty_layer":true}],"extra":1})");
    QVERIFY2(config, config ? "" : qPrintable(config.error().message));
    QCOMPARE(config->created.toString(Qt::ISODateWithMs), u"2024-02-29T12:00:00.123Z"_s);
    QCOMPARE(config->author, u"me"_s);
    QCOMPARE(config->platform.toString(), u"linux/arm/v7"_s);
    QCOMPARE(config->user, u"u"_s);
    QCOMPARE(config->exposedPorts, QStringList{u"80/tcp"_s});
    QCOMPARE(config->environment, QStringList{u"A=1"_s});
    QCOMPARE(config->entrypoint, QStringList{u"e"_s});
    QCOMPARE(config->command, QStringList({u"c"_s, u"d"_s}));
    QCOMPARE(config->volumes, QStringList{u"/v"_s});
    QCOMPARE(config->workingDirectory, u"/w"_s);
    QCOMPARE(config->labels, (QMap<QString, QString>{{u"k"_s, u"v"_s}}));
    QCOMPARE(config->stopSignal, u"SIGQUIT"_s);
    QCOMPARE(config->diffIds, QList<Digest>{digestOf(1)});
    QCOMPARE(config->history.size(), qsizetype(2));
    QCOMPARE(config->history.at(0).created.toString(Qt::ISODate), u"2024-02-29T10:00:00Z"_s);
    QCOMPARE(config->history.at(0).createdBy, u"RUN x"_s);
    QVERIFY(!config->history.at(0).isEmptyLayer);
    QVERIFY(config->history.at(1).isEmptyLayer);
}

void TestImageConfig::takesNullForEveryOptionalMember()
{
    const auto config = parseImageConfig(R"({"created":null,"author":null,"architecture":null,
        "os":null,"os.features":null,"config":{"Env":null,"Cmd":null,"Labels":null,"Volumes":null,
        "ExposedPorts":null},"rootfs":{"diff_ids":null},"history":null})");
    QVERIFY(config);
    QCOMPARE(*config, ImageConfig());
    QCOMPARE(*parseImageConfig("{}"), ImageConfig());
    QCOMPARE(*parseImageConfig(R"({"config":null,"rootfs":null})"), ImageConfig());
}

void TestImageConfig::refusesWhatIsNoConfiguration_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("list") << QByteArray("[]");
    QTest::newRow("chart") << QByteArray("name: chart\n");
    QTest::newRow("member twice") << QByteArray(R"({"os":"linux","os":"windows"})");
    QTest::newRow("malformed diff ID") << QByteArray(R"({"rootfs":{"diff_ids":["sha256:x"]}})");
    QTest::newRow("diff ID is a number") << QByteArray(R"({"rootfs":{"diff_ids":[1]}})");
    QTest::newRow("DAT-27 too large") << QByteArray("{}" + QByteArray(4 * 1024 * 1024, ' '));
}

void TestImageConfig::refusesWhatIsNoConfiguration()
{
    QFETCH(QByteArray, bytes);
    QVERIFY(!parseImageConfig(bytes));
}

void TestImageConfig::leavesOutWhatHasTheWrongType()
{
    // DAT-17
    const auto config = parseImageConfig(R"({"architecture":1,"os":{},"created":5,"history":[1,"x"],
        "config":{"Env":"A=1","Labels":{"a":{"b":1},"c":"d"},"Cmd":[1,"run",null],"User":[]}})");
    QVERIFY(config);
    QVERIFY(config->environment.isEmpty() && config->user.isEmpty());
    QCOMPARE(config->labels, (QMap<QString, QString>{{u"c"_s, u"d"_s}}));
    QCOMPARE(config->command, QStringList{u"run"_s});
    QCOMPARE(config->history.size(), qsizetype(2));
    QCOMPARE(config->platform, Platform());
}

void TestImageConfig::believesPlausibleDatesOnly_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("UTC") << u"2024-02-29T12:00:00Z"_s << u"2024-02-29T12:00:00Z"_s;
    QTest::newRow("offset") << u"2024-03-01T01:30:00+02:00"_s << u"2024-02-29T23:30:00Z"_s;
    QTest::newRow("DAT-17 +14:00") << u"2024-01-01T00:00:00+14:00"_s << u"2023-12-31T10:00:00Z"_s;
    QTest::newRow("nanoseconds") << u"2023-08-08T21:41:25.123456789Z"_s
                                 << u"2023-08-08T21:41:25Z"_s;
    QTest::newRow("last nanosecond of a day")
        << u"2023-08-08T23:59:59.999999999Z"_s << u"2023-08-09T00:00:00Z"_s;
    QTest::newRow("one digit") << u"2023-08-08T21:41:25.5Z"_s << u"2023-08-08T21:41:25Z"_s;
    QTest::newRow("nanoseconds and offset")
        << u"2023-08-08T21:41:25.123456789-07:00"_s << u"2023-08-09T04:41:25Z"_s;
    QTest::newRow("DAT-17 year 1") << u"0001-01-01T00:00:00Z"_s << QString();
    QTest::newRow("reproducible build") << u"1970-01-01T00:00:00Z"_s << QString();
    QTest::newRow("last second of 2009") << u"2009-12-31T23:59:59Z"_s << QString();
    QTest::newRow("first second of 2010") << u"2010-01-01T00:00:00Z"_s << u"2010-01-01T00:00:00Z"_s;
    QTest::newRow("DAT-17 year 9999") << u"9999-12-31T23:59:59Z"_s << QString();
    QTest::newRow("DAT-17 garbage") << u"yesterday"_s << QString();
    QTest::newRow("no such day") << u"2023-02-29T00:00:00Z"_s << QString();
    QTest::newRow("empty") << QString() << QString();
    QTest::newRow("number") << u"1709208000"_s << QString();
}

void TestImageConfig::believesPlausibleDatesOnly()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(plausibleDate(text).toString(Qt::ISODate), expected);
}

void TestImageConfig::findsTheCreationDate()
{
    const Annotations annotations{
        {u"org.opencontainers.image.created"_s, u"2022-01-01T00:00:00Z"_s}};
    ImageConfig config;
    QVERIFY(!creationDate(config, {}).isValid());
    config.history = {{plausibleDate(u"2020-01-01T00:00:00Z"_s), {}, {}, {}, false},
                      {plausibleDate(u"2021-01-01T00:00:00Z"_s), {}, {}, {}, false},
                      {{}, {}, {}, {}, false}};
    QCOMPARE(creationDate(config, {}).date().year(), 2021);
    QCOMPARE(creationDate(config, annotations).date().year(), 2022);
    config.created = plausibleDate(u"2023-01-01T00:00:00Z"_s);
    QCOMPARE(creationDate(config, annotations).date().year(), 2023);
    QVERIFY(
        !plausibleDate(QDateTime::currentDateTimeUtc().addDays(2).toString(Qt::ISODate)).isValid());
    QVERIFY(plausibleDate(QDateTime::currentDateTimeUtc().addSecs(3600).toString(Qt::ISODate))
                .isValid());
}

void TestImageConfig::joinsLayersWithHistory_data()
{
    // DAT-16
    QTest::addColumn<int>("layerCount");
    QTest::addColumn<int>("diffIdCount");
    QTest::addColumn<QByteArray>("steps");
    QTest::addColumn<QString>("shape");
    QTest::newRow("all agree") << 2 << 2 << QByteArray("lel") << u"1dh h 2dh"_s;
    QTest::newRow("steps without layers around") << 1 << 1 << QByteArray("eele") << u"h h 1dh h"_s;
    QTest::newRow("no history") << 2 << 2 << QByteArray() << u"1d 2d"_s;
    QTest::newRow("history too short") << 2 << 2 << QByteArray("l") << u"1d 2d"_s;
    QTest::newRow("history too long") << 1 << 1 << QByteArray("ll") << u"1d"_s;
    QTest::newRow("empty layers lie") << 2 << 2 << QByteArray("ee") << u"1d 2d"_s;
    QTest::newRow("diff IDs missing") << 2 << 1 << QByteArray("ll") << u"1 2"_s;
    QTest::newRow("diff IDs too many") << 1 << 3 << QByteArray("l") << u"1"_s;
    QTest::newRow("no diff IDs") << 2 << 0 << QByteArray("ll") << u"1 2"_s;
    QTest::newRow("no layers") << 0 << 0 << QByteArray("e") << u"h"_s;
    QTest::newRow("nothing") << 0 << 0 << QByteArray() << QString();
}

void TestImageConfig::joinsLayersWithHistory()
{
    QFETCH(int, layerCount);
    QFETCH(int, diffIdCount);
    QFETCH(QByteArray, steps);
    QFETCH(QString, shape);
    const auto rows = layerRows(imageWith(layerCount), configWith(diffIdCount, steps));
    QCOMPARE(shapeOf(rows), shape);
    QCOMPARE(historyMatchesLayers(imageWith(layerCount), configWith(diffIdCount, steps)),
             steps.count('l') == layerCount && diffIdCount == layerCount);
}

void TestImageConfig::rowsKeepTheOrderOfTheBuild()
{
    const auto rows = layerRows(imageWith(2), configWith(2, "ell"));
    QVERIFY(!rows.at(0).layer);
    QCOMPARE(rows.at(1).layer->digest, digestOf(0));
    QCOMPARE(*rows.at(1).diffId, digestOf(100));
    QCOMPARE(rows.at(2).layer->digest, digestOf(1));
    QCOMPARE(*rows.at(2).diffId, digestOf(101));
}

QTEST_GUILESS_MAIN(TestImageConfig)
#include "tst_imageconfig.moc"
