// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"
#include "support/deletionreview.h"
#include "support/draganddrop.h"
#include "support/testimages.h"
#include "support/testlayout.h"
#include "support/uitest.h"
#include "ui/mainwindow/mainactions.h"

#include <QLineEdit>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// A registry in production, as somebody sees it in the window.
class TestProductionGuard : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void showsItsBandWhereverThatRegistryIs();
    void changesNothingUntilItIsAllowed();
    void uploadsNothingUntilItIsAllowed();
    void retagsOnlyWhatIsAllowed();
    void isOverWithTheSession();

private:
    void openProduction();
    [[nodiscard]] const QWidget &band() const
    {
        return child<QWidget>(m_test->window, u"productionBand"_s);
    }
    [[nodiscard]] const MainActions &actions() const { return m_test->window.actions(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<TestWindow> m_test;
};

void TestProductionGuard::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<FakeRegistry>();
    for (const QString &tag : {u"keep"_s, u"old"_s})
        TestImages::addImage(*m_registry, u"app"_s, tag, {.layers = {tag.toLatin1()}});
    m_test = std::make_unique<TestWindow>(m_folder->path());
    m_test->connectTo(*m_registry);
}

void TestProductionGuard::cleanup()
{
    m_test.reset();
    m_registry.reset();
}

/// As it is after the next start.
void TestProductionGuard::openProduction()
{
    SavedConnection connection = m_test->connections.connections().first();
    connection.isProduction = true;
    QVERIFY(m_test->connections.save(connection));
    m_test.reset();
    m_test = std::make_unique<TestWindow>(m_folder->path());
    m_test->open(m_registry->host() + "/app"_L1);
}

void TestProductionGuard::showsItsBandWhereverThatRegistryIs()
{
    m_test->open(m_registry->host() + "/app"_L1);
    QVERIFY(!band().isVisible());
    QVERIFY(!actions().allowChanges->isEnabled());
    openProduction();
    QVERIFY(band().isVisible());
    m_test->open(m_registry->host() + "/app:old"_L1);
    QVERIFY(band().isVisible());
}

void TestProductionGuard::changesNothingUntilItIsAllowed()
{
    openProduction();
    DeletionReview::choose(*m_test, {u"old"_s});
    QVERIFY(!actions().deleteTags->isEnabled());
    QVERIFY(actions().deleteTags->toolTip().contains("production"_L1));
    QVERIFY(!actions().cleanUp->isEnabled());
    QTest::keyClick(&m_test->window, Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(actions().allowChanges->isChecked());
    QVERIFY(actions().deleteTags->isEnabled());
    QVERIFY(actions().cleanUp->isEnabled());
    QDialog &dialog = DeletionReview::open(*m_test, {u"old"_s});
    fillIn(dialog, u"typedConfirmation"_s, u"app"_s); // That is still asked for.
    press(dialog, u"delete"_s);
    QTRY_COMPARE(m_registry->tags(u"app"_s), QStringList{u"keep"_s});
    QTRY_COMPARE(DeletionReview::text(dialog, u"headline"_s), u"1 tag deleted."_s);
    press(dialog, u"close"_s);
    actions().allowChanges->trigger();
    QVERIFY(!actions().cleanUp->isEnabled());
}

void TestProductionGuard::uploadsNothingUntilItIsAllowed()
{
    TestLayout layout;
    FakeRegistry maker;
    layout.save(maker, u"a"_s, {{u"new"_s, TestImages::addImage(maker, u"a"_s, u"new"_s)}});
    openProduction();
    QMimeData files;
    files.setUrls({QUrl::fromLocalFile(layout.path())});
    auto &tabs = child<QTabWidget>(m_test->window, u"pageTabs"_s);
    DragAndDrop refused(tabs, files);
    QVERIFY(!refused.enter(tabs.rect().center()));
    QVERIFY(!actions().uploadImage->isEnabled());
    QVERIFY(actions().uploadImage->toolTip().contains("production"_L1));
    actions().allowChanges->trigger();
    QVERIFY(actions().uploadImage->isEnabled());
    DragAndDrop drag(tabs, files);
    QVERIFY(drag.enter(tabs.rect().center()) && drag.drop(tabs.rect().center()));
    QDialog &dialog = awaitDialog(u"uploadDialog"_s);
    QVERIFY(child<QWidget>(dialog, u"productionBand"_s).isVisible());
    QTRY_VERIFY(child<QPushButton>(dialog, u"upload"_s).isEnabled());
    press(dialog, u"upload"_s);
    QTRY_VERIFY(m_registry->tags(u"app"_s).contains(u"new"_s));
    actions().allowChanges->trigger();
    QVERIFY(!actions().uploadImage->isEnabled());
}

void TestProductionGuard::retagsOnlyWhatIsAllowed()
{
    openProduction();
    DeletionReview::choose(*m_test, {u"old"_s});
    QVERIFY(!actions().retagImage->isEnabled());
    QVERIFY(actions().retagImage->toolTip().contains("production"_L1));
    actions().allowChanges->trigger();
    QTest::keyClick(&m_test->tags(), Qt::Key_F2);
    QDialog &dialog = awaitDialog(u"retagDialog"_s);
    QVERIFY(child<QWidget>(dialog, u"productionBand"_s).isVisible());
    fillIn(dialog, u"newTags"_s, u"older"_s);
    QTRY_VERIFY(child<QPushButton>(dialog, u"retag"_s).isEnabled());
    press(dialog, u"retag"_s);
    QTRY_VERIFY(m_registry->tags(u"app"_s).contains(u"older"_s));
    QTRY_COMPARE(m_test->tags().model()->rowCount(), 3);
}

void TestProductionGuard::isOverWithTheSession()
{
    openProduction();
    actions().allowChanges->trigger();
    QVERIFY(actions().allowChanges->isChecked());
    openProduction();
    QVERIFY(!actions().allowChanges->isChecked());
    QVERIFY(actions().allowChanges->isEnabled());
}

LONGSHORE_UI_TEST(TestProductionGuard)
#include "tst_productionguard.moc"
