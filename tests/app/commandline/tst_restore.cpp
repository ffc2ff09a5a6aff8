// SPDX-License-Identifier: Apache-2.0
#include "support/programrunner.h"
#include "support/testimages.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// longshorectl restore.
class TestRestore : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void bringsBackWhatADeletionSaved();
    void bringsBackOnlyTheTagThatIsNamed();
    void bringsItIntoAnotherRepository();
    void onlyLooksInADryRun();
    void saysWhatIsThereAlready();
    void leavesATagAloneThatPointsElsewhere();
    void movesATagWhenToldTo();
    void saysWhatIsLost();
    void saysThatSomethingIsLost();
    void saysWhatFailed();
    void writesALineForEachTag();
    void refusesWhatIsNoBackup();
    void refusesAReferenceThatIsNone();
    void sendsASignInOnlyWhereItWasTold();
    void saysThatTheBackupHasNoSuchTag();

private:
    [[nodiscard]] ProcessResult run(const QStringList &arguments) const
    {
        return m_program->run(QStringList{u"restore"_s, u"saved"_s} + arguments);
    }
    [[nodiscard]] ProcessResult runJson(const QStringList &arguments = {}) const
    {
        return run(QStringList{u"--json"_s} + arguments);
    }
    /// The tags in a list of the document.
    [[nodiscard]] static QStringList tagsIn(const ProcessResult &result, const QString &list);
    void removeLayer(const QByteArray &layer);

    std::unique_ptr<ProgramRunner> m_program;
    std::unique_ptr<FakeRegistry> m_registry;
    std::optional<Digest> m_one; ///< "1" and "same".
};

void TestRestore::init()
{
    m_program = std::make_unique<ProgramRunner>(QStringLiteral(LONGSHORECTL));
    m_registry = std::make_unique<FakeRegistry>();
    m_one = TestImages::addImage(*m_registry, u"a"_s, u"1"_s, {.layers = {"one"}});
    m_registry->setTag(u"a"_s, u"same"_s, *m_one);
    const auto deleted = m_program->run({u"manifest"_s, u"delete"_s, m_registry->host() + u"/a:1"_s,
                                         u"--with-siblings"_s, u"--backup"_s, u"saved"_s});
    QCOMPARE(deleted.exitStatus, 0);
    QVERIFY(m_registry->tags(u"a"_s).isEmpty());
    m_registry->forgetRequests();
}

QStringList TestRestore::tagsIn(const ProcessResult &result, const QString &list)
{
    QStringList tags;
    const QJsonArray entries = documentOf(result)[list].toArray();
    for (const auto &entry : entries)
        tags.append(entry[u"tag"_s].toString());
    return tags;
}

void TestRestore::removeLayer(const QByteArray &layer)
{
    const QString blob = m_registry->host() + u"/a@"_s + Digest::ofBytes(layer).toString();
    QCOMPARE(m_program->run({u"blob"_s, u"delete"_s, blob}).exitStatus, 0);
    m_registry->forgetRequests();
}

void TestRestore::bringsBackWhatADeletionSaved()
{
    const auto result = runJson();
    QCOMPARE(result.errors, "");
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(tagsIn(result, u"restored"_s), (QStringList{u"1"_s, u"same"_s}));
    const QJsonObject document = documentOf(result).object();
    QCOMPARE(document.value(u"restored"_s)[0][u"digest"_s].toString(), m_one->toString());
    QCOMPARE(document.keys(), (QStringList{u"conflicts"_s, u"failed"_s, u"missing"_s, u"restored"_s,
                                           u"unchanged"_s}));
    QCOMPARE(m_registry->tags(u"a"_s), (QStringList{u"1"_s, u"same"_s}));
    QCOMPARE(m_registry->manifestBytes(u"a"_s, *m_one),
             TestImages::image(*m_registry, u"a"_s, {.layers = {"one"}}));
}

void TestRestore::bringsBackOnlyTheTagThatIsNamed()
{
    const auto result = runJson({m_registry->host() + u"/a:same"_s});
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(tagsIn(result, u"restored"_s), QStringList{u"same"_s});
    QCOMPARE(m_registry->tags(u"a"_s), QStringList{u"same"_s});
}

void TestRestore::bringsItIntoAnotherRepository()
{
    TestImages::image(*m_registry, u"b"_s, {.layers = {"one"}}); // Its blobs.
    QCOMPARE(runJson({m_registry->host() + u"/b"_s}).exitStatus, 0);
    QCOMPARE(m_registry->tags(u"b"_s), (QStringList{u"1"_s, u"same"_s}));
    QVERIFY(m_registry->tags(u"a"_s).isEmpty());
}

void TestRestore::onlyLooksInADryRun()
{
    const auto result = runJson({u"--dry-run"_s}); // DEL-41
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(tagsIn(result, u"restorable"_s), (QStringList{u"1"_s, u"same"_s}));
    QVERIFY(!documentOf(result).object().contains(u"restored"_s));
    for (const TestRequest &request : m_registry->requests())
        QVERIFY2(request.method == "HEAD" || request.method == "GET", request.raw.constData());
}

void TestRestore::saysWhatIsThereAlready()
{
    QCOMPARE(runJson({m_registry->host() + u"/a:1"_s}).exitStatus, 0);
    const auto result = runJson();
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(tagsIn(result, u"unchanged"_s), QStringList{u"1"_s});
    QCOMPARE(tagsIn(result, u"restored"_s), QStringList{u"same"_s});
}

void TestRestore::leavesATagAloneThatPointsElsewhere()
{
    const Digest other = TestImages::addImage(*m_registry, u"a"_s, u"1"_s, {.layers = {"new"}});
    const auto result = runJson();
    QCOMPARE(result.exitStatus, 6);
    QCOMPARE(tagsIn(result, u"conflicts"_s), QStringList{u"1"_s});
    QCOMPARE(documentOf(result)[u"conflicts"_s][0][u"current"_s].toString(), other.toString());
    QVERIFY(isOneCleanLine(result.errors));
    QVERIFY2(result.errors.contains("--replace"), result.errors.constData());
    QCOMPARE(m_registry->count("PUT", u"/manifests/1"_s), qsizetype(0));
    const auto alone = runJson({m_registry->host() + u"/a:1"_s});
    QCOMPARE(alone.exitStatus, 7);
}

void TestRestore::movesATagWhenToldTo()
{
    const Digest other = TestImages::addImage(*m_registry, u"a"_s, u"1"_s, {.layers = {"new"}});
    const auto result = runJson({u"--replace"_s, u"--backup"_s, u"replaced"_s});
    QCOMPARE(result.errors, "");
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(tagsIn(result, u"restored"_s), (QStringList{u"1"_s, u"same"_s}));
    QVERIFY(documentOf(result)[u"backup"_s].toString().endsWith(u"replaced"_s));
    QVERIFY(!m_program->content(u"replaced/blobs/sha256/"_s + other.encoded()).isEmpty());
}

void TestRestore::saysWhatIsLost()
{
    removeLayer("one");
    const auto result = runJson();
    QCOMPARE(result.exitStatus, 4);
    QCOMPARE(tagsIn(result, u"missing"_s), (QStringList{u"1"_s, u"same"_s}));
    QCOMPARE(documentOf(result)[u"missing"_s][0][u"blobs"_s][0].toString(),
             Digest::ofBytes("one").toString());
    QVERIFY(isOneCleanLine(result.errors));
    QCOMPARE(m_registry->count("PUT"), qsizetype(0));
    QCOMPARE(runJson({u"--dry-run"_s}).exitStatus, 4);
}

void TestRestore::saysThatSomethingIsLost()
{
    QCOMPARE(runJson({m_registry->host() + u"/a:1"_s}).exitStatus, 0);
    removeLayer("one");
    const auto result = runJson();
    QCOMPARE(result.exitStatus, 6);
    QCOMPARE(tagsIn(result, u"missing"_s), QStringList{u"same"_s});
}

void TestRestore::saysWhatFailed()
{
    m_registry->failNext("PUT", u"/manifests/1"_s,
                         registryRefusal(400, "MANIFEST_INVALID", "not \x1b[31mgood"));
    const auto result = runJson();
    QCOMPARE(result.exitStatus, 6);
    QCOMPARE(tagsIn(result, u"failed"_s), QStringList{u"1"_s});
    QCOMPARE(documentOf(result)[u"failed"_s][0][u"error"_s][u"status"_s].toInt(), 400);
    QVERIFY(isOneCleanLine(result.errors));
    m_registry->failNext("PUT", u"/manifests/"_s, {403, {}}, 9);
    const auto refused = runJson({m_registry->host() + u"/a:1"_s});
    QCOMPARE(refused.exitStatus, 3);
    QCOMPARE(errorKindOf(refused), u"forbidden"_s);
}

void TestRestore::writesALineForEachTag()
{
    const QByteArray digest = m_one->toString().toLatin1();
    QCOMPARE(run({u"--dry-run"_s}).output,
             "can come back\t1\t" + digest + "\ncan come back\tsame\t" + digest + '\n');
    QCOMPARE(run({}).output, "restored\t1\t" + digest + "\nrestored\tsame\t" + digest + '\n');
    QCOMPARE(run({}).output, "is there\t1\t" + digest + "\nis there\tsame\t" + digest + '\n');
}

void TestRestore::refusesWhatIsNoBackup()
{
    const auto nothing = m_program->run({u"restore"_s, u"nowhere"_s, u"--json"_s});
    QCOMPARE(nothing.exitStatus, 4);
    QVERIFY(isOneCleanLine(nothing.errors));
    QFile record(m_program->filePath(u"saved/longshore-backup.json"_s));
    QVERIFY(record.open(QIODevice::WriteOnly));
    record.write(R"({"version":1,"host":"a b"})");
    record.close();
    const auto damaged = runJson();
    QCOMPARE(damaged.exitStatus, 1);
    QVERIFY(isOneCleanLine(damaged.errors));
    QVERIFY(m_registry->requests().isEmpty());
}

void TestRestore::refusesAReferenceThatIsNone()
{
    QCOMPARE(runJson({u"not a reference"_s}).exitStatus, 2);
    QCOMPARE(m_program->run({u"restore"_s}).exitStatus, 2);
    QCOMPARE(run({u"a"_s, u"b"_s}).exitStatus, 2);
    QVERIFY(m_registry->requests().isEmpty());
}

void TestRestore::sendsASignInOnlyWhereItWasTold()
{
    m_registry->behaviour.signIn = FakeRegistry::SignIn::Basic;
    const QStringList signIn{u"--username"_s, u"user"_s, u"--password-stdin"_s};
    const auto refused =
        m_program->run(QStringList{u"restore"_s, u"saved"_s, u"--json"_s} + signIn, "secret");
    QCOMPARE(refused.exitStatus, 2);
    QVERIFY(m_registry->requests().isEmpty());
    const auto named = m_program->run(
        QStringList{u"restore"_s, u"saved"_s, m_registry->host() + u"/a"_s, u"--json"_s} + signIn,
        "secret");
    QCOMPARE(named.exitStatus, 0);
}

void TestRestore::saysThatTheBackupHasNoSuchTag()
{
    const auto result = runJson({m_registry->host() + u"/a:2"_s});
    QCOMPARE(result.exitStatus, 4);
    QVERIFY(isOneCleanLine(result.errors));
    QCOMPARE(errorKindOf(result), u"not-found"_s);
}

QTEST_GUILESS_MAIN(TestRestore)
#include "tst_restore.moc"
