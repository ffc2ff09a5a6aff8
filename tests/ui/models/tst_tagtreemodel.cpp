// SPDX-License-Identifier: Apache-2.0
#include "support/modeltext.h"
#include "support/uitest.h"
#include "ui/models/tagtreemodel.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QSignalSpy>
#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestTagTreeModel : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void takesPagesAndLeavesOutDuplicates();
    void insertsAPageAtOnce();
    void filters();
    void sortsWithUnreadRowsAtTheEnd();
    void keepsSelectionAndPersistentIndexesOverASort();
    void doesNotMoveRowsWhenDetailsArrive();
    void removesTags();
    void holdsAHundredThousandTags();

private:
    [[nodiscard]] static TagRow details(const QByteArray &name, qint64 size);
    void addDetails(const QString &tag, qint64 size)
    {
        m_model->setDetails(tag, details(tag.toUtf8(), size));
    }

    std::unique_ptr<TagTreeModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestTagTreeModel::init()
{
    m_model = std::make_unique<TagTreeModel>();
    m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get());
    m_tester->setUseFetchMore(false); // Each fetch would be a request.
}

void TestTagTreeModel::cleanup()
{
    m_tester.reset();
    m_model.reset();
}

TagRow TestTagTreeModel::details(const QByteArray &name, qint64 size)
{
    TagRow row{{MediaType::ociIndex(), Digest::ofBytes(name), 400},
               QDateTime(QDate(2025, 1, 1), QTime(0, 0), Qt::UTC).addSecs(size),
               size,
               {u"linux/amd64"_s},
               {}};
    const QByteArray image = name + "child";
    const QByteArray about = name + "about";
    row.children.append(
        {{MediaType::ociManifest(), Digest::ofBytes(image), 300}, u"linux/amd64"_s, false});
    row.children.append(
        {{MediaType::ociManifest(), Digest::ofBytes(about), 200}, u"attestation"_s, true});
    return row;
}

void TestTagTreeModel::takesPagesAndLeavesOutDuplicates()
{
    m_model->appendTags({u"b"_s, u"a"_s, u"b"_s});
    m_model->appendTags({u"a"_s, u"c"_s});
    QCOMPARE(treeText(*m_model), u"b\na\nc"_s); // The server's order, until somebody sorts.
    QCOMPARE(m_model->tagCount(), qsizetype(3));
    m_model->clear();
    QCOMPARE(m_model->rowCount(), 0);
    m_model->appendTags({u"a"_s});
    QCOMPARE(treeText(*m_model), u"a"_s);
}

void TestTagTreeModel::insertsAPageAtOnce()
{
    QStringList page;
    for (int i = 0; i < 1000; ++i)
        page.append(u"tag%1"_s.arg(i));
    const QSignalSpy insertions(m_model.get(), &QAbstractItemModel::rowsInserted);
    m_model->appendTags(page);
    m_model->appendTags(page); // Nothing new: no signal for zero rows.
    QCOMPARE(insertions.size(), qsizetype(1));
}

void TestTagTreeModel::filters()
{
    m_model->appendTags({u"1.0"_s, u"1.0-alpine"_s, u"2.0-alpine"_s});
    m_model->setFilter(u"alpine 1"_s);
    QCOMPARE(treeText(*m_model), u"1.0-alpine"_s);
    m_model->appendTags({u"1.1-alpine"_s, u"3.0"_s});
    QCOMPARE(treeText(*m_model), u"1.0-alpine\n1.1-alpine"_s);
    QCOMPARE(m_model->shownCount(), qsizetype(2));
    QCOMPARE(m_model->tagCount(), qsizetype(5));
    QVERIFY(!m_model->find(u"3.0"_s).isValid());
    m_model->setFilter(u"nothing"_s);
    QCOMPARE(m_model->rowCount(), 0);
    m_model->setFilter({});
    QCOMPARE(m_model->rowCount(), 5);
}

void TestTagTreeModel::sortsWithUnreadRowsAtTheEnd()
{
    m_model->appendTags({u"unread10"_s, u"large"_s, u"unread9"_s, u"small"_s});
    addDetails(u"large"_s, 30);
    addDetails(u"small"_s, 10);
    const auto names = [this] {
        QStringList result;
        for (int row = 0; row < m_model->rowCount(); ++row)
            result.append(m_model->index(row, 0).data().toString());
        return result;
    };
    for (const int column : {TagTreeModel::SizeColumn, TagTreeModel::CreatedColumn}) {
        m_model->sort(column, Qt::AscendingOrder);
        QCOMPARE(names(), QStringList({u"small"_s, u"large"_s, u"unread9"_s, u"unread10"_s}));
        m_model->sort(column, Qt::DescendingOrder);
        QCOMPARE(names(), QStringList({u"large"_s, u"small"_s, u"unread9"_s, u"unread10"_s}));
    }
    m_model->sort(TagTreeModel::NameColumn, Qt::DescendingOrder);
    QCOMPARE(names(), QStringList({u"unread10"_s, u"unread9"_s, u"small"_s, u"large"_s}));
}

void TestTagTreeModel::keepsSelectionAndPersistentIndexesOverASort()
{
    m_model->appendTags({u"c"_s, u"a"_s, u"b"_s});
    addDetails(u"a"_s, 1);
    QItemSelectionModel selection(m_model.get());
    selection.select(m_model->find(u"c"_s), QItemSelectionModel::Select);
    selection.setCurrentIndex(m_model->find(u"a"_s), QItemSelectionModel::Select);
    const QPersistentModelIndex child = m_model->index(0, 2, m_model->find(u"a"_s));
    const QPersistentModelIndex cell = m_model->find(u"b"_s).siblingAtColumn(3);
    m_model->sort(TagTreeModel::NameColumn, Qt::AscendingOrder);
    QCOMPARE(m_model->find(u"c"_s).row(), 2);
    QStringList selected;
    for (const QModelIndex &index : selection.selectedIndexes())
        selected.append(index.data().toString());
    selected.sort();
    QCOMPARE(selected, QStringList({u"a"_s, u"c"_s}));
    QCOMPARE(selection.currentIndex(), m_model->find(u"a"_s));
    QCOMPARE(QModelIndex(child), m_model->index(0, 2, m_model->find(u"a"_s)));
    QCOMPARE(cell.row(), 1);
    QCOMPARE(cell.column(), 3);
}

void TestTagTreeModel::doesNotMoveRowsWhenDetailsArrive()
{
    m_model->appendTags({u"a"_s, u"b"_s});
    m_model->sort(TagTreeModel::SizeColumn, Qt::DescendingOrder);
    const QSignalSpy moves(m_model.get(), &QAbstractItemModel::layoutChanged);
    addDetails(u"b"_s, 100);
    QCOMPARE(moves.size(), qsizetype(0));
    QCOMPARE(m_model->index(0, 0).data().toString(), u"a"_s);
}

void TestTagTreeModel::removesTags()
{
    m_model->appendTags({u"a"_s, u"b"_s, u"c"_s});
    addDetails(u"b"_s, 1);
    m_model->removeTags({u"b"_s, u"unknown"_s});
    QCOMPARE(treeText(*m_model), u"a\nc"_s);
    QCOMPARE(m_model->readCount(), qsizetype(0));
    QVERIFY(!m_model->find(u"b"_s).isValid());
    m_model->appendTags({u"b"_s}); // Pushed again.
    QCOMPARE(m_model->tagCount(), qsizetype(3));
    QCOMPARE(m_model->unreadOf({u"b"_s}), QStringList{u"b"_s});
}

void TestTagTreeModel::holdsAHundredThousandTags()
{
    m_tester.reset(); // It would look at every row at every step.
    QStringList page;
    for (int i = 0; i < 100'000; ++i)
        page.append(u"1.0.%1"_s.arg(i));
    m_model->appendTags(page);
    m_model->sort(TagTreeModel::NameColumn, Qt::DescendingOrder);
    QCOMPARE(m_model->index(0, 0).data().toString(), u"1.0.99999"_s);
    m_model->setFilter(u"777"_s);
    QVERIFY(m_model->rowCount() > 0 && m_model->rowCount() < 1000);
    m_model->removeTags(page);
    QCOMPARE(m_model->tagCount(), qsizetype(0));
}

LONGSHORE_UI_TEST(TestTagTreeModel)
#include "tst_tagtreemodel.moc"
