// SPDX-License-Identifier: Apache-2.0
#include "support/uitest.h"
#include "ui/views/scrolledform.h"

#include <QBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestScrolledForm : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_form.reset(); }
    void isAsLargeAsWhatIsInIt();
    void scrollsWhereThereIsNoRoom();
    void keepsTheFocusInSight();
    void saysHowMuchMoreRoomItWants();
    void leavesRoomForWrappedText();

private:
    std::unique_ptr<ScrolledForm> m_form;
    QBoxLayout *m_layout = nullptr;
    QList<QLineEdit *> m_lines;
};

void TestScrolledForm::init()
{
    auto *content = new QWidget;
    m_layout = new QVBoxLayout(content);
    m_lines.clear();
    for (int i = 0; i < 20; ++i) {
        m_lines.append(new QLineEdit);
        m_layout->addWidget(m_lines.last());
    }
    m_form = std::make_unique<ScrolledForm>(content);
    m_form->show();
    QVERIFY(QTest::qWaitForWindowActive(m_form.get()));
}

void TestScrolledForm::isAsLargeAsWhatIsInIt()
{
    QCOMPARE(m_form->sizeHint(), m_form->widget()->sizeHint());
    m_form->resize(m_form->sizeHint());
    QTRY_VERIFY(!m_form->verticalScrollBar()->isVisible());
}

void TestScrolledForm::scrollsWhereThereIsNoRoom()
{
    QVERIFY(m_form->minimumSizeHint().height() < m_form->sizeHint().height() / 2);
    m_form->resize(m_form->minimumSizeHint());
    QVERIFY(m_form->verticalScrollBar()->isVisible());
    QVERIFY(!m_form->horizontalScrollBar()->isVisible());
    QVERIFY(m_form->widget()->width() <= m_form->viewport()->width()); // Nothing is cut.
}

void TestScrolledForm::keepsTheFocusInSight()
{
    m_form->resize(m_form->minimumSizeHint());
    QCOMPARE(m_lines.last()->visibleRegion(), QRegion());
    m_lines.last()->setFocus();
    QCOMPARE(m_lines.last()->visibleRegion(), QRegion(m_lines.last()->rect()));
    m_lines.first()->setFocus();
    QCOMPARE(m_lines.first()->visibleRegion(), QRegion(m_lines.first()->rect()));
}

void TestScrolledForm::saysHowMuchMoreRoomItWants()
{
    const QSignalSpy grown(m_form.get(), &ScrolledForm::grown);
    const int before = m_form->sizeHint().height();
    m_layout->addWidget(new QLineEdit);
    QTRY_COMPARE(grown.size(), qsizetype(1));
    QCOMPARE(grown.first().first().toInt(), m_form->sizeHint().height() - before);
    m_lines.last()->hide(); // It keeps what it has.
    QTest::qWait(0);
    QCOMPARE(grown.size(), qsizetype(1));
}

void TestScrolledForm::leavesRoomForWrappedText()
{
    auto *label = new QLabel(u"A sentence that is longer than the form is wide. "_s.repeated(8));
    label->setWordWrap(true);
    m_layout->addWidget(label);
    QTRY_VERIFY(label->isVisible());
    m_form->resize(m_form->sizeHint().width(), m_form->sizeHint().height());
    QTRY_VERIFY(label->height() >= label->heightForWidth(label->width()));
}

LONGSHORE_UI_TEST(TestScrolledForm)
#include "tst_scrolledform.moc"
