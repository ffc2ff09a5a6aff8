// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/deletiontable.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using State = DeletionOutcome::State;

class TestDeletionTable : public QObject
{
    Q_OBJECT

private slots:
    void hasARowForEachTag();
    void saysWhyTheServerRefused();
    void namesManifestsWithoutTags();
    void saysWhereTheBackupIs();
    void saysHowLongEachPartTook();
    void hasTheTagsThatWentAlone();
    void tellsApartWhatWasGoneAlready();

private:
    static DeletionOutcome outcome(const QStringList &tags, State state)
    {
        QList<Tag> chosen;
        for (const QString &tag : tags)
            chosen.append(*Tag::parse(tag));
        return {{{MediaType::ociManifest(), Digest::ofBytes("x"), 1}, chosen, {}, {}}, state};
    }
    static ReportTable table(const QList<DeletionOutcome> &outcomes)
    {
        return tableOf({repository(), {repository(), {u"/b/1"_s}, outcomes}});
    }
    static RepositoryName repository() { return *RepositoryName::parse(u"team/app"); }
    static ReportTable tableOf(const CleanupReport &report)
    {
        return deletionTable(report, u"reg.lab"_s, QDateTime({2026, 5, 4}, {12, 0}, Qt::UTC));
    }
};

void TestDeletionTable::hasARowForEachTag()
{
    const ReportTable table = this->table({outcome({u"1"_s, u"1.0"_s}, State::Deleted)});
    const QString digest = Digest::ofBytes("x").toString();
    QCOMPARE(table.rows, (QList<QStringList>{{u"1"_s, digest, u"deleted"_s, {}, {}, {}},
                                             {u"1.0"_s, digest, u"deleted"_s, {}, {}, {}}}));
    for (const QStringList &row : table.rows)
        QCOMPARE(row.size(), table.columns.size());
}

void TestDeletionTable::saysWhyTheServerRefused()
{
    DeletionOutcome refused = outcome({u"1"_s}, State::Failed);
    Error error{Error::Kind::Unsupported, u"Deletion is turned off."_s};
    error.httpStatus = 405;
    error.serverCode = u"UNSUPPORTED"_s;
    refused.error = error;
    QCOMPARE(table({refused}).rows.first().mid(2),
             (QStringList{u"failed"_s, u"Deletion is turned off."_s, u"405"_s, u"UNSUPPORTED"_s}));
}

void TestDeletionTable::namesManifestsWithoutTags()
{
    const ReportTable table = this->table({outcome({}, State::NotTried)});
    QCOMPARE(table.rows.size(), qsizetype(1));
    QCOMPARE(table.rows.first().at(1), Digest::ofBytes("x").toString());
}

void TestDeletionTable::saysWhereTheBackupIs()
{
    const QByteArray text = toCsv(table({}));
    QVERIFY(text.contains("registry,reg.lab\r\n"));
    QVERIFY(text.contains("backup,/b/1\r\n"));
    QVERIFY(text.contains("written,2026-05-04T12:00:00Z\r\n"));
}

void TestDeletionTable::saysHowLongEachPartTook()
{
    using namespace std::chrono_literals;
    CleanupReport report{repository(), {repository(), {u"/b/1"_s}, {}}};
    QVERIFY(!toCsv(tableOf(report)).contains("Seconds")); // Nothing ran.
    report.deletion.times = {1500ms, 250ms, 2s, 10s, 3s, 14s};
    const QByteArray text = toCsv(tableOf(report));
    for (const char *line :
         {"backupSeconds,1.500\r\n", "secondLookSeconds,0.250\r\n", "recheckSeconds,2.000\r\n",
          "deletionSeconds,10.000\r\n", "verificationSeconds,3.000\r\n", "wholeSeconds,14.000\r\n"})
        QVERIFY2(text.contains(line), line);
}

void TestDeletionTable::hasTheTagsThatWentAlone()
{
    CleanupReport report{repository(), {repository(), {u"/b/1"_s}, {}}};
    report.tagBackup.folder = u"/b/1-tags"_s;
    UntagOutcome failed{*Tag::parse(u"2"), Digest::ofBytes("y"), UntagOutcome::State::Failed};
    failed.error = Error{Error::Kind::Forbidden, u"Not you."_s};
    report.untagged = {{*Tag::parse(u"1"), Digest::ofBytes("x"), UntagOutcome::State::Removed},
                       failed};
    const ReportTable table = tableOf(report);
    const QString x = Digest::ofBytes("x").toString();
    const QString y = Digest::ofBytes("y").toString();
    QCOMPARE(table.rows, (QList<QStringList>{{u"1"_s, x, u"untagged"_s, {}, {}, {}},
                                             {u"2"_s, y, u"failed"_s, u"Not you."_s, {}, {}}}));
    QCOMPARE(table.facts.at(3).value, u"/b/1\n/b/1-tags"_s);
}

void TestDeletionTable::tellsApartWhatWasGoneAlready()
{
    DeletionOutcome failed = outcome({u"1"_s, u"2"_s}, State::Failed);
    failed.error = Error{Error::Kind::Forbidden, u"Not you."_s};
    failed.goneTags = {*Tag::parse(u"2")};
    const QString digest = Digest::ofBytes("x").toString();
    QCOMPARE(table({failed}).rows,
             (QList<QStringList>{{u"1"_s, digest, u"failed"_s, u"Not you."_s, {}, {}},
                                 {u"2"_s, digest, u"already-gone"_s, {}, {}, {}}}));
}

QTEST_GUILESS_MAIN(TestDeletionTable)
#include "tst_deletiontable.moc"
