// SPDX-License-Identifier: Apache-2.0
#include "core/oci/strictjson.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestStrictJson : public QObject
{
    Q_OBJECT

private slots:
    void refusesWhatCanBeReadInTwoWays_data();
    void refusesWhatCanBeReadInTwoWays();
    void takesWhatIsHarmless_data();
    void takesWhatIsHarmless();
    void limitsTheDepth_data();
    void limitsTheDepth();
    void limitsTheSize();
    void refusesFractionsWhereNoneBelong_data();
    void refusesFractionsWhereNoneBelong();
    void readsSizes_data();
    void readsSizes();
    void collectsStrings();
    void copesWithManyMembers();
};

void TestStrictJson::refusesWhatCanBeReadInTwoWays_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("twice") << QByteArray(R"({"a":1,"a":2})");
    QTest::newRow("twice, once escaped") << QByteArray(R"({"a":1,"\u0061":2})");
    QTest::newRow("twice, another case") << QByteArray(R"({"layers":1,"Layers":2})");
    QTest::newRow("twice, inside") << QByteArray(R"({"x":{"a":1,"b":[],"a":2}})");
    QTest::newRow("twice, in a list") << QByteArray(R"({"x":[{"a":1,"a":2}]})");
    QTest::newRow("twice, spaces before the colon") << QByteArray("{\"a\":1,\"a\" \r\n\t:2}");
    QTest::newRow("NUL") << QByteArray(R"({"a":"\u0000"})");
    QTest::newRow("NUL in a name") << QByteArray(R"({"a\u0000":1})");
    QTest::newRow("lone surrogate") << QByteArray(R"({"a":"\ud800"})");
    QTest::newRow("lone surrogate in a name") << QByteArray(R"({"\udc00":1})");
    QTest::newRow("surrogates in the wrong order") << QByteArray(R"({"a":"\ude00\ud83d"})");
    QTest::newRow("no JSON") << QByteArray("<html>");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("list") << QByteArray("[1]");
    QTest::newRow("number") << QByteArray("1");
    QTest::newRow("LST-21 garbage behind") << QByteArray("{} x");
    QTest::newRow("two objects") << QByteArray("{}{}");
    QTest::newRow("cut") << QByteArray(R"({"a":)");
    QTest::newRow("invalid UTF-8") << QByteArray("{\"a\":\"\xff\"}");
    QTest::newRow("surrogate as UTF-8") << QByteArray("{\"a\":\"\xed\xa0\x80\"}");
    QTest::newRow("LST-21 UTF-16") << QByteArray("{\0\"\0a\0\"\0:\0001\0}\0", 14);
}

void TestStrictJson::refusesWhatCanBeReadInTwoWays()
{
    QFETCH(QByteArray, json);
    const auto object = parseStrictJson(json);
    QVERIFY(!object);
    QCOMPARE(object.error().kind, Error::Kind::Protocol);
}

void TestStrictJson::takesWhatIsHarmless_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty object") << QByteArray("{}");
    QTest::newRow("white space") << QByteArray(" \r\n{ \t}\n");
    QTest::newRow("LST-21 byte order mark") << QByteArray("\xef\xbb\xbf{\"a\":1}");
    QTest::newRow("same name in two objects") << QByteArray(R"({"a":{"x":1},"b":{"x":1}})");
    QTest::newRow("names as values") << QByteArray(R"({"a":"b","b":["a","a"]})");
    QTest::newRow("labels by case") << QByteArray(R"({"labels":{"A":"1","a":"2"}})");
    QTest::newRow("escapes") << QByteArray(R"({"a":"\"\\\/\b\f\n\r\t\u00e9","\"":1})");
    QTest::newRow("text that looks like members") << QByteArray(R"({"a":"{\"a\":1,\"a\":2}"})");
    QTest::newRow("surrogate pair") << QByteArray(R"({"a":"\ud83d\ude00"})");
    QTest::newRow("words") << QByteArray(R"({"a":true,"b":false,"c":null,"d":-0.5e3})");
    QTest::newRow("DAT-23 CRLF") << QByteArray("{\r\n  \"a\": 1\r\n}\r\n");
}

void TestStrictJson::takesWhatIsHarmless()
{
    QFETCH(QByteArray, json);
    const auto object = parseStrictJson(json);
    QVERIFY2(object, object ? "" : qPrintable(object.error().detail));
}

void TestStrictJson::limitsTheDepth_data()
{
    // DAT-25
    QTest::addColumn<int>("depth");
    QTest::addColumn<bool>("isTaken");
    QTest::newRow("64") << 64 << true;
    QTest::newRow("65") << 65 << false;
    QTest::newRow("1024") << 1024 << false;
    QTest::newRow("a million") << 1'000'000 << false;
}

void TestStrictJson::limitsTheDepth()
{
    QFETCH(int, depth);
    QFETCH(bool, isTaken);
    const QByteArray json =
        R"({"a":)" + QByteArray(depth - 1, '[') + QByteArray(depth - 1, ']') + '}';
    const auto object = parseStrictJson(json);
    QCOMPARE(bool(object), isTaken);
    QVERIFY(object || object.error().kind == Error::Kind::TooLarge);
}

void TestStrictJson::limitsTheSize()
{
    const QByteArray json = R"({"a":")" + QByteArray(1000, 'x') + R"("})";
    QVERIFY(parseStrictJson(json, {.maximumBytes = json.size()}));
    const auto object = parseStrictJson(json, {.maximumBytes = json.size() - 1});
    QVERIFY(!object);
    QCOMPARE(object.error().kind, Error::Kind::TooLarge);
}

void TestStrictJson::refusesFractionsWhereNoneBelong_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("isTaken");
    QTest::newRow("integer") << QByteArray(R"({"a":123,"b":[-5,0]})") << true;
    QTest::newRow("words with e") << QByteArray(R"({"a":true,"b":false,"e1e5":"1.5e3"})") << true;
    QTest::newRow("list of words") << QByteArray(R"({"a":[1,false,2,true]})") << true;
    QTest::newRow("fraction") << QByteArray(R"({"a":1.5})") << false;
    QTest::newRow("whole fraction") << QByteArray(R"({"a":2.0})") << false;
    QTest::newRow("exponent") << QByteArray(R"({"a":1e3})") << false;
    QTest::newRow("large exponent") << QByteArray(R"({"a":1E3})") << false;
    QTest::newRow("inside") << QByteArray(R"({"a":[{"b":0.1}]})") << false;
}

void TestStrictJson::refusesFractionsWhereNoneBelong()
{
    QFETCH(QByteArray, json);
    QFETCH(bool, isTaken);
    QVERIFY(parseStrictJson(json));
    QCOMPARE(bool(parseStrictJson(json, {.integersOnly = true})), isTaken);
}

void TestStrictJson::readsSizes_data()
{
    // DAT-03
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<qint64>("size");
    QTest::newRow("zero") << QByteArray(R"({"size":0})") << qint64(0);
    QTest::newRow("beyond 2^53") << QByteArray(R"({"size":9007199254740993})")
                                 << qint64(9007199254740993);
    QTest::newRow("2^63-1") << QByteArray(R"({"size":9223372036854775807})")
                            << std::numeric_limits<qint64>::max();
    QTest::newRow("2^63") << QByteArray(R"({"size":9223372036854775808})") << qint64(-1);
    QTest::newRow("10^20") << QByteArray(R"({"size":100000000000000000000})") << qint64(-1);
    QTest::newRow("-1") << QByteArray(R"({"size":-1})") << qint64(-1);
    QTest::newRow("-2^63") << QByteArray(R"({"size":-9223372036854775808})") << qint64(-1);
    QTest::newRow("1.5") << QByteArray(R"({"size":1.5})") << qint64(-1);
    QTest::newRow("text") << QByteArray(R"({"size":"12"})") << qint64(-1);
    QTest::newRow("null") << QByteArray(R"({"size":null})") << qint64(-1);
    QTest::newRow("true") << QByteArray(R"({"size":true})") << qint64(-1);
    QTest::newRow("missing") << QByteArray("{}") << qint64(-1);
}

void TestStrictJson::readsSizes()
{
    QFETCH(QByteArray, json);
    QFETCH(qint64, size);
    QCOMPARE(sizeMember(*parseStrictJson(json), "size"_L1).value_or(-1), size);
}

void TestStrictJson::collectsStrings()
{
    const auto object = parseStrictJson(R"({"m":{"a":"1","b":2,"c":{}},"l":["x",1,null,"y"]})");
    QVERIFY(object);
    QCOMPARE(stringMap(object->value("m"_L1)), (QMap<QString, QString>{{u"a"_s, u"1"_s}}));
    QCOMPARE(stringList(object->value("l"_L1)), QStringList({u"x"_s, u"y"_s}));
    QVERIFY(stringMap(object->value("l"_L1)).isEmpty());
    QVERIFY(stringList(object->value("m"_L1)).isEmpty());
}

void TestStrictJson::copesWithManyMembers()
{
    // RES-07
    QByteArray json = "{";
    for (int i = 0; i < 100'000; ++i)
        json += "\"member" + QByteArray::number(i) + "\":0,";
    QVERIFY(parseStrictJson(json + "\"last\":0}"));
    QVERIFY(!parseStrictJson(json + "\"member7\":0}"));
}

QTEST_GUILESS_MAIN(TestStrictJson)
#include "tst_strictjson.moc"
