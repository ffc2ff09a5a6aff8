// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/departure.h"

#include <QTest>

#include <thread>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestDeparture : public QObject
{
    Q_OBJECT

private slots:
    void lastsAsLongAsAnyOfThem();
    void waitsForTheEnd();
    void waitsForNobodyElse();
    void stopsWaitingWhenCancelled();
};

static Error taken()
{
    return {Error::Kind::LocalFile, u"taken"_s};
}

void TestDeparture::lastsAsLongAsAnyOfThem()
{
    QVERIFY(!Departure::isUnderWay(u"a"_s));
    auto first = std::make_unique<Departure>(u"a"_s);
    const auto second = std::make_unique<Departure>(u"a"_s);
    first.reset();
    QVERIFY(Departure::isUnderWay(u"a"_s));
    QVERIFY(!Departure::isUnderWay(u"b"_s));
}

void TestDeparture::waitsForTheEnd()
{
    auto leaving = std::make_unique<Departure>(u"a"_s);
    std::thread other;
    std::atomic<bool> isFree = false;
    int tries = 0;
    const auto result = Departure::takeAfter(u"a"_s, false, [&]() -> Result<Done> {
        if (++tries == 1) // It lets go only after somebody has tried.
            other = std::thread([&] {
                isFree = true;
                leaving.reset();
            });
        return isFree && tries > 1 ? Result<Done>(Done()) : Result<Done>(taken());
    });
    other.join();
    QVERIFY(result);
    QCOMPARE(tries, 2);
}

void TestDeparture::waitsForNobodyElse()
{
    const Departure other(u"b"_s);
    const auto result =
        Departure::takeAfter(u"a"_s, false, []() -> Result<Done> { return taken(); });
    QVERIFY(!result);
    QCOMPARE(result.error().message, u"taken"_s);
}

void TestDeparture::stopsWaitingWhenCancelled()
{
    const Departure leaving(u"a"_s);
    const auto result =
        Departure::takeAfter(u"a"_s, true, []() -> Result<Done> { return taken(); });
    QVERIFY(!result && result.error().isCancelled());
}

QTEST_GUILESS_MAIN(TestDeparture)
#include "tst_departure.moc"
