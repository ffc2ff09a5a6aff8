// SPDX-License-Identifier: Apache-2.0
#include "support/contrast.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/views/productionband.h"

#include <QAction>
#include <QLabel>
#include <QToolButton>

using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestProductionBand : public QObject
{
    Q_OBJECT

private slots:
    void namesTheRegistry();
    void offersToAllowChanges();
    void canBeRead();
};

void TestProductionBand::namesTheRegistry()
{
    ProductionBand band;
    QVERIFY(band.isHidden());
    band.showHost(u"registry.example"_s, false);
    QVERIFY(!band.isHidden());
    const auto &text = child<QLabel>(band, u"productionText"_s);
    QCOMPARE(text.text(), u"Production: \u2068registry.example\u2069. It is only read from."_s);
    band.showHost(u"registry.example"_s, true);
    QVERIFY(text.text().contains("Changes are allowed"_L1));
    QCOMPARE(text.accessibleName(), text.text());
    band.showHost({}, false);
    QVERIFY(band.isHidden());
}

void TestProductionBand::offersToAllowChanges()
{
    QAction action(u"Allow Changes"_s);
    action.setObjectName(u"allowChanges"_s);
    ProductionBand band(&action);
    band.showHost(u"registry.example"_s, false);
    QVERIFY(QTest::qWaitForWindowActive(&band));
    int count = 0;
    connect(&action, &QAction::triggered, this, [&] { ++count; });
    press(band, u"allowChangesButton"_s);
    QCOMPARE(count, 1);
    const QStringList complaints = WidgetChecks::complaintsAbout(band);
    QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
}

void TestProductionBand::canBeRead()
{
    ProductionBand band;
    const QPalette colours = band.palette();
    QVERIFY(contrast(colours.color(QPalette::Window), colours.color(QPalette::WindowText)) > 4.5);
}

LONGSHORE_UI_TEST(TestProductionBand)
#include "tst_productionband.moc"
