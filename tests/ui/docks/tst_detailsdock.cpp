// SPDX-License-Identifier: Apache-2.0
#include "support/modeltext.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/docks/detailsdock.h"
#include "ui/views/propertyview.h"

#include <QHeaderView>

using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// What it does with the list is tested with PropertyView.
class TestDetailsDock : public QObject
{
    Q_OBJECT

private slots:
    void showsWhatIsSelected();
    void saysThatNothingIsSelected();
    void staysNarrowWhateverIsSelected();
    void canBeUsedByKeyboard();
};

static QString text(const DetailsDock &dock)
{
    return treeText(*child<PropertyView>(dock, u"properties"_s).model(), 2);
}

void TestDetailsDock::showsWhatIsSelected()
{
    DetailsDock dock;
    dock.showProperties({{u"Tag"_s, u"latest"_s}});
    QCOMPARE(text(dock), u"Tag | latest"_s);
    QVERIFY(!child<PropertyView>(dock, u"properties"_s).isFirstColumnSpanned(0, {}));
}

void TestDetailsDock::saysThatNothingIsSelected()
{
    DetailsDock dock;
    dock.showProperties({{u"Tag"_s, u"latest"_s}});
    dock.showProperties({});
    QCOMPARE(text(dock), u"Nothing is selected | "_s);
    QVERIFY(child<PropertyView>(dock, u"properties"_s).isFirstColumnSpanned(0, {}));
}

void TestDetailsDock::staysNarrowWhateverIsSelected()
{
    DetailsDock dock;
    dock.showProperties({{QString(512, u'W'), QString(10'000, u'W')}});
    dock.show();
    QVERIFY(dock.minimumSizeHint().width() < 300);
}

void TestDetailsDock::canBeUsedByKeyboard()
{
    DetailsDock dock;
    dock.showProperties({});
    dock.show();
    QVERIFY(QTest::qWaitForWindowActive(&dock));
    const QStringList complaints = WidgetChecks::complaintsAbout(dock);
    QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
    QCOMPARE(dock.objectName(), u"detailsDock"_s); // The saved layout goes by it.
    QVERIFY(child<PropertyView>(dock, u"properties"_s).header()->isHidden());
}

LONGSHORE_UI_TEST(TestDetailsDock)
#include "tst_detailsdock.moc"
