// SPDX-License-Identifier: Apache-2.0
#include "support/hostiletext.h"
#include "support/modeltext.h"
#include "support/uitest.h"
#include "ui/models/backuptablemodel.h"
#include "ui/models/tablerole.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using State = BackupRow::State;

class TestBackupTableModel : public QObject
{
    Q_OBJECT

private slots:
    void saysWhatABackupHolds();
    void namesTheFolderOfWhatCannotBeRead();
    void saysWhatALookHasShown();
    void readsARowAsOneSentence();
    void sortsBySizeAndNotByItsText();
    void findsEveryTag();
    void letsNothingHostileThrough();

private:
    static BackupRow row(const QString &folder)
    {
        return {folder,
                QDateTime({2026, 5, 4}, {12, 0}, Qt::UTC),
                u"reg.lab"_s,
                u"team/app"_s,
                {u"1"_s, u"1.0"_s},
                1,
                2048};
    }
    static QString state(const BackupTableModel &model)
    {
        return model.index(0, BackupTableModel::StateColumn).data().toString();
    }
};

void TestBackupTableModel::saysWhatABackupHolds()
{
    BackupTableModel model;
    const QAbstractItemModelTester tester(&model);
    BackupRow needed = row(u"/b/2"_s);
    needed.isNeeded = true;
    needed.state = State::Needed;
    model.setRows({row(u"/b/1"_s), needed});
    const QStringList lines = treeText(model, 6).split(u'\n');
    QVERIFY2(lines.at(0).endsWith("| reg.lab/team/app | 1, 1.0 | 1 | 2.0 KiB | not verified"_L1),
             qPrintable(lines.at(0)));
    QVERIFY(lines.at(1).endsWith("needed by a run that is not finished"_L1));
    QCOMPARE(model.totalBytes(), 4096);
}

void TestBackupTableModel::namesTheFolderOfWhatCannotBeRead()
{
    BackupTableModel model;
    BackupRow damaged{u"/b/1"_s, QDateTime::currentDateTimeUtc()};
    damaged.state = State::Damaged;
    damaged.problem = u"it is torn"_s;
    model.setRows({damaged});
    QCOMPARE(model.index(0, BackupTableModel::NameColumn).data().toString(), u"/b/1"_s);
    QCOMPARE(state(model), u"damaged"_s);
    QVERIFY(model.index(0, BackupTableModel::StateColumn)
                .data(Qt::ToolTipRole)
                .toString()
                .contains("it is torn"_L1));
}

void TestBackupTableModel::saysWhatALookHasShown()
{
    BackupTableModel model;
    const QAbstractItemModelTester tester(&model);
    model.setRows({row(u"/b/1"_s)});
    model.setChecked(u"/b/1"_s, {});
    QCOMPARE(state(model), u"verified, complete"_s);
    model.setChecked(u"/b/1"_s, u"torn"_s);
    QCOMPARE(state(model), u"damaged"_s);
    model.setChecked(u"/b/2"_s, {}); // Of one that has gone by now.
    QCOMPARE(state(model), u"damaged"_s);
}

void TestBackupTableModel::readsARowAsOneSentence()
{
    BackupTableModel model;
    model.setRows({row(u"/b/1"_s)});
    const QString sentence = model.index(0, 0).data(Qt::AccessibleTextRole).toString();
    QVERIFY(sentence.startsWith("Backup of reg.lab/team/app from "_L1));
    QVERIFY(sentence.endsWith("2.0 KiB, not verified"_L1));
}

void TestBackupTableModel::sortsBySizeAndNotByItsText()
{
    BackupTableModel model;
    model.setRows({row(u"/b/1"_s)});
    QCOMPARE(model.index(0, BackupTableModel::SizeColumn).data(SortRole).toLongLong(), 2048);
    QCOMPARE(model.index(0, BackupTableModel::ImagesColumn).data(SortRole).toLongLong(), 1);
    QCOMPARE(model.index(0, BackupTableModel::TimeColumn).data(SortRole).toDateTime(),
             row({}).taken);
}

void TestBackupTableModel::findsEveryTag()
{
    BackupRow many = row(u"/b/1"_s);
    for (int i = 0; i < 500; ++i)
        many.tags.append(u"tag-%1"_s.arg(i));
    BackupTableModel model;
    model.setRows({many});
    QVERIFY(model.index(0, 0).data(SearchRole).toString().contains("tag-499"_L1));
}

void TestBackupTableModel::letsNothingHostileThrough()
{
    QList<BackupRow> rows;
    for (const QString &sample : HostileText::samples()) {
        BackupRow one = row(sample);
        one.registry = one.repository = one.problem = sample;
        one.tags = {sample};
        rows.append(one);
        one.repository.clear();
        rows.append(one);
    }
    BackupTableModel model;
    model.setRows(rows);
    QCOMPARE(HostileText::complaintsAbout(model), QStringList());
}

LONGSHORE_UI_TEST(TestBackupTableModel)
#include "tst_backuptablemodel.moc"
