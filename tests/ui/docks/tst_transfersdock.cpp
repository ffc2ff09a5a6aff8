// SPDX-License-Identifier: Apache-2.0
#include "support/hostiletext.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/docks/transfersdock.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QTreeView>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using RowState = TransferRow::State;

/// What becomes of a transfer is tested with the presenter and the window; here, what is offered.
class TestTransfersDock : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void offersWhatFitsTheSelection_data();
    void offersWhatFitsTheSelection();
    void offersWhatFitsOneOfManySelected();
    void followsATransferThatEnds();
    void clearsOnlyWhenSomethingHasEnded();
    void selectsTheNewestTransfer();
    void copiesWhatBecameOfTransfers();
    void copiesByKey();
    void movesTransfersByKey();
    void opensTheFolderOfTheFirstFinished();
    void letsNothingHostileThrough();
    void canBeUsedByKeyboard();

private:
    [[nodiscard]] QAction &action(const QString &name) const
    {
        return child<QAction>(*m_dock, name);
    }
    [[nodiscard]] QTreeView &list() const { return child<QTreeView>(*m_dock, u"transfers"_s); }
    /// The names of the actions that can be used, without those that are for all of them.
    [[nodiscard]] QStringList offered() const;

    TransferQueue m_queue;
    std::unique_ptr<TransferListModel> m_model;
    std::unique_ptr<TransferPresenter> m_presenter;
    std::unique_ptr<TransfersDock> m_dock;
};

/// Stands in for the file manager.
class OpenedFolders final : public QObject
{
    Q_OBJECT

public:
    OpenedFolders() { QDesktopServices::setUrlHandler(u"file"_s, this, "open"); }
    ~OpenedFolders() override { QDesktopServices::unsetUrlHandler(u"file"_s); }

    Q_INVOKABLE void open(const QUrl &url) { paths.append(url.toLocalFile()); }

    QStringList paths;
};

static TransferRow row(quint64 id, RowState state)
{
    return {id, u"file%1"_s.arg(id), u"app:1, layer 1"_s, u"/tmp/file%1"_s.arg(id), state};
}

/// Never ends by itself.
class EndlessJob final : public ResultJob<TransferOutcome>
{
public:
    using ResultJob::ResultJob;

private:
    void doStart() override {}
};

static TransferTask waitingTask(const QString &name)
{
    return {u"/tmp/"_s + name, {}, -1, [](QObject *parent) { return new EndlessJob(parent); }};
}

void TestTransfersDock::init()
{
    m_model = std::make_unique<TransferListModel>();
    m_presenter = std::make_unique<TransferPresenter>(m_queue, *m_model);
    m_dock = std::make_unique<TransfersDock>(*m_presenter, *m_model);
    m_dock->show();
    QVERIFY(QTest::qWaitForWindowActive(m_dock.get()));
}

void TestTransfersDock::cleanup()
{
    m_dock.reset();
    m_presenter.reset();
    m_model.reset();
}

QStringList TestTransfersDock::offered() const
{
    QStringList result;
    const auto actions = list().actions();
    for (const QAction *action : actions) {
        if (action->isEnabled() && action->objectName() != "clearTransfers"_L1)
            result.append(action->objectName());
    }
    return result;
}

void TestTransfersDock::offersWhatFitsTheSelection_data()
{
    QTest::addColumn<RowState>("state");
    QTest::addColumn<QStringList>("actions");
    const QString copy = u"copyTransfer"_s;
    QTest::newRow("waiting") << RowState::Waiting
                             << QStringList{u"pauseTransfer"_s, u"cancelTransfer"_s, copy};
    QTest::newRow("running") << RowState::Running
                             << QStringList{u"pauseTransfer"_s, u"cancelTransfer"_s, copy};
    QTest::newRow("paused") << RowState::Paused
                            << QStringList{u"resumeTransfer"_s, u"cancelTransfer"_s, copy};
    QTest::newRow("finished") << RowState::Finished << QStringList{u"openFolder"_s, copy};
    QTest::newRow("failed") << RowState::Failed << QStringList{u"retryTransfer"_s, copy};
    QTest::newRow("cancelled") << RowState::Cancelled << QStringList{u"retryTransfer"_s, copy};
}

void TestTransfersDock::offersWhatFitsTheSelection()
{
    QFETCH(RowState, state);
    QFETCH(QStringList, actions);
    QCOMPARE(offered(), QStringList());
    m_model->update(row(1, state));
    QCOMPARE(offered(), actions);
    list().clearSelection();
    QCOMPARE(offered(), QStringList());
}

void TestTransfersDock::offersWhatFitsOneOfManySelected()
{
    m_model->update(row(1, RowState::Running));
    m_model->update(row(2, RowState::Failed));
    list().selectAll();
    QCOMPARE(offered(), QStringList({u"pauseTransfer"_s, u"cancelTransfer"_s, u"retryTransfer"_s,
                                     u"copyTransfer"_s}));
}

void TestTransfersDock::followsATransferThatEnds()
{
    m_model->update(row(1, RowState::Running));
    m_model->update(row(1, RowState::Finished));
    QCOMPARE(offered(), QStringList({u"openFolder"_s, u"copyTransfer"_s}));
    m_model->remove(1);
    QCOMPARE(offered(), QStringList());
}

void TestTransfersDock::clearsOnlyWhenSomethingHasEnded()
{
    QVERIFY(!action(u"clearTransfers"_s).isEnabled());
    m_model->update(row(1, RowState::Running));
    m_model->update(row(2, RowState::Waiting));
    QVERIFY(!action(u"clearTransfers"_s).isEnabled());
    m_model->update(row(2, RowState::Cancelled));
    QVERIFY(action(u"clearTransfers"_s).isEnabled());
    m_model->remove(2);
    QVERIFY(!action(u"clearTransfers"_s).isEnabled());
}

void TestTransfersDock::selectsTheNewestTransfer()
{
    for (const quint64 id : {1ULL, 2ULL}) {
        m_model->update(row(id, RowState::Waiting));
        QCOMPARE(list().currentIndex().data(TransferListModel::IdRole).toULongLong(), id);
    }
}

void TestTransfersDock::copiesWhatBecameOfTransfers()
{
    TransferRow failed = row(1, RowState::Failed);
    failed.error = Error{Error::Kind::Network, u"No server answers."_s};
    failed.error->httpStatus = 502;
    m_model->update(failed);
    m_model->update(row(2, RowState::Cancelled));
    list().selectAll();
    action(u"copyTransfer"_s).trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(),
             u"/tmp/file1: Failed: No server answers. Status 502\n/tmp/file2: Cancelled "_s);
}

void TestTransfersDock::copiesByKey()
{
    m_model->update(row(7, RowState::Waiting));
    QTest::keyClick(&list(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"/tmp/file7: Waiting "_s);
}

void TestTransfersDock::movesTransfersByKey()
{
    m_queue.setLimit(1);
    for (const char16_t *name : {u"a", u"b", u"c"})
        m_presenter->add(waitingTask(QString::fromUtf16(name)));
    const auto titles = [this] {
        QString result;
        for (const TransferRow &one : m_model->rows())
            result += one.title;
        return result;
    };
    QTest::keyClick(&list(), Qt::Key_Up, Qt::ControlModifier); // The newest is selected.
    QCOMPARE(titles(), u"acb"_s);
    QCOMPARE(list().currentIndex().data().toString(), u"c"_s);
    QVERIFY(action(u"moveTransferUp"_s).isEnabled());
    QTest::keyClick(&list(), Qt::Key_Down, Qt::ControlModifier);
    QCOMPARE(titles(), u"abc"_s);
    QVERIFY(!action(u"moveTransferDown"_s).isEnabled());
}

void TestTransfersDock::opensTheFolderOfTheFirstFinished()
{
    const OpenedFolders opened;
    m_model->update(row(1, RowState::Failed));
    QTest::keyClick(&list(), Qt::Key_Return);
    QCOMPARE(opened.paths, QStringList()); // It has no file yet.
    TransferRow finished = row(2, RowState::Finished);
    finished.path = u"/srv/exports/app.tar"_s;
    m_model->update(finished);
    QTest::keyClick(&list(), Qt::Key_Return);
    QCOMPARE(opened.paths, QStringList{u"/srv/exports"_s});
    list().selectAll();
    action(u"openFolder"_s).trigger();
    QCOMPARE(opened.paths, QStringList({u"/srv/exports"_s, u"/srv/exports"_s}));
}

void TestTransfersDock::letsNothingHostileThrough()
{
    quint64 id = 0;
    for (const QString &sample : HostileText::samples()) {
        TransferRow hostile{++id, sample, sample, sample, RowState::Failed};
        m_model->update(hostile);
    }
    QCOMPARE(HostileText::complaintsAbout(*m_model), QStringList());
    QVERIFY(list().minimumSizeHint().width() < 300);
}

void TestTransfersDock::canBeUsedByKeyboard()
{
    m_model->update(row(1, RowState::Running));
    const QStringList complaints = WidgetChecks::complaintsAbout(*m_dock);
    QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
    QCOMPARE(m_dock->objectName(), u"transfersDock"_s); // The saved layout goes by it.
    const auto actions = list().actions();
    QCOMPARE(actions.size(), qsizetype(10));
    for (const QAction *one : actions) {
        QVERIFY(!one->statusTip().isEmpty() && !one->icon().isNull());
        QCOMPARE(one->toolTip(), one->statusTip());
    }
    QCOMPARE(list().contextMenuPolicy(), Qt::ActionsContextMenu);
}

LONGSHORE_UI_TEST(TestTransfersDock)
#include "tst_transfersdock.moc"
