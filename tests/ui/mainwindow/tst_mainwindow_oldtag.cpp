// SPDX-License-Identifier: Apache-2.0
#include "support/deletionreview.h"
#include "support/heldrequests.h"
#include "support/testimages.h"
#include "support/uitest.h"

#include <QCheckBox>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// The window waits for a tag that goes because its image has got another.
class TestMainWindowOldTag : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void quitsBehindTheRemoval();
    void closesBehindTheRemoval();

private:
    void proveThatTagsGoAlone() const;
    /// "rc" becomes "1.0".
    void retag() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<TestWindow> m_test;
};

void TestMainWindowOldTag::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<FakeRegistry>();
    m_registry->behaviour.canDeleteTags = true;
    const Digest image = TestImages::addImage(*m_registry, u"app"_s, u"rc"_s);
    for (const QString &tag : {u"proof"_s, u"stays"_s})
        m_registry->setTag(u"app"_s, tag, image);
    m_test = std::make_unique<TestWindow>(m_folder->path());
    m_test->open(m_registry->host() + "/app"_L1);
    proveThatTagsGoAlone();
}

void TestMainWindowOldTag::cleanup()
{
    m_test.reset();
    m_registry.reset();
}

void TestMainWindowOldTag::proveThatTagsGoAlone() const
{
    QDialog &dialog = DeletionReview::open(*m_test, {u"proof"_s});
    press(dialog, u"delete"_s);
    QTRY_COMPARE(DeletionReview::text(dialog, u"headline"_s), u"1 tag deleted."_s);
    dialog.close();
    awaitNoDialog(u"deleteDialog"_s);
    QTRY_COMPARE(m_test->tags().model()->rowCount(), 2);
}

void TestMainWindowOldTag::retag() const
{
    DeletionReview::choose(*m_test, {u"rc"_s});
    m_test->window.actions().retagImage->trigger();
    const QDialog &dialog = awaitDialog(u"retagDialog"_s);
    fillIn(dialog, u"newTags"_s, u"1.0"_s);
    QTRY_VERIFY(child<QPushButton>(dialog, u"retag"_s).isEnabled());
    child<QCheckBox>(dialog, u"removeOldTag"_s).click();
    press(dialog, u"retag"_s);
    awaitNoDialog(u"retagDialog"_s);
}

void TestMainWindowOldTag::quitsBehindTheRemoval()
{
    HeldRequests upload(*m_registry, "PUT", u"/manifests/1.0"_s);
    HeldRequests removal(*m_registry, "DELETE", u"/manifests/rc"_s);
    retag();
    QTRY_COMPARE(upload.count(), qsizetype(1));
    QVERIFY(!m_test->window.close());
    press(awaitDialog(u"quitDialog"_s), u"quitWhenFinished"_s);
    awaitNoDialog(u"quitDialog"_s);
    upload.release();
    QTRY_COMPARE(removal.count(), qsizetype(1));
    QVERIFY(m_test->window.isVisible());
    removal.release();
    QTRY_VERIFY(!m_test->window.isVisible());
    QCOMPARE(m_registry->tags(u"app"_s), QStringList({u"1.0"_s, u"stays"_s}));
}

void TestMainWindowOldTag::closesBehindTheRemoval()
{
    HeldRequests removal(*m_registry, "DELETE", u"/manifests/rc"_s);
    retag();
    QTRY_COMPARE(removal.count(), qsizetype(1));
    QVERIFY(!m_test->window.close());
    QVERIFY(m_test->window.isVisible());
    m_test->window.closeNow(); // Nor does this take it off.
    QVERIFY(m_test->window.isVisible());
    removal.release();
    QTRY_VERIFY(!m_test->window.isVisible());
    QCOMPARE(m_registry->tags(u"app"_s), QStringList({u"1.0"_s, u"stays"_s}));
}

LONGSHORE_UI_TEST(TestMainWindowOldTag)
#include "tst_mainwindow_oldtag.moc"
