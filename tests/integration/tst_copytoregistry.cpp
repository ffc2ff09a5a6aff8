// SPDX-License-Identifier: Apache-2.0
#include "support/programrunner.h"
#include "support/sampleimages.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QStandardPaths>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// longshorectl copy between real registries and within one, with skopeo as the judge of what is
/// there in the end.
class TestCopyToRegistry : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void copiesAnIndexToAnotherRegistry();
    void mountsWithinARegistry();
    void bringsReferrersAlong();
    void bringsTagsOfSignaturesAlong();

private:
    ProgramRunner m_program{QStringLiteral(LONGSHORECTL)};
    RealRegistry m_registry;
    std::optional<Digest> m_index;
};

void TestCopyToRegistry::initTestCase()
{
    if (QStandardPaths::findExecutable(u"skopeo"_s).isEmpty())
        QSKIP("skopeo is not here");
    if (!m_registry.failure().isEmpty())
        QSKIP(qPrintable(m_registry.failure()));
    SampleImages::pushImage(m_registry, u"amd64"_s, u"gzip"_s);
    SampleImages::pushImage(m_registry, u"arm64"_s, u"zstd"_s);
    m_index = SampleImages::pushIndex(m_registry, u"all"_s, {u"amd64"_s, u"arm64"_s});
}

void TestCopyToRegistry::copiesAnIndexToAnotherRegistry()
{
    const RealRegistry other;
    QCOMPARE(other.failure(), QString());
    const auto copied = m_program.run({u"copy"_s, m_registry.host() + u"/team/app:all"_s,
                                       other.host() + u"/team/app:1.0"_s, u"--json"_s});
    QVERIFY2(copied.exitStatus == 0, copied.errors.constData());
    // Two configurations, and two layers each.
    QCOMPARE(documentOf(copied).object().value(u"uploaded"_s).toInt(), 6);
    QCOMPARE(other.request("GET", u"/v2/team/app/manifests/1.0"_s).body,
             m_registry.request("GET", u"/v2/team/app/manifests/all"_s).body);
    const auto inspected =
        runProcess(u"skopeo"_s, {u"inspect"_s, u"--raw"_s, u"--tls-verify=false"_s,
                                 u"docker://"_s + other.host() + u"/team/app:1.0"_s});
    QVERIFY(Digest::ofBytes(inspected.output) == *m_index);
}

void TestCopyToRegistry::mountsWithinARegistry()
{
    const auto copied = m_program.run({u"copy"_s, m_registry.host() + u"/team/app:all"_s,
                                       m_registry.host() + u"/team/mounted:all"_s, u"--json"_s});
    QVERIFY2(copied.exitStatus == 0, copied.errors.constData());
    QCOMPARE(documentOf(copied).object().value(u"mounted"_s).toInt(), 6);
    QCOMPARE(documentOf(copied).object().value(u"uploaded"_s).toInt(), 0);
    const QTemporaryDir folder;
    const auto pulled =
        runProcess(u"skopeo"_s, {u"copy"_s, u"--all"_s, u"--src-tls-verify=false"_s,
                                 u"docker://"_s + m_registry.host() + u"/team/mounted:all"_s,
                                 u"dir:"_s + folder.path()});
    QVERIFY2(pulled.exitStatus == 0, pulled.errors.constData());
}

void TestCopyToRegistry::bringsReferrersAlong()
{
    const QString config = m_registry.pushBlob(u"team/app"_s, "{}");
    const QJsonObject empty{{u"mediaType"_s, u"application/vnd.oci.empty.v1+json"_s},
                            {u"digest"_s, config},
                            {u"size"_s, 2}};
    const QJsonObject about{
        {u"schemaVersion"_s, 2},
        {u"mediaType"_s, u"application/vnd.oci.image.manifest.v1+json"_s},
        {u"artifactType"_s, u"application/x.signature"_s},
        {u"config"_s, empty},
        {u"layers"_s, QJsonArray{empty}},
        {u"subject"_s, QJsonObject{{u"mediaType"_s, u"application/vnd.oci.image.index.v1+json"_s},
                                   {u"digest"_s, m_index->toString()},
                                   {u"size"_s, 2}}}};
    QFile file(m_program.filePath(u"about"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QJsonDocument(about).toJson());
    file.close();
    const QString digest = Digest::ofBytes(QJsonDocument(about).toJson()).toString();
    const auto put = m_program.run(
        {u"manifest"_s, u"put"_s, m_registry.host() + u"/team/app@"_s + digest, u"about"_s});
    QVERIFY2(put.exitStatus == 0, put.errors.constData());

    const RealRegistry other;
    QCOMPARE(other.failure(), QString());
    const auto copied =
        m_program.run({u"copy"_s, m_registry.host() + u"/team/app:all"_s,
                       other.host() + u"/team/app:all"_s, u"--referrers"_s, u"--json"_s});
    QVERIFY2(copied.exitStatus == 0, copied.errors.constData());
    QCOMPARE(other.request("GET", u"/v2/team/app/manifests/"_s + digest).body,
             QJsonDocument(about).toJson());
    const auto list =
        m_program.run({u"referrers"_s, other.host() + u"/team/app:all"_s, u"--json"_s});
    QCOMPARE(documentOf(list)[0]["digest"_L1].toString(), digest);
}

void TestCopyToRegistry::bringsTagsOfSignaturesAlong()
{
    const QString digest = m_registry.push(u"team/signed"_s, u"1"_s, {"to be signed"});
    const QString tag = QString(digest).replace(u':', u'-') + u".sig"_s;
    m_registry.push(u"team/signed"_s, tag, {"signature"});
    const RealRegistry other;
    QCOMPARE(other.failure(), QString());
    const QStringList command{u"copy"_s, m_registry.host() + u"/team/signed:1"_s,
                              other.host() + u"/prod:1"_s, u"--referrers"_s, u"--json"_s};
    const auto copied = m_program.run(command);
    QVERIFY2(copied.exitStatus == 0, copied.errors.constData());
    QCOMPARE(documentOf(copied).object().value(u"attached"_s).toArray(), QJsonArray{tag});
    const auto inspected =
        runProcess(u"skopeo"_s, {u"inspect"_s, u"--raw"_s, u"--tls-verify=false"_s,
                                 u"docker://"_s + other.host() + u"/prod:"_s + tag});
    QCOMPARE(inspected.output,
             m_registry.request("GET", u"/v2/team/signed/manifests/"_s + tag).body);

    // Somebody signs it anew here: what is there stays.
    m_registry.push(u"team/signed"_s, tag, {"another signature"});
    const auto again = m_program.run(command);
    QVERIFY2(again.exitStatus == 0, again.errors.constData());
    QVERIFY2(again.errors.contains(tag.toUtf8()), again.errors.constData());
    QCOMPARE(documentOf(again).object().value(u"keptTags"_s).toArray(), QJsonArray{tag});
    QCOMPARE(other.request("GET", u"/v2/prod/manifests/"_s + tag).body, inspected.output);
}

QTEST_GUILESS_MAIN(TestCopyToRegistry)
#include "tst_copytoregistry.moc"
