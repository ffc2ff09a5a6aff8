// SPDX-License-Identifier: Apache-2.0
#include "support/testwindow.h"
#include "support/uitest.h"
#include "ui/docks/transfersdock.h"

#include <QClipboard>
#include <QTreeView>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using RowState = TransferRow::State;

/// Which transfers are shown, and what is below each.
class TestTransfersDockGroups : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void showsOneGroupOnly();
    void actsOnNothingThatIsHidden();
    void showsAllWhenTheGroupIsEmpty();
    void offersToSignIn();
    void expandsByKey();
    void copiesTheDigestOfABlob();
    void staysExpandedWhileBytesArrive();

private:
    [[nodiscard]] QAction &action(const QString &name) const
    {
        return child<QAction>(*m_dock, name);
    }
    [[nodiscard]] QTreeView &list() const { return child<QTreeView>(*m_dock, u"transfers"_s); }

    TransferQueue m_queue;
    std::unique_ptr<TransferListModel> m_model;
    std::unique_ptr<TransferPresenter> m_presenter;
    std::unique_ptr<TransfersDock> m_dock;
};

static TransferRow row(quint64 id, RowState state)
{
    return {id, u"file%1"_s.arg(id), u"app:1, layer 1"_s, u"/tmp/file%1"_s.arg(id), state};
}

void TestTransfersDockGroups::init()
{
    m_model = std::make_unique<TransferListModel>();
    m_presenter = std::make_unique<TransferPresenter>(m_queue, *m_model);
    m_dock = std::make_unique<TransfersDock>(*m_presenter, *m_model);
    m_dock->show();
    QVERIFY(QTest::qWaitForWindowActive(m_dock.get()));
}

void TestTransfersDockGroups::cleanup()
{
    m_dock.reset();
    m_presenter.reset();
    m_model.reset();
}

void TestTransfersDockGroups::showsOneGroupOnly()
{
    m_model->update(row(1, RowState::Running));
    m_model->update(row(2, RowState::Paused));
    m_model->update(row(3, RowState::Failed));
    m_model->update(row(4, RowState::Finished));
    const auto shown = [this] {
        QList<int> rows;
        for (int row = 0; row < m_model->rowCount(); ++row) {
            if (!list().isRowHidden(row, {}))
                rows.append(row);
        }
        return rows;
    };
    QCOMPARE(shown(), QList<int>({0, 1, 2, 3}));
    for (int chip = 1; chip <= 4; ++chip) {
        press(*m_dock, u"chip%1"_s.arg(chip));
        QCOMPARE(shown(), QList<int>{chip - 1});
    }
    m_model->update(row(1, RowState::Finished));
    QCOMPARE(shown(), QList<int>({0, 3}));
    m_model->update(row(5, RowState::Waiting)); // Nobody misses a new one.
    QCOMPARE(shown().size(), qsizetype(5));
}

void TestTransfersDockGroups::actsOnNothingThatIsHidden()
{
    m_model->update(row(1, RowState::Failed));
    m_model->update(row(2, RowState::Running));
    list().selectAll();
    press(*m_dock, u"chip3"_s); // Failed.
    QCOMPARE(list().selectionModel()->selectedRows().size(), qsizetype(1));
    QVERIFY(!action(u"cancelTransfer"_s).isEnabled());
    QVERIFY(action(u"retryTransfer"_s).isEnabled());
}

void TestTransfersDockGroups::showsAllWhenTheGroupIsEmpty()
{
    m_model->update(row(1, RowState::Failed));
    m_model->update(row(2, RowState::Running));
    press(*m_dock, u"chip3"_s);
    QVERIFY(list().isRowHidden(1, {}));
    m_model->update(row(1, RowState::Running));
    QVERIFY(!list().isRowHidden(0, {}) && !list().isRowHidden(1, {}));
}

void TestTransfersDockGroups::offersToSignIn()
{
    TransferRow refused = row(1, RowState::Failed);
    refused.error = Error{Error::Kind::NotFound, u"It is gone."_s};
    m_model->update(refused);
    QVERIFY(!action(u"signInTransfer"_s).isVisible());
    refused.error = Error{Error::Kind::Unauthorized, u"The token has expired."_s};
    m_model->update(refused);
    QVERIFY(!action(u"signInTransfer"_s).isVisible()); // It would be of no use.
    QVERIFY(belongsTo(TransferGroup::Failed, refused));
    refused.canSignIn = true;
    m_model->update(refused);
    QVERIFY(action(u"signInTransfer"_s).isVisible() && action(u"signInTransfer"_s).isEnabled());
    const QString status = m_model->index(0).data(TransferListModel::StatusRole).toString();
    QVERIFY2(status.startsWith(u"Waiting for sign-in"_s), qPrintable(status));
    QVERIFY(belongsTo(TransferGroup::Waiting, refused));
    QVERIFY(!belongsTo(TransferGroup::Failed, refused));
}

static TransferRow withBlob(quint64 id, RowState state)
{
    TransferRow result = row(id, state);
    result.parts = {{{MediaType(), Digest::ofBytes("a"), 1}, 1, TransferPartRow::State::Arrived}};
    return result;
}

/// Arrows open and close a row as in every tree, Enter where there is no folder to open.
void TestTransfersDockGroups::expandsByKey()
{
    m_model->update(withBlob(1, RowState::Failed));
    const QModelIndex transfer = m_model->index(0);
    QVERIFY(!list().isExpanded(transfer));
    QTest::keyClick(&list(), Qt::Key_Right);
    QVERIFY(list().isExpanded(transfer));
    QTest::keyClick(&list(), Qt::Key_Left);
    QVERIFY(!list().isExpanded(transfer));
    QTest::keyClick(&list(), Qt::Key_Return);
    QVERIFY(list().isExpanded(transfer));
    QTest::keyClick(&list(), Qt::Key_Down);
    QCOMPARE(list().currentIndex().parent(), transfer);
    m_model->update(row(2, RowState::Waiting)); // Nothing of it is about the first one.
    QVERIFY(list().isExpanded(transfer));
    QVERIFY(!list().isExpanded(m_model->index(1)));
}

/// Of what is below a transfer nothing can be paused or removed: whoever wants that chooses the transfer.
void TestTransfersDockGroups::copiesTheDigestOfABlob()
{
    m_model->update(withBlob(1, RowState::Running));
    const QModelIndex transfer = m_model->index(0);
    list().expand(transfer);
    QVERIFY(action(u"cancelTransfer"_s).isEnabled());
    list().setCurrentIndex(m_model->index(m_model->rowCount(transfer) - 1, 0, transfer));
    QVERIFY(action(u"copyTransfer"_s).isEnabled());
    QVERIFY(action(u"copyTransfer"_s).text().contains(u"Digest"_s));
    for (const QString &name : {u"pauseTransfer"_s, u"cancelTransfer"_s, u"moveTransferUp"_s})
        QVERIFY(!action(name).isEnabled());
    QTest::keyClick(&list(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), Digest::ofBytes("a").toString());
    list().collapse(transfer); // What nobody sees is not selected, and no place for the keyboard.
    QCOMPARE(list().currentIndex(), transfer);
    QVERIFY(!action(u"copyTransfer"_s).text().contains(u"Digest"_s));
    for (const QModelIndex &selected : list().selectionModel()->selectedRows())
        QVERIFY(!selected.parent().isValid());
}

/// It stays expanded, and what is selected below it stays selected.
void TestTransfersDockGroups::staysExpandedWhileBytesArrive()
{
    TransferRow running = withBlob(1, RowState::Running);
    m_model->update(running);
    const QModelIndex transfer = m_model->index(0);
    list().expand(transfer);
    list().setCurrentIndex(m_model->index(m_model->rowCount(transfer) - 1, 0, transfer));
    const QPersistentModelIndex blob = list().currentIndex();
    running.done = 5;
    m_model->update(running);
    QCOMPARE(list().currentIndex(), QModelIndex(blob));
    QVERIFY(list().selectionModel()->isSelected(blob));
    m_model->update(row(1, RowState::Waiting)); // Nobody knows its blobs any more.
    m_model->update(running);
    QVERIFY(list().isExpanded(transfer));
    QVERIFY(m_model->isPart(m_model->index(m_model->rowCount(transfer) - 1, 0, transfer)));
}

LONGSHORE_UI_TEST(TestTransfersDockGroups)
#include "tst_transfersdock_groups.moc"
