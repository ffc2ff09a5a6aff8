// SPDX-License-Identifier: Apache-2.0
#include "core/auth/credentialhelperjob.h"
#include "support/helperfolder.h"
#include "support/outcome.h"

using namespace Longshore;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestCredentialHelperJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void asksTheHelperAsTheProtocolSays();
    void fails_data();
    void fails();
    void keepsWhatAHelperWritesToTheErrorsToItself();
    void stopsAHelperThatHangs_data();
    void stopsAHelperThatHangs();
    void stopsTheHelperWhenItIsCancelled();
    void givesTheHelperNoTerminal();

private:
    [[nodiscard]] Result<Credentials> ask(const QByteArray &script,
                                          std::chrono::milliseconds limit = 60s)
    {
        return outcomeOf(new CredentialHelperJob({m_folder->add(u"x"_s, script), m_key, limit}));
    }
    /// Whether the process whose number a script wrote into the file "pid" has ended.
    [[nodiscard]] bool isGone() const
    {
        const QString pid = QString::fromLatin1(m_folder->content(u"pid"_s).trimmed());
        QFile state(u"/proc/%1/stat"_s.arg(pid));
        // Nobody may be there to bury it.
        return !state.open(QIODevice::ReadOnly) || state.readAll().contains(") Z ");
    }

    QString m_key = u"reg.lab:5000"_s;
    std::unique_ptr<HelperFolder> m_folder;
};

void TestCredentialHelperJob::init()
{
    m_folder = std::make_unique<HelperFolder>();
}

void TestCredentialHelperJob::asksTheHelperAsTheProtocolSays()
{
    // CRED-21.
    const auto answer = ask(R"(echo "$#:$*" > "$FOLDER/arguments"
cat > "$FOLDER/input"
env > "$FOLDER/environment"
echo '{"Username":"me","Secret":"CANARY"}')");
    QVERIFY(answer);
    QCOMPARE(answer->user, u"me"_s);
    QCOMPARE(answer->password.reveal(), "CANARY");
    QCOMPARE(m_folder->content(u"arguments"_s), "1:get\n");
    QCOMPARE(m_folder->content(u"input"_s), "reg.lab:5000");
    QVERIFY(!m_folder->content(u"environment"_s).contains("reg.lab"));
}

void TestCredentialHelperJob::fails_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QString>("message");
    QTest::newRow("with a status") << QByteArray("exit 3") << u"failed"_s;
    QTest::newRow("by a signal") << QByteArray("kill -9 $$") << u"ended before"_s;
    QTest::newRow("with an empty answer") << QByteArray("exit 0") << u"no sign-in"_s;
    QTest::newRow("with garbage") << QByteArray("echo CANARY") << u"no sign-in"_s;
    QTest::newRow("with no end of output") << QByteArray("exec cat /dev/zero") << u"too much"_s;
    QTest::newRow("without reading the question")
        << QByteArray("exec <&-; echo '{'") << u"no sign-in"_s;
}

void TestCredentialHelperJob::fails()
{
    QFETCH(QByteArray, script);
    QFETCH(QString, message);
    const auto answer = ask(script);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, Error::Kind::Unauthorized);
    QVERIFY2(answer.error().message.contains(message), qPrintable(answer.error().message));
    QVERIFY(answer.error().message.contains(u"docker-credential-x"_s));
    QVERIFY(!QString(answer.error().message + answer.error().detail).contains(u"CANARY"_s));
}

void TestCredentialHelperJob::keepsWhatAHelperWritesToTheErrorsToItself()
{
    const auto answer = ask("echo CANARY >&2; exit 1");
    QVERIFY(!answer);
    QVERIFY(!QString(answer.error().message + answer.error().detail).contains(u"CANARY"_s));
}

void TestCredentialHelperJob::stopsAHelperThatHangs_data()
{
    // CRED-16. What it has started may hold the pipe, and must go too.
    QTest::addColumn<QByteArray>("script");
    QTest::newRow("itself") << QByteArray("echo $$ > \"$FOLDER/pid\"; exec sleep 600");
    QTest::newRow("in what it has started")
        << QByteArray("sleep 600 & echo $! > \"$FOLDER/pid\"; wait");
    QTest::newRow("deaf") << QByteArray(
        "trap '' TERM INT HUP; echo $$ > \"$FOLDER/pid\"; while :; do sleep 600; done");
}

void TestCredentialHelperJob::stopsAHelperThatHangs()
{
    QFETCH(QByteArray, script);
    auto *job = new CredentialHelperJob({m_folder->add(u"x"_s, script), m_key, 500ms});
    const auto answer = outcomeOf(job);
    QVERIFY(!answer);
    QVERIFY(answer.error().message.contains(u"does not answer"_s));
    if (m_folder->has(u"pid"_s)) // Else it was stopped before it came to that.
        QTRY_VERIFY(isGone());
}

void TestCredentialHelperJob::stopsTheHelperWhenItIsCancelled()
{
    auto *job = new CredentialHelperJob(
        {m_folder->add(u"x"_s, "sleep 600 & echo $! > \"$FOLDER/pid\"; wait"), m_key, 60s});
    job->start();
    QTRY_VERIFY(m_folder->content(u"pid"_s).endsWith('\n'));
    job->cancel();
    QTRY_VERIFY(isGone());
}

void TestCredentialHelperJob::givesTheHelperNoTerminal()
{
    // The leader of a session of its own has none.
    const auto answer = ask("set -- $(cat /proc/$$/stat)\n[ \"$6\" = \"$$\" ] || exit 1\n"
                            "echo '{\"Username\":\"me\",\"Secret\":\"s\"}'");
    QVERIFY(answer);
}

QTEST_GUILESS_MAIN(TestCredentialHelperJob)
#include "tst_credentialhelperjob.moc"
