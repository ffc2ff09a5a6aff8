// SPDX-License-Identifier: Apache-2.0
#include "support/deletionreview.h"
#include "support/heldrequests.h"
#include "support/testtabs.h"
#include "support/uitest.h"
#include "ui/mainwindow/backgroundruns.h"
#include "ui/mainwindow/copycommands.h"
#include "ui/mainwindow/exportcommands.h"
#include "ui/mainwindow/mainactions.h"
#include "ui/mainwindow/selectioncommands.h"
#include "ui/models/transferlistmodel.h"
#include "ui/presenters/transferpresenter.h"

#include <QStatusBar>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// Trying a deletion once more that has failed.
class TestSelectionCommandsRetry : public QObject
{
    Q_OBJECT

private slots:
    void sayThatTheConnectionIsNotOpenAnyMore();
};

void TestSelectionCommandsRetry::sayThatTheConnectionIsNotOpenAnyMore()
{
    TestTabs test;
    for (const QString &tag : {u"1"_s, u"2"_s, u"3"_s})
        TestImages::addImage(test.registry, u"app"_s, tag, {.layers = {tag.toLatin1()}});
    const MainActions actions;
    TransferListModel model;
    TransferQueue queue;
    TransferPresenter transfers(queue, model);
    QStatusBar bar;
    QWidget owner; // Goes before the tabs, as the parts of the window do.
    auto *exports = new ExportCommands(transfers, model, test.settings, &owner);
    auto *copies = new CopyCommands(test.registries, transfers, model, test.settings, &owner);
    auto *runs = new BackgroundRuns(bar, &owner);
    const SelectionCommands commands(actions, test.tabs, test.registries,
                                     {*exports, *copies, *runs}, &owner);
    const QSignalSpy noticed(&commands, &SelectionCommands::noticed);
    const QString id = test.connectToRegistry();
    test.open(TestTabs::place(id, u"app"_s));
    chooseRow(child<QTreeView>(*test.tabs.currentPage(), u"tags"_s), u"1"_s);
    test.registry.failNext("DELETE", u"/manifests/"_s, registryRefusal(500, "UNKNOWN", "no"));
    actions.deleteTags->trigger();
    const QDialog &dialog = awaitDialog(u"deleteDialog"_s);
    QTRY_VERIFY(DeletionReview::button(dialog).isEnabled());
    press(dialog, u"delete"_s);
    QTRY_VERIFY(child<QPushButton>(dialog, u"retryFailed"_s).isVisible());
    HeldRequests held(test.registry, "GET", u"/v2/"_s);
    // Somebody has entered another password meanwhile.
    test.registries.connectTo(*test.store.find(id), {});
    QVERIFY(!test.registries.session(id));
    press(dialog, u"retryFailed"_s);
    QCOMPARE(noticed.size(), qsizetype(1));
    QVERIFY(noticed.first().first().toString().contains("not open any more"_L1));
    awaitNoDialog(u"deleteDialog"_s);
    held.release();
    QTRY_VERIFY(test.registries.session(id));
}

LONGSHORE_UI_TEST(TestSelectionCommandsRetry)
#include "tst_selectioncommands_retry.moc"
