// SPDX-License-Identifier: Apache-2.0
#include "support/hostiletext.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/views/registrytreeview.h"

#include <QSignalSpy>

using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using State = RegistryTreeModel::State;

class TestRegistryTreeView : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void opensWhatIsARepository();
    void opensAConnection();
    void doesNothingForWhatIsNeither();
    void showsAllMatchesAndThenWhatWasOpenBefore();
    void forgetsWhatWasDoneWhileFiltering();
    void keepsTheCurrentRowWhileItMatches();
    void leavesManyMatchesClosed();
    void opensAgainWhatWasOpenBeforeAReload();
    void letsNothingHostileThrough();
    void canBeUsedByKeyboard();

private:
    [[nodiscard]] QModelIndex row(const QString &text) const { return rowOf(*m_view, text); }

    std::unique_ptr<RegistryTreeModel> m_model;
    std::unique_ptr<RegistryTreeView> m_view;
};

void TestRegistryTreeView::init()
{
    m_model = std::make_unique<RegistryTreeModel>();
    m_model->setConnections({{u"1"_s, u"host"_s, u"host:5000"_s}});
    m_model->setState(u"1"_s, State::Ready);
    m_model->appendRepositories(u"1"_s, {u"alpine"_s, u"team/app"_s, u"team/web"_s, u"x/y/z"_s});
    m_view = std::make_unique<RegistryTreeView>(*m_model);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
}

void TestRegistryTreeView::cleanup()
{
    m_view.reset();
    m_model.reset();
}

void TestRegistryTreeView::opensWhatIsARepository()
{
    QSignalSpy activated(m_view.get(), &RegistryTreeView::repositoryActivated);
    m_view->expandAll();
    m_view->setCurrentIndex(row(u"app"_s));
    QTest::keyClick(m_view.get(), Qt::Key_Return);
    QCOMPARE(activated.size(), qsizetype(1));
    QCOMPARE(activated.first(), QVariantList({u"1"_s, u"team/app"_s}));
}

void TestRegistryTreeView::opensAConnection()
{
    QSignalSpy activated(m_view.get(), &RegistryTreeView::connectionActivated);
    m_view->setCurrentIndex(row(u"host"_s));
    QTest::keyClick(m_view.get(), Qt::Key_Return);
    QCOMPARE(activated.size(), qsizetype(1));
    QCOMPARE(activated.first(), QVariantList{u"1"_s});
}

void TestRegistryTreeView::doesNothingForWhatIsNeither()
{
    m_model->setState(u"1"_s, State::Failed, u"No server answers."_s);
    const QSignalSpy repository(m_view.get(), &RegistryTreeView::repositoryActivated);
    const QSignalSpy connection(m_view.get(), &RegistryTreeView::connectionActivated);
    emit m_view->activated(row(u"team"_s));
    emit m_view->activated(row(u"No server answers."_s));
    QCOMPARE(repository.size() + connection.size(), qsizetype(0));
}

void TestRegistryTreeView::showsAllMatchesAndThenWhatWasOpenBefore()
{
    m_view->expand(row(u"host"_s));
    m_view->expand(row(u"x"_s));
    m_model->setFilter(u"app"_s);
    QVERIFY(m_view->isExpanded(row(u"host"_s)) && m_view->isExpanded(row(u"team"_s)));
    m_model->setFilter({});
    QVERIFY(m_view->isExpanded(row(u"host"_s)) && m_view->isExpanded(row(u"x"_s)));
    QVERIFY(!m_view->isExpanded(row(u"team"_s)) && !m_view->isExpanded(row(u"y"_s)));
}

void TestRegistryTreeView::forgetsWhatWasDoneWhileFiltering()
{
    m_view->expand(row(u"host"_s));
    m_model->setFilter(u"app"_s);
    m_view->collapse(row(u"host"_s));
    m_view->expand(row(u"team"_s));
    m_model->setFilter({});
    QVERIFY(m_view->isExpanded(row(u"host"_s)));
    QVERIFY(!m_view->isExpanded(row(u"team"_s)));
}

void TestRegistryTreeView::keepsTheCurrentRowWhileItMatches()
{
    m_view->setCurrentIndex(row(u"web"_s));
    m_model->setFilter(u"team"_s);
    QCOMPARE(m_view->currentIndex(), row(u"web"_s));
    m_model->setFilter({});
    QCOMPARE(m_view->currentIndex(), row(u"web"_s));
    m_model->setFilter(u"alpine"_s);
    QVERIFY(!m_view->currentIndex().isValid());
}

void TestRegistryTreeView::leavesManyMatchesClosed()
{
    QStringList many;
    for (int i = 0; i < 10'000; ++i)
        many.append(u"many/repository%1"_s.arg(i));
    m_model->appendRepositories(u"1"_s, many);
    m_model->setFilter(u"repository"_s);
    QVERIFY(!m_view->isExpanded(row(u"many"_s)));
    m_model->setFilter(u"repository77"_s);
    QVERIFY(m_view->isExpanded(row(u"many"_s)));
}

void TestRegistryTreeView::opensAgainWhatWasOpenBeforeAReload()
{
    m_view->expand(row(u"host"_s));
    m_view->expand(row(u"team"_s));
    m_model->clearRepositories(u"1"_s);
    m_model->appendRepositories(u"1"_s, {u"team/app"_s});
    QVERIFY(m_view->isExpanded(row(u"team"_s)));
    m_model->setConnections({{u"1"_s, u"host"_s, u"host:5000"_s}, {u"2"_s, u"new"_s, u"new"_s}});
    QVERIFY(m_view->isExpanded(row(u"host"_s)) && m_view->isExpanded(row(u"team"_s)));
    QVERIFY(!m_view->isExpanded(row(u"new"_s)));
}

void TestRegistryTreeView::letsNothingHostileThrough()
{
    QList<RegistryTreeModel::Connection> connections;
    for (const QString &sample : HostileText::samples())
        connections.append({QString::number(connections.size()), sample, sample});
    m_model->setConnections(connections);
    QCOMPARE(HostileText::complaintsAbout(*m_model), QStringList());
    QVERIFY(m_view->minimumSizeHint().width() < 300);
}

void TestRegistryTreeView::canBeUsedByKeyboard()
{
    const QStringList complaints = WidgetChecks::complaintsAbout(*m_view);
    QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
    QCOMPARE(m_view->accessibleName(), u"Registries"_s);
    m_view->setCurrentIndex(row(u"host"_s));
    QTest::keyClick(m_view.get(), Qt::Key_Right);
    QVERIFY(m_view->isExpanded(row(u"host"_s)));
    QTest::keyClick(m_view.get(), Qt::Key_Down);
    QCOMPARE(m_view->currentIndex(), row(u"alpine"_s));
}

LONGSHORE_UI_TEST(TestRegistryTreeView)
#include "tst_registrytreeview.moc"
