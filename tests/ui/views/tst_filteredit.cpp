// SPDX-License-Identifier: Apache-2.0
#include "support/uitest.h"
#include "ui/views/filteredit.h"

#include <QSignalSpy>
#include <QTest>

using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestFilterEdit : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_edit.reset(); }
    void saysWhatItFilters();
    void tellsOnceWhenTypingStops();
    void goesOnInTheListWithTheTextApplied_data();
    void goesOnInTheListWithTheTextApplied();
    void emptiesItselfBeforeEscapeLeavesIt();
    void leavesOtherKeysToTheLine();

private:
    std::unique_ptr<FilterEdit> m_edit;
};

void TestFilterEdit::init()
{
    m_edit = std::make_unique<FilterEdit>(u"Filter tags"_s);
    m_edit->show();
    QVERIFY(QTest::qWaitForWindowActive(m_edit.get()));
}

void TestFilterEdit::saysWhatItFilters()
{
    QCOMPARE(m_edit->accessibleName(), u"Filter tags"_s);
    QCOMPARE(m_edit->placeholderText(), u"Filter tags"_s);
    QVERIFY(m_edit->isClearButtonEnabled());
}

void TestFilterEdit::tellsOnceWhenTypingStops()
{
    QSignalSpy changed(m_edit.get(), &FilterEdit::filterChanged);
    QTest::keyClicks(m_edit.get(), u"1.2"_s);
    QTRY_COMPARE(changed.size(), qsizetype(1));
    QCOMPARE(changed.first().first().toString(), u"1.2"_s);
}

void TestFilterEdit::goesOnInTheListWithTheTextApplied_data()
{
    QTest::addColumn<int>("key");
    QTest::newRow("down") << int(Qt::Key_Down);
    QTest::newRow("return") << int(Qt::Key_Return);
    QTest::newRow("enter") << int(Qt::Key_Enter);
}

void TestFilterEdit::goesOnInTheListWithTheTextApplied()
{
    QFETCH(int, key);
    QStringList order;
    connect(m_edit.get(), &FilterEdit::filterChanged, this,
            [&](const QString &text) { order.append("filter "_L1 + text); });
    connect(m_edit.get(), &FilterEdit::left, this, [&] { order.append(u"left"_s); });
    QTest::keyClicks(m_edit.get(), u"1.2"_s);
    QTest::keyClick(m_edit.get(), static_cast<Qt::Key>(key));
    QCOMPARE(order, QStringList({u"filter 1.2"_s, u"left"_s}));
    QTest::keyClick(m_edit.get(), static_cast<Qt::Key>(key));
    QCOMPARE(order.size(), qsizetype(3)); // The text is the same, so it filters no more.
}

void TestFilterEdit::emptiesItselfBeforeEscapeLeavesIt()
{
    QTest::keyClicks(m_edit.get(), u"1.2"_s);
    const QSignalSpy left(m_edit.get(), &FilterEdit::left);
    QTest::keyClick(m_edit.get(), Qt::Key_Escape);
    QCOMPARE(m_edit->text(), QString());
    QCOMPARE(left.size(), qsizetype(0));
    QTest::keyClick(m_edit.get(), Qt::Key_Escape);
    QCOMPARE(left.size(), qsizetype(1));
}

void TestFilterEdit::leavesOtherKeysToTheLine()
{
    const QSignalSpy left(m_edit.get(), &FilterEdit::left);
    QTest::keyClicks(m_edit.get(), u"a/b"_s);
    QTest::keyClick(m_edit.get(), Qt::Key_Backspace);
    QCOMPARE(m_edit->text(), u"a/"_s);
    QCOMPARE(left.size(), qsizetype(0));
}

LONGSHORE_UI_TEST(TestFilterEdit)
#include "tst_filteredit.moc"
