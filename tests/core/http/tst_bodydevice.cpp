// SPDX-License-Identifier: Apache-2.0
#include "core/http/bodydevice.h"

#include <QSignalSpy>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

namespace {

/// Gives no more than three bytes at once, and fails where it is told.
class SmallBites final : public ByteSource
{
public:
    [[nodiscard]] qint64 size() const override { return bytes.size(); }
    Result<Done> begin() override
    {
        position = 0;
        if (cannotBegin)
            return Error{Error::Kind::LocalFile, u"no file"_s};
        return Done();
    }
    Result<qint64> read(char *data, qint64 maximum) override
    {
        ++reads;
        if (position == failsAt)
            return Error{Error::Kind::LocalFile, u"gone"_s};
        const QByteArray bite = bytes.mid(position, qMin<qint64>(maximum, 3));
        std::copy(bite.begin(), bite.end(), data);
        position += bite.size();
        return bite.size();
    }

    QByteArray bytes = "0123456789";
    qint64 position = 0;
    qint64 failsAt = -1;
    int reads = 0;
    bool cannotBegin = false;
};

} // namespace

class TestBodyDevice : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void handsOutEveryByteOnce();
    void cannotBeSentASecondTime();
    void handsOutNothingBehindAFailure();
    void tellsThatItCannotBegin();
    void takesNothing();

private:
    std::shared_ptr<SmallBites> m_source;
    std::unique_ptr<BodyDevice> m_device;
};

void TestBodyDevice::init()
{
    m_source = std::make_shared<SmallBites>();
    m_device = std::make_unique<BodyDevice>(m_source);
}

void TestBodyDevice::handsOutEveryByteOnce()
{
    const QSignalSpy advanced(m_device.get(), &BodyDevice::advanced);
    QVERIFY(m_device->begin());
    QCOMPARE(m_device->total(), 10);
    QCOMPARE(m_device->bytesAvailable(), 10);
    QCOMPARE(m_device->read(2), "01"); // No more than is asked for.
    QCOMPARE(m_device->position(), 2);
    QVERIFY(!m_device->atEnd());
    QByteArray rest;
    while (!m_device->atEnd())
        rest += m_device->read(100);
    QCOMPARE(rest, "23456789");
    QVERIFY(m_device->isExhausted());
    QVERIFY(advanced.size() >= 4);
    char byte = 0;
    QCOMPARE(m_device->read(&byte, 1), -1); // That is how Qt knows the end.
}

void TestBodyDevice::cannotBeSentASecondTime()
{
    QVERIFY(m_device->begin());
    QVERIFY(m_device->isSequential());
    QVERIFY(!m_device->reset());
    QVERIFY(!m_device->seek(0));
}

void TestBodyDevice::handsOutNothingBehindAFailure()
{
    m_source->failsAt = 3;
    const QSignalSpy failed(m_device.get(), &BodyDevice::failed);
    QVERIFY(m_device->begin());
    QCOMPARE(m_device->read(3), "012");
    char byte = 0;
    QCOMPARE(m_device->read(&byte, 1), 0); // Neither a byte nor the end of the body.
    QVERIFY(m_device->failure());
    QCOMPARE(m_device->failure()->message, u"gone"_s);
    const int reads = m_source->reads;
    QCOMPARE(m_device->read(&byte, 1), 0);
    QCOMPARE(m_source->reads, reads); // It is not asked again.
    QCOMPARE(failed.size(), qsizetype(1));
    QVERIFY(!m_device->isExhausted());
}

void TestBodyDevice::tellsThatItCannotBegin()
{
    m_source->cannotBegin = true;
    const auto begun = m_device->begin();
    QVERIFY(!begun);
    QCOMPARE(begun.error().message, u"no file"_s);
}

void TestBodyDevice::takesNothing()
{
    QVERIFY(m_device->begin());
    QVERIFY(!m_device->isWritable());
}

QTEST_GUILESS_MAIN(TestBodyDevice)
#include "tst_bodydevice.moc"
