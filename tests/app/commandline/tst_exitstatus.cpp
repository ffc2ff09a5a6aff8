// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/exitstatus.h"
#include "core/base/error.h"

#include <QTest>

using namespace Longshore;
using Kind = Error::Kind;

class TestExitStatus : public QObject
{
    Q_OBJECT

private slots:
    void followsTheKindOfTheError_data();
    void followsTheKindOfTheError();
    void keepsTheNumbersThatScriptsDependOn();
};

void TestExitStatus::followsTheKindOfTheError_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<int>("status");
    const QList<std::pair<Kind, int>> rows{{Kind::Cancelled, 130},    {Kind::Timeout, 1},
                                           {Kind::Network, 1},        {Kind::Tls, 1},
                                           {Kind::Unauthorized, 3},   {Kind::Forbidden, 3},
                                           {Kind::NotFound, 4},       {Kind::RateLimited, 1},
                                           {Kind::Unsupported, 1},    {Kind::Protocol, 1},
                                           {Kind::TooLarge, 1},       {Kind::Policy, 7},
                                           {Kind::DigestMismatch, 5}, {Kind::SizeMismatch, 5},
                                           {Kind::LocalFile, 1},      {Kind::Changed, 7},
                                           {Kind::Ambiguous, 1},      {Kind::InvalidInput, 2}};
    for (const auto &[kind, status] : rows)
        QTest::newRow(qPrintable(Error::kindName(kind))) << kind << status;
}

void TestExitStatus::followsTheKindOfTheError()
{
    QFETCH(const Kind, kind);
    QFETCH(const int, status);
    QCOMPARE(static_cast<int>(exitStatusFor({kind, {}})), status);
}

void TestExitStatus::keepsTheNumbersThatScriptsDependOn()
{
    QCOMPARE(static_cast<int>(ExitStatus::Done), 0);
    QCOMPARE(static_cast<int>(ExitStatus::PartlyDone), 6);
}

QTEST_GUILESS_MAIN(TestExitStatus)
#include "tst_exitstatus.moc"
