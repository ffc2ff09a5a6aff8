// SPDX-License-Identifier: Apache-2.0
#include "support/cleanuprunner.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// longshorectl cleanup --apply.
class TestCleanupApply : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void deletesWhatThePlanSays();
    void keepsWhatSharesItsImage();
    void takesWhatRefersToAnImage();
    void savesBeforeTheFirstDeletion();
    void savesEachRepositoryByItself();
    void deletesNothingWithoutABackup();
    void deletesNothingWhenThePlanCannotBeWritten();
    void asksForTheNumberWhereItIsMuch();
    void emptiesNoRepositoryUnasked();
    void deletesNothingOnAnIncompleteList();
    void removesTagsAloneWhereRulesSaySo();
    void saysWhatWasSkipped();
    void saysThatDeletionIsTurnedOff();

private:
    std::unique_ptr<CleanupRunner> m_cleanup;
};

void TestCleanupApply::init()
{
    m_cleanup = std::make_unique<CleanupRunner>(QStringLiteral(LONGSHORECTL));
}

void TestCleanupApply::deletesWhatThePlanSays()
{
    const auto planned = m_cleanup->run({u"--older-than"_s, u"90d"_s});
    QCOMPARE(CleanupRunner::decisionsIn(planned),
             u"1.0=delete 1.1=delete 2.0=left-alone 2.1=left-alone latest=protected"_s);
    const auto result = m_cleanup->run({u"--older-than"_s, u"90d"_s, u"--apply"_s});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QCOMPARE(CleanupRunner::decisionsIn(result), CleanupRunner::decisionsIn(planned));
    QCOMPARE(m_cleanup->registry.tags(u"a"_s), (QStringList{u"2.0"_s, u"2.1"_s, u"latest"_s}));
    QCOMPARE(CleanupRunner::totalsIn(result)[u"deleted"_s].toInt(), 2);
    const auto first = documentOf(result)[u"decisions"_s][0];
    QCOMPARE(first[u"outcome"_s].toString(), u"deleted"_s);
    QCOMPARE(first[u"repository"_s].toString(), u"a"_s);
    QVERIFY(first[u"digest"_s].toString().startsWith(u"sha256:"_s));
    // The sums are those of the plan.
    for (const QString &name : {u"delete"_s, u"manifests"_s, u"bytesLeast"_s, u"bytesMost"_s})
        QCOMPARE(CleanupRunner::totalsIn(result)[name], CleanupRunner::totalsIn(planned)[name]);
    QVERIFY(CleanupRunner::totalsIn(planned)[u"bytesMost"_s].toInteger() > 0);
}

void TestCleanupApply::keepsWhatSharesItsImage()
{
    const Digest latest = Digest::ofBytes(TestImages::image(m_cleanup->registry, u"a"_s, {}));
    TestImages::addImage(m_cleanup->registry, u"a"_s, u"latest"_s);
    m_cleanup->registry.setTag(u"a"_s, u"0.9"_s, latest);
    const auto result =
        m_cleanup->run({u"--match"_s, u"0.9"_s, u"--match"_s, u"1.0"_s, u"--apply"_s});
    QCOMPARE(result.exitStatus, 0);
    const auto first = documentOf(result)[u"decisions"_s][0];
    QCOMPARE(first[u"decision"_s].toString(), u"keep"_s);
    QVERIFY(first[u"reason"_s].toString().startsWith(
        u"shares its image with latest, which is protected"_s));
    QCOMPARE(m_cleanup->registry.tags(u"a"_s),
             (QStringList{u"0.9"_s, u"1.1"_s, u"2.0"_s, u"2.1"_s, u"latest"_s}));
}

void TestCleanupApply::takesWhatRefersToAnImage()
{
    // DEL-40: a signature without a tag, which the registry lists.
    FakeRegistry &registry = m_cleanup->registry;
    const QByteArray bytes =
        TestImages::image(registry, u"a"_s, {.layers = {QByteArray("signature")}});
    const Digest signature = registry.addManifest(u"a"_s, {}, bytes, MediaType::ociManifest());
    registry.intercept([&](const TestRequest &request, const TestConnection &connection) {
        if (!request.path().contains(u"/referrers/"_s))
            return false;
        connection.answer({200,
                           R"({"schemaVersion":2,"manifests":[{"mediaType":")"
                               + MediaType::ociManifest().toString().toLatin1()
                               + R"(","size":9,"digest":")" + signature.toString().toLatin1()
                               + R"("}]})",
                           {{"Content-Type", MediaType::ociIndex().toString().toLatin1()}}});
        return true;
    });
    const auto result = m_cleanup->run({u"--match"_s, u"1.0"_s, u"--apply"_s});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    const auto child = documentOf(result)[u"children"_s][0];
    QCOMPARE(child[u"digest"_s].toString(), signature.toString());
    QCOMPARE(child[u"with"_s].toString(), u"1.0"_s);
    QCOMPARE(child[u"outcome"_s].toString(), u"deleted"_s);
    QVERIFY(!registry.hasManifest(u"a"_s, signature));
}

void TestCleanupApply::savesBeforeTheFirstDeletion()
{
    bool wasSaved = false;
    m_cleanup->registry.intercept([&](const TestRequest &request, const TestConnection &) {
        if (request.method == "DELETE" && m_cleanup->registry.count("DELETE") == 1)
            wasSaved = m_cleanup->program.files(u"saved"_s).contains(u"longshore-backup.json"_s);
        return false;
    });
    const auto result =
        m_cleanup->run({u"--older-than"_s, u"90d"_s, u"--apply"_s, u"--backup"_s, u"saved"_s});
    QCOMPARE(result.exitStatus, 0);
    QVERIFY(wasSaved);
    QCOMPARE(documentOf(result)[u"repositories"_s][0][u"backups"_s].toArray(),
             QJsonArray{u"saved"_s});
}

void TestCleanupApply::savesEachRepositoryByItself()
{
    m_cleanup->add(u"team/b"_s, u"1"_s, 300);
    m_cleanup->add(u"team/b"_s, u"2"_s, 3);
    const auto result = m_cleanup->program.run(
        {u"cleanup"_s, m_cleanup->registry.host() + u"/a"_s,
         m_cleanup->registry.host() + u"/team/b"_s, m_cleanup->registry.host() + u"/a"_s,
         u"--older-than"_s, u"90d"_s, u"--apply"_s, u"--backup"_s, u"saved"_s, u"--json"_s});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QCOMPARE(m_cleanup->program.files(u"saved"_s), (QStringList{u"a"_s, u"team+b"_s}));
    QCOMPARE(CleanupRunner::totalsIn(result)[u"deleted"_s].toInt(), 3);
    QCOMPARE(m_cleanup->registry.tags(u"team/b"_s), QStringList{u"2"_s});
}

void TestCleanupApply::deletesNothingWithoutABackup()
{
    // DEL-30
    const auto result = m_cleanup->run(
        {u"--older-than"_s, u"90d"_s, u"--apply"_s, u"--backup"_s, u"/dev/null/saved"_s});
    QCOMPARE(result.exitStatus, 1);
    QCOMPARE(errorKindOf(result), u"local-file"_s);
    QVERIFY(m_cleanup->isUntouched());
}

void TestCleanupApply::deletesNothingWhenThePlanCannotBeWritten()
{
    const auto result = m_cleanup->run(
        {u"--older-than"_s, u"90d"_s, u"--plan"_s, u"nowhere/plan.json"_s, u"--apply"_s});
    QCOMPARE(result.exitStatus, 1);
    QCOMPARE(errorKindOf(result), u"local-file"_s);
    QVERIFY(m_cleanup->isUntouched());
}

void TestCleanupApply::asksForTheNumberWhereItIsMuch()
{
    // DEL-26: three of five.
    const QStringList options{u"--match"_s, u"1.*"_s, u"--match"_s, u"2.0"_s, u"--apply"_s};
    for (const QStringList &confirmation :
         {QStringList(), QStringList{u"--yes-delete"_s, u"2"_s}}) {
        const auto refused = m_cleanup->run(options + confirmation);
        QCOMPARE(refused.exitStatus, 7);
        QCOMPARE(errorKindOf(refused), u"policy"_s);
        QVERIFY(isOneCleanLine(refused.errors));
        QVERIFY(m_cleanup->isUntouched());
    }
    QCOMPARE(m_cleanup->run(options + QStringList{u"--yes-delete"_s, u"3"_s}).exitStatus, 0);
    QCOMPARE(m_cleanup->registry.tags(u"a"_s), (QStringList{u"2.1"_s, u"latest"_s}));
}

void TestCleanupApply::emptiesNoRepositoryUnasked()
{
    m_cleanup->registry.removeTag(u"a"_s, u"latest"_s);
    const QStringList options{u"--match"_s, u"*"_s, u"--apply"_s, u"--yes-delete"_s, u"4"_s};
    const auto refused = m_cleanup->run(options);
    QCOMPARE(refused.exitStatus, 7);
    QCOMPARE(CleanupRunner::totalsIn(refused)[u"blocked"_s].toInt(), 4);
    QVERIFY2(refused.errors.contains("--may-empty a"), refused.errors.constData());
    QVERIFY(m_cleanup->isUntouched());
    QCOMPARE(m_cleanup->run(options + QStringList{u"--may-empty"_s, u"b"_s}).exitStatus, 2);
    QCOMPARE(m_cleanup->run(options + QStringList{u"--may-empty"_s, u"a"_s}).exitStatus, 0);
    QVERIFY(m_cleanup->registry.tags(u"a"_s).isEmpty());
}

void TestCleanupApply::deletesNothingOnAnIncompleteList()
{
    // DEL-25
    m_cleanup->registry.failNext("HEAD", u"/manifests/2.0"_s, {403, {}, {}, true}, 100);
    m_cleanup->registry.failNext("GET", u"/manifests/2.0"_s, {403}, 100);
    const auto planned = m_cleanup->run({u"--older-than"_s, u"90d"_s});
    QCOMPARE(planned.exitStatus, 6);
    QCOMPARE(CleanupRunner::totalsIn(planned)[u"blocked"_s].toInt(), 2);
    const auto refused = m_cleanup->run({u"--older-than"_s, u"90d"_s, u"--apply"_s});
    QCOMPARE(refused.exitStatus, 7);
    QVERIFY(m_cleanup->isUntouched());
}

void TestCleanupApply::removesTagsAloneWhereRulesSaySo()
{
    m_cleanup->registry.behaviour.canDeleteTags = true;
    const Digest latest = TestImages::addImage(m_cleanup->registry, u"a"_s, u"latest"_s);
    m_cleanup->registry.setTag(u"a"_s, u"0.9"_s, latest);
    m_cleanup->write(u"rules.json"_s, R"({"cleanupRules":1,"siblings":"untag","rules":[
        {"action":"delete","when":[{"tags":["0.*","1.0"]}]}]})");
    const auto result =
        m_cleanup->run({u"--rules"_s, u"rules.json"_s, u"--apply"_s, u"--backup"_s, u"saved"_s});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QCOMPARE(CleanupRunner::totalsIn(result)[u"untagged"_s].toInt(), 1);
    QCOMPARE(CleanupRunner::totalsIn(result)[u"deleted"_s].toInt(), 1);
    QCOMPARE(m_cleanup->registry.tags(u"a"_s),
             (QStringList{u"1.1"_s, u"2.0"_s, u"2.1"_s, u"latest"_s}));
    QVERIFY(m_cleanup->program.files().contains(u"saved-tags"_s));
}

void TestCleanupApply::saysWhatWasSkipped()
{
    // DEL-06: it moves when the backup is fetched.
    m_cleanup->registry.intercept([this](const TestRequest &request, const TestConnection &) {
        if (request.method == "DELETE" && m_cleanup->registry.count("DELETE") == 1)
            m_cleanup->add(u"a"_s, u"1.1"_s, 1);
        return false;
    });
    const auto result = m_cleanup->run({u"--older-than"_s, u"90d"_s, u"--apply"_s});
    QCOMPARE(result.exitStatus, 6);
    QCOMPARE(CleanupRunner::totalsIn(result)[u"deleted"_s].toInt(), 1);
    QCOMPARE(CleanupRunner::totalsIn(result)[u"skipped"_s].toInt(), 1);
    const auto second = documentOf(result)[u"decisions"_s][1];
    QCOMPARE(second[u"outcome"_s].toString(), u"skipped"_s);
    QCOMPARE(second[u"error"_s][u"kind"_s].toString(), u"changed"_s);
    QVERIFY(m_cleanup->registry.tags(u"a"_s).contains(u"1.1"_s));
}

void TestCleanupApply::saysThatDeletionIsTurnedOff()
{
    m_cleanup->registry.behaviour.canDelete = false;
    const auto result = m_cleanup->run({u"--older-than"_s, u"90d"_s, u"--apply"_s});
    QCOMPARE(result.exitStatus, 1);
    QCOMPARE(errorKindOf(result), u"unsupported"_s);
    QCOMPARE(m_cleanup->registry.tags(u"a"_s).size(), qsizetype(5));
}

QTEST_GUILESS_MAIN(TestCleanupApply)
#include "tst_cleanup_apply.moc"
