// SPDX-License-Identifier: Apache-2.0
#include "support/ink.h"
#include "support/uitest.h"
#include "ui/delegates/roomydelegate.h"

#include <QApplication>
#include <QPainter>
#include <QStandardItemModel>
#include <QTest>

using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestRoomyDelegate : public QObject
{
    Q_OBJECT

private slots:
    void givesRowsAir();
    void keepsNumbersClearOfTheNextColumn_data();
    void keepsNumbersClearOfTheNextColumn();
    void leavesWordsWhereTheyAre();
    void endsLongTextInsideItsCell_data();
    void endsLongTextInsideItsCell();
};

constexpr QRect cell(20, 0, 160, 30);

static QStyleOptionViewItem option(Qt::LayoutDirection direction = Qt::LeftToRight)
{
    QStyleOptionViewItem result;
    result.rect = cell;
    result.direction = direction;
    result.state = QStyle::State_Enabled | QStyle::State_Active;
    result.textElideMode = Qt::ElideRight;
    result.palette = QApplication::palette();
    return result;
}

/// What is painted with the cell in the middle of a white picture.
static QRect ink(const QStyledItemDelegate &delegate, const QString &text, Qt::Alignment alignment,
                 Qt::LayoutDirection direction = Qt::LeftToRight)
{
    QStandardItemModel model(1, 1);
    model.setData(model.index(0, 0), text);
    model.setData(model.index(0, 0), int(alignment | Qt::AlignVCenter), Qt::TextAlignmentRole);
    QImage image(cell.adjusted(-20, 0, 20, 0).size(), QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setLayoutDirection(direction);
    delegate.paint(&painter, option(direction), model.index(0, 0));
    painter.end();
    return inkOf(image);
}

void TestRoomyDelegate::givesRowsAir()
{
    QStandardItemModel model(1, 1);
    model.setData(model.index(0, 0), u"latest"_s);
    const QSize tight = QStyledItemDelegate().sizeHint(option(), model.index(0, 0));
    const QSize roomy = RoomyDelegate().sizeHint(option(), model.index(0, 0));
    QVERIFY(roomy.height() >= tight.height() + option().fontMetrics.height() / 2);
    QCOMPARE(roomy.width(), tight.width());
}

void TestRoomyDelegate::keepsNumbersClearOfTheNextColumn_data()
{
    QTest::addColumn<Qt::LayoutDirection>("direction");
    QTest::newRow("left to right") << Qt::LeftToRight;
    QTest::newRow("right to left") << Qt::RightToLeft;
}

void TestRoomyDelegate::keepsNumbersClearOfTheNextColumn()
{
    QFETCH(Qt::LayoutDirection, direction);
    const QRect tight = ink(QStyledItemDelegate(), u"1.5 MiB"_s, Qt::AlignRight, direction);
    const QRect roomy = ink(RoomyDelegate(), u"1.5 MiB"_s, Qt::AlignRight, direction);
    const int gap =
        direction == Qt::LeftToRight ? tight.right() - roomy.right() : roomy.left() - tight.left();
    QVERIFY2(gap >= option().fontMetrics.averageCharWidth() / 2, qPrintable(QString::number(gap)));
    QCOMPARE(roomy.width(), tight.width());
}

void TestRoomyDelegate::leavesWordsWhereTheyAre()
{
    QCOMPARE(ink(RoomyDelegate(), u"latest"_s, Qt::AlignLeft),
             ink(QStyledItemDelegate(), u"latest"_s, Qt::AlignLeft));
}

void TestRoomyDelegate::endsLongTextInsideItsCell_data()
{
    QTest::addColumn<Qt::Alignment>("alignment");
    QTest::newRow("words") << Qt::Alignment(Qt::AlignLeft);
    QTest::newRow("numbers") << Qt::Alignment(Qt::AlignRight);
}

void TestRoomyDelegate::endsLongTextInsideItsCell()
{
    QFETCH(Qt::Alignment, alignment);
    const QRect painted = ink(RoomyDelegate(), QString(500, u'W'), alignment);
    QVERIFY(painted.width() > cell.width() / 2);
    QVERIFY(cell.contains(painted));
}

LONGSHORE_UI_TEST(TestRoomyDelegate)
#include "tst_roomydelegate.moc"
