// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/backup.h"
#include "core/cleanup/removeoldtagjob.h"
#include "core/cleanup/savebackupjob.h"
#include "core/cleanup/tagremovalproof.h"
#include "support/fakeconnection.h"
#include "support/fakejournal.h"
#include "support/outcome.h"
#include "support/testimages.h"

#include <QDir>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Finding = TagRemovalProof::Finding;
using Method = TagRemovalProof::Method;
using State = UntagOutcome::State;

/// "rc" has got "1.0" beside it, and shall go.
class TestRemoveOldTagJob : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { qputenv("XDG_DATA_HOME", m_home.path().toLocal8Bit()); }
    void init();
    void removesTheTagAlone();
    void savesBeforeItRemoves();
    void writesDownWhatItDoes();
    void leavesATagThatHasMoved();
    void leavesATagWhoseImageHasNoNewOne_data();
    void leavesATagWhoseImageHasNoNewOne();
    void findsThatItIsGone();
    void asksForNothingWithoutProof_data();
    void asksForNothingWithoutProof();
    void removesNothingThatItCannotSave();
    void tellsWhatThereIsWhenTheServerRefuses();
    void seesThatItIsGoneWhereTheAnswerWasLost_data();
    void seesThatItIsGoneWhereTheAnswerWasLost();
    void takesNoDetour();

private:
    void note(Finding finding)
    {
        TagRemovalProof::of(m_connection->session)
            .note(Method::Native, m_repository, finding, m_connection->session.signInNumber());
    }
    [[nodiscard]] OldTagOutcome remove(const std::shared_ptr<RunJournal> &journal = {})
    {
        const OldTag old{m_repository, *Tag::parse(u"rc"), *m_image, {*Tag::parse(u"1.0")}};
        return *outcomeOf(new RemoveOldTagJob(m_connection->session, old, journal));
    }
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }
    [[nodiscard]] QStringList backups() const
    {
        return QDir(SaveBackupJob::defaultPlace()).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    }
    [[nodiscard]] static QStringList names(const OldTagOutcome &outcome)
    {
        QStringList names;
        for (const auto &[tag, digest] : outcome.left)
            names.append(tag.toString());
        return names;
    }

    QTemporaryDir m_home;
    const RepositoryName m_repository = *RepositoryName::parse(u"a");
    std::unique_ptr<FakeConnection> m_connection;
    std::optional<Digest> m_image;
    std::optional<Digest> m_other;
};

void TestRemoveOldTagJob::init()
{
    QDir(SaveBackupJob::defaultPlace()).removeRecursively();
    m_connection = std::make_unique<FakeConnection>(1);
    registry().behaviour.canDeleteTags = true;
    m_image = TestImages::addImage(registry(), u"a"_s, u"rc"_s, {.layers = {"new"}});
    registry().setTag(u"a"_s, u"1.0"_s, *m_image);
    m_other = TestImages::addImage(registry(), u"a"_s, u"0.9"_s, {.layers = {"old"}});
    note(Finding::Proven);
}

void TestRemoveOldTagJob::removesTheTagAlone()
{
    const OldTagOutcome outcome = remove();
    QVERIFY(!outcome.error && outcome.left.isEmpty());
    QCOMPARE(outcome.state, State::Removed);
    QCOMPARE(registry().tags(u"a"_s), QStringList({u"0.9"_s, u"1.0"_s}));
    QVERIFY(registry().hasManifest(u"a"_s, *m_image));
    QCOMPARE(registry().count("DELETE"), qsizetype(1));
    QCOMPARE(registry().count("PUT"), qsizetype(0));
}

void TestRemoveOldTagJob::savesBeforeItRemoves() // R6
{
    QStringList before{u"nothing was removed"_s};
    registry().intercept([&](const TestRequest &request, const TestConnection &) {
        if (request.method == "DELETE")
            before = backups();
        return false;
    });
    const OldTagOutcome outcome = remove();
    QCOMPARE(before, backups());
    QCOMPARE(before, QStringList{QFileInfo(outcome.backupFolder).fileName()});
    const auto backup = readBackup(outcome.backupFolder, CancelFlag());
    QVERIFY2(backup, backup ? "" : qPrintable(backup.error().message));
}

void TestRemoveOldTagJob::writesDownWhatItDoes()
{
    const auto journal = std::make_shared<FakeJournal>();
    const OldTagOutcome outcome = remove(journal);
    QCOMPARE(journal->lines(), QStringList({u"begin 1 items"_s, u"0 untagged"_s, u"end"_s}));
    QCOMPARE(journal->run()->kind, JournalRun::Kind::Untagging);
    QCOMPARE(journal->run()->backupFolder, outcome.backupFolder);
}

void TestRemoveOldTagJob::leavesATagThatHasMoved()
{
    registry().setTag(u"a"_s, u"rc"_s, *m_other);
    const OldTagOutcome outcome = remove();
    QVERIFY(outcome.error);
    QCOMPARE(outcome.error->kind, Error::Kind::Changed);
    QVERIFY2(outcome.error->message.contains(u"rc"_s), qPrintable(outcome.error->message));
    QCOMPARE(names(outcome), QStringList({u"rc"_s, u"1.0"_s}));
    QCOMPARE(outcome.left.first().second, *m_other);
    QCOMPARE(registry().count("DELETE"), qsizetype(0));
    QVERIFY(backups().isEmpty());
}

void TestRemoveOldTagJob::leavesATagWhoseImageHasNoNewOne_data()
{
    QTest::addColumn<bool>("isMoved");
    QTest::newRow("it is gone") << false;
    QTest::newRow("it was moved") << true;
}

void TestRemoveOldTagJob::leavesATagWhoseImageHasNoNewOne()
{
    QFETCH(const bool, isMoved);
    registry().setTag(u"a"_s, u"also"_s, *m_image); // Which nobody has spoken of.
    if (isMoved)
        registry().setTag(u"a"_s, u"1.0"_s, *m_other);
    else
        registry().removeTag(u"a"_s, u"1.0"_s);
    const OldTagOutcome outcome = remove();
    QVERIFY(!outcome.isGone());
    QVERIFY(outcome.error);
    QCOMPARE(outcome.error->kind, Error::Kind::Changed);
    QCOMPARE(names(outcome), isMoved ? QStringList({u"rc"_s, u"1.0"_s}) : QStringList(u"rc"_s));
    QCOMPARE(registry().count("DELETE"), qsizetype(0));
}

void TestRemoveOldTagJob::findsThatItIsGone()
{
    registry().removeTag(u"a"_s, u"rc"_s);
    const OldTagOutcome outcome = remove();
    QCOMPARE(outcome.state, State::AlreadyGone);
    QVERIFY(outcome.isGone() && !outcome.error);
    QCOMPARE(registry().count("DELETE"), qsizetype(0));
}

void TestRemoveOldTagJob::asksForNothingWithoutProof_data()
{
    QTest::addColumn<bool>("isKnown");
    QTest::newRow("nobody has tried") << false;
    QTest::newRow("the server cannot") << true;
}

void TestRemoveOldTagJob::asksForNothingWithoutProof() // R5
{
    QFETCH(const bool, isKnown);
    note(isKnown ? Finding::Absent : Finding::Unknown);
    const OldTagOutcome outcome = remove();
    QVERIFY(outcome.error);
    QCOMPARE(outcome.error->kind, isKnown ? Error::Kind::Unsupported : Error::Kind::Policy);
    QCOMPARE(names(outcome), QStringList({u"rc"_s, u"1.0"_s}));
    QCOMPARE(registry().count("DELETE"), qsizetype(0));
    QCOMPARE(registry().count("GET"), qsizetype(0)); // It has only looked at both tags.
}

void TestRemoveOldTagJob::removesNothingThatItCannotSave() // R6
{
    registry().failNext("GET", m_image->toString(), registryRefusal(403, "DENIED", "no"), 10);
    const OldTagOutcome outcome = remove();
    QVERIFY(outcome.error);
    QCOMPARE(registry().count("DELETE"), qsizetype(0));
    QVERIFY(registry().tags(u"a"_s).contains(u"rc"_s));
}

void TestRemoveOldTagJob::tellsWhatThereIsWhenTheServerRefuses()
{
    registry().failNext("DELETE", u"/manifests/rc"_s, registryRefusal(403, "DENIED", "no"));
    const OldTagOutcome outcome = remove();
    QVERIFY(!outcome.isGone());
    QVERIFY(outcome.error);
    QCOMPARE(outcome.error->kind, Error::Kind::Forbidden);
    QCOMPARE(names(outcome), QStringList({u"rc"_s, u"1.0"_s}));
    QCOMPARE(outcome.left.last().second, *m_image);
    QCOMPARE(QStringList{QFileInfo(outcome.backupFolder).fileName()}, backups());
}

void TestRemoveOldTagJob::seesThatItIsGoneWhereTheAnswerWasLost_data()
{
    QTest::addColumn<bool>("goesAlone");
    QTest::newRow("the tag alone") << true;
    QTest::newRow("another along with it") << false;
}

void TestRemoveOldTagJob::seesThatItIsGoneWhereTheAnswerWasLost()
{
    QFETCH(const bool, goesAlone);
    bool isTried = false;
    registry().intercept([&](const TestRequest &request, const TestConnection &connection) {
        if (request.method != "DELETE")
            return false;
        registry().removeTag(u"a"_s, u"rc"_s);
        if (!goesAlone)
            registry().removeTag(u"a"_s, u"1.0"_s);
        for (const char *method : {"HEAD", "GET"}) { // Nor can anybody look, at first.
            if (!isTried)
                registry().failNext(method, u"/manifests/rc"_s,
                                    registryRefusal(403, "DENIED", "no"));
        }
        isTried = true;
        connection.reset();
        return true;
    });
    const OldTagOutcome outcome = remove();
    QVERIFY(outcome.error);
    QCOMPARE(outcome.error->kind, Error::Kind::Ambiguous);
    QCOMPARE(outcome.state, goesAlone ? State::Removed : State::Failed);
    QCOMPARE(names(outcome), goesAlone ? QStringList(u"1.0"_s) : QStringList());
    QCOMPARE(outcome.missing.size(), goesAlone ? qsizetype(1) : qsizetype(2));
    QCOMPARE(QStringList{QFileInfo(outcome.backupFolder).fileName()}, backups());
}

void TestRemoveOldTagJob::takesNoDetour() // R4
{
    registry().behaviour.canDeleteTags = false; // It could, a moment ago.
    const OldTagOutcome outcome = remove();
    QVERIFY(outcome.error);
    QCOMPARE(outcome.error->kind, Error::Kind::Unsupported);
    QCOMPARE(registry().count("PUT"), qsizetype(0)); // No placeholder.
    QCOMPARE(registry().tagged(u"a"_s, u"rc"_s), m_image->toString());
}

QTEST_GUILESS_MAIN(TestRemoveOldTagJob)
#include "tst_removeoldtagjob.moc"
