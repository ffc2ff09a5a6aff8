// SPDX-License-Identifier: Apache-2.0
#include "support/modeltext.h"
#include "support/uitest.h"
#include "ui/models/checklistmodel.h"

#include <QAbstractItemModelTester>
#include <QIcon>
#include <QSignalSpy>
#include <QTest>

using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using State = CheckListModel::State;

class TestCheckListModel : public QObject
{
    Q_OBJECT

private slots:
    void saysTheStateInWords();
    void prefersTheRemark();
    void tellsViewsOfTheStepAlone();
    void startsAnew();
};

void TestCheckListModel::saysTheStateInWords()
{
    CheckListModel model;
    const QAbstractItemModelTester tester(&model);
    model.setSteps({u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s});
    model.setState(1, State::Running);
    model.setState(2, State::Passed);
    model.setState(3, State::Failed);
    model.setState(4, State::Skipped);
    QCOMPARE(treeText(model),
             u"a: not yet\nb: checking\u2026\nc: good\nd: failed\ne: not needed"_s);
    for (int row = 0; row < model.rowCount(); ++row) {
        QCOMPARE(model.index(row).data(Qt::AccessibleTextRole), model.index(row).data());
        QVERIFY(!model.index(row).data(Qt::DecorationRole).value<QIcon>().isNull());
    }
}

void TestCheckListModel::prefersTheRemark()
{
    CheckListModel model;
    const QAbstractItemModelTester tester(&model);
    model.setSteps({u"Registry"_s});
    model.setState(0, State::Passed, u"registry/2.0"_s);
    QCOMPARE(model.index(0).data().toString(), u"Registry: registry/2.0"_s);
    QCOMPARE(model.index(0).data(CheckListModel::StateRole).value<State>(), State::Passed);
}

void TestCheckListModel::tellsViewsOfTheStepAlone()
{
    CheckListModel model;
    const QAbstractItemModelTester tester(&model);
    model.setSteps({u"a"_s, u"b"_s});
    const QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    model.setState(1, State::Running);
    QCOMPARE(changes.size(), qsizetype(1));
    QCOMPARE(changes.first().first().toModelIndex(), model.index(1));
}

void TestCheckListModel::startsAnew()
{
    CheckListModel model;
    const QAbstractItemModelTester tester(&model);
    model.setSteps({u"a"_s});
    model.setState(0, State::Failed, u"why"_s);
    model.setSteps({u"a"_s});
    QCOMPARE(treeText(model), u"a: not yet"_s);
}

LONGSHORE_UI_TEST(TestCheckListModel)
#include "tst_checklistmodel.moc"
