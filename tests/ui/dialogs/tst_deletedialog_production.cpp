// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"
#include "support/deletionreview.h"
#include "support/snapshot.h"
#include "support/testimages.h"
#include "support/uitest.h"
#include "ui/dialogs/deletedialog.h"

#include <QLineEdit>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;
using namespace DeletionReview;

/// What the dialog asks for where a mistake would be felt.
class TestDeleteDialogProduction : public QObject
{
    Q_OBJECT

private slots:
    void needsTheTypedName();
};

void TestDeleteDialogProduction::needsTheTypedName()
{
    FakeRegistry registry;
    TestImages::addImage(registry, u"app"_s, u"old"_s);
    Network network;
    HttpSettings settings;
    settings.isProduction = true;
    const auto session = std::make_shared<RegistrySession>(
        network, *RegistryAddress::parse(registry.host()), u"http"_s, settings);
    session->client().allowChanges(true);
    DeleteDialog dialog(std::make_unique<DeletionPresenter>(session, *RepositoryName::parse(u"app"),
                                                            QList<Tag>{*Tag::parse(u"old")}));
    dialog.show();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    auto &name = child<QLineEdit>(dialog, u"typedConfirmation"_s);
    QTRY_VERIFY(name.isVisible());
    QVERIFY(child<QFrame>(dialog, u"productionBand"_s).isVisible());
    snap(dialog, u"delete-in-production"_s);
    QVERIFY(text(dialog, u"productionText"_s).contains(registry.host()));
    QVERIFY(text(dialog, u"confirmationQuestion"_s)
                .contains(u"app"_s)); // What to type can be seen meanwhile.
    QVERIFY(!button(dialog).isEnabled());
    name.setFocus();
    QTest::keyClicks(&name, u"apple"_s);
    QVERIFY(!button(dialog).isEnabled());
    QTest::keyClick(&name, Qt::Key_Backspace);
    QTest::keyClick(&name, Qt::Key_Backspace);
    QVERIFY(button(dialog).isEnabled());
    press(dialog, u"delete"_s);
    QTRY_COMPARE(text(dialog, u"headline"_s), u"1 tag deleted."_s);
    // What was permitted is over with it.
    QVERIFY(session->client().objectionTo({.method = HttpRequest::Method::Delete, .url = {}}));
}

LONGSHORE_UI_TEST(TestDeleteDialogProduction)
#include "tst_deletedialog_production.moc"
