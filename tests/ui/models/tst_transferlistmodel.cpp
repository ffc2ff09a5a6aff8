// SPDX-License-Identifier: Apache-2.0
#include "support/hostiletext.h"
#include "support/uitest.h"
#include "ui/models/transferlistmodel.h"

#include <QAbstractItemModelTester>
#include <QIcon>
#include <QMimeData>
#include <QSignalSpy>
#include <QTemporaryFile>
#include <QTest>
#include <QUrl>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using State = TransferRow::State;

class TestTransferListModel : public QObject
{
    Q_OBJECT

private slots:
    void keepsTheOrderInWhichTransfersWereAskedFor();
    void movesATransferToAnotherRow();
    void showsWhatHasChangedOfATransfer();
    void saysHowATransferStands_data();
    void saysHowATransferStands();
    void countsInThousandths_data();
    void countsInThousandths();
    void readsARowAsOneSentence();
    void saysInOneLineWhatElseThereIsToKnow();
    void namesTheImageThatGoesIntoARegistry();
    void givesTheServersWordsForCopying();
    void letsFilesBeDraggedThatHaveArrived();
    void letsNothingHostileThrough();
};

static TransferRow row(quint64 id, State state = State::Waiting)
{
    TransferRow result{id, u"file%1"_s.arg(id), u"team/app:1, layer 1"_s, u"/tmp/file"_s, state};
    return result;
}

static QString titles(const TransferListModel &model)
{
    QStringList titles;
    for (int i = 0; i < model.rowCount(); ++i)
        titles.append(model.index(i).data().toString());
    return titles.join(u'\n');
}

void TestTransferListModel::keepsTheOrderInWhichTransfersWereAskedFor()
{
    TransferListModel model;
    const QAbstractItemModelTester tester(&model);
    model.update(row(3));
    model.update(row(1));
    model.update(row(2));
    model.update(row(1, State::Running));
    QCOMPARE(titles(model), u"file3\nfile1\nfile2"_s);
    model.remove(1);
    model.remove(99);
    QCOMPARE(titles(model), u"file3\nfile2"_s);
    QCOMPARE(model.index(1).data(TransferListModel::IdRole).toULongLong(), 2ULL);
}

void TestTransferListModel::movesATransferToAnotherRow()
{
    TransferListModel model;
    const QAbstractItemModelTester tester(&model);
    for (const quint64 id : {1ULL, 2ULL, 3ULL})
        model.update(row(id));
    model.move(1, 2);
    QCOMPARE(titles(model), u"file2\nfile3\nfile1"_s);
    model.move(1, 0);
    QCOMPARE(titles(model), u"file1\nfile2\nfile3"_s);
    model.move(1, 0);
    model.move(2, 3);
    model.move(99, 0);
    QCOMPARE(titles(model), u"file1\nfile2\nfile3"_s);
}

void TestTransferListModel::showsWhatHasChangedOfATransfer()
{
    TransferListModel model;
    const QAbstractItemModelTester tester(&model);
    model.update(row(1));
    model.update(row(2));
    const QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    model.update(row(2, State::Finished));
    QCOMPARE(changes.size(), qsizetype(1));
    QCOMPARE(changes.first().first().toModelIndex(), model.index(1));
    QCOMPARE(model.rows().at(1).state, State::Finished);
}

void TestTransferListModel::saysHowATransferStands_data()
{
    QTest::addColumn<TransferRow>("row");
    QTest::addColumn<QString>("text");
    QTest::newRow("waiting") << row(1) << u"Waiting"_s;
    TransferRow running = row(1, State::Running);
    running.done = 1024;
    QTest::newRow("of unknown size") << running << u"1.0 KiB"_s;
    running.total = 2048;
    running.bytesPerSecond = 512;
    running.secondsLeft = 2;
    QTest::newRow("running") << running
                             << u"1.0 KiB of 2.0 KiB \u00b7 512 bytes/s \u00b7 2 seconds left"_s;
    const std::pair<TransferRow::Phase, QString> phases[] = {
        {TransferRow::Phase::Looking, u"Looking what there is to do"_s},
        {TransferRow::Phase::Writing, u"Writing, 1.0 KiB of 2.0 KiB"_s},
        {TransferRow::Phase::Comparing, u"Comparing what arrived"_s}};
    for (const auto &[phase, text] : phases) {
        running.phase = phase;
        QTest::newRow(qPrintable(text)) << running << text;
    }
    running.phase = TransferRow::Phase::Bringing;
    running.retryReason = u"The server is busy."_s;
    running.secondsToRetry = 12;
    QTest::newRow("trying again")
        << running
        << u"1.0 KiB of 2.0 KiB \u00b7 512 bytes/s \u00b7 2 seconds left \u00b7 a request is tried "
           "again in 12 seconds: The server is busy."_s;
    running.phase = TransferRow::Phase::Looking;
    QTest::newRow("trying again to look")
        << running
        << u"Looking what there is to do \u00b7 a request is tried again in 12 seconds: The server "
           "is busy."_s;
    running.state = State::Paused;
    QTest::newRow("paused") << running << u"Paused, 1.0 KiB of 2.0 KiB"_s;
    TransferRow finished = row(1, State::Finished);
    finished.done = 2048;
    finished.digest = u"sha256:abc"_s;
    QTest::newRow("finished") << finished << u"Finished, 2.0 KiB, verified: sha256:abc"_s;
    TransferRow skipped = row(1, State::Finished);
    skipped.digest = finished.digest;
    skipped.isSkipped = true; // Then nothing was verified.
    QTest::newRow("skipped") << skipped << u"Already there; nothing was written"_s;
    TransferRow failed = row(1, State::Failed);
    failed.error = Error{Error::Kind::LocalFile, u"The disk is full."_s};
    QTest::newRow("failed") << failed << u"Failed: The disk is full."_s;
    QTest::newRow("cancelled") << row(1, State::Cancelled) << u"Cancelled"_s;
}

void TestTransferListModel::saysHowATransferStands()
{
    QFETCH(const TransferRow, row);
    QTEST(transferStatus(row), "text");
    TransferListModel model;
    const QAbstractItemModelTester tester(&model);
    model.update(row);
    QTEST(model.index(0).data(TransferListModel::StatusRole).toString(), "text");
    QVERIFY(!model.index(0).data(Qt::DecorationRole).value<QIcon>().isNull());
}

void TestTransferListModel::countsInThousandths_data()
{
    QTest::addColumn<State>("state");
    QTest::addColumn<qint64>("done");
    QTest::addColumn<qint64>("total");
    QTest::addColumn<int>("permille");
    QTest::newRow("not begun") << State::Waiting << qint64(0) << qint64(-1) << 0;
    QTest::newRow("of unknown size") << State::Running << qint64(7) << qint64(-1) << -1;
    QTest::newRow("half") << State::Running << qint64(5) << qint64(10) << 500;
    QTest::newRow("larger than an int")
        << State::Running << qint64(30'000'000'000) << qint64(40'000'000'000) << 750;
    QTest::newRow("more than announced") << State::Running << qint64(20) << qint64(10) << 1000;
    QTest::newRow("nothing at all") << State::Finished << qint64(0) << qint64(0) << 1000;
    QTest::newRow("failed on the way") << State::Failed << qint64(1) << qint64(4) << 250;
}

void TestTransferListModel::countsInThousandths()
{
    QFETCH(const State, state);
    QFETCH(const qint64, done);
    QFETCH(const qint64, total);
    TransferRow transfer = row(1, state);
    transfer.done = done;
    transfer.total = total;
    QTEST(transferPermille(transfer), "permille");
}

void TestTransferListModel::saysInOneLineWhatElseThereIsToKnow()
{
    TransferRow finished = row(1, State::Finished);
    finished.done = 2048;
    finished.digest = u"sha256:abc"_s;
    finished.remark = u"One layer was left out."_s;
    QCOMPARE(transferStatus(finished), u"Finished, 2.0 KiB, verified: sha256:abc"_s);
    TransferListModel model;
    model.update(finished);
    QCOMPARE(model.index(0).data(TransferListModel::StatusRole).toString(),
             u"Finished, 2.0 KiB, verified: sha256:abc \u00b7 One layer was left out."_s);
}

void TestTransferListModel::namesTheImageThatGoesIntoARegistry()
{
    TransferRow upload = row(1, State::Finished);
    QCOMPARE(placeOf(upload), u"/tmp/file"_s);
    upload.title = u"reg.lab/team/app:1"_s;
    upload.path.clear();
    QCOMPARE(placeOf(upload), u"reg.lab/team/app:1"_s);
    TransferListModel model;
    model.update(upload);
    QVERIFY(HostileText::readToolTip(model.index(0).data(Qt::ToolTipRole).toString())
                .contains(u"reg.lab/team/app:1"_s));
}

void TestTransferListModel::readsARowAsOneSentence()
{
    TransferListModel model;
    model.update(row(1));
    QCOMPARE(model.index(0).data(Qt::AccessibleTextRole).toString(), u"file1, Waiting"_s);
}

void TestTransferListModel::givesTheServersWordsForCopying()
{
    TransferRow failed = row(1, State::Failed);
    failed.error = Error{Error::Kind::NotFound, u"Gone."_s, u"blob unknown to registry"_s};
    failed.error->httpStatus = 404;
    TransferListModel model;
    model.update(failed);
    QCOMPARE(model.index(0).data(TransferListModel::CopyRole).toString(),
             u"/tmp/file: Failed: Gone. Status 404 \u00b7 blob unknown to registry"_s);
}

void TestTransferListModel::letsFilesBeDraggedThatHaveArrived()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    TransferRow here = row(1, State::Finished);
    here.path = file.fileName();
    TransferRow moved = row(2, State::Finished);
    moved.path = file.fileName() + ".gone"_L1;
    TransferRow uploaded = row(3, State::Finished);
    uploaded.path.clear();
    TransferListModel model;
    for (const TransferRow &one : {here, moved, uploaded, row(4, State::Running)})
        model.update(one);
    QVERIFY(model.index(0).flags().testFlag(Qt::ItemIsDragEnabled));
    QVERIFY(!model.index(2).flags().testFlag(Qt::ItemIsDragEnabled));
    QVERIFY(!model.index(3).flags().testFlag(Qt::ItemIsDragEnabled));
    const std::unique_ptr<QMimeData> data(model.mimeData({model.index(0), model.index(1)}));
    QCOMPARE(data->urls(), QList<QUrl>{QUrl::fromLocalFile(here.path)});
    QVERIFY(!model.mimeData({model.index(1)}));
    QCOMPARE(model.supportedDragActions(), Qt::CopyAction); // Never moved away.
}

void TestTransferListModel::letsNothingHostileThrough()
{
    TransferListModel model;
    const QAbstractItemModelTester tester(&model);
    quint64 id = 0;
    for (const QString &sample : HostileText::samples())
        model.update({++id, sample, sample, sample});
    QCOMPARE(HostileText::complaintsAbout(model), QStringList());
    for (int i = 0; i < model.rowCount(); ++i)
        QCOMPARE(HostileText::complaintAbout(
                     model.index(i).data(TransferListModel::SourceRole).toString()),
                 QString());
}

LONGSHORE_UI_TEST(TestTransferListModel)
#include "tst_transferlistmodel.moc"
