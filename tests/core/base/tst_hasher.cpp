// SPDX-License-Identifier: Apache-2.0
#include "core/base/hasher.h"

#include <QTest>

using namespace Longshore;

using Algorithm = Hasher::Algorithm;

class TestHasher : public QObject
{
    Q_OBJECT

private slots:
    void knowsThePublishedVectors_data();
    void knowsThePublishedVectors();
    void countsTheBytesNotTheirPortions();
    void canBeMoved();
};

void TestHasher::knowsThePublishedVectors_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("sha256");
    QTest::addColumn<QByteArray>("sha512");
    // FIPS 180-4, examples; and the empty layer of schema 1.
    QTest::newRow("empty") << QByteArray()
                           << QByteArray("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b"
                                         "7852b855")
                           << QByteArray("cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921"
                                         "d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81"
                                         "a538327af927da3e");
    QTest::newRow("abc") << QByteArray("abc")
                         << QByteArray("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f2"
                                       "0015ad")
                         << QByteArray("ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b"
                                       "55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9a"
                                       "c94fa54ca49f");
    QTest::newRow("empty object")
        << QByteArray("{}")
        << QByteArray("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a")
        << QByteArray(
               "27c74670adb75075fad058d5ceaf7b20c4e7786c83bae8a32f626f9782af34c9a33c2046ef60f"
               "d2a7878d378e29fec851806bbd9a67878f3a9f1cda4830763fd");
}

void TestHasher::knowsThePublishedVectors()
{
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, sha256);
    QFETCH(QByteArray, sha512);
    QCOMPARE(Hasher::hash(input).toHex(), sha256);
    QCOMPARE(Hasher::hash(input, Algorithm::Sha512).toHex(), sha512);
}

void TestHasher::countsTheBytesNotTheirPortions()
{
    const QByteArray bytes(100'000, 'l');
    Hasher hasher;
    for (qsizetype done = 0, step = 1; done < bytes.size(); done += step, step += 7)
        hasher.add(QByteArrayView(bytes).sliced(done, qMin(step, bytes.size() - done)));
    QCOMPARE(hasher.result(), Hasher::hash(bytes));
}

void TestHasher::canBeMoved()
{
    Hasher first(Algorithm::Sha512);
    first.add("ab");
    Hasher second(std::move(first));
    second.add("c");
    QCOMPARE(second.algorithm(), Algorithm::Sha512);
    QCOMPARE(second.result(), Hasher::hash("abc", Algorithm::Sha512));
    second = Hasher(Algorithm::Sha256); // As after a broken download.
    second.add("abc");
    QCOMPARE(second.result(), Hasher::hash("abc"));
}

QTEST_GUILESS_MAIN(TestHasher)
#include "tst_hasher.moc"
