// SPDX-License-Identifier: Apache-2.0
#include "support/draganddrop.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "ui/views/droparea.h"

#include <QLineEdit>
#include <QRubberBand>
#include <QSignalSpy>

using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// A widget whose left half takes files.
class TestDropArea : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void takesWhatIsDropped();
    void framesAndSaysWhatADropWouldDo();
    void refusesWhereNothingWouldBeDone();
    void leavesOtherThingsToOthers();
    void saysNothingAnyMoreWhenTheDragLeaves();

private:
    [[nodiscard]] QRubberBand &frame() const
    {
        return child<QRubberBand>(*m_widget, u"dropFrame"_s);
    }
    [[nodiscard]] QString said() const
    {
        return m_announced->isEmpty() ? QString() : m_announced->last().first().toString();
    }

    const QPoint m_left = QPoint(10, 50);
    const QPoint m_right = QPoint(150, 50);
    QMimeData m_files;
    QList<QPoint> m_taken;
    std::unique_ptr<QWidget> m_widget;
    std::unique_ptr<QSignalSpy> m_announced;
};

void TestDropArea::init()
{
    m_files.setUrls({QUrl::fromLocalFile(u"/tmp/a.tar"_s)});
    m_taken.clear();
    m_widget = std::make_unique<QWidget>();
    m_widget->resize(200, 100);
    m_widget->show();
    auto *area = new DropArea(
        *m_widget,
        [](const QMimeData &data, const QPoint &point) -> DropArea::Answer {
            if (!data.hasUrls())
                return {};
            if (point.x() < 100)
                return {u"Upload"_s, {0, 0, 100, 100}};
            return {u"Not here"_s, {}};
        },
        [this](const QMimeData &, const QPoint &point) { m_taken.append(point); });
    m_announced = std::make_unique<QSignalSpy>(area, &DropArea::announced);
}

void TestDropArea::takesWhatIsDropped()
{
    QVERIFY(m_widget->acceptDrops());
    DragAndDrop drag(*m_widget, m_files);
    QVERIFY(drag.enter(m_left));
    QVERIFY(m_taken.isEmpty());
    QVERIFY(drag.drop(m_left)); // As a copy, though a move was proposed.
    QCOMPARE(m_taken, QList<QPoint>{m_left});
    QVERIFY(!frame().isVisible());
    QCOMPARE(said(), QString());
}

void TestDropArea::framesAndSaysWhatADropWouldDo()
{
    DragAndDrop drag(*m_widget, m_files);
    QVERIFY(drag.enter(m_left));
    QCOMPARE(said(), u"Upload"_s);
    QVERIFY(frame().isVisible());
    QCOMPARE(frame().geometry(), QRect(0, 0, 100, 100));
}

void TestDropArea::refusesWhereNothingWouldBeDone()
{
    DragAndDrop drag(*m_widget, m_files);
    QVERIFY(!drag.enter(m_right));
    QCOMPARE(said(), u"Not here"_s);
    QVERIFY(!frame().isVisible());
    QVERIFY(drag.moveTo(m_left)); // It goes on until it is over something that takes it.
    QVERIFY(!drag.moveTo(m_right));
    QVERIFY(!drag.drop(m_right));
    QVERIFY(m_taken.isEmpty());
}

void TestDropArea::leavesOtherThingsToOthers()
{
    QMimeData text;
    text.setText(u"registry.lab/app"_s);
    DragAndDrop drag(*m_widget, text);
    QVERIFY(!drag.enter(m_left));
    QVERIFY(!drag.drop(m_left));
    QVERIFY(m_taken.isEmpty());
}

void TestDropArea::saysNothingAnyMoreWhenTheDragLeaves()
{
    DragAndDrop drag(*m_widget, m_files);
    QVERIFY(drag.enter(m_left));
    drag.leave();
    QCOMPARE(said(), QString());
    QVERIFY(!frame().isVisible());
}

LONGSHORE_UI_TEST(TestDropArea)
#include "tst_droparea.moc"
