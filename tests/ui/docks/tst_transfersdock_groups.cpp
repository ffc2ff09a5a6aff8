// SPDX-License-Identifier: Apache-2.0
#include "support/testwindow.h"
#include "support/uitest.h"
#include "ui/docks/transfersdock.h"

#include <QLabel>
#include <QListView>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using RowState = TransferRow::State;

/// Which transfers are shown, and what of one.
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
    void showsPartsAndErrorsInFull();

private:
    [[nodiscard]] QAction &action(const QString &name) const
    {
        return child<QAction>(*m_dock, name);
    }
    [[nodiscard]] QListView &list() const { return child<QListView>(*m_dock, u"transfers"_s); }

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
            if (!list().isRowHidden(row))
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
    QVERIFY(list().isRowHidden(1));
    m_model->update(row(1, RowState::Running));
    QVERIFY(!list().isRowHidden(0) && !list().isRowHidden(1));
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

void TestTransfersDockGroups::showsPartsAndErrorsInFull()
{
    TransferRow failed = row(1, RowState::Failed);
    failed.error = Error{Error::Kind::NotFound, u"It is gone."_s, u"GET /v2/: 404"_s, 404};
    failed.parts = {{{MediaType(), Digest::ofBytes("a"), 1}, 1, TransferPartRow::State::Arrived}};
    m_model->update(failed);
    const auto &details = child<QWidget>(*m_dock, u"transferDetails"_s);
    QVERIFY(details.isHidden());
    QTest::keyClick(&list(), Qt::Key_Return); // There is no folder to open.
    QVERIFY(details.isVisible());
    const QString text = child<QLabel>(details, u"detailsStatus"_s).text();
    QVERIFY2(text.contains(u"It is gone."_s) && text.contains(u"404"_s), qPrintable(text));
    QCOMPARE(child<QAbstractItemView>(details, u"transferParts"_s).model()->rowCount(), 1);
    m_model->update(row(2, RowState::Waiting));
    QVERIFY(child<QAbstractItemView>(details, u"transferParts"_s).isHidden());
    list().clearSelection();
    QVERIFY(child<QLabel>(details, u"detailsTitle"_s).isHidden());
    action(u"showTransferDetails"_s).trigger();
    QVERIFY(details.isHidden());
}

LONGSHORE_UI_TEST(TestTransfersDockGroups)
#include "tst_transfersdock_groups.moc"
