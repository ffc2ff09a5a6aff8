// SPDX-License-Identifier: Apache-2.0
#include "support/uitest.h"
#include "ui/format/tintedicon.h"
#include "ui/mainwindow/theme.h"
#include "ui/views/iconlabel.h"

#include <QStyle>
#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using Theme = WindowSettings::Theme;

class TestIconLabel : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { applyTheme(Theme::System); }
    void isAsSmallAsOtherIcons();
    void takesAnotherIcon();
    void followsTheColoursWhileItIsShown();
};

void TestIconLabel::isAsSmallAsOtherIcons()
{
    const IconLabel label(tintedIcon(u"warning"_s));
    QCOMPARE(label.sizeHint().height(), label.style()->pixelMetric(QStyle::PM_SmallIconSize));
}

void TestIconLabel::takesAnotherIcon()
{
    IconLabel label(tintedIcon(u"warning"_s));
    const QImage warning = label.pixmap().toImage();
    label.setIcon(tintedIcon(u"info"_s));
    QVERIFY(label.pixmap().toImage() != warning);
    label.setIcon({});
    QVERIFY(label.pixmap().isNull());
}

void TestIconLabel::followsTheColoursWhileItIsShown()
{
    applyTheme(Theme::Light);
    IconLabel label(tintedIcon(u"warning"_s, Tint::Warning));
    label.show();
    const QImage onLight = label.pixmap().toImage();
    applyTheme(Theme::Dark);
    QTRY_VERIFY(label.pixmap().toImage() != onLight);
}

LONGSHORE_UI_TEST(TestIconLabel)
#include "tst_iconlabel.moc"
