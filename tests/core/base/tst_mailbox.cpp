// SPDX-License-Identifier: Apache-2.0
#include "core/base/mailbox.h"

#include <QTest>
#include <QThread>

#include <atomic>
#include <thread>
#include <vector>

using namespace Longshore;

namespace {

/// Tells in which thread its last copy went.
struct Witness
{
    explicit Witness(std::atomic<int> *destroyed) : counter(destroyed) {}
    ~Witness() { ++*counter; }
    Q_DISABLE_COPY_MOVE(Witness)

    std::atomic<int> *counter;
};

} // namespace

class TestMailbox : public QObject
{
    Q_OBJECT

private slots:
    void runsTasksInOrderInItsThread();
    void takesTasksFromManyThreads();
    void dropsTasksOnceItIsGone();
    void destroysUnreadTasks();
    void survivesATaskThatDeletesIt();
    void runsTasksThatTasksPost();
    void anEmptyAddressTakesNothing();
    void addressesMayDisappearWhileOthersPost();
};

void TestMailbox::runsTasksInOrderInItsThread()
{
    QThread thread;
    auto *mailbox = new Mailbox;
    const Mailbox::Address address = mailbox->address();
    mailbox->moveToThread(&thread);
    connect(&thread, &QThread::finished, mailbox, &QObject::deleteLater);
    thread.start();
    QList<int> order;
    std::atomic<bool> isDone = false;
    std::atomic<int> strangers = 0;
    for (int i = 0; i < 100; ++i) {
        QVERIFY(address.post([&, i] {
            order.append(i);
            strangers += QThread::currentThread() == &thread ? 0 : 1;
            isDone = i == 99;
        }));
    }
    QTRY_VERIFY(isDone);
    thread.quit();
    QVERIFY(thread.wait());
    QCOMPARE(strangers.load(), 0);
    QCOMPARE(order.size(), qsizetype(100));
    QVERIFY(std::is_sorted(order.begin(), order.end()));
}

void TestMailbox::takesTasksFromManyThreads()
{
    Mailbox mailbox;
    int count = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&count, address = mailbox.address()] {
            for (int task = 0; task < 500; ++task)
                address.post([&count] { ++count; });
        });
    }
    QTRY_COMPARE(count, 4000);
    for (std::thread &thread : threads)
        thread.join();
}

void TestMailbox::dropsTasksOnceItIsGone()
{
    Mailbox::Address address;
    {
        const Mailbox mailbox;
        address = mailbox.address();
    }
    bool called = false;
    QVERIFY(!address.post([&] { called = true; }));
    QCoreApplication::processEvents();
    QVERIFY(!called);
}

void TestMailbox::destroysUnreadTasks()
{
    std::atomic<int> destroyed = 0;
    {
        const Mailbox mailbox;
        QVERIFY(mailbox.address().post([witness = std::make_shared<Witness>(&destroyed)] {}));
        QCOMPARE(destroyed.load(), 0);
    }
    QCOMPARE(destroyed.load(), 1);
}

void TestMailbox::survivesATaskThatDeletesIt()
{
    auto *mailbox = new Mailbox;
    const Mailbox::Address address = mailbox->address();
    int count = 0;
    address.post([&] {
        ++count;
        delete mailbox;
    });
    address.post([&] { count += 10; });
    QTRY_COMPARE(count, 1);
    QCoreApplication::processEvents();
    QCOMPARE(count, 1);
    QVERIFY(!address.post([] {}));
}

void TestMailbox::runsTasksThatTasksPost()
{
    const Mailbox mailbox;
    int rounds = 0;
    std::function<void()> again = [&] {
        if (++rounds < 3)
            mailbox.address().post(again);
    };
    mailbox.address().post(again);
    QTRY_COMPARE(rounds, 3);
}

void TestMailbox::anEmptyAddressTakesNothing()
{
    QVERIFY(!Mailbox::Address().post([] {}));
}

void TestMailbox::addressesMayDisappearWhileOthersPost()
{
    for (int round = 0; round < 200; ++round) {
        auto mailbox = std::make_unique<Mailbox>();
        std::thread thread([address = mailbox->address()] {
            while (address.post([] {})) {}
        });
        QCoreApplication::processEvents();
        mailbox.reset();
        thread.join();
    }
}

QTEST_GUILESS_MAIN(TestMailbox)
#include "tst_mailbox.moc"
