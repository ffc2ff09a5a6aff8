// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/journalstore.h"
#include "support/outcome.h"
#include "support/programrunner.h"
#include "support/testimages.h"
#include "support/writtenfile.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

/// What is in the journal of changes of which nobody knows whether they have happened.
class TestJournalUnclear : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void tellsOfACopyThatWasInterrupted_data();
    void tellsOfACopyThatWasInterrupted();
    void tellsOfAManifestThatMayBeThere_data();
    void tellsOfAManifestThatMayBeThere();
    void tellsOfABlobThatMayBeGone();
    void tellsNothingOfWhatWasRefused_data();
    void tellsNothingOfWhatWasRefused();

private:
    [[nodiscard]] QList<JournalRun> runs() const
    {
        JournalStore store(m_program->filePath(u"data/longshore/journal.sqlite"_s));
        const auto runs = outcomeOf(store.runs());
        return runs ? *runs : QList<JournalRun>();
    }

    std::unique_ptr<ProgramRunner> m_program;
    std::unique_ptr<FakeRegistry> m_registry;
    std::optional<Digest> m_one; ///< Of the tag "1".
};

void TestJournalUnclear::init()
{
    m_program = std::make_unique<ProgramRunner>(QStringLiteral(LONGSHORECTL));
    m_registry = std::make_unique<FakeRegistry>();
    m_one = TestImages::addImage(*m_registry, u"a"_s, u"1"_s);
}

void TestJournalUnclear::tellsOfACopyThatWasInterrupted_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<bool>("isAnswered"); // When the tag was to be set.
    QTest::newRow("before the answer") << QStringList() << false;
    QTest::newRow("before the answer, without a backup") << QStringList{u"--no-backup"_s} << false;
    QTest::newRow("while it was read back") << QStringList() << true;
    QTest::newRow("while it was read back, without a backup")
        << QStringList{u"--no-backup"_s} << true;
}

void TestJournalUnclear::tellsOfACopyThatWasInterrupted()
{
    QFETCH(const QStringList, options);
    QFETCH(const bool, isAnswered);
    bool isSent = false;
    bool isHeld = false;
    m_registry->intercept([&](const TestRequest &request, const TestConnection &) {
        const bool isLast = isSent && request.method == "GET";
        isSent = isSent || (request.method == "PUT" && request.path().endsWith("/manifests/2"_L1));
        isHeld = isHeld || (isAnswered ? isLast : isSent);
        return isHeld; // Never answered.
    });
    const QString host = m_registry->host();
    const auto process =
        m_program->start(QStringList{u"copy"_s, host + u"/a:1"_s, host + u"/a:2"_s} + options);
    QTRY_VERIFY_WITH_TIMEOUT(isHeld, 30'000);
    process->terminate();
    QVERIFY(ProgramRunner::finish(*process).exitStatus != 0);
    const QList<JournalRun> found = runs();
    QCOMPARE(found.size(), qsizetype(1));
    QVERIFY(found.first().ended);
    const JournalItem item = found.first().items.first();
    QCOMPARE(item.manifest, *m_one);
    QCOMPARE(item.tags, QList<Tag>{*Tag::parse(u"2")});
    QCOMPARE(item.result.state, u"unverified"_s);
}

void TestJournalUnclear::tellsOfAManifestThatMayBeThere_data()
{
    QTest::addColumn<QStringList>("command");
    QTest::addColumn<JournalRun::Kind>("kind");
    QTest::addColumn<bool>("isInterrupted");
    const QStringList add{u"tag"_s, u"add"_s, u"/a:1"_s, u"2"_s};
    const QStringList put{u"manifest"_s, u"put"_s, u"/a:2"_s, u"manifest"_s};
    QTest::newRow("tag add") << add << JournalRun::Kind::Tagging << false;
    QTest::newRow("tag add, interrupted") << add << JournalRun::Kind::Tagging << true;
    QTest::newRow("manifest put") << put << JournalRun::Kind::Copy << false;
    QTest::newRow("manifest put, interrupted") << put << JournalRun::Kind::Copy << true;
}

void TestJournalUnclear::tellsOfAManifestThatMayBeThere()
{
    QFETCH(QStringList, command);
    QFETCH(const JournalRun::Kind, kind);
    QFETCH(const bool, isInterrupted);
    command[2].prepend(m_registry->host());
    if (command.last() == "manifest"_L1)
        command.last() = writtenFile(m_program->filePath(u"manifest"_s),
                                     m_registry->manifestBytes(u"a"_s, *m_one));
    bool isSent = false;
    m_registry->intercept([&](const TestRequest &request, const TestConnection &connection) {
        isSent = isSent || request.method == "PUT";
        if (isSent && !isInterrupted)
            connection.reset(); // Whether it was stored cannot be asked either.
        return isSent;
    });
    const auto process = m_program->start(command);
    QTRY_VERIFY_WITH_TIMEOUT(isSent, 30'000);
    if (isInterrupted)
        process->terminate();
    QVERIFY(ProgramRunner::finish(*process).exitStatus != 0);
    const QList<JournalRun> found = runs();
    QCOMPARE(found.size(), qsizetype(1));
    QCOMPARE(found.first().kind, kind);
    const JournalItem item = found.first().items.first();
    QCOMPARE(item.manifest, *m_one);
    QCOMPARE(item.tags, QList<Tag>{*Tag::parse(u"2")});
    QCOMPARE(item.result.state, u"unverified"_s);
    QVERIFY(!item.result.message.isEmpty());
}

void TestJournalUnclear::tellsOfABlobThatMayBeGone()
{
    bool isSent = false;
    m_registry->intercept([&](const TestRequest &request, const TestConnection &) {
        isSent = isSent || request.method == "DELETE";
        return isSent; // Never answered.
    });
    const QString blob = m_registry->host() + u"/a@"_s + m_one->toString();
    const auto process = m_program->start({u"blob"_s, u"delete"_s, blob});
    QTRY_VERIFY_WITH_TIMEOUT(isSent, 30'000);
    process->terminate();
    QVERIFY(ProgramRunner::finish(*process).exitStatus != 0);
    const QList<JournalRun> found = runs();
    QCOMPARE(found.size(), qsizetype(1));
    QCOMPARE(found.first().kind, JournalRun::Kind::BlobDeletion);
    QCOMPARE(found.first().items.first().result.state, u"unverified"_s);
}

void TestJournalUnclear::tellsNothingOfWhatWasRefused_data()
{
    QTest::addColumn<QStringList>("command");
    QTest::newRow("tag add") << QStringList{u"tag"_s, u"add"_s, u"/a:1"_s, u"2"_s};
    QTest::newRow("copy") << QStringList{u"copy"_s, u"/a:1"_s, u"/a:2"_s};
    QTest::newRow("copy without a backup")
        << QStringList{u"copy"_s, u"/a:1"_s, u"/a:2"_s, u"--no-backup"_s};
}

void TestJournalUnclear::tellsNothingOfWhatWasRefused()
{
    QFETCH(QStringList, command);
    for (QString &word : command) {
        if (word.startsWith(u'/'))
            word.prepend(m_registry->host());
    }
    m_registry->failNext("PUT", u"/manifests/"_s, registryRefusal(403, "DENIED", "no"), 10);
    QVERIFY(m_program->run(command).exitStatus != 0);
    QVERIFY(runs().isEmpty());
}

QTEST_GUILESS_MAIN(TestJournalUnclear)
#include "tst_journal_unclear.moc"
