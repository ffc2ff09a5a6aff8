// SPDX-License-Identifier: Apache-2.0
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/pages/startpage.h"

#include <QAction>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// Where to begin; tst_mainwindow_signin shows what Docker and Podman know.
class TestStartPage : public QObject
{
    Q_OBJECT

private slots:
    void offersTheActionsItIsGiven();
    void readsNothingFromOutsideAsMarkup();
};

void TestStartPage::offersTheActionsItIsGiven()
{
    const QTemporaryDir folder;
    const ConnectionStore store(folder.filePath(u"connections.json"_s));
    QAction action(u"&Begin"_s);
    action.setObjectName(u"begin"_s);
    const QSignalSpy triggered(&action, &QAction::triggered);
    StartPage page({&action}, store);
    page.show();
    press(page, u"start_begin"_s);
    QCOMPARE(triggered.size(), qsizetype(1));
}

void TestStartPage::readsNothingFromOutsideAsMarkup()
{
    const QTemporaryDir folder;
    const ConnectionStore store(folder.filePath(u"connections.json"_s));
    StartPage page({}, store);
    page.show();
    QCOMPARE(WidgetChecks::labelsWithMarkup(page), QStringList());
}

LONGSHORE_UI_TEST(TestStartPage)
#include "tst_startpage.moc"
