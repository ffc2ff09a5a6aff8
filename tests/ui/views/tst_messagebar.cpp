// SPDX-License-Identifier: Apache-2.0
#include "core/base/displaytext.h"
#include "support/hostiletext.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/mainwindow/theme.h"
#include "ui/views/messagebar.h"

#include <QAction>
#include <QLabel>
#include <QSignalSpy>
#include <QToolButton>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using Kind = MessageBar::Kind;

class TestMessageBar : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void takesNoRoomBeforeThereIsAMessage();
    void staysUntilItIsClosed();
    void readsTextAsTextAndKeepsItsWidth_data();
    void readsTextAsTextAndKeepsItsWidth();
    void tellsAssistiveToolsWithoutTheDetails();
    void offersWhatCanBeDone();
    void replacesTheMessageFromItsOwnAction();
    void showsWhetherItWarns();
    void followsTheColoursWhileItIsShown();
    void canBeUsedByKeyboard();

private:
    [[nodiscard]] QImage icon() const { return m_bar->findChild<QLabel *>()->pixmap().toImage(); }
    [[nodiscard]] qsizetype buttonCount() const
    {
        return m_bar->findChildren<QToolButton *>().size() - 1; // The one that closes.
    }

    std::unique_ptr<MessageBar> m_bar;
    std::unique_ptr<QAction> m_retry;
};

void TestMessageBar::init()
{
    m_bar = std::make_unique<MessageBar>();
    m_retry = std::make_unique<QAction>(u"Try &Again"_s);
    m_retry->setObjectName(u"retry"_s);
}

void TestMessageBar::cleanup()
{
    m_bar.reset();
    applyTheme(WindowSettings::Theme::System);
}

void TestMessageBar::takesNoRoomBeforeThereIsAMessage()
{
    QWidget window;
    m_bar->setParent(&window);
    window.show();
    QVERIFY(!m_bar->isVisible());
    m_bar->setParent(nullptr);
}

void TestMessageBar::staysUntilItIsClosed()
{
    m_bar->showMessage(Kind::Information, u"One."_s);
    m_bar->showMessage(Kind::Information, u"Two."_s, u"Status 500"_s);
    QVERIFY(m_bar->isVisible());
    QCOMPARE(m_bar->text(), u"Two.\nStatus 500"_s);
    press(*m_bar, u"closeMessage"_s);
    QVERIFY(!m_bar->isVisible());
}

void TestMessageBar::readsTextAsTextAndKeepsItsWidth_data()
{
    QTest::addColumn<QString>("text");
    const QStringList samples = HostileText::samples();
    for (qsizetype i = 0; i < samples.size(); ++i)
        QTest::addRow("sample %d", int(i)) << displayText(samples.at(i));
    QTest::newRow("one long word") << QString(512, u'W');
}

void TestMessageBar::readsTextAsTextAndKeepsItsWidth()
{
    QFETCH(QString, text);
    m_bar->showMessage(Kind::Warning, text, text, {m_retry.get()});
    const auto &label = child<QLabel>(*m_bar, u"messageText"_s);
    QCOMPARE(label.textFormat(), Qt::PlainText);
    QCOMPARE(label.accessibleName(), text);
    QVERIFY(label.toolTip().isEmpty());
    // A message must not push the window wider than the screen.
    QVERIFY(m_bar->minimumSizeHint().width() < 400);
}

void TestMessageBar::tellsAssistiveToolsWithoutTheDetails()
{
    m_bar->showMessage(Kind::Warning, u"It failed."_s, u"Status 500"_s);
    QCOMPARE(child<QLabel>(*m_bar, u"messageText"_s).accessibleName(), u"It failed."_s);
}

void TestMessageBar::offersWhatCanBeDone()
{
    const QSignalSpy triggered(m_retry.get(), &QAction::triggered);
    m_bar->showMessage(Kind::Warning, u"It failed."_s, {}, {m_retry.get()});
    press(*m_bar, u"retryButton"_s);
    QCOMPARE(triggered.size(), qsizetype(1));
    m_retry->setEnabled(false);
    QVERIFY(!child<QToolButton>(*m_bar, u"retryButton"_s).isEnabled());
    m_bar->showMessage(Kind::Warning, u"It failed for good."_s);
    QTRY_COMPARE(buttonCount(), qsizetype(0));
}

void TestMessageBar::replacesTheMessageFromItsOwnAction()
{
    connect(m_retry.get(), &QAction::triggered, this,
            [this] { m_bar->showMessage(Kind::Information, u"Again."_s, {}, {m_retry.get()}); });
    m_bar->showMessage(Kind::Warning, u"It failed."_s, {}, {m_retry.get()});
    press(*m_bar, u"retryButton"_s);
    QCOMPARE(m_bar->text(), u"Again."_s);
    QTRY_COMPARE(buttonCount(), qsizetype(1));
}

void TestMessageBar::showsWhetherItWarns()
{
    m_bar->showMessage(Kind::Warning, u"It failed."_s);
    const QImage warning = icon();
    m_bar->showMessage(Kind::Information, u"It went well."_s);
    QVERIFY(!warning.isNull());
    QVERIFY(icon() != warning);
}

void TestMessageBar::followsTheColoursWhileItIsShown()
{
    applyTheme(WindowSettings::Theme::Light);
    m_bar->showMessage(Kind::Warning, u"It failed."_s);
    const QImage onLight = icon();
    applyTheme(WindowSettings::Theme::Dark);
    QTRY_VERIFY(icon() != onLight);
    MessageBar fresh;
    fresh.showMessage(Kind::Warning, u"It failed."_s);
    QCOMPARE(icon(), fresh.findChild<QLabel *>()->pixmap().toImage());
}

void TestMessageBar::canBeUsedByKeyboard()
{
    m_bar->showMessage(Kind::Warning, u"It failed."_s, {}, {m_retry.get()});
    m_bar->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_bar.get()));
    const QStringList complaints = WidgetChecks::namelessControls(*m_bar)
                                   + WidgetChecks::labelsWithMarkup(*m_bar)
                                   + WidgetChecks::doubleMnemonics(*m_bar);
    QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
    auto &close = child<QToolButton>(*m_bar, u"closeMessage"_s);
    QVERIFY(close.focusPolicy() & Qt::TabFocus);
    close.setFocus();
    QTest::keyClick(&close, Qt::Key_Space);
    QVERIFY(!m_bar->isVisible());
}

LONGSHORE_UI_TEST(TestMessageBar)
#include "tst_messagebar.moc"
