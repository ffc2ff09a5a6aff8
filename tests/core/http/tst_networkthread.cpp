// SPDX-License-Identifier: Apache-2.0
#include "core/http/networkthread.h"

#include <QTest>

#include <atomic>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestNetworkThread : public QObject
{
    Q_OBJECT

private slots:
    void runsWhatIsPostedInItsOwnThread();
    void keepsTheOrder();
    void dropsWhatComesAfterItsEnd();
    void hasOneForWhatSomebodyWaitsForAndOneForTransfers();
};

void TestNetworkThread::runsWhatIsPostedInItsOwnThread()
{
    NetworkThread thread(u"test"_s);
    std::atomic<QThread *> seen = nullptr;
    QVERIFY(thread.address().post([&seen] { seen = QThread::currentThread(); }));
    QTRY_COMPARE(seen.load(), thread.thread());
    QVERIFY(seen != QThread::currentThread());
    QCOMPARE(thread.thread()->objectName(), u"test"_s);
}

void TestNetworkThread::keepsTheOrder()
{
    QList<int> order;
    std::atomic<bool> isDone = false;
    NetworkThread thread(u"test"_s);
    for (int i = 0; i < 100; ++i)
        thread.address().post([&order, i] { order.append(i); });
    thread.address().post([&isDone] { isDone = true; });
    QTRY_VERIFY(isDone);
    QCOMPARE(order.size(), qsizetype(100));
    QVERIFY(std::is_sorted(order.begin(), order.end()));
}

void TestNetworkThread::dropsWhatComesAfterItsEnd()
{
    Mailbox::Address address;
    {
        const NetworkThread thread(u"test"_s);
        address = thread.address();
    }
    QVERIFY(!address.post([] { qFatal("nobody is there to run this"); }));
}

void TestNetworkThread::hasOneForWhatSomebodyWaitsForAndOneForTransfers()
{
    Network network;
    QVERIFY(network.requests.thread() != network.transfers.thread());
}

QTEST_GUILESS_MAIN(TestNetworkThread)
#include "tst_networkthread.moc"
