// SPDX-License-Identifier: Apache-2.0
#include "core/base/result.h"

#include <QTest>

#include <memory>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestResult : public QObject
{
    Q_OBJECT

private slots:
    void holdsAValue();
    void holdsAnError();
    void givesAwayWhatCanOnlyBeMoved();
    void isNoValueJustBecauseTheValueIsEmpty();
};

void TestResult::holdsAValue()
{
    Result<QString> result = u"hello"_s;
    QVERIFY(result.has_value());
    QCOMPARE(*result, u"hello"_s);
    QCOMPARE(result->size(), qsizetype(5));
    *result += u'!';
    QCOMPARE(*result, u"hello!"_s);
}

void TestResult::holdsAnError()
{
    const Result<QString> result = Error{Error::Kind::NotFound, u"gone"_s};
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::NotFound);
    QCOMPARE(result.error().message, u"gone"_s);
}

void TestResult::givesAwayWhatCanOnlyBeMoved()
{
    Result<std::unique_ptr<int>> result = std::make_unique<int>(7);
    const std::unique_ptr<int> value = *std::move(result);
    QCOMPARE(*value, 7);
}

void TestResult::isNoValueJustBecauseTheValueIsEmpty()
{
    QVERIFY(Result<bool>(false).has_value());
    QVERIFY(Result<QString>(QString()).has_value());
    QVERIFY(Result<Done>(Done()).has_value());
}

QTEST_GUILESS_MAIN(TestResult)
#include "tst_result.moc"
