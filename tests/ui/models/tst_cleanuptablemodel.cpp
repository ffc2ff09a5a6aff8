// SPDX-License-Identifier: Apache-2.0
#include "support/hostiletext.h"
#include "support/modeltext.h"
#include "support/uitest.h"
#include "ui/models/cleanuptablemodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using Decision = CleanupRow::Decision;
using Model = CleanupTableModel;

class TestCleanupTableModel : public QObject
{
    Q_OBJECT

private slots:
    void showsADecisionWithItsReason();
    void sortsByWhatIsMeant_data();
    void sortsByWhatIsMeant();
    void showsOnlyWhatIsAskedFor();
    void showsOnlyWhatIsDecidedForOneReason();
    void putsTheTagsOfOneImageTogether();
    void findsWhatIsShown();
    void saysWhatBecameOfATag();
    void saysWhatTheServerAnswered();
    void namesAFewOfManySiblings();
    void readsTheWordsOfAServerAsText();

private:
    [[nodiscard]] static CleanupRow row(const QString &tag, Decision decision, qint64 size = 1);
    [[nodiscard]] static QString tags(const Model &model);
};

CleanupRow TestCleanupTableModel::row(const QString &tag, Decision decision, qint64 size)
{
    CleanupRow result;
    result.repository = u"team/app"_s;
    result.tag = tag;
    result.digest = u"sha256:0123456789abcdef"_s;
    result.decision = decision;
    result.size = size;
    result.reason = u"because of "_s + tag;
    return result;
}

QString TestCleanupTableModel::tags(const Model &model)
{
    QStringList names;
    for (int i = 0; i < model.rowCount(); ++i)
        names.append(model.index(i, Model::TagColumn).data().toString());
    return names.join(u' ');
}

void TestCleanupTableModel::showsADecisionWithItsReason()
{
    Model model;
    const QAbstractItemModelTester tester(&model);
    CleanupRow one = row(u"1.0"_s, Decision::Untag, 2048);
    one.siblings = {u"latest"_s, u"1.0"_s, u"2"_s};
    one.choice = CleanupRow::Choice::Delete;
    model.setRows({one});
    QCOMPARE(treeText(model, Model::ColumnCount),
             u"1.0 | Untag | because of 1.0 | \u2013 | 2.0 KiB | latest, 2 | "
             "0123456789ab | \u270B Delete | team/app |  | "_s);
    const QModelIndex first = model.index(0, Model::TagColumn);
    QCOMPARE(first.data(Qt::AccessibleTextRole).toString(), u"1.0, Untag, because of 1.0"_s);
    QCOMPARE(first.data(Model::PlaceRole).toInt(), 0);
}

void TestCleanupTableModel::sortsByWhatIsMeant_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("expected");
    QTest::newRow("tags as versions") << int(Model::TagColumn) << u"1.9 1.10 2.0"_s;
    QTest::newRow("decisions by what they do") << int(Model::DecisionColumn) << u"2.0 1.10 1.9"_s;
    QTest::newRow("sizes as numbers") << int(Model::SizeColumn) << u"1.10 2.0 1.9"_s;
    QTest::newRow("dates as dates") << int(Model::CreatedColumn) << u"1.10 1.9 2.0"_s;
}

void TestCleanupTableModel::sortsByWhatIsMeant()
{
    QFETCH(int, column);
    QFETCH(QString, expected);
    Model model;
    QList<CleanupRow> rows{row(u"1.10"_s, Decision::Keep, 9), row(u"2.0"_s, Decision::Delete, 10),
                           row(u"1.9"_s, Decision::LeftAlone, 100)};
    rows[1].created = QDateTime(QDate(2026, 2, 1), QTime(), Qt::UTC);
    rows[2].created = QDateTime(QDate(2025, 12, 1), QTime(), Qt::UTC);
    model.setRows(rows);
    model.sort(column, Qt::AscendingOrder);
    QCOMPARE(tags(model), expected);
    model.sort(column, Qt::DescendingOrder);
    QStringList reversed = expected.split(u' ');
    std::reverse(reversed.begin(), reversed.end());
    QCOMPARE(tags(model), reversed.join(u' '));
}

void TestCleanupTableModel::showsOnlyWhatIsAskedFor()
{
    Model model;
    const QAbstractItemModelTester tester(&model);
    model.setRows({row(u"a"_s, Decision::Delete), row(u"b"_s, Decision::Keep),
                   row(u"ab"_s, Decision::Delete)});
    model.setFilter({Decision::Delete}, {});
    QCOMPARE(tags(model), u"a ab"_s);
    model.setFilter({}, u"APP of"_s); // Every word, wherever.
    QCOMPARE(tags(model), u"a ab b"_s);
    model.setFilter({Decision::Keep}, u"because"_s);
    QCOMPARE(tags(model), u"b"_s);
    model.setFilter({}, u"ab"_s);
    QCOMPARE(tags(model), u"ab"_s);
    model.setFilter({}, {});
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.rows().size(), qsizetype(3));
}

void TestCleanupTableModel::showsOnlyWhatIsDecidedForOneReason()
{
    Model model;
    QList<CleanupRow> rows{row(u"a"_s, Decision::Delete), row(u"b"_s, Decision::Keep),
                           row(u"c"_s, Decision::Delete)};
    rows[0].cause = rows[1].cause = u"older than 90 days"_s;
    model.setRows(rows);
    model.setFilter({}, {}, u"older than 90 days"_s);
    QCOMPARE(tags(model), u"a b"_s);
    model.setFilter({Decision::Delete}, {}, u"older than 90 days"_s);
    QCOMPARE(tags(model), u"a"_s);
}

void TestCleanupTableModel::putsTheTagsOfOneImageTogether()
{
    Model model;
    const QAbstractItemModelTester tester(&model);
    QList<CleanupRow> rows;
    for (const QString &tag : {u"a"_s, u"b"_s, u"c"_s, u"d"_s})
        rows.append(row(tag, Decision::Keep));
    rows[1].digest = rows[3].digest = u"sha256:fedcba9876543210"_s;
    rows[2].repository = u"team/other"_s; // The same image, but another group of tags.
    model.setRows(rows);
    model.sort(Model::TagColumn, Qt::AscendingOrder);
    model.setGrouped(true);
    QCOMPARE(tags(model), u"a b d c"_s);
    const auto isShaded = [&](int line) {
        return model.index(line, 0).data(Qt::BackgroundRole).isValid();
    };
    QVERIFY(!isShaded(0) && isShaded(1) && isShaded(2) && !isShaded(3));
    model.sort(Model::TagColumn, Qt::DescendingOrder);
    QCOMPARE(tags(model), u"d b c a"_s);
    model.setGrouped(false);
    QCOMPARE(tags(model), u"d c b a"_s);
    QVERIFY(!isShaded(1));
}

void TestCleanupTableModel::findsWhatIsShown()
{
    Model model;
    const QList<CleanupRow> rows{row(u"a"_s, Decision::Keep), row(u"b"_s, Decision::Keep),
                                 row(u"c"_s, Decision::Delete), row(u"d"_s, Decision::Keep)};
    model.setRows(rows);
    CleanupRow other = row(u"c"_s, Decision::Delete);
    other.repository = u"team/other"_s;
    const QItemSelection found = model.find({rows.at(3), rows.at(1), rows.at(0), other});
    QCOMPARE(found.size(), qsizetype(2)); // Ranges.
    QCOMPARE(found.indexes().size(), qsizetype(3));
    QVERIFY(!found.contains(model.index(2, 0)));
    model.setFilter({Decision::Delete}, {});
    QVERIFY(model.find({rows.at(0)}).isEmpty());
    QCOMPARE(model.find({rows.at(2)}).indexes().first().data(Model::PlaceRole).toInt(), 2);
}

void TestCleanupTableModel::saysWhatBecameOfATag()
{
    Model model;
    CleanupRow gone = row(u"a"_s, Decision::Delete);
    gone.outcome = u"Deleted"_s;
    CleanupRow failed = row(u"b"_s, Decision::Delete);
    failed.outcome = u"Skipped"_s;
    failed.hasFailed = true;
    model.setRows({gone, failed});
    const QModelIndex first = model.index(0, Model::DecisionColumn);
    const QModelIndex second = model.index(1, Model::DecisionColumn);
    QCOMPARE(first.data().toString(), u"Deleted"_s);
    QCOMPARE(second.data().toString(), u"Skipped"_s);
    const auto key = [](const QModelIndex &index) {
        return index.data(Qt::DecorationRole).value<QIcon>().pixmap(16).toImage();
    };
    QVERIFY(key(first) != key(second));
}

void TestCleanupTableModel::saysWhatTheServerAnswered()
{
    Model model;
    CleanupRow refused = row(u"a"_s, Decision::Delete);
    refused.httpStatus = 403;
    refused.serverWords = u"DENIED \u00b7 not you"_s;
    model.setRows({refused});
    QCOMPARE(model.index(0, Model::StatusColumn).data().toString(), u"403"_s);
    QCOMPARE(model.index(0, Model::ServerColumn).data().toString(), u"DENIED \u00b7 not you"_s);
}

void TestCleanupTableModel::namesAFewOfManySiblings()
{
    CleanupRow one = row(u"t7"_s, Decision::Keep);
    for (int i = 0; i < 1000; ++i)
        one.siblings.append(u"t%1"_s.arg(i));
    const QString text = CleanupTableModel::siblingsOf(one);
    QVERIFY(text.startsWith("t0, t1, "_L1));
    QVERIFY(!text.contains("t7,"_L1));
    QVERIFY2(text.endsWith("t20 and 979 more"_L1), qPrintable(text));
}

void TestCleanupTableModel::readsTheWordsOfAServerAsText()
{
    Model model;
    QList<CleanupRow> rows;
    for (const QString &sample : HostileText::samples()) {
        rows.append(row(sample, Decision::Delete));
        rows.last().siblings = {sample, u"x"_s, sample};
        rows.last().repository = sample;
        rows.last().serverWords = sample;
        rows.last().reason = u"by a rule"_s; // That is our own text.
    }
    model.setRows(rows);
    QCOMPARE(HostileText::complaintsAbout(model), QStringList());
}

LONGSHORE_UI_TEST(TestCleanupTableModel)
#include "tst_cleanuptablemodel.moc"
