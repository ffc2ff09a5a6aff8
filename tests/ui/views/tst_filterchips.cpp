// SPDX-License-Identifier: Apache-2.0
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/views/filterchips.h"

#include <QSignalSpy>
#include <QToolButton>

using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestFilterChips : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_chips.reset(); }
    void saysHowManyThereAre();
    void choosesOneAtATime();
    void offersNothingThatIsEmpty();
    void canBeUsedByKeyboard();

private:
    [[nodiscard]] QToolButton &chip(int number) const
    {
        return child<QToolButton>(*m_chips, u"chip%1"_s.arg(number));
    }

    std::unique_ptr<FilterChips> m_chips;
};

void TestFilterChips::init()
{
    m_chips = std::make_unique<FilterChips>(QStringList{u"All"_s, u"Good"_s, u"Bad"_s});
    m_chips->setCounts({3, 1, 2});
    m_chips->show();
    QVERIFY(QTest::qWaitForWindowActive(m_chips.get()));
}

void TestFilterChips::saysHowManyThereAre()
{
    QCOMPARE(chip(0).text(), u"All (3)"_s);
    QCOMPARE(chip(2).text(), u"Bad (2)"_s);
}

void TestFilterChips::choosesOneAtATime()
{
    const QSignalSpy chosen(m_chips.get(), &FilterChips::chosenChanged);
    QCOMPARE(m_chips->chosen(), 0);
    QTest::mouseClick(&chip(2), Qt::LeftButton);
    QCOMPARE(m_chips->chosen(), 2);
    QVERIFY(!chip(0).isChecked());
    QTest::mouseClick(&chip(2), Qt::LeftButton); // Stays chosen.
    QCOMPARE(m_chips->chosen(), 2);
    QCOMPARE(chosen.size(), qsizetype(1));
}

void TestFilterChips::offersNothingThatIsEmpty()
{
    QTest::mouseClick(&chip(1), Qt::LeftButton);
    m_chips->setCounts({0, 0, 0});
    QVERIFY(chip(0).isEnabled()); // The way back.
    QVERIFY(chip(1).isEnabled()); // It is what is shown.
    QVERIFY(!chip(2).isEnabled());
}

void TestFilterChips::canBeUsedByKeyboard()
{
    chip(0).setFocus();
    QTest::keyClick(&chip(0), Qt::Key_Right);
    QCOMPARE(m_chips->chosen(), 1);
    const QStringList complaints = WidgetChecks::complaintsAbout(*m_chips);
    QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
}

LONGSHORE_UI_TEST(TestFilterChips)
#include "tst_filterchips.moc"
