// SPDX-License-Identifier: Apache-2.0
#include "core/base/displaytext.h"
#include "support/hostiletext.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/views/placeholder.h"

#include <QAction>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestPlaceholder : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_placeholder.reset(); }
    void saysWhyThereIsNothing();
    void leavesNoRoomForWordsThatAreNotThere();
    void showsLateThatSomethingIsRead();
    void replacesTheSignOfReadingByTheOutcome();
    void offersWhatCanBeDone();
    void readsTextAsTextAndKeepsItsWidth_data();
    void readsTextAsTextAndKeepsItsWidth();
    void letsItsWordsBeCopied();
    void canBeUsedByKeyboard();

private:
    [[nodiscard]] QLabel &text() const
    {
        return child<QLabel>(*m_placeholder, u"placeholderText"_s);
    }
    [[nodiscard]] QWidget &busy() const { return child<QWidget>(*m_placeholder, u"busy"_s); }

    std::unique_ptr<Placeholder> m_placeholder;
};

void TestPlaceholder::init()
{
    m_placeholder = std::make_unique<Placeholder>();
    m_placeholder->show();
    QVERIFY(QTest::qWaitForWindowActive(m_placeholder.get()));
}

void TestPlaceholder::saysWhyThereIsNothing()
{
    m_placeholder->showMessage(u"No tags."_s, u"The name remains."_s);
    QCOMPARE(m_placeholder->headline(), u"No tags."_s);
    QCOMPARE(text().text(), u"The name remains."_s);
    QVERIFY(text().isVisible());
    QVERIFY(!busy().isVisible());
}

void TestPlaceholder::leavesNoRoomForWordsThatAreNotThere()
{
    m_placeholder->showMessage(u"No tags."_s, u"The name remains."_s);
    m_placeholder->showMessage(u"No tag matches."_s);
    QVERIFY(!text().isVisible());
    m_placeholder->showMessage(u"No tags."_s, u"The name remains."_s);
    m_placeholder->showLoading(u"Reading"_s);
    QVERIFY(!text().isVisible());
}

void TestPlaceholder::showsLateThatSomethingIsRead()
{
    m_placeholder->showLoading(u"Reading the tags"_s);
    QCOMPARE(m_placeholder->headline(), u"Reading the tags"_s);
    QVERIFY(!busy().isVisible());
    QTRY_VERIFY(busy().isVisible());
}

void TestPlaceholder::replacesTheSignOfReadingByTheOutcome()
{
    m_placeholder->showLoading(u"Reading the tags"_s);
    QTRY_VERIFY(busy().isVisible());
    m_placeholder->showMessage(u"No tags."_s);
    QVERIFY(!busy().isVisible());
}

void TestPlaceholder::offersWhatCanBeDone()
{
    QAction stop(u"&Stop"_s);
    stop.setObjectName(u"stop"_s);
    QAction retry(u"Try Again"_s);
    retry.setObjectName(u"retry"_s);
    // The button that is pressed goes in the middle of its own click.
    connect(&stop, &QAction::triggered, this,
            [&] { m_placeholder->showMessage(u"Stopped."_s, {}, {&retry}); });
    m_placeholder->showLoading(u"Reading"_s, {&stop});
    press(*m_placeholder, u"stopButton"_s);
    QCOMPARE(m_placeholder->headline(), u"Stopped."_s);
    QTRY_COMPARE(m_placeholder->findChildren<QPushButton *>().size(), qsizetype(1));
    const QSignalSpy triggered(&retry, &QAction::triggered);
    press(*m_placeholder, u"retryButton"_s);
    QCOMPARE(triggered.size(), qsizetype(1));
}

void TestPlaceholder::readsTextAsTextAndKeepsItsWidth_data()
{
    QTest::addColumn<QString>("text");
    const QStringList samples = HostileText::samples();
    for (qsizetype i = 0; i < samples.size(); ++i)
        QTest::addRow("sample %d", int(i)) << displayText(samples.at(i));
    QTest::newRow("one long word") << QString(512, u'W');
}

void TestPlaceholder::readsTextAsTextAndKeepsItsWidth()
{
    QFETCH(QString, text);
    m_placeholder->showMessage(text, text);
    QCOMPARE(WidgetChecks::labelsWithMarkup(*m_placeholder), QStringList());
    QCOMPARE(m_placeholder->headline(), text);
    // No text of a server may push the window wider than the screen.
    QVERIFY(m_placeholder->minimumSizeHint().width() < 400);
}

void TestPlaceholder::letsItsWordsBeCopied()
{
    m_placeholder->showMessage(u"It failed."_s, u"Status 500"_s);
    QVERIFY(text().textInteractionFlags() & Qt::TextSelectableByMouse);
    QVERIFY(text().textInteractionFlags() & Qt::TextSelectableByKeyboard);
}

void TestPlaceholder::canBeUsedByKeyboard()
{
    QAction retry(u"Try Again"_s);
    retry.setObjectName(u"retry"_s);
    m_placeholder->showLoading(u"Reading"_s, {&retry});
    const QStringList complaints = WidgetChecks::complaintsAbout(*m_placeholder);
    QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
    auto &button = child<QPushButton>(*m_placeholder, u"retryButton"_s);
    const QSignalSpy triggered(&retry, &QAction::triggered);
    button.setFocus();
    QTest::keyClick(&button, Qt::Key_Space);
    QCOMPARE(triggered.size(), qsizetype(1));
}

LONGSHORE_UI_TEST(TestPlaceholder)
#include "tst_placeholder.moc"
