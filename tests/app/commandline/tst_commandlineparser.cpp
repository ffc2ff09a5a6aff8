// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/commandlineparser.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestCommandLineParser : public QObject
{
    Q_OBJECT

private slots:
    void findsCommandsOfOneWordAndOfTwo();
    void takesOptionsOnBothSidesOfTheCommand();
    void keepsTheOptionsOfTheCommandApart();
    void takesWhatFollowsTheDashesAsItIs();
    void setsTheLimitsOfTheConnection();
    void limitsTheRate_data();
    void limitsTheRate();
    void refusesWhatItDoesNotUnderstand_data();
    void refusesWhatItDoesNotUnderstand();
    void explainsTheProgram();
    void explainsEachCommand();
    void tellsItsVersion();

private:
    /// The words behind the name of the program.
    static Result<CommandLine> parse(const QString &words)
    {
        return parseCommandLine(
            QStringList{u"longshorectl"_s} + words.split(u' ', Qt::SkipEmptyParts), commandTable());
    }
};

void TestCommandLineParser::findsCommandsOfOneWordAndOfTwo()
{
    const auto tags = parse(u"tags host/a"_s);
    QVERIFY(tags);
    QCOMPARE(tags->entry->name, u"tags"_s);
    QCOMPARE(tags->invocation.target(), u"host/a"_s);
    const auto manifest = parse(u"manifest get host/a:1"_s);
    QVERIFY(manifest);
    QCOMPARE(manifest->entry->name, u"manifest get"_s);
    QCOMPARE(manifest->invocation.arguments, QStringList{u"host/a:1"_s});
}

void TestCommandLineParser::takesOptionsOnBothSidesOfTheCommand()
{
    const auto line = parse(u"--json --username me manifest --quiet get --password-stdin a/b"_s);
    QVERIFY(!line); // "--quiet" stands inside the name of the command.
    const auto good = parse(u"--json --username me manifest get --password-stdin a/b --quiet"_s);
    QVERIFY2(good, good ? "" : qPrintable(good.error().message));
    const CommonOptions &options = good->invocation.common;
    QVERIFY(options.isJson && options.isQuiet && options.readsPassword);
    QVERIFY(!options.isVerbose && !options.isPlainHttp && !options.isAnonymous);
    QCOMPARE(options.user, u"me"_s);
}

void TestCommandLineParser::keepsTheOptionsOfTheCommandApart()
{
    const auto line = parse(u"tags host/a --sort version --json"_s);
    QVERIFY(line);
    QCOMPARE(line->invocation.options, (QMap<QString, QString>{{u"sort"_s, u"version"_s}}));
    const auto blob = parse(u"blob get host/a@b -o file"_s);
    QVERIFY(blob);
    QCOMPARE(blob->invocation.options.value(u"output"_s), u"file"_s);
    QVERIFY(!parse(u"repos host --sort version"_s));
}

void TestCommandLineParser::takesWhatFollowsTheDashesAsItIs()
{
    const auto line = parse(u"repos -- --help"_s);
    QVERIFY(line);
    QVERIFY(line->text.isEmpty());
    QCOMPARE(line->invocation.target(), u"--help"_s);
}

void TestCommandLineParser::setsTheLimitsOfTheConnection()
{
    const auto usual = parse(u"repos host"_s);
    QVERIFY(usual);
    QCOMPARE(usual->invocation.common.http.parallelRequests, 6);
    const auto line = parse(u"repos host --parallel 3 --timeout 90"_s);
    QVERIFY(line);
    const HttpSettings &http = line->invocation.common.http;
    QCOMPARE(http.parallelRequests, 3);
    const std::chrono::seconds limit(90);
    QVERIFY(http.timeouts.connect == limit && http.timeouts.firstByte == limit
            && http.timeouts.firstByteOfChange == limit && http.timeouts.idle == limit);
    // A slow answer must not be given up before a silent one.
    QVERIFY(http.timeouts.lowSpeedWindow >= limit);
}

void TestCommandLineParser::limitsTheRate_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("rate");
    QTest::newRow("bytes") << u"700"_s << qint64(700);
    QTest::newRow("kibibytes") << u"500K"_s << qint64(512'000);
    QTest::newRow("in lower case") << u"2m"_s << qint64(2 * 1024 * 1024);
    QTest::newRow("with a fraction") << u"1.5G"_s << qint64(1536) * 1024 * 1024;
}

void TestCommandLineParser::limitsTheRate()
{
    QFETCH(const QString, text);
    QFETCH(const qint64, rate);
    QCOMPARE(parse(u"repos host"_s)->invocation.common.bytesPerSecond, qint64(0));
    const auto line = parse("repos host --limit-rate "_L1 + text);
    QVERIFY(line);
    QCOMPARE(line->invocation.common.bytesPerSecond, rate);
}

void TestCommandLineParser::refusesWhatItDoesNotUnderstand_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("named");
    QTest::newRow("nothing") << u""_s << u"--help"_s;
    QTest::newRow("unknown command") << u"destroy host"_s << u"destroy"_s;
    QTest::newRow("half a command") << u"manifest"_s << u"manifest get"_s;
    QTest::newRow("half a command and an argument") << u"blob host/a"_s << u"blob get"_s;
    QTest::newRow("no argument") << u"tags"_s << u"longshorectl tags [options] HOST/REPO"_s;
    QTest::newRow("too many") << u"tags host/a host/b"_s << u"HOST/REPO"_s;
    QTest::newRow("unknown option") << u"tags host/a --colour"_s << u"colour"_s;
    QTest::newRow("option without value") << u"tags host/a --sort"_s << u"sort"_s;
    QTest::newRow("none at once") << u"repos h --parallel 0"_s << u"--parallel"_s;
    QTest::newRow("too many at once") << u"repos h --parallel 17"_s << u"--parallel"_s;
    QTest::newRow("no number") << u"repos h --parallel few"_s << u"--parallel"_s;
    QTest::newRow("no rate") << u"repos h --limit-rate 0"_s << u"--limit-rate"_s;
    QTest::newRow("rate of nothing") << u"repos h --limit-rate="_s << u"--limit-rate"_s;
    QTest::newRow("rate of another unit") << u"repos h --limit-rate 10T"_s << u"--limit-rate"_s;
    QTest::newRow("rate that is negative") << u"repos h --limit-rate=-5K"_s << u"--limit-rate"_s;
    QTest::newRow("rate beyond all")
        << u"repos h --limit-rate 999999999999999G"_s << u"--limit-rate"_s;
    QTest::newRow("no time") << u"repos h --timeout 0"_s << u"--timeout"_s;
    QTest::newRow("endless") << u"repos h --timeout 99999999999"_s << u"--timeout"_s;
    QTest::newRow("progress") << u"repos h --progress=bar"_s << u"--progress"_s;
    QTest::newRow("password as argument") << u"repos h --password x"_s << u"password"_s;
    QTest::newRow("user alone") << u"repos h --username me"_s << u"--password-stdin"_s;
    QTest::newRow("a user with a colon")
        << u"repos h --username a:b --password-stdin"_s << u"colon"_s;
    QTest::newRow("password alone") << u"repos h --password-stdin"_s << u"--username"_s;
    QTest::newRow("nobody and somebody")
        << u"repos h --username me --password-stdin --anonymous"_s << u"--anonymous"_s;
}

void TestCommandLineParser::refusesWhatItDoesNotUnderstand()
{
    QFETCH(const QString, words);
    QFETCH(const QString, named);
    const auto line = parse(words);
    QVERIFY(!line);
    QCOMPARE(line.error().kind, Error::Kind::InvalidInput);
    QVERIFY2(line.error().message.contains(named), qPrintable(line.error().message));
}

void TestCommandLineParser::explainsTheProgram()
{
    const auto line = parse(u"--help"_s);
    QVERIFY(line);
    QVERIFY(!line->entry);
    const auto table = commandTable();
    for (const CommandEntry &entry : table)
        QVERIFY2(line->text.contains(entry.summary), qPrintable(entry.name));
    QVERIFY(line->text.contains(u"--password-stdin"_s));
    QVERIFY(line->text.contains(u"130 cancelled"_s));
}

void TestCommandLineParser::explainsEachCommand()
{
    const auto table = commandTable();
    for (const CommandEntry &entry : table) {
        const auto line = parse(entry.name + u" --help"_s);
        QVERIFY(line);
        const QString usage = u"longshorectl "_s + entry.name + u" [options] "_s + entry.arguments;
        QVERIFY2(line->text.contains(usage), qPrintable(line->text));
        for (const QCommandLineOption &option : entry.options)
            QVERIFY(line->text.contains(option.description().left(20)));
    }
}

void TestCommandLineParser::tellsItsVersion()
{
    QCoreApplication::setApplicationVersion(u"7.8.9"_s);
    for (const QString &words : {u"--version"_s, u"tags --version"_s}) {
        const auto line = parse(words);
        QVERIFY(line);
        QCOMPARE(line->text, u"longshorectl 7.8.9\n"_s);
    }
}

QTEST_GUILESS_MAIN(TestCommandLineParser)
#include "tst_commandlineparser.moc"
