// SPDX-License-Identifier: Apache-2.0
#include "support/ink.h"
#include "support/uitest.h"
#include "ui/delegates/transferdelegate.h"
#include "ui/models/transferlistmodel.h"

#include <QApplication>
#include <QPainter>
#include <QTest>
#include <QTreeView>

using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using State = TransferRow::State;

class TestTransferDelegate : public QObject
{
    Q_OBJECT

private slots:
    void hasRoomForTwoLines();
    void saysTheNameAboveAndHowItStandsBelow();
    void showsABarOnlyWhileItRuns_data();
    void showsABarOnlyWhileItRuns();
    void fillsTheBarAsTheTransferGoesOn();
    void saysTheConnectionAtTheEnd();
    void givesABlobOneLine();
    void endsLongWordsInsideTheRow_data();
    void endsLongWordsInsideTheRow();
    void keepsLongNamesClearOfTheBar();
    void mirrorsTheRowWhereScriptRunsRightToLeft();
    void paintsASelectedRowInTheColoursOfTheSelection();
};

constexpr int beside = 40;
constexpr int rowWidth = 400;

static TransferRow row(State state, const QString &title = u"layer.tar"_s)
{
    TransferRow result{1, title, u"app:1, layer 1"_s, u"/tmp/layer.tar"_s, state};
    result.total = 1000;
    return result;
}

static QStyleOptionViewItem option()
{
    QStyleOptionViewItem result;
    result.palette = QApplication::palette();
    result.state = QStyle::State_Enabled | QStyle::State_Active;
    result.rect = QRect(beside, 0, rowWidth, TransferDelegate().sizeHint(result, {}).height());
    return result;
}

/// The row of the transfer, or of what is below it, with a white strip at both sides.
static QImage picture(const TransferRow &row, Qt::LayoutDirection direction = Qt::LeftToRight,
                      int below = -1)
{
    TransferListModel model;
    model.update(row);
    const QModelIndex transfer = model.index(0);
    const QModelIndex index = below < 0 ? transfer : model.index(below, 0, transfer);
    QStyleOptionViewItem style = option();
    style.rect.setHeight(TransferDelegate().sizeHint(style, index).height());
    style.direction = direction;
    style.showDecorationSelected = true;
    style.palette.setColor(QPalette::Highlight, Qt::blue);
    style.showDecorationSelected = true;
    style.palette.setColor(QPalette::HighlightedText, Qt::yellow);
    QImage image(rowWidth + 2 * beside, style.rect.height(), QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setLayoutDirection(direction);
    TransferDelegate().paint(&painter, style, index);
    return image;
}

void TestTransferDelegate::hasRoomForTwoLines()
{
    QVERIFY(option().rect.height() > 2 * option().fontMetrics.height());
}

void TestTransferDelegate::saysTheNameAboveAndHowItStandsBelow()
{
    const auto words = [](State state, const QString &title) {
        return picture(row(state, title)).copy(2 * beside, 0, rowWidth, option().rect.height());
    };
    const QRect name =
        differenceOf(words(State::Waiting, u"this.tar"_s), words(State::Waiting, u"that.tar"_s));
    const QRect status =
        differenceOf(words(State::Waiting, u"this.tar"_s), words(State::Cancelled, u"this.tar"_s));
    QVERIFY(!name.isEmpty() && !status.isEmpty());
    QVERIFY(name.bottom() < status.top());
}

void TestTransferDelegate::showsABarOnlyWhileItRuns_data()
{
    QTest::addColumn<TransferRow>("row");
    QTest::addColumn<bool>("hasBar");
    TransferRow running = row(State::Running);
    running.done = 500;
    QTest::newRow("running") << running << true;
    running.total = -1;
    QTest::newRow("of unknown size") << running << true;
    QTest::newRow("waiting") << row(State::Waiting) << false;
    QTest::newRow("finished") << row(State::Finished) << false;
    QTest::newRow("failed") << row(State::Failed) << false;
    QTest::newRow("cancelled") << row(State::Cancelled) << false;
}

void TestTransferDelegate::showsABarOnlyWhileItRuns()
{
    QFETCH(TransferRow, row);
    QFETCH(bool, hasBar);
    const QImage image = picture(row);
    const QRect place(beside + rowWidth / 2, 0, rowWidth / 2, image.height() / 2);
    QCOMPARE(!inkOf(image.copy(place)).isEmpty(), hasBar);
}

void TestTransferDelegate::fillsTheBarAsTheTransferGoesOn()
{
    int filled = 0;
    const auto barAt = [](qint64 done) {
        TransferRow running = row(State::Running);
        running.done = done;
        const QImage image = picture(running);
        return image.copy(beside + rowWidth / 2, 0, rowWidth / 2, image.height() / 2);
    };
    for (const qint64 done : {250, 500, 750, 1000}) {
        const int width = differenceOf(barAt(done), barAt(0)).width();
        QVERIFY(width > filled);
        filled = width;
    }
}

void TestTransferDelegate::saysTheConnectionAtTheEnd()
{
    TransferRow transfer = row(State::Waiting);
    const QImage without = picture(transfer);
    transfer.connection = u"Lab"_s;
    const QRect shown = differenceOf(picture(transfer), without);
    QVERIFY(!shown.isEmpty());
    QVERIFY(shown.top() > without.height() / 2 - 2); // Beside how it stands.
    QVERIFY(shown.left() > beside + rowWidth / 2 && shown.right() <= beside + rowWidth);
    const QRect mirrored = differenceOf(picture(transfer, Qt::RightToLeft),
                                        picture(row(State::Waiting), Qt::RightToLeft));
    QVERIFY(!mirrored.isEmpty() && mirrored.right() < beside + rowWidth / 2);
}

/// With a bar at its end while it runs. A note stays inside, however long it is.
void TestTransferDelegate::givesABlobOneLine()
{
    TransferRow transfer = row(State::Running);
    transfer.source = QString(500, u'W');
    transfer.parts = {{{Longshore::MediaType(), Longshore::Digest::ofBytes("blob"), 1000},
                       0,
                       TransferPartRow::State::Running}};
    for (const auto direction : {Qt::LeftToRight, Qt::RightToLeft}) {
        const QImage note = picture(transfer, direction, 0);
        QVERIFY(note.height() < picture(transfer).height());
        QVERIFY(option().rect.contains(inkOf(note)));
        QVERIFY(inkOf(note).width() > rowWidth / 2);
        const auto endWith = [&](qint64 done) {
            transfer.parts.first().done = done;
            const int end = direction == Qt::LeftToRight ? rowWidth - 16 : 0;
            const QImage image = picture(transfer, direction, 2);
            return image.copy(beside + end, 0, 16, image.height());
        };
        QVERIFY(endWith(100) != endWith(1000));
        QCOMPARE(endWith(100), endWith(101));
    }
}

void TestTransferDelegate::endsLongWordsInsideTheRow_data()
{
    QTest::addColumn<Qt::LayoutDirection>("direction");
    QTest::newRow("left to right") << Qt::LeftToRight;
    QTest::newRow("right to left") << Qt::RightToLeft;
}

void TestTransferDelegate::endsLongWordsInsideTheRow()
{
    QFETCH(Qt::LayoutDirection, direction);
    TransferRow failed = row(State::Failed, QString(500, u'W'));
    failed.error = Longshore::Error{Longshore::Error::Kind::Network, QString(500, u'W')};
    const QRect painted = inkOf(picture(failed, direction));
    QVERIFY(painted.width() > rowWidth / 2);
    QVERIFY(option().rect.contains(painted));
}

void TestTransferDelegate::keepsLongNamesClearOfTheBar()
{
    const QImage nameless = picture(row(State::Running, u" "_s));
    const QRect bar = inkOf(nameless.copy(beside + rowWidth / 2, 0, rowWidth / 2, 20))
                          .translated(beside + rowWidth / 2, 0);
    const QImage longName = picture(row(State::Running, QString(500, u'W')));
    const QRect name = differenceOf(longName, nameless);
    QVERIFY(name.width() > rowWidth / 3);
    QVERIFY(name.right() < bar.left());
}

void TestTransferDelegate::mirrorsTheRowWhereScriptRunsRightToLeft()
{
    const QRect leftToRight = inkOf(picture(row(State::Waiting)));
    const QRect rightToLeft = inkOf(picture(row(State::Waiting), Qt::RightToLeft));
    const int middle = beside + rowWidth / 2;
    QVERIFY(leftToRight.right() < middle);
    QVERIFY(rightToLeft.left() > middle);
    const auto barAt = [](qint64 done) {
        TransferRow running = row(State::Running);
        running.done = done;
        return picture(running, Qt::RightToLeft)
            .copy(0, 0, beside + rowWidth / 2, option().rect.height() / 2);
    };
    const QRect bar = inkOf(barAt(0));
    const QRect filled = differenceOf(barAt(400), barAt(0));
    QVERIFY(!filled.isEmpty());
    QVERIFY(bar.right() - filled.right() < filled.left() - bar.left()); // It fills from the right.
}

/// In a real list: styles differ in how much of a selected row they colour.
void TestTransferDelegate::paintsASelectedRowInTheColoursOfTheSelection()
{
    TransferListModel model;
    model.update(row(State::Finished));
    QTreeView list;
    list.setModel(&model);
    list.setItemDelegate(new TransferDelegate(&list));
    QPalette palette = list.palette();
    palette.setColor(QPalette::Highlight, Qt::blue);
    palette.setColor(QPalette::HighlightedText, Qt::yellow);
    list.setPalette(palette);
    list.setCurrentIndex(model.index(0));
    list.show();
    QVERIFY(QTest::qWaitForWindowActive(&list));
    const QImage image = list.viewport()->grab(list.visualRect(model.index(0))).toImage();
    // Not the very colour: the pointer may be above the row, which some styles make lighter.
    const QColor ground = image.pixelColor(image.width() - 4, image.height() / 2);
    QVERIFY(ground.blue() > 200 && ground.red() < 100);
    bool hasText = false;
    for (int i = 0; i < image.width() * image.height(); ++i) {
        const QColor colour = image.pixelColor(i % image.width(), i / image.width());
        hasText = hasText || (colour.red() > 180 && colour.green() > 180 && colour.blue() < 100);
    }
    QVERIFY(hasText);
}

LONGSHORE_UI_TEST(TestTransferDelegate)
#include "tst_transferdelegate.moc"
