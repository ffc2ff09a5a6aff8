// SPDX-License-Identifier: Apache-2.0
#include "support/testbackup.h"
#include "support/testimages.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/dialogs/restoredialog.h"

#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTreeWidget>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// What the dialog asks for where a mistake would be felt.
class TestRestoreDialogProduction : public QObject
{
    Q_OBJECT

private slots:
    void needsTheTypedName();
};

void TestRestoreDialogProduction::needsTheTypedName()
{
    FakeRegistry registry;
    const QTemporaryDir home;
    TestImages::addImage(registry, u"app"_s, u"old"_s);
    Network network;
    HttpSettings settings;
    const auto address = *RegistryAddress::parse(registry.host());
    RegistrySession usual(network, address, u"http"_s, settings);
    deleteTags(usual, u"app"_s, {u"old"_s}, home.filePath(u"backup"_s));
    settings.isProduction = true;
    const auto session = std::make_shared<RegistrySession>(network, address, u"http"_s, settings);
    session->client().allowChanges(true);
    RestoreDialog dialog(std::make_unique<RestorePresenter>(
        home.filePath(u"backup"_s), [&](const QString &) { return session; }));
    dialog.show();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    auto &name = child<QLineEdit>(dialog, u"repositoryName"_s);
    const auto &restore = child<QPushButton>(dialog, u"restore"_s);
    QTRY_VERIFY(name.isVisible());
    QVERIFY(child<QFrame>(dialog, u"productionBand"_s).isVisible());
    QVERIFY(name.hasFocus());
    QVERIFY(!restore.isEnabled());
    QTest::keyClicks(&name, u"apple"_s);
    QVERIFY(!restore.isEnabled());
    QTest::keyClick(&name, Qt::Key_Backspace);
    QTest::keyClick(&name, Qt::Key_Backspace);
    QVERIFY(restore.isEnabled());
    auto *item = child<QTreeWidget>(dialog, u"restoreList"_s).topLevelItem(0);
    item->setCheckState(0, Qt::Unchecked);
    QVERIFY(!restore.isEnabled()); // The name alone is not enough.
    item->setCheckState(0, Qt::Checked);
    const QStringList complaints = WidgetChecks::complaintsAbout(dialog);
    QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
    press(dialog, u"restore"_s);
    QTRY_VERIFY(restore.isHidden());
    QCOMPARE(registry.tags(u"app"_s), QStringList{u"old"_s});
    // What was permitted is over with it.
    QVERIFY(session->client().objectionTo({.method = HttpRequest::Method::Put, .url = {}}));
}

LONGSHORE_UI_TEST(TestRestoreDialogProduction)
#include "tst_restoredialog_production.moc"
