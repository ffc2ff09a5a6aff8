// SPDX-License-Identifier: Apache-2.0
#include "core/layers/inflatelayer.h"
#include "support/gzip.h"
#include "support/writtenfile.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

class TestInflateLayer : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void writesTheTarOfALayer();
    void givesNoNameToWhatIsSomethingElse();
    void givesNoNameToWhatIsDamaged();
    void leavesNothingOfABomb();
    void leavesNothingWhenItIsCancelled();
    void touchesNothingThatHasTheName();
    void refusesDigestsThatNobodyCanCheck();
    void countsWithoutWriting();

private:
    [[nodiscard]] QString write(const QString &name, const QByteArray &bytes) const
    {
        return writtenFile(m_folder->filePath(name), bytes);
    }
    [[nodiscard]] Result<qint64> inflate(const QByteArray &stored, const Digest &diffId,
                                         const LayerLimits &limits = {}) const
    {
        return inflateLayer({write(u"layer"_s, stored), diffId, m_folder->filePath(u"tar"_s),
                             SafeFile::Existing::Keep, limits},
                            CancelFlag(false));
    }
    [[nodiscard]] QStringList files() const
    {
        return QDir(m_folder->path())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }
    [[nodiscard]] QByteArray tar() const
    {
        QFile file(m_folder->filePath(u"tar"_s));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestInflateLayer::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestInflateLayer::writesTheTarOfALayer()
{
    const auto size = inflate(gzipped("the tar"), Digest::ofBytes("the tar"));
    QVERIFY(size);
    QCOMPARE(*size, qint64(7));
    QCOMPARE(tar(), "the tar");
    QCOMPARE(files(), QStringList({u"layer"_s, u"tar"_s}));
}

void TestInflateLayer::givesNoNameToWhatIsSomethingElse()
{
    const auto size = inflate(gzipped("the tar"), Digest::ofBytes("another tar"));
    QVERIFY(!size);
    QCOMPARE(size.error().kind, Kind::DigestMismatch);
    QCOMPARE(files(), QStringList{u"layer"_s});
}

void TestInflateLayer::givesNoNameToWhatIsDamaged()
{
    const QByteArray stored = gzipped("the tar");
    const auto size = inflate(stored.left(15), Digest::ofBytes("the tar"));
    QVERIFY(!size);
    QCOMPARE(size.error().kind, Kind::Protocol);
    QCOMPARE(files(), QStringList{u"layer"_s});
}

void TestInflateLayer::leavesNothingOfABomb()
{
    const QByteArray zeros(1'000'000, '\0');
    const auto size = inflate(gzipped(zeros), Digest::ofBytes(zeros), {100'000, 1000, 10});
    QVERIFY(!size);
    QCOMPARE(size.error().kind, Kind::TooLarge);
    QCOMPARE(files(), QStringList{u"layer"_s});
}

void TestInflateLayer::leavesNothingWhenItIsCancelled()
{
    const auto size = inflateLayer({write(u"layer"_s, gzipped("the tar")),
                                    Digest::ofBytes("the tar"), m_folder->filePath(u"tar"_s)},
                                   CancelFlag(true));
    QVERIFY(!size);
    QCOMPARE(size.error().kind, Kind::Cancelled);
    QCOMPARE(files(), QStringList{u"layer"_s});
}

void TestInflateLayer::touchesNothingThatHasTheName()
{
    (void)write(u"tar"_s, "mine");
    const auto size = inflate("the tar", Digest::ofBytes("the tar"));
    QVERIFY(!size);
    QCOMPARE(size.error().kind, Kind::LocalFile);
    QCOMPARE(tar(), "mine");
}

void TestInflateLayer::refusesDigestsThatNobodyCanCheck()
{
    const auto size = inflate("the tar", *Digest::parse(u"blake3:abcdefabcdef"));
    QVERIFY(!size);
    QCOMPARE(size.error().kind, Kind::Unsupported);
    QCOMPARE(files(), QStringList{u"layer"_s});
}

void TestInflateLayer::countsWithoutWriting()
{
    const QString layer = write(u"layer"_s, gzipped("the tar"));
    const auto size = inflatedSize(layer, Digest::ofBytes("the tar"), CancelFlag(false));
    QVERIFY(size);
    QCOMPARE(*size, qint64(7));
    QCOMPARE(files(), QStringList{u"layer"_s});
    QCOMPARE(inflatedSize(layer, Digest::ofBytes("other"), CancelFlag(false)).error().kind,
             Kind::DigestMismatch);
}

QTEST_GUILESS_MAIN(TestInflateLayer)
#include "tst_inflatelayer.moc"
