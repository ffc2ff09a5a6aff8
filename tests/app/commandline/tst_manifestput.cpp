// SPDX-License-Identifier: Apache-2.0
#include "support/fakeregistry.h"
#include "support/programrunner.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// longshorectl manifest put, tag add, tag remove, config, referrers.
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
    [[nodiscard]] QString image(const QString &rest) const
    {
        return m_registry->host() + u"/a"_s + rest;
    }
    [[nodiscard]] ProcessResult run(const QStringList &arguments) const
    {
        return m_program->run(arguments);
    }
    void write(const QByteArray &bytes) const
    {
        QFile file(m_program->filePath(u"m.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    /// An image whose configuration is there; it refers to m_subject if wanted.
    [[nodiscard]] QByteArray imageBytes(const QString &subject = {}) const
    {
        const QString type = u"application/vnd.oci.image.manifest.v1+json"_s;
        QJsonObject document{
            {u"schemaVersion"_s, 2},
            {u"mediaType"_s, type},
            {u"layers"_s, QJsonArray()},
            {u"config"_s,
             QJsonObject{{u"mediaType"_s, u"application/vnd.oci.image.config.v1+json"_s},
                         {u"digest"_s, Digest::ofBytes(m_config).toString()},
                         {u"size"_s, m_config.size()}}}};
        if (!subject.isEmpty())
            document.insert(
                u"subject"_s,
                QJsonObject{{u"mediaType"_s, type}, {u"digest"_s, subject}, {u"size"_s, 2}});
        return QJsonDocument(document).toJson();
    }

    std::unique_ptr<ProgramRunner> m_program;
    std::unique_ptr<FakeRegistry> m_registry;
    const QByteArray m_index = R"( {"schemaVersion": 2,  "manifests": []} )";
    const QByteArray m_config = R"({"os" : "linux"})";
};

void TestManifestPut::init()
{
    m_program = std::make_unique<ProgramRunner>(QStringLiteral(LONGSHORECTL));
    m_registry = std::make_unique<FakeRegistry>();
    m_registry->addRepository(u"a"_s);
    m_registry->addBlob(u"a"_s, m_config);
    write(m_index);
}

void TestManifestPut::putSendsTheFileAsItIs()
{
    const auto result = run({u"manifest"_s, u"put"_s, image(u":1"_s), u"m.json"_s, u"--json"_s});
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(result.errors, "");
    QCOMPARE(documentOf(result).object(),
             (QJsonObject{{u"digest"_s, Digest::ofBytes(m_index).toString()}}));
    QCOMPARE(m_registry->requests().last().body, m_index);
    QCOMPARE(m_registry->tags(u"a"_s), QStringList{u"1"_s});
}

void TestManifestPut::putTakesTheTypeFromTheCaller()
{
    const QString type = u"application/vnd.docker.distribution.manifest.list.v2+json"_s;
    const auto result =
        run({u"manifest"_s, u"put"_s, image(u":1"_s), u"m.json"_s, u"--media-type"_s, type});
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(m_registry->requests().last().header("content-type"), type.toLatin1());
}

void TestManifestPut::putRefusesWhatIsNoManifest_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("type");
    QTest::newRow("no document") << QByteArray("what") << QString();
    QTest::newRow("another document") << QByteArray(R"({"a": 1})") << QString();
    QTest::newRow("another type") << m_index << u"application/vnd.oci.image.manifest.v1+json"_s;
    QTest::newRow("no type of a manifest") << m_index << u"text/plain"_s;
    QTest::newRow("an empty type") << m_index << u""_s;
}

void TestManifestPut::putRefusesWhatIsNoManifest()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, type);
    write(bytes);
    QStringList command{u"manifest"_s, u"put"_s, image(u":1"_s), u"m.json"_s};
    if (!type.isNull())
        command += {u"--media-type"_s, type};
    const auto result = run(command);
    QCOMPARE(result.exitStatus, 2);
    QVERIFY(isOneCleanLine(result.errors));
    QCOMPARE(m_registry->requests().size(), 0);
}

void TestManifestPut::putChecksTheDigestThatItIsGiven()
{
    const QString other = Digest::ofBytes("other").toString();
    const auto wrong = run({u"manifest"_s, u"put"_s, image(u'@' + other), u"m.json"_s});
    QCOMPARE(wrong.exitStatus, 5);
    QCOMPARE(m_registry->count("PUT"), 0);
    const QString right = Digest::ofBytes(m_index).toString();
    QCOMPARE(run({u"manifest"_s, u"put"_s, image(u'@' + right), u"m.json"_s}).exitStatus, 0);
    QCOMPARE(m_registry->tags(u"a"_s), QStringList());
}

void TestManifestPut::putListsWhatRefersToAnother()
{
    const QString subject = Digest::ofBytes("subject").toString();
    write(imageBytes(subject));
    QCOMPARE(run({u"manifest"_s, u"put"_s, image(u":sbom"_s), u"m.json"_s}).exitStatus, 0);
    const auto list = run({u"referrers"_s, image(u'@' + subject), u"--json"_s});
    QCOMPARE(documentOf(list)[0]["digest"_L1].toString(),
             Digest::ofBytes(imageBytes(subject)).toString());
}

void TestManifestPut::putTellsThatTheListFailed()
{
    const Digest subject = Digest::ofBytes("subject");
    m_registry->addManifest(u"a"_s, u"sha256-"_s + subject.encoded(), imageBytes(),
                            MediaType::ociManifest());
    write(imageBytes(subject.toString()));
    const auto result = run({u"manifest"_s, u"put"_s, image(u":sbom"_s), u"m.json"_s, u"--json"_s});
    QCOMPARE(result.exitStatus, 6);
    QVERIFY(isOneCleanLine(result.errors));
    QVERIFY(documentOf(result)["digest"_L1].isString());
}

void TestManifestPut::removeKeepsTheOtherTags()
{
    m_registry->behaviour.canDeleteTags = true;
    const Digest digest = m_registry->addManifest(u"a"_s, u"1"_s, m_index, MediaType::ociIndex());
    m_registry->setTag(u"a"_s, u"2"_s, digest);
    const auto result = run({u"tag"_s, u"remove"_s, image(u":1"_s), u"--json"_s});
    QCOMPARE(result.exitStatus, 0);
    QJsonObject object = documentOf(result).object();
    QVERIFY(QFile::exists(object.take(u"backup"_s).toString() + "/longshore-backup.json"_L1));
    QCOMPARE(object,
             (QJsonObject{{u"digest"_s, digest.toString()}, {u"tags"_s, QJsonArray{u"1"_s}}}));
    QCOMPARE(m_registry->tags(u"a"_s), QStringList{u"2"_s});
    QCOMPARE(run({u"tag"_s, u"remove"_s, image(u":1"_s)}).exitStatus, 4);
}

void TestManifestPut::removeNeedsConsentForAPlaceholder()
{
    m_registry->addManifest(u"a"_s, u"1"_s, m_index, MediaType::ociIndex());
    const QStringList command{u"tag"_s, u"remove"_s, image(u":1"_s)};
    const auto refused = run(command);
    QCOMPARE(refused.exitStatus, 1);
    QVERIFY(isOneCleanLine(refused.errors));
    QVERIFY(refused.errors.contains("--placeholder"));
    QCOMPARE(m_registry->count("PUT"), 0);
    QCOMPARE(run(command + QStringList{u"--placeholder"_s}).exitStatus, 0);
    QCOMPARE(m_registry->tags(u"a"_s), QStringList());
}

void TestManifestPut::removeNeedsAProofWhereNotEverythingCanBeRead()
{
    m_registry->behaviour.canDeleteTags = true;
    const Digest digest = m_registry->addManifest(u"a"_s, u"1"_s, m_index, MediaType::ociIndex());
    m_registry->setTag(u"a"_s, u"2"_s, digest);
    for (const char *method : {"HEAD", "GET"})
        m_registry->failNext(method, u"/manifests/2"_s, {403}, 99);
    const QStringList command{u"tag"_s, u"remove"_s, image(u":1"_s)};
    const auto refused = run(command);
    QVERIFY(refused.exitStatus != 0);
    QVERIFY2(refused.errors.contains("--prove"), refused.errors.constData());
    QCOMPARE(m_registry->count("DELETE") + m_registry->count("PUT"), qsizetype(0));
    const auto removed = run(command + QStringList{u"--prove"_s});
    QVERIFY2(removed.exitStatus == 0, removed.errors.constData());
    QCOMPARE(m_registry->tags(u"a"_s), QStringList{u"2"_s});
    // What the proof was made with is gone, and the image is still there.
    QVERIFY(m_registry->hasManifest(u"a"_s, digest));
}

void TestManifestPut::removeWantsATag()
{
    const Digest digest = m_registry->addManifest(u"a"_s, u"1"_s, m_index, MediaType::ociIndex());
    QCOMPARE(run({u"tag"_s, u"remove"_s, image({})}).exitStatus, 2);
    QCOMPARE(run({u"tag"_s, u"remove"_s, image(u'@' + digest.toString())}).exitStatus, 2);
    const QString other = Digest::ofBytes("other").toString();
    QCOMPARE(run({u"tag"_s, u"remove"_s, image(u":1@"_s + other)}).exitStatus, 7);
    QCOMPARE(m_registry->count("DELETE"), 0);
}

void TestManifestPut::configPrintsTheDocument()
{
    m_registry->addManifest(u"a"_s, u"1"_s, imageBytes(), MediaType::ociManifest());
    const auto result = run({u"config"_s, image(u":1"_s)});
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(result.output, m_config);
}

void TestManifestPut::configTellsThatThereIsNone()
{
    m_registry->addManifest(u"a"_s, u"1"_s, m_index, MediaType::ociIndex());
    QCOMPARE(run({u"config"_s, image(u":1"_s)}).exitStatus, 1);
    QCOMPARE(run({u"config"_s, image(u":2"_s)}).exitStatus, 4);
    QCOMPARE(run({u"config"_s, image(u":1"_s), u"--platform"_s, u"linux"_s}).exitStatus, 2);
}

void TestManifestPut::referrersListsThem()
{
    const Digest digest = m_registry->addManifest(u"a"_s, u"1"_s, m_index, MediaType::ociIndex());
    QCOMPARE(run({u"referrers"_s, image(u":1"_s), u"--json"_s}).output, "[]\n");
    write(imageBytes(digest.toString()));
    QCOMPARE(run({u"manifest"_s, u"put"_s, image(u":s"_s), u"m.json"_s}).exitStatus, 0);
    const auto list = run({u"referrers"_s, image(u":1"_s)});
    QVERIFY(list.output.contains("\tapplication/vnd.oci.image.config.v1+json\t"));
    const auto other = run({u"referrers"_s, image(u":1"_s), u"--type"_s, u"a/b"_s, u"--json"_s});
    QCOMPARE(other.output, "[]\n");
    QCOMPARE(run({u"referrers"_s, image(u":none"_s)}).exitStatus, 4);
}

QTEST_GUILESS_MAIN(TestManifestPut)
#include "tst_manifestput.moc"
