// SPDX-License-Identifier: Apache-2.0
#include "support/modeltext.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/docks/registriesdock.h"
#include "ui/views/registrytreeview.h"

#include <QLineEdit>

using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestRegistriesDock : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void filtersTheTree();
    void goesOnInTheTreeWithAFirstRow();
    void goesOnInTheTreeWhereSomebodyWas();
    void opensAConnectionThatIsRevealed();
    void selectsARepositoryThatIsRevealed();
    void leavesTheTreeToWhoWorksInIt();
    void canBeUsedByKeyboard();

private:
    [[nodiscard]] QLineEdit &filter() const
    {
        return child<QLineEdit>(*m_dock, u"filterRegistries"_s);
    }
    [[nodiscard]] QString current() const
    {
        return m_dock->tree().currentIndex().data().toString();
    }

    std::unique_ptr<RegistryTreeModel> m_model;
    std::unique_ptr<RegistriesDock> m_dock;
};

void TestRegistriesDock::init()
{
    m_model = std::make_unique<RegistryTreeModel>();
    m_model->setConnections({{u"1"_s, u"first"_s, u"a"_s}, {u"2"_s, u"second"_s, u"b"_s}});
    for (const QString &id : {u"1"_s, u"2"_s}) {
        m_model->setState(id, RegistryTreeModel::State::Ready);
        m_model->appendRepositories(id, {u"team/app"_s, u"web"_s});
    }
    m_dock = std::make_unique<RegistriesDock>(*m_model);
    m_dock->show();
    QVERIFY(QTest::qWaitForWindowActive(m_dock.get()));
    filter().setFocus();
}

void TestRegistriesDock::cleanup()
{
    m_dock.reset();
    m_model.reset();
}

void TestRegistriesDock::filtersTheTree()
{
    fillIn(*m_dock, u"filterRegistries"_s, u"web"_s);
    QTRY_COMPARE(treeText(*m_model), u"first\n  web\nsecond\n  web"_s);
    fillIn(*m_dock, u"filterRegistries"_s, u"nothing"_s);
    QTRY_COMPARE(treeText(*m_model), u"first\nsecond"_s); // Connections stay in sight.
    QTest::keyClick(&filter(), Qt::Key_Escape);
    QTRY_VERIFY(treeText(*m_model).contains("app"_L1));
}

void TestRegistriesDock::goesOnInTheTreeWithAFirstRow()
{
    m_dock->tree().setCurrentIndex({});
    QTest::keyClick(&filter(), Qt::Key_Down);
    QVERIFY(m_dock->tree().hasFocus());
    QCOMPARE(current(), u"first"_s);
}

void TestRegistriesDock::goesOnInTheTreeWhereSomebodyWas()
{
    m_dock->tree().setCurrentIndex(m_model->find(u"2"_s, u"web"_s));
    QTest::keyClick(&filter(), Qt::Key_Escape);
    QVERIFY(m_dock->tree().hasFocus());
    QCOMPARE(m_dock->tree().currentIndex(), m_model->find(u"2"_s, u"web"_s));
}

void TestRegistriesDock::opensAConnectionThatIsRevealed()
{
    m_dock->revealConnection(u"2"_s);
    QCOMPARE(current(), u"second"_s);
    QVERIFY(m_dock->tree().isExpanded(m_dock->tree().currentIndex()));
}

void TestRegistriesDock::selectsARepositoryThatIsRevealed()
{
    m_dock->revealRepository(u"2"_s, u"team/app"_s);
    QCOMPARE(m_dock->tree().currentIndex(), m_model->find(u"2"_s, u"team/app"_s));
    m_dock->revealRepository(u"2"_s, u"not/listed"_s);
    m_dock->revealRepository(u"3"_s, u"team/app"_s);
    QCOMPARE(m_dock->tree().currentIndex(), m_model->find(u"2"_s, u"team/app"_s));
}

void TestRegistriesDock::leavesTheTreeToWhoWorksInIt()
{
    m_dock->revealConnection(u"1"_s);
    m_dock->tree().setFocus();
    m_dock->revealRepository(u"2"_s, u"team/app"_s);
    QCOMPARE(current(), u"first"_s);
}

void TestRegistriesDock::canBeUsedByKeyboard()
{
    const QStringList complaints = WidgetChecks::complaintsAbout(*m_dock);
    QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
    QCOMPARE(m_dock->objectName(), u"registriesDock"_s); // The saved layout goes by it.
    QVERIFY(!m_dock->windowTitle().isEmpty());
}

LONGSHORE_UI_TEST(TestRegistriesDock)
#include "tst_registriesdock.moc"
