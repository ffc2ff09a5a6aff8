// SPDX-License-Identifier: Apache-2.0
#include "support/copyreview.h"
#include "support/outcome.h"
#include "support/uitest.h"

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// What the dialog does about a tag that points to another image.
class TestCopyDialogOverwrite : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_review.reset(); }
    void namesTheTagAndItsImage();
    void wantsATickFirst();
    void asksAnewForAnotherTag();
    void namesEachOfSeveral();
    void asksNothingWhereTheImageIsTheSame();
    void savesTheOldManifestBeforeItUploads();

private:
    [[nodiscard]] QString warning() const { return m_review->label(u"overwriteWarning"_s); }

    std::unique_ptr<CopyReview> m_review;
    std::optional<Digest> m_old;
};

void TestCopyDialogOverwrite::init()
{
    m_review = std::make_unique<CopyReview>();
    m_old =
        TestImages::addImage(m_review->registry(), u"team/app"_s, u"1.4"_s, {.layers = {"old"}});
}

void TestCopyDialogOverwrite::namesTheTagAndItsImage()
{
    m_review->save({u"1.4"_s});
    m_review->show();
    QVERIFY(m_review->awaitPlan());
    QVERIFY(m_review->overwrite().isVisible());
    QVERIFY2(warning().contains(u"1.4 exists ("_s + m_old->shortText()), qPrintable(warning()));
    QVERIFY(warning().contains(u"untagged"_s));
    QCOMPARE(m_review->overwrite().accessibleDescription(), warning());
}

void TestCopyDialogOverwrite::wantsATickFirst()
{
    m_review->save({u"1.4"_s});
    m_review->show();
    QVERIFY(m_review->awaitPlan());
    QVERIFY(!m_review->overwrite().isChecked());
    QVERIFY(!m_review->go().isEnabled());
    QVERIFY(m_review->note().contains(u"Tick"_s));
    QTest::keyClick(&m_review->overwrite(), Qt::Key_Space);
    QVERIFY(m_review->go().isEnabled());
    QTest::keyClick(&m_review->overwrite(), Qt::Key_Space);
    QVERIFY(!m_review->go().isEnabled());
    QVERIFY(m_review->wasOnlyAsked());
}

void TestCopyDialogOverwrite::asksAnewForAnotherTag()
{
    TestImages::addImage(m_review->registry(), u"team/app"_s, u"1.5"_s, {.layers = {"older"}});
    m_review->save({u"1.4"_s});
    m_review->show();
    QVERIFY(m_review->awaitPlan());
    m_review->overwrite().setChecked(true);
    fillIn(*m_review->dialog, u"targetTag"_s, u"1.5"_s);
    QVERIFY(!m_review->go().isEnabled());
    QVERIFY(m_review->awaitPlan());
    QVERIFY(warning().startsWith(u"1.5 exists"_s));
    QVERIFY(!m_review->overwrite().isChecked() && !m_review->go().isEnabled());
    fillIn(*m_review->dialog, u"targetTag"_s, u"1.6"_s);
    QTRY_VERIFY(m_review->go().isEnabled());
    QVERIFY(!m_review->overwrite().isVisible());
}

void TestCopyDialogOverwrite::namesEachOfSeveral()
{
    TestImages::addImage(m_review->registry(), u"team/app"_s, u"1.5"_s, {.layers = {"older"}});
    m_review->save({u"1.4"_s, u"1.5"_s, u"1.6"_s});
    m_review->show();
    QVERIFY(m_review->awaitPlan());
    QVERIFY2(warning().contains(u"1.4, 1.5."_s), qPrintable(warning()));
}

void TestCopyDialogOverwrite::asksNothingWhereTheImageIsTheSame()
{
    m_review->save({u"1.4"_s});
    TestImages::addImage(m_review->registry(), u"team/app"_s, u"1.4"_s,
                         {.layers = {"base", "1.4"}});
    m_review->show();
    QVERIFY(m_review->awaitPlan());
    QVERIFY(!m_review->overwrite().isVisible());
    QVERIFY(m_review->go().isEnabled());
}

void TestCopyDialogOverwrite::savesTheOldManifestBeforeItUploads()
{
    const Digest image = m_review->save({u"1.4"_s});
    m_review->show();
    QVERIFY(m_review->awaitPlan());
    m_review->overwrite().setChecked(true);
    press(*m_review->dialog, u"upload"_s);
    QCOMPARE(m_review->dialog->result(), int(QDialog::Accepted));
    const QList<TransferTask> tasks = m_review->dialog->presenter().tasks();
    QCOMPARE(tasks.size(), qsizetype(1));
    const auto brought = outcomeOf(tasks.first().makeJob(this));
    QVERIFY2(brought, brought ? "" : qPrintable(brought.error().message));
    QCOMPARE(brought->digest, image);
    QVERIFY2(brought->remark.contains(m_old->toString()), qPrintable(brought->remark));
    QVERIFY(m_review->registry().hasManifest(u"team/app"_s, image));
}

LONGSHORE_UI_TEST(TestCopyDialogOverwrite)
#include "tst_copydialog_overwrite.moc"
