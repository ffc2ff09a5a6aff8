// SPDX-License-Identifier: Apache-2.0
#include "support/repositoryrunner.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// longshorectl manifest put, tag remove, config, referrers.
class TestManifestPut : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void putSendsTheFileAsItIs();
    void putTakesTheTypeFromTheCaller();
    void putRefusesWhatIsNoManifest_data();
    void putRefusesWhatIsNoManifest();
    void putChecksTheDigestThatItIsGiven();
    void putListsWhatRefersToAnother();
    void putTellsThatTheListFailed();
    void removeKeepsTheOtherTags();
    void removeNeedsConsentForAPlaceholder();
    void removeNeedsAProofWhereNotEverythingCanBeRead();
    void removeWantsATag();
    void configPrintsTheDocument();
    void configTellsThatThereIsNone();
    void referrersListsThem();

private:
    std::unique_ptr<RepositoryRunner> m_runner;
};

void TestManifestPut::init()
{
    m_runner = std::make_unique<RepositoryRunner>(QStringLiteral(LONGSHORECTL));
}

void TestManifestPut::putSendsTheFileAsItIs()
{
    const auto result = m_runner->run(
        {u"manifest"_s, u"put"_s, m_runner->image(u":1"_s), u"m.json"_s, u"--json"_s});
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(result.errors, "");
    QCOMPARE(documentOf(result).object(),
             (QJsonObject{{u"digest"_s, Digest::ofBytes(RepositoryRunner::index).toString()}}));
    QCOMPARE(m_runner->registry.requests().last().body, RepositoryRunner::index);
    QCOMPARE(m_runner->registry.tags(u"a"_s), QStringList{u"1"_s});
}

void TestManifestPut::putTakesTheTypeFromTheCaller()
{
    const QString type = u"application/vnd.docker.distribution.manifest.list.v2+json"_s;
    const auto result = m_runner->run(
        {u"manifest"_s, u"put"_s, m_runner->image(u":1"_s), u"m.json"_s, u"--media-type"_s, type});
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(m_runner->registry.requests().last().header("content-type"), type.toLatin1());
}

void TestManifestPut::putRefusesWhatIsNoManifest_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("type");
    QTest::newRow("no document") << QByteArray("what") << QString();
    QTest::newRow("another document") << QByteArray(R"({"a": 1})") << QString();
    QTest::newRow("another type") << RepositoryRunner::index
                                  << u"application/vnd.oci.image.manifest.v1+json"_s;
    QTest::newRow("no type of a manifest") << RepositoryRunner::index << u"text/plain"_s;
    QTest::newRow("an empty type") << RepositoryRunner::index << u""_s;
}

void TestManifestPut::putRefusesWhatIsNoManifest()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, type);
    m_runner->write(bytes);
    QStringList command{u"manifest"_s, u"put"_s, m_runner->image(u":1"_s), u"m.json"_s};
    if (!type.isNull())
        command += {u"--media-type"_s, type};
    const auto result = m_runner->run(command);
    QCOMPARE(result.exitStatus, 2);
    QVERIFY(isOneCleanLine(result.errors));
    QCOMPARE(m_runner->registry.requests().size(), 0);
}

void TestManifestPut::putChecksTheDigestThatItIsGiven()
{
    const QString other = Digest::ofBytes("other").toString();
    const auto wrong =
        m_runner->run({u"manifest"_s, u"put"_s, m_runner->image(u'@' + other), u"m.json"_s});
    QCOMPARE(wrong.exitStatus, 5);
    QCOMPARE(m_runner->registry.count("PUT"), 0);
    const QString right = Digest::ofBytes(RepositoryRunner::index).toString();
    QCOMPARE(m_runner->run({u"manifest"_s, u"put"_s, m_runner->image(u'@' + right), u"m.json"_s})
                 .exitStatus,
             0);
    QCOMPARE(m_runner->registry.tags(u"a"_s), QStringList());
}

void TestManifestPut::putListsWhatRefersToAnother()
{
    const QString subject = Digest::ofBytes("subject").toString();
    m_runner->write(RepositoryRunner::imageBytes(subject));
    QCOMPARE(m_runner->run({u"manifest"_s, u"put"_s, m_runner->image(u":sbom"_s), u"m.json"_s})
                 .exitStatus,
             0);
    const auto list = m_runner->run({u"referrers"_s, m_runner->image(u'@' + subject), u"--json"_s});
    QCOMPARE(documentOf(list)[0]["digest"_L1].toString(),
             Digest::ofBytes(RepositoryRunner::imageBytes(subject)).toString());
}

void TestManifestPut::putTellsThatTheListFailed()
{
    const Digest subject = Digest::ofBytes("subject");
    m_runner->registry.addManifest(u"a"_s, u"sha256-"_s + subject.encoded(),
                                   RepositoryRunner::imageBytes(), MediaType::ociManifest());
    m_runner->write(RepositoryRunner::imageBytes(subject.toString()));
    const auto result = m_runner->run(
        {u"manifest"_s, u"put"_s, m_runner->image(u":sbom"_s), u"m.json"_s, u"--json"_s});
    QCOMPARE(result.exitStatus, 6);
    QVERIFY(isOneCleanLine(result.errors));
    QVERIFY(documentOf(result)["digest"_L1].isString());
}

void TestManifestPut::removeKeepsTheOtherTags()
{
    m_runner->registry.behaviour.canDeleteTags = true;
    const Digest digest = m_runner->registry.addManifest(u"a"_s, u"1"_s, RepositoryRunner::index,
                                                         MediaType::ociIndex());
    m_runner->registry.setTag(u"a"_s, u"2"_s, digest);
    const auto result =
        m_runner->run({u"tag"_s, u"remove"_s, m_runner->image(u":1"_s), u"--json"_s});
    QCOMPARE(result.exitStatus, 0);
    QJsonObject object = documentOf(result).object();
    QVERIFY(QFile::exists(object.take(u"backup"_s).toString() + "/longshore-backup.json"_L1));
    QCOMPARE(object,
             (QJsonObject{{u"digest"_s, digest.toString()}, {u"tags"_s, QJsonArray{u"1"_s}}}));
    QCOMPARE(m_runner->registry.tags(u"a"_s), QStringList{u"2"_s});
    QCOMPARE(m_runner->run({u"tag"_s, u"remove"_s, m_runner->image(u":1"_s)}).exitStatus, 4);
}

void TestManifestPut::removeNeedsConsentForAPlaceholder()
{
    m_runner->registry.addManifest(u"a"_s, u"1"_s, RepositoryRunner::index, MediaType::ociIndex());
    const QStringList command{u"tag"_s, u"remove"_s, m_runner->image(u":1"_s)};
    const auto refused = m_runner->run(command);
    QCOMPARE(refused.exitStatus, 1);
    QVERIFY(isOneCleanLine(refused.errors));
    QVERIFY(refused.errors.contains("--placeholder"));
    QCOMPARE(m_runner->registry.count("PUT"), 0);
    QCOMPARE(m_runner->run(command + QStringList{u"--placeholder"_s}).exitStatus, 0);
    QCOMPARE(m_runner->registry.tags(u"a"_s), QStringList());
}

void TestManifestPut::removeNeedsAProofWhereNotEverythingCanBeRead()
{
    m_runner->registry.behaviour.canDeleteTags = true;
    const Digest digest = m_runner->registry.addManifest(u"a"_s, u"1"_s, RepositoryRunner::index,
                                                         MediaType::ociIndex());
    m_runner->registry.setTag(u"a"_s, u"2"_s, digest);
    for (const char *method : {"HEAD", "GET"})
        m_runner->registry.failNext(method, u"/manifests/2"_s, {403}, 99);
    const QStringList command{u"tag"_s, u"remove"_s, m_runner->image(u":1"_s)};
    const auto refused = m_runner->run(command);
    QVERIFY(refused.exitStatus != 0);
    QVERIFY2(refused.errors.contains("--prove"), refused.errors.constData());
    QCOMPARE(m_runner->registry.count("DELETE") + m_runner->registry.count("PUT"), qsizetype(0));
    const auto removed = m_runner->run(command + QStringList{u"--prove"_s});
    QVERIFY2(removed.exitStatus == 0, removed.errors.constData());
    QCOMPARE(m_runner->registry.tags(u"a"_s), QStringList{u"2"_s});
    // What the proof was made with is gone, and the image is still there.
    QVERIFY(m_runner->registry.hasManifest(u"a"_s, digest));
}

void TestManifestPut::removeWantsATag()
{
    const Digest digest = m_runner->registry.addManifest(u"a"_s, u"1"_s, RepositoryRunner::index,
                                                         MediaType::ociIndex());
    QCOMPARE(m_runner->run({u"tag"_s, u"remove"_s, m_runner->image({})}).exitStatus, 2);
    QCOMPARE(m_runner->run({u"tag"_s, u"remove"_s, m_runner->image(u'@' + digest.toString())})
                 .exitStatus,
             2);
    const QString other = Digest::ofBytes("other").toString();
    QCOMPARE(m_runner->run({u"tag"_s, u"remove"_s, m_runner->image(u":1@"_s + other)}).exitStatus,
             7);
    QCOMPARE(m_runner->registry.count("DELETE"), 0);
}

void TestManifestPut::configPrintsTheDocument()
{
    m_runner->registry.addManifest(u"a"_s, u"1"_s, RepositoryRunner::imageBytes(),
                                   MediaType::ociManifest());
    const auto result = m_runner->run({u"config"_s, m_runner->image(u":1"_s)});
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(result.output, RepositoryRunner::config);
}

void TestManifestPut::configTellsThatThereIsNone()
{
    m_runner->registry.addManifest(u"a"_s, u"1"_s, RepositoryRunner::index, MediaType::ociIndex());
    QCOMPARE(m_runner->run({u"config"_s, m_runner->image(u":1"_s)}).exitStatus, 1);
    QCOMPARE(m_runner->run({u"config"_s, m_runner->image(u":2"_s)}).exitStatus, 4);
    QCOMPARE(m_runner->run({u"config"_s, m_runner->image(u":1"_s), u"--platform"_s, u"linux"_s})
                 .exitStatus,
             2);
}

void TestManifestPut::referrersListsThem()
{
    const Digest digest = m_runner->registry.addManifest(u"a"_s, u"1"_s, RepositoryRunner::index,
                                                         MediaType::ociIndex());
    QCOMPARE(m_runner->run({u"referrers"_s, m_runner->image(u":1"_s), u"--json"_s}).output, "[]\n");
    m_runner->write(RepositoryRunner::imageBytes(digest.toString()));
    QCOMPARE(
        m_runner->run({u"manifest"_s, u"put"_s, m_runner->image(u":s"_s), u"m.json"_s}).exitStatus,
        0);
    const auto list = m_runner->run({u"referrers"_s, m_runner->image(u":1"_s)});
    QVERIFY(list.output.contains("\tapplication/vnd.oci.image.config.v1+json\t"));
    const auto other = m_runner->run(
        {u"referrers"_s, m_runner->image(u":1"_s), u"--type"_s, u"a/b"_s, u"--json"_s});
    QCOMPARE(other.output, "[]\n");
    QCOMPARE(m_runner->run({u"referrers"_s, m_runner->image(u":none"_s)}).exitStatus, 4);
}

QTEST_GUILESS_MAIN(TestManifestPut)
#include "tst_manifestput.moc"
