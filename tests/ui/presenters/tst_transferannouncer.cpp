// SPDX-License-Identifier: Apache-2.0
#include "support/manualjob.h"
#include "support/uitest.h"
#include "ui/presenters/transferannouncer.h"

#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using State = Transfer::State;

namespace {

class FakeNotifier final : public Notifier
{
public:
    void show(const Notification &notification) override { shown.append(notification); }

    QList<Notification> shown;
};

} // namespace

class TestTransferAnnouncer : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void tellsOfOneTransfer();
    void tellsWhyOneFailed();
    void tellsOfManyOnce();
    void tellsHowManyFailed();
    void saysNothingToWhoeverWatches();
    void saysNothingOfWhatWasCancelled();
    void waitsForNothingThatIsPaused();
    void tellsOfTheEndWhenTheLastOneIsPaused();
    void countsAnew();

private:
    Transfer *add(const QString &path, const QString &target = {});
    void finish(Transfer *transfer);
    void fail(Transfer *transfer, const QString &reason = u"No space."_s);

    std::unique_ptr<TransferQueue> m_queue;
    std::unique_ptr<FakeNotifier> m_notifier;
    std::unique_ptr<TransferAnnouncer> m_announcer;
    QHash<const Transfer *, ManualJob<TransferOutcome> *> m_jobs;
    bool m_isWatched = false;
};

void TestTransferAnnouncer::init()
{
    m_isWatched = false;
    m_announcer.reset();
    m_jobs.clear();
    m_queue = std::make_unique<TransferQueue>(16);
    m_notifier = std::make_unique<FakeNotifier>();
    m_announcer =
        std::make_unique<TransferAnnouncer>(*m_queue, *m_notifier, [this] { return m_isWatched; });
}

Transfer *TestTransferAnnouncer::add(const QString &path, const QString &target)
{
    auto *job = new ManualJob<TransferOutcome>;
    Transfer *transfer = m_queue->add({path,
                                       {},
                                       -1,
                                       [job](QObject *parent) {
                                           job->setParent(parent);
                                           return job;
                                       },
                                       target});
    m_jobs.insert(transfer, job);
    [&] { QTRY_VERIFY(job->hasStarted()); }();
    return transfer;
}

void TestTransferAnnouncer::finish(Transfer *transfer)
{
    m_jobs.take(transfer)->finishWith({Digest::ofBytes("a"), 1});
    QTRY_COMPARE(transfer->state(), State::Finished);
}

void TestTransferAnnouncer::fail(Transfer *transfer, const QString &reason)
{
    m_jobs.take(transfer)->failWith({Error::Kind::LocalFile, reason});
    QTRY_COMPARE(transfer->state(), State::Failed);
}

void TestTransferAnnouncer::tellsOfOneTransfer()
{
    finish(add(u"/tmp/out/layer.tar"_s));
    QCOMPARE(m_notifier->shown.size(), qsizetype(1));
    QCOMPARE(m_notifier->shown.last().summary, u"Transfer finished"_s);
    QCOMPARE(m_notifier->shown.last().body, u"layer.tar"_s);
    QCOMPARE(m_notifier->shown.last().folder, u"/tmp/out"_s);
    finish(add({}, u"reg:5000/a:1"_s));
    QCOMPARE(m_notifier->shown.last().body, u"reg:5000/a:1"_s);
    QCOMPARE(m_notifier->shown.last().folder, QString());
}

void TestTransferAnnouncer::tellsWhyOneFailed()
{
    fail(add(u"/tmp/a\u202eb\nc"_s), u"No\nspace."_s);
    QCOMPARE(m_notifier->shown.last().summary, u"Transfer failed"_s);
    QVERIFY(m_notifier->shown.last().body.endsWith("space."_L1));
    QVERIFY(!m_notifier->shown.last().body.contains(u'\n')); // UI-15
    QVERIFY(!m_notifier->shown.last().body.contains(QChar(0x202e)));
    QCOMPARE(m_notifier->shown.last().folder, QString());
}

void TestTransferAnnouncer::tellsOfManyOnce()
{
    QList<Transfer *> transfers;
    for (int i = 0; i < 12; ++i)
        transfers.append(add(u"/tmp/%1"_s.arg(i)));
    for (Transfer *transfer : transfers) {
        QVERIFY(m_notifier->shown.isEmpty());
        finish(transfer);
    }
    QCOMPARE(m_notifier->shown.size(), qsizetype(1));
    QCOMPARE(m_notifier->shown.last().summary, u"Transfers finished"_s);
    QVERIFY(m_notifier->shown.last().body.startsWith("12 transfer"_L1));
    QCOMPARE(m_notifier->shown.last().folder, u"/tmp"_s);
}

void TestTransferAnnouncer::tellsHowManyFailed()
{
    Transfer *a = add(u"/tmp/a"_s);
    Transfer *b = add(u"/tmp/b"_s);
    Transfer *c = add(u"/tmp/c"_s);
    fail(a);
    finish(b);
    fail(c);
    QCOMPARE(m_notifier->shown.size(), qsizetype(1));
    QCOMPARE(m_notifier->shown.last().summary, u"Transfers ended"_s);
    QVERIFY(m_notifier->shown.last().body.contains("1 transfer"_L1));
    QVERIFY(m_notifier->shown.last().body.contains("2 transfer"_L1));
}

void TestTransferAnnouncer::saysNothingToWhoeverWatches()
{
    m_isWatched = true;
    finish(add(u"/tmp/a"_s));
    m_isWatched = false;
    QVERIFY(m_notifier->shown.isEmpty());
}

void TestTransferAnnouncer::saysNothingOfWhatWasCancelled()
{
    Transfer *transfer = add(u"/tmp/a"_s);
    transfer->cancel();
    QTRY_COMPARE(transfer->state(), State::Cancelled);
    QVERIFY(m_notifier->shown.isEmpty());
}

void TestTransferAnnouncer::waitsForNothingThatIsPaused()
{
    Transfer *paused = add(u"/tmp/a"_s);
    paused->pause();
    QTRY_COMPARE(paused->state(), State::Paused);
    finish(add(u"/tmp/b"_s));
    QCOMPARE(m_notifier->shown.size(), qsizetype(1));
}

void TestTransferAnnouncer::tellsOfTheEndWhenTheLastOneIsPaused()
{
    Transfer *last = add(u"/tmp/b"_s);
    finish(add(u"/tmp/a"_s));
    QVERIFY(m_notifier->shown.isEmpty());
    last->pause();
    QTRY_COMPARE(last->state(), State::Paused);
    QCOMPARE(m_notifier->shown.size(), qsizetype(1));
    QCOMPARE(m_notifier->shown.last().body, u"a"_s);
}

void TestTransferAnnouncer::countsAnew()
{
    m_isWatched = true;
    fail(add(u"/tmp/a"_s));
    m_isWatched = false;
    finish(add(u"/tmp/b"_s));
    QCOMPARE(m_notifier->shown.last().body, u"b"_s); // Somebody has seen the other one.
}

LONGSHORE_UI_TEST(TestTransferAnnouncer)
#include "tst_transferannouncer.moc"
