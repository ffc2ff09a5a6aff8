// SPDX-License-Identifier: Apache-2.0
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/views/rundetails.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>

using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestRunDetails : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void saysWhatIsGoingOn();
    void pausesAndContinuesByTheSameKey();
    void offersNoPauseOfWhatEndsAnyway();
    void offersTheBackgroundOnlyWhereItIsWanted();

private:
    std::unique_ptr<RunDetails> m_details;
};

void TestRunDetails::init()
{
    m_details = std::make_unique<RunDetails>();
    m_details->showRun(u"Checking <b>1</b>"_s, u"1 deleted"_s, RunDetails::Offer::Pause);
    m_details->show();
    QVERIFY(QTest::qWaitForWindowActive(m_details.get()));
}

void TestRunDetails::saysWhatIsGoingOn()
{
    QCOMPARE(child<QLabel>(*m_details, u"runStep"_s).text(), u"Checking <b>1</b>"_s);
    QCOMPARE(child<QLabel>(*m_details, u"runCounts"_s).text(), u"1 deleted"_s);
    QCOMPARE(WidgetChecks::labelsWithMarkup(*m_details), QStringList());
}

void TestRunDetails::pausesAndContinuesByTheSameKey()
{
    const QSignalSpy pause(m_details.get(), &RunDetails::pauseRequested);
    const QSignalSpy resume(m_details.get(), &RunDetails::resumeRequested);
    child<QPushButton>(*m_details, u"pauseRun"_s).setFocus();
    QTest::keyClick(m_details->focusWidget(), Qt::Key_Space);
    QCOMPARE(pause.size(), qsizetype(1));
    m_details->showRun(u"Paused"_s, {}, RunDetails::Offer::Continue);
    QVERIFY(!child<QPushButton>(*m_details, u"pauseRun"_s).isVisible());
    QTest::keyClick(m_details->focusWidget(), Qt::Key_Space);
    QCOMPARE(resume.size(), qsizetype(1));
}

void TestRunDetails::offersNoPauseOfWhatEndsAnyway()
{
    child<QPushButton>(*m_details, u"pauseRun"_s).setFocus();
    m_details->showRun(u"Stopping"_s, {}, RunDetails::Offer::Nothing);
    for (const QString &name : {u"pauseRun"_s, u"resumeRun"_s})
        QVERIFY(!child<QPushButton>(*m_details, name).isVisible());
}

void TestRunDetails::offersTheBackgroundOnlyWhereItIsWanted()
{
    const auto &background = child<QPushButton>(*m_details, u"runInBackground"_s);
    QVERIFY(!background.isVisible());
    m_details->offerBackground();
    const QSignalSpy wanted(m_details.get(), &RunDetails::backgroundRequested);
    press(*m_details, u"runInBackground"_s);
    QCOMPARE(wanted.size(), qsizetype(1));
}

LONGSHORE_UI_TEST(TestRunDetails)
#include "tst_rundetails.moc"
