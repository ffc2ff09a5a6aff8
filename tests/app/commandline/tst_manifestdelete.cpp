// SPDX-License-Identifier: Apache-2.0
#include "support/programrunner.h"
#include "support/testimages.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// longshorectl manifest delete.
class TestManifestDelete : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void deletesATagThatIsAlone();
    void refusesATagThatHasSiblings();
    void deletesSiblingsWhenToldTo();
    void savesTheManifestBeforeItIsDeleted();
    void deletesAManifestByItsDigest();
    void namesTheSignaturesThatStay();
    void deletesNothingWithoutAName();
    void deletesNothingWhenTheTagPointsElsewhere();
    void deletesNothingOnAnIncompleteList_data();
    void deletesNothingOnAnIncompleteList();
    void deletesNothingThatAnIndexNeeds();
    void deletesNothingWithoutABackup();
    void saysThatATagIsNotThere();
    void saysThatATagMovedMeanwhile();
    void saysThatDeletionIsTurnedOff();
    void saysThatTheManifestIsStillThere();

private:
    [[nodiscard]] ProcessResult run(const QString &reference, const QStringList &options = {}) const
    {
        return m_program->run(QStringList{u"manifest"_s, u"delete"_s,
                                          m_registry->host() + u"/a"_s + reference, u"--json"_s}
                              + options);
    }
    [[nodiscard]] bool isUntouched() const
    {
        return m_registry->count("DELETE") == 0
               && m_registry->tags(u"a"_s) == QStringList{u"1"_s, u"2"_s, u"same"_s};
    }

    std::unique_ptr<ProgramRunner> m_program;
    std::unique_ptr<FakeRegistry> m_registry;
    std::optional<Digest> m_one; ///< Of the tag "1".
    std::optional<Digest> m_two; ///< Of the tags "2" and "same".
};

void TestManifestDelete::init()
{
    m_program = std::make_unique<ProgramRunner>(QStringLiteral(LONGSHORECTL));
    m_registry = std::make_unique<FakeRegistry>();
    m_one = TestImages::addImage(*m_registry, u"a"_s, u"1"_s, {.layers = {"one"}});
    m_two = TestImages::addImage(*m_registry, u"a"_s, u"2"_s, {.layers = {"two"}});
    m_registry->setTag(u"a"_s, u"same"_s, *m_two);
}

void TestManifestDelete::deletesATagThatIsAlone()
{
    const auto result = run(u":1"_s);
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(result.errors, "");
    const QJsonObject object = documentOf(result).object();
    QCOMPARE(object.value(u"digest"_s).toString(), m_one->toString());
    QCOMPARE(object.value(u"tags"_s).toArray(), QJsonArray{u"1"_s});
    QVERIFY(!m_registry->hasManifest(u"a"_s, *m_one));
    QCOMPARE(m_registry->tags(u"a"_s), (QStringList{u"2"_s, u"same"_s}));
}

void TestManifestDelete::refusesATagThatHasSiblings()
{
    const auto result = run(u":2"_s);
    QCOMPARE(result.exitStatus, 7);
    QCOMPARE(errorKindOf(result), u"policy"_s);
    QVERIFY(isOneCleanLine(result.errors));
    QVERIFY2(result.errors.contains("2 tags would go"), result.errors.constData());
    QVERIFY(result.errors.contains("2, same"));
    QVERIFY(isUntouched());
}

void TestManifestDelete::deletesSiblingsWhenToldTo()
{
    const auto result = run(u":2"_s, {u"--with-siblings"_s});
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(documentOf(result)[u"tags"_s].toArray(), (QJsonArray{u"2"_s, u"same"_s}));
    QCOMPARE(m_registry->tags(u"a"_s), QStringList{u"1"_s});
}

void TestManifestDelete::savesTheManifestBeforeItIsDeleted()
{
    const QByteArray bytes = TestImages::image(*m_registry, u"a"_s, {.layers = {"one"}});
    const QString saved = u"saved/blobs/sha256/"_s + m_one->encoded();
    bool wasSaved = false;
    m_registry->intercept([&](const TestRequest &request, const TestConnection &) {
        if (request.method == "DELETE")
            wasSaved = m_program->content(saved) == bytes;
        return false;
    });
    const auto result = run(u":1"_s, {u"--backup"_s, u"saved"_s});
    QCOMPARE(result.exitStatus, 0);
    QVERIFY(wasSaved);
    QVERIFY(m_program->files(u"saved"_s).contains(u"longshore-backup.json"_s));
    // Nobody has to name a folder to get a copy.
    const QString folder = documentOf(run(u":2"_s, {u"--with-siblings"_s}))[u"backup"_s].toString();
    QVERIFY2(folder.startsWith(m_program->filePath(u"data/longshore/backups/"_s)),
             qPrintable(folder));
    QVERIFY(QFile::exists(folder + u"/blobs/sha256/"_s + m_two->encoded()));
}

void TestManifestDelete::deletesAManifestByItsDigest()
{
    const auto tagged = run(u'@' + m_two->toString());
    QCOMPARE(tagged.exitStatus, 0);
    QCOMPARE(documentOf(tagged)[u"tags"_s].toArray(), (QJsonArray{u"2"_s, u"same"_s}));
    m_registry->removeTag(u"a"_s, u"1"_s);
    const auto untagged = run(u'@' + m_one->toString());
    QCOMPARE(untagged.exitStatus, 0);
    QCOMPARE(documentOf(untagged)[u"tags"_s].toArray(), QJsonArray());
    QVERIFY(!m_registry->hasManifest(u"a"_s, *m_one));
    QCOMPARE(run(u'@' + m_one->toString()).exitStatus, 4);
}

void TestManifestDelete::namesTheSignaturesThatStay()
{
    const QString name = QString(m_one->toString()).replace(u':', u'-') + u".sig"_s;
    m_registry->setTag(u"a"_s, name, *m_two);
    const auto result = run(u":1"_s);
    QCOMPARE(result.exitStatus, 0);
    QVERIFY(isOneCleanLine(result.errors));
    QVERIFY2(result.errors.contains(name.toUtf8()), result.errors.constData());
    QVERIFY(m_registry->tags(u"a"_s).contains(name));
}

void TestManifestDelete::deletesNothingWithoutAName()
{
    m_registry->setTag(u"a"_s, u"latest"_s, *m_one);
    QCOMPARE(run({}).exitStatus, 2);
    QCOMPARE(m_registry->count("DELETE"), 0);
}

void TestManifestDelete::deletesNothingWhenTheTagPointsElsewhere()
{
    const auto result = run(u":1@"_s + m_two->toString());
    QCOMPARE(result.exitStatus, 7);
    QCOMPARE(errorKindOf(result), u"changed"_s);
    QVERIFY(isUntouched());
    QCOMPARE(run(u":1@"_s + m_one->toString()).exitStatus, 0);
}

void TestManifestDelete::deletesNothingOnAnIncompleteList_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    QTest::newRow("a page is missing") << QByteArray("GET") << u"/tags/list"_s;
    QTest::newRow("a tag cannot be looked at") << QByteArray("HEAD") << u"/manifests/same"_s;
}

void TestManifestDelete::deletesNothingOnAnIncompleteList()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QString, path);
    m_registry->behaviour.pageSize = 1;
    m_registry->intercept([&](const TestRequest &request, const TestConnection &connection) {
        const bool isFirstPage =
            request.path().contains(u"/tags/list"_s) && request.query(u"last"_s).isEmpty();
        const bool isMeant = request.path().contains(path) && !isFirstPage;
        if (isMeant)
            connection.answer({403, {}, {}, request.method == "HEAD"});
        return isMeant;
    });
    const auto result = run(u":1"_s);
    QVERIFY(m_registry->count(method, path) > 0);
    QCOMPARE(result.exitStatus, 7);
    QVERIFY(isOneCleanLine(result.errors));
    QVERIFY(isUntouched());
}

void TestManifestDelete::deletesNothingThatAnIndexNeeds()
{
    TestImages::addIndex(*m_registry, u"b"_s, u"many"_s);
    const QByteArray child = TestImages::image(*m_registry, u"b"_s, {.architecture = u"arm64"_s});
    const QString repository = m_registry->host() + u"/b@"_s;
    const auto result =
        m_program->run({u"manifest"_s, u"delete"_s, repository + Digest::ofBytes(child).toString(),
                        u"--with-siblings"_s});
    QCOMPARE(result.exitStatus, 7);
    QVERIFY2(result.errors.contains("by: many"), result.errors.constData());
    QCOMPARE(m_registry->count("DELETE"), 0);
}

void TestManifestDelete::deletesNothingWithoutABackup()
{
    const auto result = run(u":1"_s, {u"--backup"_s, u"/dev/null/saved"_s});
    QCOMPARE(result.exitStatus, 1);
    QCOMPARE(errorKindOf(result), u"local-file"_s);
    QVERIFY(isUntouched());
}

void TestManifestDelete::saysThatATagIsNotThere()
{
    const auto result = run(u":nothing"_s);
    QCOMPARE(result.exitStatus, 4);
    QVERIFY(isOneCleanLine(result.errors));
    QVERIFY(isUntouched());
}

void TestManifestDelete::saysThatATagMovedMeanwhile()
{
    // It moves when the backup is fetched: after the decision, before the deletion.
    m_registry->intercept([this](const TestRequest &request, const TestConnection &) {
        if (request.method == "GET" && request.path().endsWith(m_one->toString()))
            m_registry->setTag(u"a"_s, u"1"_s, *m_two);
        return false;
    });
    const auto result = run(u":1"_s);
    QCOMPARE(result.exitStatus, 7);
    QCOMPARE(errorKindOf(result), u"changed"_s);
    QVERIFY(isUntouched());
}

void TestManifestDelete::saysThatDeletionIsTurnedOff()
{
    m_registry->behaviour.canDelete = false;
    const auto result = run(u":1"_s);
    QCOMPARE(result.exitStatus, 1);
    QCOMPARE(errorKindOf(result), u"unsupported"_s);
    QCOMPARE(documentOf(result)[u"error"_s][u"status"_s].toInt(), 405);
    QVERIFY(isOneCleanLine(result.errors));
    QVERIFY(result.errors.contains("Deletion is turned off on this server."));
    QVERIFY(m_registry->hasManifest(u"a"_s, *m_one));
}

void TestManifestDelete::saysThatTheManifestIsStillThere()
{
    m_registry->failNext("DELETE", u"/manifests/"_s, {202, {}});
    const auto result = run(u":1"_s);
    QCOMPARE(result.exitStatus, 1);
    QCOMPARE(errorKindOf(result), u"ambiguous"_s);
    QVERIFY2(result.errors.contains("still there"), result.errors.constData());
    QVERIFY2(result.errors.contains("longshore/backups"), result.errors.constData());
}

QTEST_GUILESS_MAIN(TestManifestDelete)
#include "tst_manifestdelete.moc"
