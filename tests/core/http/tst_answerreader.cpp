// SPDX-License-Identifier: Apache-2.0
#include "core/http/answerreader.h"

#include <QTest>

using namespace Longshore;

/// Answers as they come over the wire.
class TestAnswerReader : public QObject
{
    Q_OBJECT

private slots:
    void readsAnswers_data();
    void readsAnswers();
    void waitsForTheEnd_data();
    void waitsForTheEnd();
    void refusesWhatIsNoHttp_data();
    void refusesWhatIsNoHttp();
    void joinsRepeatedFields();
    void keepsTheBodyUntilItIsTaken();
    void takesNothingBehindTheEnd();
};

void TestAnswerReader::readsAnswers_data()
{
    QTest::addColumn<QByteArray>("wire");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *name, const QByteArray &wire, int status,
                        const QByteArray &body = {}) {
        QTest::newRow(name) << wire << status << body;
    };
    row("a length", "HTTP/1.1 201 Created\r\nContent-Length: 3\r\n\r\nabc", 201, "abc");
    row("no body", "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n", 201);
    row("a status without a body", "HTTP/1.1 204 No Content\r\nX: y\r\n\r\n", 204);
    row("no reason", "HTTP/1.1 413\r\nContent-Length: 0\r\n\r\n", 413);
    row("no fields", "HTTP/1.1 204 \r\n\r\n", 204);
    row("the older version", "HTTP/1.0 200 OK\r\ncontent-length:1\r\n\r\na", 200, "a");
    row("bare line feeds", "HTTP/1.1 200 OK\nContent-Length: 1\n\na", 200, "a");
    row("chunks",
        "HTTP/1.1 400 Bad\r\nTransfer-Encoding: "
        "chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n",
        400, "abcde");
    row("a chunk of sixteen",
        "HTTP/1.1 400 Bad\r\nTransfer-Encoding: Chunked\r\n\r\n"
        "0010\r\n0123456789abcdef\r\n0\r\n\r\n",
        400, "0123456789abcdef");
    row("a trailer",
        "HTTP/1.1 400 Bad\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: y\r\n\r\n", 400,
        "a");
    row("an interim answer",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nContent-Length: 9\r\n\r\n"
        "HTTP/1.1 201 Created\r\nContent-Length: 1\r\n\r\na",
        201, "a");
}

void TestAnswerReader::readsAnswers()
{
    QFETCH(QByteArray, wire);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    for (qsizetype piece = 1; piece <= wire.size(); ++piece) {
        AnswerReader reader;
        for (qsizetype at = 0; at < wire.size(); at += piece) {
            QVERIFY(!reader.isWhole());
            reader.add(QByteArrayView(wire).sliced(at, qMin(piece, wire.size() - at)));
        }
        QVERIFY(reader.hasHead());
        QVERIFY(reader.isWhole());
        QCOMPARE(reader.status(), status);
        QCOMPARE(reader.takeBody(1'000), body);
    }
}

void TestAnswerReader::waitsForTheEnd_data()
{
    QTest::addColumn<QByteArray>("wire");
    QTest::addColumn<bool>("isWholeWhenClosed");
    QTest::newRow("nothing") << QByteArray() << false;
    QTest::newRow("half a head") << QByteArray("HTTP/1.1 200 OK\r\nX: y\r\n") << false;
    QTest::newRow("half a body") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabc")
                                 << false;
    QTest::newRow("half a chunk") << QByteArray(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabc")
                                  << false;
    QTest::newRow("no last chunk")
        << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n") << false;
    QTest::newRow("an interim answer") << QByteArray("HTTP/1.1 100 Continue\r\n\r\n") << false;
    QTest::newRow("no length") << QByteArray("HTTP/1.1 200 OK\r\n\r\nabc") << true;
    // Exchange has a word to say about it.
    QTest::newRow("a length that is none")
        << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 3, 4\r\n\r\nabc") << true;
}

void TestAnswerReader::waitsForTheEnd()
{
    QFETCH(QByteArray, wire);
    QFETCH(bool, isWholeWhenClosed);
    AnswerReader reader;
    reader.add(wire);
    QVERIFY(!reader.isWhole());
    QVERIFY(!reader.isBroken());
    reader.close();
    QCOMPARE(reader.isWhole(), isWholeWhenClosed);
}

void TestAnswerReader::refusesWhatIsNoHttp_data()
{
    QTest::addColumn<QByteArray>("wire");
    const auto row = [](const char *name, const QByteArray &wire) { QTest::newRow(name) << wire; };
    row("another protocol", "SSH-2.0-OpenSSH_9.2\r\n");
    row("another version", "HTTP/2.0 200 OK\r\n");
    row("a status of two digits", "HTTP/1.1 20 OK\r\n");
    row("a status that begins with nothing", "HTTP/1.1 020 OK\r\n");
    row("a status of four digits", "HTTP/1.1 2000 OK\r\n");
    row("another protocol from now on", "HTTP/1.1 101 Switching\r\n");
    row("a field without a name", "HTTP/1.1 200 OK\r\n: x\r\n");
    row("a field without a colon", "HTTP/1.1 200 OK\r\nx\r\n");
    row("a name with a space", "HTTP/1.1 200 OK\r\nContent-Length : 3\r\n");
    row("a field that goes on", "HTTP/1.1 200 OK\r\nX: y\r\n z: 1\r\n");
    row("another coding", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n");
    const QByteArray chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    row("a chunk of nothing", chunked + "\r\n");
    row("a chunk of less", chunked + "-5\r\n");
    row("a chunk that is too large to count", chunked + "FFFFFFFFFFFFFFFFF\r\n");
    row("a chunk that is longer than it says", chunked + "1\r\nab\r\n");
    row("a line without end", QByteArray(200'000, 'H'));
    row("a head without end", "HTTP/1.1 200 OK\r\n" + QByteArray("X: y\r\n").repeated(50'000));
    row("interim answers without end", QByteArray("HTTP/1.1 100 C\r\n\r\n").repeated(20'000));
    row("a trailer without end", chunked + "0\r\n" + QByteArray("X: y\r\n").repeated(50'000));
}

void TestAnswerReader::refusesWhatIsNoHttp()
{
    QFETCH(QByteArray, wire);
    AnswerReader reader;
    reader.add(wire);
    QVERIFY(reader.isBroken());
    QVERIFY(!reader.isWhole());
    reader.close();
    QVERIFY(!reader.isWhole());
}

void TestAnswerReader::joinsRepeatedFields()
{
    AnswerReader reader;
    reader.add("HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"a\"\r\nX: y\r\n"
               "www-authenticate:  Bearer realm=\"b\" \r\nContent-Length: 0\r\n\r\n");
    const QList<std::pair<QByteArray, QByteArray>> fields{
        {"WWW-Authenticate", "Basic realm=\"a\", Bearer realm=\"b\""},
        {"X", "y"},
        {"Content-Length", "0"}};
    QCOMPARE(reader.fields(), fields);
}

void TestAnswerReader::keepsTheBodyUntilItIsTaken()
{
    AnswerReader reader;
    reader.add("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabc");
    QCOMPARE(reader.takeBody(2), "ab");
    reader.add("def");
    QCOMPARE(reader.bodyBytes(), 4);
    QCOMPARE(reader.takeBody(1'000), "cdef");
    QCOMPARE(reader.bodyBytes(), 0);
}

void TestAnswerReader::takesNothingBehindTheEnd()
{
    AnswerReader reader;
    reader.add("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\naHTTP/1.1 500 No\r\n\r\n");
    reader.add("b");
    QVERIFY(reader.isWhole());
    QCOMPARE(reader.status(), 200);
    QCOMPARE(reader.takeBody(1'000), "a");
}

QTEST_GUILESS_MAIN(TestAnswerReader)
#include "tst_answerreader.moc"
