// SPDX-License-Identifier: Apache-2.0
#include "support/hostiletext.h"
#include "support/uitest.h"
#include "ui/format/tooltip.h"

#include <QTest>

using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestToolTip : public QObject
{
    Q_OBJECT

private slots:
    void readsAsItWasWritten_data();
    void readsAsItWasWritten();
    void isNoneForNoText();
    void breaksLongLines();
};

void TestToolTip::readsAsItWasWritten_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("words") << u"linux/amd64"_s;
    QTest::newRow("a command") << u"apt-get update && apt-get install -y x"_s;
    QTest::newRow("markup") << u"<img src='file:///etc/hostname'><b>bold</b>"_s;
    QTest::newRow("escaped markup") << u"&lt;b&gt; &amp;"_s;
    QTest::newRow("several lines") << u"one\n<two>\nthree & four"_s;
    QTest::newRow("quotes") << u"\"a\" 'b'"_s;
}

void TestToolTip::readsAsItWasWritten()
{
    QFETCH(const QString, text);
    QCOMPARE(HostileText::readToolTip(toolTipText(text)), text);
}

void TestToolTip::isNoneForNoText()
{
    QCOMPARE(toolTipText({}), QString());
}

void TestToolTip::breaksLongLines()
{
    // Qt wraps markup only; a command of a page's length would leave the screen.
    QVERIFY(Qt::mightBeRichText(toolTipText(u"RUN "_s + QString(500, u'x'))));
}

LONGSHORE_UI_TEST(TestToolTip)
#include "tst_tooltip.moc"
