// SPDX-License-Identifier: Apache-2.0
#include "core/session/checkedsink.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

namespace {

/// Of somebody who believes whatever is finished.
class TrustingSink final : public ByteSink
{
public:
    Result<Done> begin(qint64, qint64) override
    {
        received.clear();
        return Done();
    }
    Result<Done> write(QByteArrayView bytes) override
    {
        received += bytes.toByteArray();
        return Done();
    }
    Result<Done> finish() override
    {
        isFinished = true;
        return atTheEnd;
    }

    QByteArray received;
    bool isFinished = false;
    Result<Done> atTheEnd = Done();
};

} // namespace

/// What Session::readBlob() hands to whoever checks nothing.
class TestCheckedSink : public QObject
{
    Q_OBJECT

private slots:
    void handsOverWhatIsRight_data();
    void handsOverWhatIsRight();
    void neverFinishesWhatIsWrong_data();
    void neverFinishesWhatIsWrong();
    void countsNothingOfAnEarlierAttempt();
    void endsWithWhatTheOtherFindsAtTheEnd();

private:
    [[nodiscard]] Result<Done> read(const Descriptor &blob)
    {
        return outcomeOf(m_connection.session.readBlob(*RepositoryName::parse(u"a"), blob, m_sink));
    }

    FakeConnection m_connection;
    std::shared_ptr<TrustingSink> m_sink = std::make_shared<TrustingSink>();
};

void TestCheckedSink::handsOverWhatIsRight_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isSizeKnown");
    QTest::newRow("much") << QByteArray(2'000'000, 'a') << true;
    QTest::newRow("of a size that nobody has named") << QByteArray("content") << false;
    QTest::newRow("nothing") << QByteArray() << true;
}

void TestCheckedSink::handsOverWhatIsRight()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const bool, isSizeKnown);
    Descriptor blob = m_connection.registry.addBlob(u"a"_s, bytes);
    if (!isSizeKnown)
        blob.size = -1;
    m_sink = std::make_shared<TrustingSink>();
    const auto result = read(blob);
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QCOMPARE(m_sink->received, bytes);
    QVERIFY(m_sink->isFinished);
}

void TestCheckedSink::neverFinishesWhatIsWrong_data()
{
    const auto digest = [](const char *text) { return *Digest::parse(QString::fromLatin1(text)); };
    const Descriptor right{{}, Digest::ofBytes("content"), 7};
    Descriptor unsized = right;
    unsized.size = -1;
    const Descriptor unknown{{}, digest("test-algorithm:0123456789abcdef"), 7};
    QTest::addColumn<Descriptor>("blob");
    QTest::addColumn<TestAnswer>("answer");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("other bytes") << right << TestAnswer{200, "CONTENT"} << Kind::DigestMismatch;
    QTest::newRow("other bytes of any size")
        << unsized << TestAnswer{200, "contents"} << Kind::DigestMismatch;
    QTest::newRow("shorter") << right << TestAnswer{200, "conten"} << Kind::SizeMismatch;
    QTest::newRow("longer") << right << TestAnswer{200, "content!"} << Kind::SizeMismatch;
    QTest::newRow("a part") << right << TestAnswer{206, "tent", {{"Content-Range", "bytes 3-6/7"}}}
                            << Kind::Protocol;
    QTest::newRow("nobody knows how to check it")
        << unknown << TestAnswer{200, "content"} << Kind::Unsupported;
}

void TestCheckedSink::neverFinishesWhatIsWrong()
{
    QFETCH(const Descriptor, blob);
    QFETCH(const TestAnswer, answer);
    m_sink = std::make_shared<TrustingSink>();
    m_connection.registry.failNext("GET", u"/blobs/"_s, answer);
    const auto result = read(blob);
    QVERIFY(!result);
    QTEST(result.error().kind, "kind");
    QVERIFY(!m_sink->isFinished);
}

void TestCheckedSink::countsNothingOfAnEarlierAttempt()
{
    CheckedSink sink({{}, Digest::ofBytes("content"), 7}, m_sink);
    QVERIFY(sink.begin(0, 7) && sink.write("con"));
    QVERIFY(sink.begin(0, 7) && sink.write("content"));
    QVERIFY(sink.finish());
    QCOMPARE(m_sink->received, "content");
}

void TestCheckedSink::endsWithWhatTheOtherFindsAtTheEnd()
{
    m_sink->atTheEnd = Error{Kind::LocalFile, u"the disk is full"_s};
    CheckedSink sink({{}, Digest::ofBytes("content"), 7}, m_sink);
    QVERIFY(sink.begin(0, 7) && sink.write("content"));
    const auto result = sink.finish();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Kind::LocalFile);
}

QTEST_GUILESS_MAIN(TestCheckedSink)
#include "tst_checkedsink.moc"
