// SPDX-License-Identifier: Apache-2.0
#include "core/oci/digest.h"
#include "support/programrunner.h"
#include "support/writtenfile.h"

#include <QDir>
#include <QDirIterator>
#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// Repositories in which a careless clean-up would take too much, on a real registry. What is left is
/// read from the files of the registry, and asked for by plain HTTP; never by our own client.
class TestCleanupScenarios : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void sparesSiblingsFarAway_data();
    void sparesSiblingsFarAway();
    void believesNoImpossibleDate();
    void emptiesNoRepositoryByAccident();
    void takesWhatIsAboutAnImageAlong();
    void removesATagAndKeepsItsImage();

private:
    QString push(const QString &tag, const QByteArray &content, const QString &created) const;
    QString pushManifest(const QString &reference, QJsonObject manifest) const;
    [[nodiscard]] QJsonObject blob(const QByteArray &bytes, const QString &type) const;
    /// Sets many tags at once, as the registry itself does it.
    void plant(const QString &tag, const QString &digest) const;
    /// Every tag and its digest, from the files of the registry.
    [[nodiscard]] QMap<QString, QString> tags() const;
    [[nodiscard]] int statusOf(const QString &reference) const
    {
        return m_registry->request("GET", u"/v2/team/app/manifests/"_s + reference).status;
    }
    /// Twenty thousand tags take their time.
    [[nodiscard]] ProcessResult cleanUp(const QStringList &options) const
    {
        const auto running =
            m_program->start(QStringList{u"cleanup"_s, m_registry->host() + u"/team/app"_s,
                                         u"--apply"_s, u"--json"_s, u"--quiet"_s}
                             + options);
        if (!running->waitForFinished(280'000))
            return {-1, {}, "it does not come to an end"};
        return {running->exitCode(), running->readAllStandardOutput(),
                running->readAllStandardError()};
    }
    [[nodiscard]] static QString daysAgo(int days)
    {
        return QDateTime::currentDateTimeUtc().addDays(-days).toString(Qt::ISODate);
    }

    std::unique_ptr<RealRegistry> m_registry;
    std::unique_ptr<ProgramRunner> m_program;
};

constexpr auto imageType = "application/vnd.oci.image.manifest.v1+json"_L1;

void TestCleanupScenarios::initTestCase()
{
    if (!RealRegistry::isInstalled())
        QSKIP("docker-registry is not here; tests/run.sh fetches it");
}

void TestCleanupScenarios::init()
{
    m_program = std::make_unique<ProgramRunner>(QStringLiteral(LONGSHORECTL));
    m_registry = std::make_unique<RealRegistry>();
    QVERIFY2(m_registry->failure().isEmpty(), qPrintable(m_registry->failure()));
}

QJsonObject TestCleanupScenarios::blob(const QByteArray &bytes, const QString &type) const
{
    return {{u"mediaType"_s, type},
            {u"digest"_s, m_registry->pushBlob(u"team/app"_s, bytes)},
            {u"size"_s, bytes.size()}};
}

QString TestCleanupScenarios::push(const QString &tag, const QByteArray &content,
                                   const QString &created) const
{
    QJsonObject config{{u"architecture"_s, u"amd64"_s}, {u"os"_s, u"linux"_s}};
    if (!created.isEmpty())
        config.insert(u"created"_s, created);
    return pushManifest(
        tag,
        {{u"config"_s,
          blob(QJsonDocument(config).toJson(), u"application/vnd.oci.image.config.v1+json"_s)},
         {u"layers"_s, QJsonArray{blob(content, u"application/vnd.oci.image.layer.v1.tar"_s)}}});
}

QString TestCleanupScenarios::pushManifest(const QString &reference, QJsonObject manifest) const
{
    manifest.insert(u"schemaVersion"_s, 2);
    if (!manifest.contains(u"mediaType"_s))
        manifest.insert(u"mediaType"_s, imageType);
    const QByteArray bytes = QJsonDocument(manifest).toJson();
    const QString digest = Digest::ofBytes(bytes).toString();
    const QString path = u"/v2/team/app/manifests/"_s + (reference.isEmpty() ? digest : reference);
    const auto answer =
        m_registry->request("PUT", path, bytes, manifest[u"mediaType"_s].toString().toLatin1());
    if (answer.status != 201)
        qFatal("the registry answers %d", answer.status);
    return digest;
}

static QString tagFolder(const RealRegistry &registry)
{
    return registry.storage() + u"/docker/registry/v2/repositories/team/app/_manifests/tags/"_s;
}

void TestCleanupScenarios::plant(const QString &tag, const QString &digest) const
{
    const QString folder = tagFolder(*m_registry) + tag;
    const QString index = folder + u"/index/sha256/"_s + digest.mid(7);
    QDir().mkpath(folder + u"/current"_s);
    QDir().mkpath(index);
    for (const QString &place : {QString(folder + u"/current"_s), index}) {
        QFile link(place + u"/link"_s);
        if (!link.open(QIODevice::WriteOnly) || link.write(digest.toLatin1()) < 0)
            qFatal("cannot plant a tag");
    }
}

QMap<QString, QString> TestCleanupScenarios::tags() const
{
    QMap<QString, QString> result;
    QDirIterator folders(tagFolder(*m_registry), QDir::Dirs | QDir::NoDotAndDotDot);
    while (folders.hasNext()) {
        QFile link(folders.next() + u"/current/link"_s);
        if (link.open(QIODevice::ReadOnly))
            result.insert(folders.fileName(), QString::fromLatin1(link.readAll()));
    }
    return result;
}

void TestCleanupScenarios::sparesSiblingsFarAway_data()
{
    QTest::addColumn<int>("count");
    QTest::newRow("300 tags") << 300;
    QTest::newRow("20,000 tags") << 20'000;
}

void TestCleanupScenarios::sparesSiblingsFarAway()
{
    QFETCH(const int, count);
    const QString doomed = push(u"a-alone"_s, "alone", daysAgo(200));
    const QString shared = push(u"a-shared"_s, "shared", daysAgo(200));
    const QString fresh = push(u"m"_s, "fresh", daysAgo(1));
    for (int i = 0; i < count; ++i)
        plant(u"n%1"_s.arg(i), fresh);
    plant(u"zz-last"_s, shared); // The last one of all that are listed.
    QMap<QString, QString> expected = tags();
    QCOMPARE(expected.size(), count + 4);
    expected.remove(u"a-alone"_s);
    const auto result = cleanUp({u"--older-than"_s, u"90d"_s, u"--match"_s, u"a-*"_s});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QVERIFY(tags() == expected);
    QCOMPARE(statusOf(doomed), 404);
    QCOMPARE(statusOf(shared), 200);
    QCOMPARE(statusOf(fresh), 200);
}

void TestCleanupScenarios::believesNoImpossibleDate()
{
    push(u"old"_s, "old", daysAgo(200));
    push(u"zero"_s, "zero", u"0001-01-01T00:00:00Z"_s);
    push(u"before-containers"_s, "1970", u"1970-01-01T00:00:00Z"_s);
    push(u"future"_s, "future", u"2999-01-01T00:00:00Z"_s);
    push(u"none"_s, "none", {});
    push(u"new"_s, "new", daysAgo(1));
    QMap<QString, QString> expected = tags();
    expected.remove(u"old"_s);
    const auto result = cleanUp({u"--older-than"_s, u"90d"_s});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QCOMPARE(tags(), expected);
}

void TestCleanupScenarios::emptiesNoRepositoryByAccident()
{
    push(u"one"_s, "one", daysAgo(200));
    push(u"two"_s, "two", daysAgo(300));
    const auto planted = tags();
    const QStringList old{u"--older-than"_s, u"90d"_s};
    QCOMPARE(cleanUp(old).exitStatus, 7);
    QCOMPARE(tags(), planted);
    const auto meant =
        cleanUp(old + QStringList{u"--may-empty"_s, u"team/app"_s, u"--yes-delete"_s, u"2"_s});
    QVERIFY2(meant.exitStatus == 0, meant.errors.constData());
    QCOMPARE(tags(), (QMap<QString, QString>()));
}

void TestCleanupScenarios::takesWhatIsAboutAnImageAlong()
{
    push(u"latest"_s, "latest", daysAgo(1));
    const QString old = push(u"old"_s, "old", daysAgo(200));
    const QString kept = push(u"new"_s, "new", daysAgo(1));
    QStringList referrers;
    for (const QString &subject : {old, kept}) {
        const QJsonObject empty = blob("{}", u"application/vnd.oci.empty.v1+json"_s);
        referrers.append(pushManifest({}, {{u"artifactType"_s, u"application/x.sbom"_s},
                                           {u"config"_s, empty},
                                           {u"layers"_s, QJsonArray{empty}},
                                           {u"subject"_s, QJsonObject{{u"mediaType"_s, imageType},
                                                                      {u"digest"_s, subject},
                                                                      {u"size"_s, 7}}}}));
        // How registries without a list of their own are told, as this one.
        pushManifest(QString(subject).replace(u':', u'-'),
                     {{u"mediaType"_s, u"application/vnd.oci.image.index.v1+json"_s},
                      {u"manifests"_s, QJsonArray{QJsonObject{{u"mediaType"_s, imageType},
                                                              {u"digest"_s, referrers.last()},
                                                              {u"size"_s, 7}}}}});
    }
    QMap<QString, QString> expected = tags();
    expected.remove(u"old"_s);
    expected.remove(QString(old).replace(u':', u'-'));
    const auto result = cleanUp({u"--older-than"_s, u"90d"_s, u"--yes-delete"_s, u"2"_s});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QCOMPARE(tags(), expected);
    QCOMPARE(statusOf(old), 404);
    QCOMPARE(statusOf(referrers.first()), 404);
    QCOMPARE(statusOf(referrers.last()), 200);
}

void TestCleanupScenarios::removesATagAndKeepsItsImage()
{
    const QString shared = push(u"old"_s, "shared", daysAgo(200));
    plant(u"release"_s, shared);
    push(u"new"_s, "new", daysAgo(1));
    QMap<QString, QString> expected = tags();
    expected.remove(u"old"_s);
    writtenFile(m_program->filePath(u"rules.json"_s),
                R"({"cleanupRules":1,"siblings":"untag","rules":[)"
                R"({"action":"delete","when":[{"tags":["old"]}]}]})");
    const auto result = cleanUp({u"--rules"_s, u"rules.json"_s, u"--placeholder"_s});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QCOMPARE(tags(), expected);
    QCOMPARE(statusOf(shared), 200);
}

QTEST_GUILESS_MAIN(TestCleanupScenarios)
#include "tst_cleanupscenarios.moc"
