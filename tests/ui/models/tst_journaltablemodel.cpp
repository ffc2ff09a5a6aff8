// SPDX-License-Identifier: Apache-2.0
#include "support/hostiletext.h"
#include "support/modeltext.h"
#include "support/uitest.h"
#include "ui/models/journaltablemodel.h"
#include "ui/models/tablerole.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using Action = JournalRow::Action;

class TestJournalTableModel : public QObject
{
    Q_OBJECT

private slots:
    void saysWhatWasChanged();
    void saysWhoByWhichConnection();
    void saysWhatCameAndWhatWent();
    void saysWhatMayBeChanged();
    void saysWhatBecameOfIt_data();
    void saysWhatBecameOfIt();
    void readsARowAsOneSentence();
    void findsEveryWord();
    void sortsByTimeAndNotByItsText();
    void letsNothingHostileThrough();

private:
    static JournalRow row(Action action, const QString &state)
    {
        return {QDateTime({2026, 5, 4}, {12, 0}, Qt::UTC),
                u"reg.lab"_s,
                u"team/app"_s,
                {u"1"_s, u"1.0"_s},
                action,
                Digest::ofBytes("x"),
                state};
    }
};

void TestJournalTableModel::saysWhatWasChanged()
{
    JournalTableModel model;
    const QAbstractItemModelTester tester(&model);
    JournalRow untagged = row(Action::Untagging, u"untagged"_s);
    JournalRow manifest = row(Action::Deletion, u"deleted"_s);
    manifest.tags.clear();
    model.setRows({row(Action::Restore, u"restored"_s), untagged, manifest});
    const QString id = Digest::ofBytes("x").shortText();
    const auto line = [&](int number) { return treeText(model, 8).split(u'\n').at(number); };
    QVERIFY(
        line(0).endsWith(u"| reg.lab | team/app | Restore | 1, 1.0 | – | %1 | Restored"_s.arg(id)));
    QVERIFY(line(1).endsWith(
        u"| reg.lab | team/app | Remove tag | 1, 1.0 | %1 | – | Removed"_s.arg(id)));
    QVERIFY(line(2).endsWith(
        u"| reg.lab | team/app | Delete image | (without a tag) | %1 | – | Deleted"_s.arg(id)));
}

void TestJournalTableModel::saysWhoByWhichConnection()
{
    JournalTableModel model;
    JournalRow named = row(Action::Deletion, u"deleted"_s);
    named.user = u"anna"_s;
    named.connection = u"Lab"_s;
    JournalRow unnamed = named;
    unnamed.user = u"anonymous"_s;
    model.setRows({named, unnamed});
    const auto text = [&](int row, int column) {
        return model.index(row, column).data().toString();
    };
    QCOMPARE(text(0, JournalTableModel::UserColumn), u"anna"_s);
    QCOMPARE(text(0, JournalTableModel::ConnectionColumn), u"Lab"_s);
    QCOMPARE(text(1, JournalTableModel::UserColumn), u"anonymous"_s);
    const QString words = model.index(0, 0).data(SearchRole).toString();
    QVERIFY(words.contains("anna"_L1) && words.contains("Lab"_L1));
}

void TestJournalTableModel::saysWhatCameAndWhatWent()
{
    const QString image = Digest::ofBytes("x").toString();
    for (const Action action : {Action::Copy, Action::Tagging}) {
        JournalRow one = row(action, u"stored"_s);
        one.replaced = Digest::ofBytes("y").toString();
        QCOMPARE(one.before(), one.replaced);
        QCOMPARE(one.after(), image);
        QCOMPARE(JournalTableModel::resultText(one), u"Stored"_s);
    }
    QCOMPARE(row(Action::Copy, u"stored"_s).before(), QString());
    QCOMPARE(row(Action::BlobUpload, u"stored"_s).after(), image);
    QCOMPARE(row(Action::BlobDeletion, u"deleted"_s).before(), image);
    QCOMPARE(row(Action::BlobDeletion, u"deleted"_s).after(), QString());
}

void TestJournalTableModel::saysWhatMayBeChanged()
{
    JournalTableModel model;
    JournalRow off = row(Action::ReadOnlyOff, {});
    off.repository.clear();
    off.tags.clear();
    off.digest.reset();
    model.setRows({off});
    QVERIFY2(treeText(model, 8).endsWith(
                 u"| reg.lab |  | Turn read-only off | \u2013 | \u2013 | \u2013 | Done"_s),
             qPrintable(treeText(model, 8)));
}

void TestJournalTableModel::saysWhatBecameOfIt_data()
{
    QTest::addColumn<QString>("state");
    QTest::addColumn<QString>("text");
    QTest::newRow("skipped") << u"skipped"_s << u"Skipped: why"_s;
    QTest::newRow("failed") << u"failed"_s << u"Failed: why"_s;
    QTest::newRow("unverified") << u"unverified"_s << u"Unclear: why"_s;
    QTest::newRow("not tried") << u"not-tried"_s << u"Not tried: why"_s;
    QTest::newRow("of a later version") << u"moved"_s << u"moved: why"_s;
}

void TestJournalTableModel::saysWhatBecameOfIt()
{
    QFETCH(const QString, state);
    QFETCH(const QString, text);
    JournalRow row = this->row(Action::Deletion, state);
    row.message = u"why"_s;
    QCOMPARE(JournalTableModel::resultText(row), text);
    const JournalRow over = this->row(Action::Deletion, {});
    QCOMPARE(JournalTableModel::resultText(over), u"Not known"_s);
    JournalRow open = over;
    open.isOpen = true;
    QCOMPARE(JournalTableModel::resultText(open), u"Not finished"_s);
}

void TestJournalTableModel::readsARowAsOneSentence()
{
    JournalTableModel model;
    model.setRows({row(Action::Deletion, u"deleted"_s)});
    QVERIFY(model.index(0, 0)
                .data(Qt::AccessibleTextRole)
                .toString()
                .startsWith("Delete image, team/app, 1, 1.0, Deleted, "_L1));
}

void TestJournalTableModel::findsEveryWord()
{
    JournalTableModel model;
    JournalRow one = row(Action::Deletion, u"failed"_s);
    one.message = u"teapot"_s;
    one.backupFolder = u"/home/me/b1"_s;
    model.setRows({one});
    const QString words = model.index(0, 0).data(SearchRole).toString();
    for (const QString &word : {one.digest->toString(), u"teapot"_s, u"/home/me/b1"_s, u"reg.lab"_s,
                                u"1.0"_s, u"Delete image"_s})
        QVERIFY2(words.contains(word), qPrintable(word));
}

void TestJournalTableModel::sortsByTimeAndNotByItsText()
{
    JournalTableModel model;
    const JournalRow one = row(Action::Deletion, u"deleted"_s);
    model.setRows({one});
    QCOMPARE(model.index(0, JournalTableModel::TimeColumn).data(SortRole).toDateTime(), one.time);
}

void TestJournalTableModel::letsNothingHostileThrough()
{
    QList<JournalRow> rows;
    for (const QString &sample : HostileText::samples()) {
        JournalRow one = row(Action::Deletion, sample);
        one.registry = one.repository = one.message = one.backupFolder = sample;
        one.user = one.connection = sample;
        one.tags = {sample};
        rows.append(one);
    }
    JournalTableModel model;
    model.setRows(rows);
    QCOMPARE(HostileText::complaintsAbout(model), QStringList());
}

LONGSHORE_UI_TEST(TestJournalTableModel)
#include "tst_journaltablemodel.moc"
