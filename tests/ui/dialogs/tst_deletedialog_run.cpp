// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"
#include "support/deletionreview.h"
#include "support/heldrequests.h"
#include "support/testimages.h"
#include "support/uitest.h"
#include "ui/dialogs/deletedialog.h"

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;
using namespace DeletionReview;

/// What the dialog says while it deletes.
class TestDeleteDialogRun : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void saysThatItStops();
    void saysNoTimeWhileItIsPaused();

private:
    [[nodiscard]] QString says(const QString &label) const { return text(*m_dialog, label); }

    Network m_network;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<HeldRequests> m_held;
    std::unique_ptr<DeleteDialog> m_dialog;
};

/// Deletes "a" and "b", and is held at the first.
void TestDeleteDialogRun::init()
{
    m_registry = std::make_unique<FakeRegistry>();
    for (const QString &tag : {u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s})
        TestImages::addImage(*m_registry, u"app"_s, tag, {.layers = {tag.toLatin1()}});
    m_held = std::make_unique<HeldRequests>(*m_registry, "DELETE", u"/manifests/"_s);
    m_dialog = std::make_unique<DeleteDialog>(std::make_unique<DeletionPresenter>(
        std::make_shared<RegistrySession>(m_network, *RegistryAddress::parse(m_registry->host()),
                                          u"http"_s),
        *RepositoryName::parse(u"app"), QList<Tag>{*Tag::parse(u"a"), *Tag::parse(u"b")}));
    m_dialog->show();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    QTRY_VERIFY(button(*m_dialog).isEnabled());
    press(*m_dialog, u"delete"_s);
    QTRY_COMPARE(m_held->count(), qsizetype(1));
}

void TestDeleteDialogRun::cleanup()
{
    m_dialog.reset();
    m_held.reset();
    m_registry.reset();
}

void TestDeleteDialogRun::saysThatItStops()
{
    QVERIFY(child<QPushButton>(*m_dialog, u"pauseRun"_s).isVisible());
    press(*m_dialog, u"cancel"_s);
    QVERIFY2(says(u"explanation"_s).startsWith("Stopping"_L1), qPrintable(says(u"explanation"_s)));
    QVERIFY2(says(u"runStep"_s).startsWith("Stopping"_L1), qPrintable(says(u"runStep"_s)));
    for (const QString &name : {u"pauseRun"_s, u"resumeRun"_s})
        QVERIFY(!child<QPushButton>(*m_dialog, name).isVisible());
    m_held->release();
    QTRY_COMPARE(says(u"headline"_s), u"1 tag deleted, 1 not tried."_s);
}

void TestDeleteDialogRun::saysNoTimeWhileItIsPaused()
{
    const QString paused = u"Nothing further is deleted until it goes on."_s;
    press(*m_dialog, u"pauseRun"_s);
    QCOMPARE(says(u"explanation"_s), paused);
    m_held->release();
    QTRY_VERIFY(says(u"runStep"_s).startsWith("Paused."_L1));
    QCOMPARE(says(u"explanation"_s), paused);
    press(*m_dialog, u"resumeRun"_s);
    QVERIFY(says(u"explanation"_s) != paused);
    QTRY_COMPARE(says(u"headline"_s), u"2 tags deleted."_s);
}

LONGSHORE_UI_TEST(TestDeleteDialogRun)
#include "tst_deletedialog_run.moc"
