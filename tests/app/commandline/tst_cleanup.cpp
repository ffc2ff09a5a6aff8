// SPDX-License-Identifier: Apache-2.0
#include "support/cleanuprunner.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// longshorectl cleanup, which only says what it would do.
class TestCleanup : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void changesNothingUnlessTold_data();
    void changesNothingUnlessTold();
    void printsThePlanForPeople();
    void narrowsEverythingByAPattern();
    void protectsWhatIsUsuallyMeantToStay();
    void writesThePlanToAFile();
    void takesRulesFromAFile();
    void refusesWhatItDoesNotUnderstand_data();
    void refusesWhatItDoesNotUnderstand();
    void readsNoDatesThatNoRuleAsksFor();

private:
    std::unique_ptr<CleanupRunner> m_cleanup;
};

void TestCleanup::init()
{
    m_cleanup = std::make_unique<CleanupRunner>(QStringLiteral(LONGSHORECTL));
}

void TestCleanup::changesNothingUnlessTold_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("DEL-41 dry run") << QStringList{u"--older-than"_s, u"90d"_s};
    QTest::newRow("confirmed") << QStringList{
        u"--older-than"_s, u"90"_s, u"--yes-delete"_s, u"2"_s, u"--backup"_s, u"saved"_s};
    QTest::newRow("DEL-38 everything")
        << QStringList{u"--match"_s, u"*"_s, u"--may-empty"_s, u"a"_s};
}

void TestCleanup::changesNothingUnlessTold()
{
    QFETCH(const QStringList, options);
    const auto result = m_cleanup->run(options);
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QVERIFY(CleanupRunner::totalsIn(result)[u"delete"_s].toInt() >= 2);
    QVERIFY2(result.errors.contains("add --apply"), result.errors.constData());
    QVERIFY(m_cleanup->isUntouched());
    QCOMPARE(m_cleanup->registry.tags(u"a"_s).size(), qsizetype(5));
    QVERIFY(!m_cleanup->program.files().contains(u"saved"_s));
}

void TestCleanup::printsThePlanForPeople()
{
    const auto result = m_cleanup->program.run(
        {u"cleanup"_s, m_cleanup->registry.host() + u"/a"_s, u"--older-than"_s, u"90d"_s});
    QCOMPARE(result.exitStatus, 0);
    const QList<QByteArray> lines = result.output.trimmed().split('\n');
    QCOMPARE(lines.size(), qsizetype(7));
    QVERIFY2(lines.first().startsWith("a:1.0\tdelete\tolder than 90 days: 300 days"),
             lines.first().constData());
    QVERIFY2(lines.at(5).startsWith("Of 5 tags: 2 to delete, 0 to untag, 0 kept, 1 protected, "
                                    "2 left alone, 0 blocked."),
             lines.at(5).constData());
    QVERIFY(lines.at(6).contains("garbage"));
}

void TestCleanup::narrowsEverythingByAPattern()
{
    QCOMPARE(CleanupRunner::decisionsIn(
                 m_cleanup->run({u"--match"_s, u"1.*"_s, u"--older-than"_s, u"250d"_s})),
             u"1.0=delete 1.1=left-alone 2.0=left-alone 2.1=left-alone latest=protected"_s);
    QCOMPARE(
        CleanupRunner::decisionsIn(m_cleanup->run({u"--match"_s, u"1.*"_s, u"--keep"_s, u"1"_s})),
        u"1.0=delete 1.1=keep 2.0=left-alone 2.1=left-alone latest=protected"_s);
    QCOMPARE(CleanupRunner::decisionsIn(
                 m_cleanup->run({u"--match"_s, u"1.0"_s, u"--match"_s, u"2.*"_s})),
             u"1.0=delete 1.1=left-alone 2.0=delete 2.1=delete latest=protected"_s);
    QCOMPARE(CleanupRunner::decisionsIn(m_cleanup->run({u"--keep"_s, u"3"_s})),
             u"1.0=delete 1.1=keep 2.0=keep 2.1=keep latest=protected"_s);
}

void TestCleanup::protectsWhatIsUsuallyMeantToStay()
{
    // DEL-39
    QCOMPARE(CleanupRunner::decisionsIn(m_cleanup->run(
                 {u"--match"_s, u"*"_s, u"--protect"_s, u"2.*"_s, u"--protect"_s, u"1.1"_s})),
             u"1.0=delete 1.1=protected 2.0=protected 2.1=protected latest=protected"_s);
}

void TestCleanup::writesThePlanToAFile()
{
    const auto result = m_cleanup->run({u"--older-than"_s, u"90d"_s, u"--plan"_s, u"plan.json"_s});
    QCOMPARE(result.exitStatus, 0);
    const QJsonDocument plan = QJsonDocument::fromJson(m_cleanup->program.content(u"plan.json"_s));
    QCOMPARE(plan[u"decisions"_s], documentOf(result)[u"decisions"_s]);
    QCOMPARE(plan[u"host"_s].toString(), m_cleanup->registry.host());
    QCOMPARE(plan[u"rules"_s][u"cleanupRules"_s].toInt(), 1);
    QVERIFY(!plan[u"time"_s].toString().isEmpty());
    QVERIFY(m_cleanup->isUntouched());
}

void TestCleanup::takesRulesFromAFile()
{
    m_cleanup->write(u"pods.txt"_s, m_cleanup->registry.host().toLatin1() + "/a:1.0\n");
    m_cleanup->write(u"rules.json"_s, R"({"cleanupRules":1,"rules":[
        {"action":"protect","when":[{"inUseFile":"pods.txt"}]},
        {"action":"keep","when":[{"newest":1,"by":"version","within":"major"}]},
        {"action":"delete","when":[{"everythingElse":true}]}]})");
    QCOMPARE(CleanupRunner::decisionsIn(m_cleanup->run({u"--rules"_s, u"rules.json"_s})),
             u"1.0=protected 1.1=keep 2.0=delete 2.1=keep latest=keep"_s);
    QCOMPARE(CleanupRunner::decisionsIn(
                 m_cleanup->run({u"--rules"_s, u"rules.json"_s, u"--protect"_s, u"2.0"_s})),
             u"1.0=protected 1.1=keep 2.0=protected 2.1=keep latest=keep"_s);
}

void TestCleanup::refusesWhatItDoesNotUnderstand_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("nothing to do") << QStringList();
    QTest::newRow("only protection") << QStringList{u"--protect"_s, u"a"_s};
    QTest::newRow("no number") << QStringList{u"--keep"_s, u"many"_s};
    QTest::newRow("none kept") << QStringList{u"--keep"_s, u"0"_s};
    QTest::newRow("negative") << QStringList{u"--older-than"_s, u"-3d"_s};
    QTest::newRow("months") << QStringList{u"--older-than"_s, u"3m"_s};
    QTest::newRow("no age") << QStringList{u"--older-than"_s, QString(), u"--match"_s, u"*"_s};
    QTest::newRow("DEL-38 empty pattern") << QStringList{u"--match"_s, QString()};
    QTest::newRow("DEL-38 invalid pattern") << QStringList{u"--match"_s, u"[a"_s};
    QTest::newRow("empty protection")
        << QStringList{u"--older-than"_s, u"9d"_s, u"--protect"_s, u"[a"_s};
    QTest::newRow("no number to confirm")
        << QStringList{u"--match"_s, u"*"_s, u"--yes-delete"_s, u"all"_s};
    QTest::newRow("rules and options")
        << QStringList{u"--rules"_s, u"rules.json"_s, u"--keep"_s, u"1"_s};
    QTest::newRow("rules that are none") << QStringList{u"--rules"_s, u"rules.json"_s};
}

void TestCleanup::refusesWhatItDoesNotUnderstand()
{
    QFETCH(const QStringList, options);
    m_cleanup->write(u"rules.json"_s,
                     R"({"cleanupRules":1,"rules":[{"action":"erase","when":[]}]})");
    const auto result = m_cleanup->run(options + QStringList{u"--apply"_s});
    QCOMPARE(result.exitStatus, 2);
    QVERIFY2(isOneCleanLine(result.errors), result.errors.constData());
    QVERIFY(m_cleanup->registry.requests().isEmpty());
}

void TestCleanup::readsNoDatesThatNoRuleAsksFor()
{
    QCOMPARE(m_cleanup->run({u"--match"_s, u"1.*"_s}).exitStatus, 0);
    QCOMPARE(m_cleanup->registry.count("GET", u"/blobs/"_s), qsizetype(0));
    QCOMPARE(m_cleanup->run({u"--older-than"_s, u"90d"_s}).exitStatus, 0);
    QCOMPARE(m_cleanup->registry.count("GET", u"/blobs/"_s), qsizetype(5));
}

QTEST_GUILESS_MAIN(TestCleanup)
#include "tst_cleanup.moc"
