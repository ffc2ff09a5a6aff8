// SPDX-License-Identifier: Apache-2.0
#include "core/base/displaytext.h"
#include "support/hostiletext.h"
#include "support/modeltext.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/views/propertyview.h"

#include <QAction>
#include <QClipboard>
#include <QLineEdit>
#include <QScrollBar>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestPropertyView : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_view.reset(); }
    void showsNamesAndValues();
    void givesTitlesTheWholeRow();
    void copiesTheWholeValueByKey();
    void copiesTheValueFromItsMenu();
    void leavesTheClipboardToTitles();
    void letsNothingHostileThrough();
    void neverScrollsSideways();
    void canBeUsedByKeyboard();

private:
    std::unique_ptr<PropertyView> m_view;
};

void TestPropertyView::init()
{
    m_view = std::make_unique<PropertyView>(u"Overview"_s);
    m_view->setProperties(
        {{u"Image"_s, {}, true}, {u"Digest"_s, u"sha256:abc"_s}, {u"Size"_s, u"1.0 KiB"_s}});
    m_view->show();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
    QGuiApplication::clipboard()->setText(u"before"_s);
}

void TestPropertyView::showsNamesAndValues()
{
    QCOMPARE(treeText(*m_view->model(), 2), u"Image | \nDigest | sha256:abc\nSize | 1.0 KiB"_s);
    m_view->setProperties({});
    QCOMPARE(m_view->model()->rowCount(), 0);
}

void TestPropertyView::givesTitlesTheWholeRow()
{
    QVERIFY(m_view->isFirstColumnSpanned(0, {}));
    QVERIFY(!m_view->isFirstColumnSpanned(1, {}));
    m_view->setProperties({{u"Digest"_s, u"sha256:abc"_s}, {u"Image"_s, {}, true}});
    QVERIFY(!m_view->isFirstColumnSpanned(0, {}));
    QVERIFY(m_view->isFirstColumnSpanned(1, {}));
}

void TestPropertyView::copiesTheWholeValueByKey()
{
    const QString value(5000, u'v'); // More than the list shows.
    m_view->setProperties({{u"Long"_s, value}});
    m_view->setCurrentIndex(m_view->model()->index(0, 1));
    QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), value);
}

void TestPropertyView::copiesTheValueFromItsMenu()
{
    QCOMPARE(m_view->contextMenuPolicy(), Qt::ActionsContextMenu);
    QCOMPARE(m_view->actions().size(), qsizetype(1));
    m_view->setCurrentIndex({});
    m_view->actions().first()->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"before"_s);
    chooseRow(*m_view, u"Size"_s);
    m_view->actions().first()->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"1.0 KiB"_s);
}

void TestPropertyView::leavesTheClipboardToTitles()
{
    chooseRow(*m_view, u"Image"_s);
    QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"before"_s);
}

void TestPropertyView::letsNothingHostileThrough()
{
    QList<Property> properties;
    for (const QString &sample : HostileText::samples())
        properties.append({displayText(sample), sample});
    m_view->setProperties(properties);
    QCOMPARE(HostileText::complaintsAbout(*m_view->model()), QStringList());
}

void TestPropertyView::neverScrollsSideways()
{
    m_view->setProperties({{u"Long"_s, QString(500, u'W')}});
    m_view->resize(300, 200);
    QVERIFY(!m_view->horizontalScrollBar()->isVisible());
    QVERIFY(m_view->minimumSizeHint().width() < 300);
}

void TestPropertyView::canBeUsedByKeyboard()
{
    const QStringList complaints = WidgetChecks::complaintsAbout(*m_view);
    QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
    QCOMPARE(m_view->accessibleName(), u"Overview"_s);
    QTest::keyClick(m_view.get(), Qt::Key_Home);
    QTest::keyClick(m_view.get(), Qt::Key_Down);
    QCOMPARE(m_view->currentIndex().row(), 1);
    QTest::keyClick(m_view.get(), Qt::Key_F2); // Nothing can be edited here.
    QVERIFY(!m_view->findChild<QLineEdit *>());
}

LONGSHORE_UI_TEST(TestPropertyView)
#include "tst_propertyview.moc"
