// SPDX-License-Identifier: Apache-2.0
#include "core/oci/digest.h"
#include "support/hostiletext.h"
#include "support/snapshot.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/dialogs/transferdialog.h"

#include <QClipboard>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using RowState = TransferRow::State;

/// That its button stops the transfer is tested with the window.
class TestTransferDialog : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void saysWhatIsTransferred();
    void showsHowFarItIs();
    void showsThatNobodyKnowsHowFarItIs();
    void offersToStopOnlyWhatGoesOn_data();
    void offersToStopOnlyWhatGoesOn();
    void announcesTheEndAndNoStaleOne();
    void looksAtItsOwnTransferAlone();
    void staysWhenTheTransferIsClearedFromTheList();
    void readsTextAsTextAndKeepsItsWidth();
    void growsWithWhatThereIsToSay();
    void closesByKeyAndNeverStopsByAccident_data();
    void closesByKeyAndNeverStopsByAccident();
    void copiesWhatWasVerified_data();
    void copiesWhatWasVerified();
    void canBeUsedByKeyboard();

private:
    void show(const TransferRow &row);
    [[nodiscard]] QLabel &status() const { return child<QLabel>(*m_dialog, u"transferStatus"_s); }
    [[nodiscard]] QProgressBar &progress() const
    {
        return child<QProgressBar>(*m_dialog, u"transferProgress"_s);
    }

    TransferQueue m_queue;
    std::unique_ptr<TransferListModel> m_model;
    std::unique_ptr<TransferPresenter> m_presenter;
    std::unique_ptr<TransferDialog> m_dialog;
};

static TransferRow row(RowState state, quint64 id = 1)
{
    return {id, u"layer.tar"_s, u"app:1, layer 1"_s, u"/tmp/layer.tar"_s, state};
}

void TestTransferDialog::init()
{
    m_model = std::make_unique<TransferListModel>();
    m_presenter = std::make_unique<TransferPresenter>(m_queue, *m_model);
    m_model->update(row(RowState::Running));
    m_dialog = std::make_unique<TransferDialog>(*m_presenter, *m_model, 1);
    m_dialog->show();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
}

void TestTransferDialog::cleanup()
{
    m_dialog.reset();
    m_presenter.reset();
    m_model.reset();
}

void TestTransferDialog::show(const TransferRow &row)
{
    m_model->update(row);
    emit m_presenter->changed(row.id);
}

void TestTransferDialog::saysWhatIsTransferred()
{
    QCOMPARE(child<QLabel>(*m_dialog, u"transferTitle"_s).text(),
             u"layer.tar from app:1, layer 1"_s);
    show(row(RowState::Waiting));
    QCOMPARE(status().text(), u"Waiting"_s);
}

void TestTransferDialog::showsHowFarItIs()
{
    TransferRow half = row(RowState::Running);
    half.done = 512;
    half.total = 1024;
    show(half);
    QCOMPARE(progress().value() * 2, progress().maximum());
    QVERIFY(status().text().startsWith("512 bytes of 1.0 KiB"_L1));
    show(row(RowState::Finished));
    QCOMPARE(progress().value(), progress().maximum());
}

void TestTransferDialog::showsThatNobodyKnowsHowFarItIs()
{
    QCOMPARE(progress().minimum(), progress().maximum());
}

void TestTransferDialog::offersToStopOnlyWhatGoesOn_data()
{
    QTest::addColumn<RowState>("state");
    QTest::addColumn<bool>("canStop");
    QTest::newRow("waiting") << RowState::Waiting << true;
    QTest::newRow("running") << RowState::Running << true;
    QTest::newRow("finished") << RowState::Finished << false;
    QTest::newRow("failed") << RowState::Failed << false;
    QTest::newRow("cancelled") << RowState::Cancelled << false;
}

void TestTransferDialog::offersToStopOnlyWhatGoesOn()
{
    QFETCH(RowState, state);
    QFETCH(bool, canStop);
    show(row(state));
    QCOMPARE(child<QPushButton>(*m_dialog, u"stopTransfer"_s).isEnabled(), canStop);
}

void TestTransferDialog::announcesTheEndAndNoStaleOne()
{
    show(row(RowState::Cancelled));
    QCOMPARE(status().accessibleName(), u"Cancelled"_s);
    show(row(RowState::Waiting)); // Tried again from the list.
    QVERIFY(status().accessibleName().isEmpty()); // It is what the label says.
}

void TestTransferDialog::looksAtItsOwnTransferAlone()
{
    show(row(RowState::Cancelled, 2));
    QVERIFY(status().text() != "Cancelled"_L1);
    QVERIFY(child<QPushButton>(*m_dialog, u"stopTransfer"_s).isEnabled());
}

void TestTransferDialog::staysWhenTheTransferIsClearedFromTheList()
{
    show(row(RowState::Cancelled));
    m_model->remove(1);
    emit m_presenter->changed(1);
    QVERIFY(m_dialog->isVisible());
    QCOMPARE(status().text(), u"Cancelled"_s);
}

void TestTransferDialog::readsTextAsTextAndKeepsItsWidth()
{
    const int width = m_dialog->minimumSizeHint().width();
    for (const QString &sample : HostileText::samples() + QStringList(QString(512, u'W'))) {
        TransferRow hostile = row(RowState::Failed);
        hostile.title = sample;
        hostile.source = sample;
        hostile.error = Error{Error::Kind::Network, QString(512, u'W')};
        show(hostile);
        const QString complaint =
            HostileText::complaintAbout(child<QLabel>(*m_dialog, u"transferTitle"_s).text());
        QVERIFY2(complaint.isEmpty(), qPrintable(complaint));
        QCOMPARE(m_dialog->minimumSizeHint().width(), width);
    }
}

void TestTransferDialog::growsWithWhatThereIsToSay()
{
    const int height = m_dialog->minimumSizeHint().height();
    m_dialog->resize(m_dialog->width(), height);
    TransferRow finished = row(RowState::Finished);
    finished.digest = Digest::ofBytes("x").toString();
    finished.remark = u"Before, the tag pointed to something else. "_s.repeated(40);
    show(finished);
    QVERIFY(status().text().endsWith(u'\n' + finished.remark.trimmed())); // By itself.
    QTRY_VERIFY(status().height() >= status().heightForWidth(status().width()));
    QVERIFY(m_dialog->height() > height);
}

void TestTransferDialog::closesByKeyAndNeverStopsByAccident_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<bool>("isOnStop");
    QTest::newRow("Escape") << int(Qt::Key_Escape) << false;
    QTest::newRow("Enter") << int(Qt::Key_Return) << false;
    QTest::newRow("Enter on the other button") << int(Qt::Key_Return) << true;
}

void TestTransferDialog::closesByKeyAndNeverStopsByAccident()
{
    QFETCH(int, key);
    QFETCH(bool, isOnStop);
    auto &stop = child<QPushButton>(*m_dialog, u"stopTransfer"_s);
    const QSignalSpy stopped(&stop, &QPushButton::clicked);
    if (isOnStop)
        stop.setFocus();
    else
        QVERIFY(child<QPushButton>(*m_dialog, u"close"_s).hasFocus());
    QTest::keyClick(isOnStop ? &stop : m_dialog->focusWidget(), static_cast<Qt::Key>(key));
    QVERIFY(!m_dialog->isVisible());
    QCOMPARE(stopped.size(), qsizetype(0));
}

void TestTransferDialog::copiesWhatWasVerified_data()
{
    QTest::addColumn<RowState>("state");
    QTest::addColumn<bool>("isUpload");
    QTest::addColumn<bool>("isSkipped");
    QTest::addColumn<bool>("hasDigest"); // And with an upload, a reference.
    QTest::newRow("upload") << RowState::Finished << true << false << true;
    QTest::newRow("export") << RowState::Finished << false << false << true;
    QTest::newRow("left as it was") << RowState::Finished << false << true << false;
    QTest::newRow("failed") << RowState::Failed << true << false << false;
}

void TestTransferDialog::copiesWhatWasVerified()
{
    QFETCH(const RowState, state);
    QFETCH(const bool, isUpload);
    QFETCH(const bool, isSkipped);
    QFETCH(const bool, hasDigest);
    TransferRow over = row(state);
    over.title = u"reg.lab/team/app:1.0"_s;
    over.digest = Digest::ofBytes("a").toString();
    over.isSkipped = isSkipped;
    if (isUpload)
        over.path.clear();
    show(over);
    auto &digest = child<QPushButton>(*m_dialog, u"copyDigest"_s);
    auto &reference = child<QPushButton>(*m_dialog, u"copyReference"_s);
    QCOMPARE(digest.isVisible(), hasDigest);
    QCOMPARE(reference.isVisible(), hasDigest && isUpload);
    snap(*m_dialog, u"transfer-"_s + QString::fromLatin1(QTest::currentDataTag()));
    if (!hasDigest)
        return;
    digest.click();
    QCOMPARE(QGuiApplication::clipboard()->text(), over.digest);
    if (isUpload)
        reference.click();
    QCOMPARE(QGuiApplication::clipboard()->text(), isUpload ? over.title : over.digest);
}

void TestTransferDialog::canBeUsedByKeyboard()
{
    const QStringList complaints = WidgetChecks::complaintsAbout(*m_dialog);
    QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
    QVERIFY(!m_dialog->windowTitle().isEmpty());
}

LONGSHORE_UI_TEST(TestTransferDialog)
#include "tst_transferdialog.moc"
