// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/journalstore.h"
#include "support/heldrequests.h"
#include "support/outcome.h"
#include "support/programrunner.h"
#include "support/testimages.h"

#include <QDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// What commands that change something leave in the journal, also when they are killed.
class TestJournal : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void tellsOfADeletionAndItsRestore();
    void tellsOfACleanUp();
    void tellsOfATagThatWasRemoved();
    void tellsOfWhatWasStored();
    void tellsOfTagsAndManifestsAndBlobs();
    void tellsOfABlobThatWasPut();
    void tellsOfACopyThatWasNotReadBack();
    void tellsOfABlobThatMayBeGone();
    void worksWithoutAJournal();
    void tellsOfADeletionThatWasKilled();

private:
    [[nodiscard]] QStringList deletion() const
    {
        return {u"manifest"_s, u"delete"_s, m_registry->host() + u"/a:1"_s, u"--backup"_s,
                m_program->filePath(u"saved"_s)};
    }
    [[nodiscard]] QString path() const
    {
        return m_program->filePath(u"data/longshore/journal.sqlite"_s);
    }

    [[nodiscard]] QList<JournalRun> runs() const
    {
        JournalStore store(path());
        const auto runs = outcomeOf(store.runs());
        return runs ? *runs : QList<JournalRun>();
    }

    std::unique_ptr<ProgramRunner> m_program;
    std::unique_ptr<FakeRegistry> m_registry;
    std::optional<Digest> m_one; ///< Of the tag "1".
};

void TestJournal::init()
{
    m_program = std::make_unique<ProgramRunner>(QStringLiteral(LONGSHORECTL));
    m_registry = std::make_unique<FakeRegistry>();
    m_one = TestImages::addImage(*m_registry, u"a"_s, u"1"_s);
}

void TestJournal::tellsOfADeletionAndItsRestore()
{
    QCOMPARE(m_program->run(deletion()).exitStatus, 0);
    QCOMPARE(m_program->run({u"restore"_s, u"saved"_s}).exitStatus, 0);
    JournalStore store(path());
    const auto runs = outcomeOf(store.runs());
    QVERIFY2(runs, runs ? "" : qPrintable(runs.error().message));
    QCOMPARE(runs->size(), qsizetype(2));
    QCOMPARE(runs->at(0).kind, JournalRun::Kind::Restore);
    QCOMPARE(runs->at(0).items.first().result.state, u"restored"_s);
    QCOMPARE(runs->at(1).kind, JournalRun::Kind::Deletion);
    QCOMPARE(runs->at(1).items.first().result.state, u"deleted"_s);
    QCOMPARE(runs->at(1).backupFolder, m_program->filePath(u"saved"_s));
    for (const JournalRun &run : *runs)
        QVERIFY(run.ended);
}

void TestJournal::tellsOfACleanUp()
{
    TestImages::addImage(*m_registry, u"a"_s, u"latest"_s, {.architecture = u"arm64"_s});
    QCOMPARE(m_program
                 ->run({u"cleanup"_s, m_registry->host() + u"/a"_s, u"--match"_s, u"1"_s,
                        u"--apply"_s, u"--backup"_s, u"saved"_s})
                 .exitStatus,
             0);
    JournalStore store(path());
    const auto runs = outcomeOf(store.runs());
    QVERIFY2(runs, runs ? "" : qPrintable(runs.error().message));
    QCOMPARE(runs->size(), qsizetype(1));
    QCOMPARE(runs->first().items.first().result.state, u"deleted"_s);
    QCOMPARE(runs->first().backupFolder, m_program->filePath(u"saved"_s));
}

void TestJournal::tellsOfATagThatWasRemoved()
{
    m_registry->behaviour.canDeleteTags = true;
    m_registry->setTag(u"a"_s, u"1.0"_s, *m_one);
    const auto result = m_program->run(
        {u"tag"_s, u"remove"_s, m_registry->host() + u"/a:1"_s, u"--backup"_s, u"saved"_s});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QCOMPARE(m_registry->tags(u"a"_s), QStringList{u"1.0"_s});
    JournalStore store(path());
    const auto runs = outcomeOf(store.runs());
    QVERIFY2(runs, runs ? "" : qPrintable(runs.error().message));
    QCOMPARE(runs->size(), qsizetype(1));
    QCOMPARE(runs->first().items,
             (QList<JournalItem>{{*m_one, {*Tag::parse(u"1")}, {u"untagged"_s}}}));
    QVERIFY(runs->first().ended);
    QCOMPARE(m_program->run({u"restore"_s, u"saved"_s}).exitStatus, 0);
    QCOMPARE(m_registry->tags(u"a"_s), (QStringList{u"1"_s, u"1.0"_s}));
}

void TestJournal::tellsOfWhatWasStored()
{
    const Digest old =
        TestImages::addImage(*m_registry, u"b"_s, u"2"_s, {.architecture = u"arm64"_s});
    const QString host = m_registry->host();
    QCOMPARE(
        m_program->run({u"copy"_s, host + u"/a:1"_s, host + u"/b:2"_s, u"--backup"_s, u"saved"_s})
            .exitStatus,
        0);
    QCOMPARE(m_program->run({u"copy"_s, host + u"/a:1"_s, host + u"/a:3"_s}).exitStatus, 0);
    const QList<JournalRun> found = runs();
    QCOMPARE(found.size(), qsizetype(2));
    QCOMPARE(found.at(1).kind, JournalRun::Kind::Copy);
    QCOMPARE(found.at(1).items,
             (QList<JournalItem>{{*m_one, {*Tag::parse(u"2")}, {u"stored"_s}, old}}));
    QCOMPARE(found.at(1).backupFolder, m_program->filePath(u"saved"_s));
    QCOMPARE(found.at(1).user, u"anonymous"_s);
    QCOMPARE(found.at(0).kind, JournalRun::Kind::Tagging); // The image was there.
    QVERIFY(!found.at(0).items.first().replaced);
}

void TestJournal::tellsOfTagsAndManifestsAndBlobs()
{
    const QString host = m_registry->host();
    const Digest old =
        TestImages::addImage(*m_registry, u"a"_s, u"2"_s, {.architecture = u"arm64"_s});
    QCOMPARE(m_program->run({u"tag"_s, u"add"_s, host + u"/a:1"_s, u"2"_s, u"3"_s}).exitStatus, 0);
    QFile file(m_program->filePath(u"manifest.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(m_registry->manifestBytes(u"a"_s, *m_one));
    file.close();
    QCOMPARE(
        m_program->run({u"manifest"_s, u"put"_s, host + u"/a:4"_s, file.fileName()}).exitStatus, 0);
    const Descriptor blob = m_registry->addBlob(u"a"_s, "a layer");
    QCOMPARE(m_program->run({u"blob"_s, u"delete"_s, host + u"/a@"_s + blob.digest.toString()})
                 .exitStatus,
             0);
    const QList<JournalRun> found = runs();
    QCOMPARE(found.size(), qsizetype(4));
    QCOMPARE(found.at(3).kind, JournalRun::Kind::Tagging);
    QCOMPARE(found.at(3).items.first().replaced, old);
    QCOMPARE(found.at(2).items, (QList<JournalItem>{{*m_one, {*Tag::parse(u"3")}, {u"stored"_s}}}));
    QCOMPARE(found.at(1).kind, JournalRun::Kind::Copy);
    QCOMPARE(found.at(1).items.first().tags, QList<Tag>{*Tag::parse(u"4")});
    QCOMPARE(found.at(0).kind, JournalRun::Kind::BlobDeletion);
    QCOMPARE(found.at(0).items.first().manifest, blob.digest);
}

void TestJournal::tellsOfABlobThatWasPut()
{
    QFile file(m_program->filePath(u"layer"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("a layer");
    file.close();
    const QStringList put{u"blob"_s, u"put"_s, m_registry->host() + u"/a"_s, file.fileName()};
    QCOMPARE(m_program->run(put).exitStatus, 0);
    QCOMPARE(m_program->run(put).exitStatus, 0); // It is there by now: nothing changes.
    const QList<JournalRun> found = runs();
    QCOMPARE(found.size(), qsizetype(1));
    QCOMPARE(found.first().kind, JournalRun::Kind::BlobUpload);
    QCOMPARE(found.first().items,
             (QList<JournalItem>{{Digest::ofBytes("a layer"), {}, {u"stored"_s}}}));
}

void TestJournal::tellsOfACopyThatWasNotReadBack()
{
    bool isSet = false;
    m_registry->intercept([&](const TestRequest &request, const TestConnection &connection) {
        const bool isOver = isSet && request.method == "GET";
        if (isOver)
            connection.answer(registryRefusal(403, "DENIED", "no"));
        isSet = isSet || (request.method == "PUT" && request.path().endsWith("/manifests/2"_L1));
        return isOver;
    });
    const QString host = m_registry->host();
    QVERIFY(m_program->run({u"copy"_s, host + u"/a:1"_s, host + u"/a:2"_s}).exitStatus != 0);
    const QList<JournalRun> found = runs();
    QCOMPARE(found.size(), qsizetype(1));
    QCOMPARE(found.first().items.first().manifest, *m_one);
    QCOMPARE(found.first().items.first().tags, QList<Tag>{*Tag::parse(u"2")});
    QCOMPARE(found.first().items.first().result.state, u"unverified"_s);
}

void TestJournal::tellsOfABlobThatMayBeGone()
{
    const Descriptor blob = m_registry->addBlob(u"a"_s, "a layer");
    m_registry->intercept([](const TestRequest &request, const TestConnection &connection) {
        const bool isLook = request.method == "HEAD" && request.path().contains("/blobs/"_L1);
        if (request.method == "DELETE")
            connection.reset();
        else if (isLook)
            connection.answer({403});
        return isLook || request.method == "DELETE";
    });
    m_program->run(
        {u"blob"_s, u"delete"_s, m_registry->host() + u"/a@"_s + blob.digest.toString()});
    const QList<JournalRun> found = runs();
    QCOMPARE(found.size(), qsizetype(1));
    QCOMPARE(found.first().items.first().result.state, u"unverified"_s);
}

void TestJournal::worksWithoutAJournal()
{
    // What has happened by then is no failure.
    QVERIFY(QDir().mkpath(path()));
    const auto result =
        m_program->run({u"tag"_s, u"add"_s, m_registry->host() + u"/a:1"_s, u"2"_s});
    QCOMPARE(result.exitStatus, 0);
    QVERIFY2(result.errors.contains("not in the journal"), result.errors.constData());
    QCOMPARE(m_registry->tags(u"a"_s), (QStringList{u"1"_s, u"2"_s}));
}

void TestJournal::tellsOfADeletionThatWasKilled()
{
    HeldRequests held(*m_registry, "DELETE", {}); // DEL-45
    const auto process = m_program->start(deletion());
    QTRY_COMPARE_WITH_TIMEOUT(held.count(), qsizetype(1), 30'000);
    JournalStore store(path());
    const auto during = outcomeOf(store.unfinishedRuns());
    QVERIFY2(during, during ? "" : qPrintable(during.error().message));
    QVERIFY(during->isEmpty()); // It is still running.
    process->kill();
    QVERIFY(process->waitForFinished());
    const auto after = outcomeOf(store.unfinishedRuns());
    QVERIFY(after);
    QCOMPARE(after->size(), qsizetype(1));
    const JournalRun &run = after->first();
    QCOMPARE(run.items, (QList<JournalItem>{{*m_one, {*Tag::parse(u"1")}}}));
    QVERIFY(QFile::exists(run.backupFolder + u"/longshore-backup.json"_s));
    held.release(); // It was carried out all the same.
    QVERIFY(!m_registry->hasManifest(u"a"_s, *m_one));
    QCOMPARE(m_program->run({u"restore"_s, run.backupFolder}).exitStatus, 0);
    QVERIFY(m_registry->hasManifest(u"a"_s, *m_one));
}

QTEST_GUILESS_MAIN(TestJournal)
#include "tst_journal.moc"
