// SPDX-License-Identifier: Apache-2.0
#include "core/base/backgroundhasher.h"

#include <QTest>

#include <memory>
#include <vector>

using namespace Longshore;

using Algorithm = Hasher::Algorithm;

class TestBackgroundHasher : public QObject
{
    Q_OBJECT

private slots:
    void agreesWithTheHasher_data();
    void agreesWithTheHasher();
    void countsTheBytesNotTheirPortions();
    void beginsAnew();
    void hashesManyStreamsAtOnce();
    void canBeGivenUp();
};

/// No two pieces of which are alike.
static QByteArray bytesOf(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = static_cast<char>((i * 2654435761U) >> 13);
    return bytes;
}

void TestBackgroundHasher::agreesWithTheHasher_data()
{
    QTest::addColumn<qsizetype>("size");
    QTest::newRow("nothing") << qsizetype(0);
    QTest::newRow("a byte") << qsizetype(1);
    QTest::newRow("nearly a piece") << qsizetype(256 * 1024 - 1);
    QTest::newRow("a piece") << qsizetype(256 * 1024);
    QTest::newRow("a piece and a byte") << qsizetype(256 * 1024 + 1);
    QTest::newRow("more than may wait") << qsizetype(10 * 1024 * 1024 + 3);
}

void TestBackgroundHasher::agreesWithTheHasher()
{
    QFETCH(qsizetype, size);
    const QByteArray bytes = bytesOf(size);
    for (const Algorithm algorithm : {Algorithm::Sha256, Algorithm::Sha512}) {
        BackgroundHasher hasher(algorithm);
        hasher.add(bytes);
        QCOMPARE(hasher.result(), Hasher::hash(bytes, algorithm));
    }
}

void TestBackgroundHasher::countsTheBytesNotTheirPortions()
{
    const QByteArray bytes = bytesOf(3 * 1024 * 1024);
    BackgroundHasher hasher;
    for (qsizetype done = 0, step = 1; done < bytes.size(); done += step, step += 977)
        hasher.add(QByteArrayView(bytes).sliced(done, qMin(step, bytes.size() - done)));
    QCOMPARE(hasher.result(), Hasher::hash(bytes));
}

void TestBackgroundHasher::beginsAnew()
{
    const QByteArray bytes = bytesOf(1024 * 1024);
    BackgroundHasher hasher;
    hasher.add(bytesOf(5 * 1024 * 1024));
    hasher.restart();
    hasher.add(bytes);
    QCOMPARE(hasher.result(), Hasher::hash(bytes));
    hasher.restart();
    QCOMPARE(hasher.result(), Hasher::hash({}));
}

void TestBackgroundHasher::hashesManyStreamsAtOnce()
{
    constexpr size_t streams = 20; // More than there are threads.
    const QByteArray piece = bytesOf(300'000);
    std::vector<std::unique_ptr<BackgroundHasher>> hashers(streams);
    for (auto &hasher : hashers)
        hasher = std::make_unique<BackgroundHasher>();
    for (size_t first = 0; first < streams; ++first) { // Each gets one more than the one before it.
        for (size_t i = first; i < streams; ++i)
            hashers[i]->add(piece);
    }
    qsizetype count = 0;
    for (const auto &hasher : hashers)
        QCOMPARE(hasher->result(), Hasher::hash(piece.repeated(++count)));
}

void TestBackgroundHasher::canBeGivenUp()
{
    // With bytes that nobody has hashed yet: nothing may touch what is gone.
    for (int i = 0; i < 20; ++i) {
        BackgroundHasher hasher;
        hasher.add(QByteArray(2 * 1024 * 1024, 'l'));
    }
}

QTEST_GUILESS_MAIN(TestBackgroundHasher)
#include "tst_backgroundhasher.moc"
