// SPDX-License-Identifier: Apache-2.0
#include "support/testwindow.h"
#include "support/uitest.h"
#include "ui/models/tablerole.h"
#include "ui/views/filteredtable.h"
#include "ui/views/placeholder.h"

#include <QAction>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardItemModel>

using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestFilteredTable : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_table.reset(); }
    void showsItsRowsAsTheModelHasThem();
    void saysWhyThereIsNothing();
    void filtersByEveryWordOfARow();
    void saysThatNothingMatches();
    void sortsByWhatThingsAre();
    void tellsRowsOfTheModel();
    void offersToTryAgain();

private:
    void add(const QString &name, int size);
    [[nodiscard]] QString headline() const
    {
        const auto &placeholder = *m_table->findChild<Placeholder *>();
        return placeholder.isVisible() ? placeholder.headline() : QString();
    }
    void filter(const QString &text)
    {
        auto &line = *m_table->findChild<QLineEdit *>();
        line.setText(text);
        QTest::keyClick(&line, Qt::Key_Return); // Applies it without a wait.
    }

    std::unique_ptr<QStandardItemModel> m_model;
    std::unique_ptr<FilteredTable> m_table;
};

void TestFilteredTable::init()
{
    m_table.reset();
    m_model = std::make_unique<QStandardItemModel>(0, 2);
    m_table = std::make_unique<FilteredTable>(
        *m_model, FilteredTable::Names{u"things"_s, u"Things"_s, u"Find"_s});
    m_table->show();
    QVERIFY(QTest::qWaitForWindowActive(m_table.get()));
    add(u"b"_s, 10);
    add(u"a"_s, 9);
}

void TestFilteredTable::add(const QString &name, int size)
{
    auto *first = new QStandardItem(name);
    first->setData(name, SortRole);
    first->setData(QString(name + u" secret-"_s + name), SearchRole);
    auto *second = new QStandardItem(QString::number(size));
    second->setData(size, SortRole);
    m_model->appendRow({first, second});
}

void TestFilteredTable::showsItsRowsAsTheModelHasThem()
{
    m_table->showRows({}, {});
    QCOMPARE(m_table->shownRows(), (QList<int>{0, 1}));
    QVERIFY(m_table->view().isVisible());
    QCOMPARE(m_table->view().accessibleName(), u"Things"_s);
    QCOMPARE(m_table->findChild<QLineEdit *>()->objectName(), u"thingsFilter"_s);
    QCOMPARE(m_table->selectedRows(), QList<int>{0}); // The keyboard has where to begin.
}

void TestFilteredTable::saysWhyThereIsNothing()
{
    m_table->showLoading(u"Reading"_s);
    QCOMPARE(headline(), u"Reading"_s);
    m_model->removeRows(0, 2);
    m_table->showRows(u"Nothing here."_s, {});
    QCOMPARE(headline(), u"Nothing here."_s);
}

void TestFilteredTable::filtersByEveryWordOfARow()
{
    m_table->showRows({}, {});
    filter(u"SECRET-a"_s);
    QCOMPARE(m_table->shownRows(), QList<int>{1});
}

void TestFilteredTable::saysThatNothingMatches()
{
    m_table->showRows({}, {});
    filter(u"zebra"_s);
    QCOMPARE(headline(), u"Nothing matches."_s);
    QVERIFY(m_table->selectedRows().isEmpty());
    press(*m_table, u"clearFilterButton"_s);
    QTRY_VERIFY(m_table->view().isVisible());
    QCOMPARE(m_table->shownRows().size(), qsizetype(2));
}

void TestFilteredTable::sortsByWhatThingsAre()
{
    m_table->showRows({}, {});
    m_table->view().sortByColumn(1, Qt::AscendingOrder); // As texts, "10" comes before "9".
    QCOMPARE(m_table->shownRows(), (QList<int>{1, 0}));
}

void TestFilteredTable::tellsRowsOfTheModel()
{
    m_table->showRows({}, {});
    m_table->view().sortByColumn(0, Qt::AscendingOrder);
    QSignalSpy activated(m_table.get(), &FilteredTable::activated);
    m_table->view().setCurrentIndex(m_table->view().model()->index(0, 0));
    QCOMPARE(m_table->selectedRows(), QList<int>{1});
    m_table->view().setFocus();
    QTest::keyClick(&m_table->view(), Qt::Key_Return);
    QCOMPARE(activated.size(), qsizetype(1));
    QCOMPARE(activated.first().first().toInt(), 1);
}

void TestFilteredTable::offersToTryAgain()
{
    QAction retry(u"Again"_s);
    retry.setObjectName(u"again"_s);
    QSignalSpy triggered(&retry, &QAction::triggered);
    m_table->showFailure(u"It failed."_s, u"why"_s, &retry);
    QCOMPARE(headline(), u"It failed."_s);
    press(*m_table, u"againButton"_s);
    QCOMPARE(triggered.size(), qsizetype(1));
}

LONGSHORE_UI_TEST(TestFilteredTable)
#include "tst_filteredtable.moc"
