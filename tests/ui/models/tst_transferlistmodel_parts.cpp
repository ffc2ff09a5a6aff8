// SPDX-License-Identifier: Apache-2.0
#include "support/hostiletext.h"
#include "support/modeltext.h"
#include "support/uitest.h"
#include "ui/models/transferlistmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using State = TransferRow::State;
using PartState = TransferPartRow::State;

/// What is below each transfer: what there is to know of it, and its blobs.
class TestTransferListModelParts : public QObject
{
    Q_OBJECT

private slots:
    void saysHowFarEachBlobIs();
    void saysWhatElseThereIsToKnow();
    void showsAnewOnlyWhatHasChanged();
    void keepsRowsWhileOthersComeAndGo();
    void knowsToWhichTransferABlobBelongs();
    void readsABlobAsOneSentence();
    void letsNothingHostileThrough();
};

static TransferPartRow part(const QByteArray &name, const QString &type, qint64 done,
                            PartState state)
{
    return {{MediaType::parse(type), Digest::ofBytes(name), 2048}, done, state};
}

static TransferRow row(quint64 id = 1, State state = State::Running)
{
    const QString layer = u"application/vnd.oci.image.layer.v1.tar+gzip"_s;
    TransferRow result{id, u"file"_s, u"app:1"_s, u"/tmp/file"_s, state};
    result.parts = {
        part("c", u"application/vnd.oci.image.config.v1+json"_s, 2048, PartState::Arrived),
        part("1", layer, 2048, PartState::Present), part("2", layer, 1024, PartState::Running),
        part("3", layer, 0, PartState::Waiting)};
    return result;
}

static QString digestText(const QByteArray &name)
{
    return Digest::ofBytes(name).shortText();
}

void TestTransferListModelParts::saysHowFarEachBlobIs()
{
    TransferListModel model;
    const QAbstractItemModelTester tester(&model);
    model.update(row());
    QCOMPARE(treeText(model),
             u"file\n  From app:1\n  To /tmp/file\n"
             "  Configuration, 2.0 KiB, arrived, %1\n"
             "  Layer, 2.0 KiB, there already, %2\n"
             "  Layer, 2.0 KiB, 1.0 KiB so far, %3\n"
             "  Layer, 2.0 KiB, waiting, %4"_s.arg(digestText("c"), digestText("1"),
                                                   digestText("2"), digestText("3")));
    const auto permille = [&](int child) {
        return model.index(child, 0, model.index(0)).data(TransferListModel::PermilleRole);
    };
    QCOMPARE(permille(4).toInt(), 500);
    for (const int child : {0, 2, 3, 5})
        QVERIFY(!permille(child).isValid()); // There is no bar to fill.
}

void TestTransferListModelParts::saysWhatElseThereIsToKnow()
{
    TransferListModel model;
    const QAbstractItemModelTester tester(&model);
    TransferRow failed{1, u"file"_s, u"app:1"_s, u"/tmp/file"_s, State::Failed};
    failed.error = Error{Error::Kind::NotFound, u"It is gone."_s, u"GET /v2/"_s, 404};
    model.update(failed);
    QCOMPARE(treeText(model), u"file\n  From app:1\n  To /tmp/file\n  It is gone.\n"
                              "  Status 404 \u00b7 GET /v2/"_s);
    TransferRow finished{1, u"reg/app:1"_s, u"app:1"_s, {}, State::Finished};
    finished.remark = u"One referrer was left out.\nTwo layers were there."_s;
    model.update(finished);
    QCOMPARE(treeText(model), u"reg/app:1\n  From app:1\n  To reg/app:1\n"
                              "  One referrer was left out.\n  Two layers were there."_s);
}

void TestTransferListModelParts::showsAnewOnlyWhatHasChanged()
{
    TransferListModel model;
    const QAbstractItemModelTester tester(&model);
    model.update(row(7));
    model.update(row(8));
    const QModelIndex transfer = model.index(1);
    const QPersistentModelIndex blob = model.index(4, 0, transfer);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    const QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    const QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    TransferRow later = row(8);
    later.parts[2].done = 1500;
    model.update(later);
    QCOMPARE(changed.size(), qsizetype(2)); // The transfer, and one blob.
    QCOMPARE(changed.at(0).first().toModelIndex(), transfer);
    QCOMPARE(changed.at(1).first().toModelIndex(), QModelIndex(blob));
    QVERIFY(inserted.isEmpty() && removed.isEmpty());
}

void TestTransferListModelParts::keepsRowsWhileOthersComeAndGo()
{
    TransferListModel model;
    const QAbstractItemModelTester tester(&model);
    model.update({1, u"file"_s, u"app:1"_s, u"/tmp/file"_s});
    const QPersistentModelIndex source = model.index(0, 0, model.index(0));
    model.update(row());
    QCOMPARE(model.rowCount(model.index(0)), 6);
    const QPersistentModelIndex config = model.index(2, 0, model.index(0));
    TransferRow less = row();
    less.parts = less.parts.mid(0, 2);
    model.update(less);
    QCOMPARE(model.rowCount(model.index(0)), 4);
    QVERIFY(source.isValid() && config.isValid());
    model.update({1, u"file"_s, u"app:1"_s, u"/tmp/file"_s});
    QVERIFY(source.isValid() && !config.isValid());
}

void TestTransferListModelParts::knowsToWhichTransferABlobBelongs()
{
    TransferListModel model;
    const QAbstractItemModelTester tester(&model);
    for (const quint64 id : {7ULL, 8ULL, 9ULL})
        model.update(row(id));
    const QPersistentModelIndex blob = model.index(3, 0, model.index(2));
    QCOMPARE(blob.data(TransferListModel::IdRole).toULongLong(), 9ULL);
    QCOMPARE(blob.data(TransferListModel::CopyRole).toString(), Digest::ofBytes("1").toString());
    QVERIFY(model.isPart(blob));
    QVERIFY(!model.isPart(blob.parent()) && !model.isPart(blob.sibling(0, 0)));
    QVERIFY(!blob.flags().testFlag(Qt::ItemIsDragEnabled));
    model.move(9, 0);
    QCOMPARE(blob.parent(), model.index(0));
    model.remove(7);
    QCOMPARE(blob.parent(), model.index(0));
    model.remove(9);
    QVERIFY(!blob.isValid());
}

void TestTransferListModelParts::readsABlobAsOneSentence()
{
    TransferListModel model;
    model.update(row());
    const QModelIndex blob = model.index(3, 0, model.index(0));
    // What assistive tools read where there is nothing else for them.
    QVERIFY(!blob.data(Qt::AccessibleTextRole).isValid());
    QCOMPARE(blob.data().toString(), u"Layer, 2.0 KiB, there already, "_s + digestText("1"));
    QVERIFY(HostileText::readToolTip(blob.data(Qt::ToolTipRole).toString())
                .contains(Digest::ofBytes("1").toString()));
}

void TestTransferListModelParts::letsNothingHostileThrough()
{
    TransferListModel model;
    for (const QString &text : HostileText::samples()) {
        TransferRow hostile{1, text, text, text};
        hostile.parts = {part("x", text, 1, PartState::Running)};
        model.update(hostile);
        const QStringList complaints = HostileText::complaintsAbout(model);
        QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
    }
}

LONGSHORE_UI_TEST(TestTransferListModelParts)
#include "tst_transferlistmodel_parts.moc"
