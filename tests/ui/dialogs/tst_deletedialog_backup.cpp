// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/backup.h"
#include "core/registry/registrysession.h"
#include "support/deletionreview.h"
#include "support/testimages.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/dialogs/deletedialog.h"

#include <QCheckBox>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;
using namespace DeletionReview;

/// What is saved before a deletion.
class TestDeleteDialogBackup : public QObject
{
    Q_OBJECT

private slots:
    void savesTheLayersWhereThatIsWanted_data();
    void savesTheLayersWhereThatIsWanted();
};

void TestDeleteDialogBackup::savesTheLayersWhereThatIsWanted_data()
{
    QTest::addColumn<bool>("isWanted");
    QTest::newRow("manifests only") << false; // Layers may be large.
    QTest::newRow("with the layers") << true;
}

void TestDeleteDialogBackup::savesTheLayersWhereThatIsWanted()
{
    QFETCH(const bool, isWanted);
    FakeRegistry registry;
    TestImages::addImage(registry, u"app"_s, u"old"_s, {.layers = {"a layer"}});
    TestImages::addImage(registry, u"app"_s, u"new"_s);
    Network network;
    DeleteDialog dialog(std::make_unique<DeletionPresenter>(
        std::make_shared<RegistrySession>(network, *RegistryAddress::parse(registry.host()),
                                          u"http"_s),
        *RepositoryName::parse(u"app"), QList<Tag>{*Tag::parse(u"old")}));
    QStringList folders;
    connect(&dialog, &DeleteDialog::tagsDeleted, this,
            [&](const QStringList &, const QStringList &backups) { folders = backups; });
    dialog.show();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    auto &layers = child<QCheckBox>(dialog, u"saveLayers"_s);
    QTRY_VERIFY(layers.isVisible());
    QVERIFY(!layers.isChecked());
    if (isWanted)
        QTest::keyClick(&layers, Qt::Key_Space);
    QCOMPARE(WidgetChecks::complaintsAbout(dialog), QStringList());
    press(dialog, u"delete"_s);
    QTRY_COMPARE(folders.size(), qsizetype(1));
    QCOMPARE(QFile::exists(folders.first() + u'/' + blobNameInBackup(Digest::ofBytes("a layer"))),
             isWanted);
    QVERIFY(layers.isHidden());
}

LONGSHORE_UI_TEST(TestDeleteDialogBackup)
#include "tst_deletedialog_backup.moc"
