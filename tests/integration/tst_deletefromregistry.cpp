// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/deletetagsjob.h"
#include "core/cleanup/takesnapshotjob.h"
#include "core/registry/registrysession.h"
#include "support/outcome.h"
#include "support/realregistry.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>

using namespace Longshore;
using namespace Qt::StringLiterals;

using State = DeletionOutcome::State;

/// Deletes from a real registry and puts back what was saved. Plain HTTP and skopeo tell what the
/// registry holds, never our own client.
class TestDeleteFromRegistry : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void leavesExactlyWhatWasPlanned();
    void takesTheSiblingsThatThePlanNames();
    void keepsAnImageThatAnIndexNeeds();
    void deletesAnIndexWithoutItsImages();
    void losesNothingWhereDeletionIsTurnedOff();
    void findsOutThatARegistryIsReadOnly();
    void losesNothingWithoutThePassword();
    void savesWhatOthersCanRead();
    void savesWhatBringsTheTagBack();

private:
    void start(const RealRegistryOptions &options);
    void pushIndex(const QString &tag, const QString &manifestDigest);
    [[nodiscard]] DeletionPlan planFor(const QStringList &tags);
    [[nodiscard]] Result<DeletionReport> run(const DeletionPlan &plan)
    {
        return outcomeOf(new DeleteTagsJob(*m_session, plan, backup()));
    }
    [[nodiscard]] QString backup() const { return m_home->filePath(u"backup"_s); }
    [[nodiscard]] QByteArray saved(const QString &digest) const
    {
        QFile file(backup() + "/blobs/sha256/"_L1 + digest.mid(7));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    /// Each tag and the digest that the registry gives for it; gone ones are not there.
    [[nodiscard]] QMap<QString, QString> tags() const;

    const RepositoryName m_repository = *RepositoryName::parse(u"team/app");
    Network m_network;
    std::unique_ptr<RealRegistry> m_registry;
    std::unique_ptr<RegistrySession> m_session;
    std::unique_ptr<QTemporaryDir> m_home;
    QString m_one;
    QString m_two; ///< "2" and "latest".
};

void TestDeleteFromRegistry::initTestCase()
{
    if (!RealRegistry::isInstalled())
        QSKIP("docker-registry is not here; tests/run.sh fetches it");
}

void TestDeleteFromRegistry::init()
{
    start({});
}

void TestDeleteFromRegistry::start(const RealRegistryOptions &options)
{
    m_session.reset();
    m_home = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<RealRegistry>(options);
    QVERIFY2(m_registry->failure().isEmpty(), qPrintable(m_registry->failure()));
    m_session = std::make_unique<RegistrySession>(
        m_network, *RegistryAddress::parse(m_registry->host()), u"http"_s);
    m_one = m_registry->push(u"team/app"_s, u"1"_s, {"one"});
    m_two = m_registry->push(u"team/app"_s, u"2"_s, {"two"});
    QCOMPARE(m_registry->push(u"team/app"_s, u"latest"_s, {"two"}), m_two);
    QCOMPARE(tags().size(), qsizetype(3));
}

void TestDeleteFromRegistry::pushIndex(const QString &tag, const QString &manifestDigest)
{
    const auto manifest = m_registry->request("GET", u"/v2/team/app/manifests/"_s + manifestDigest);
    const QJsonObject entry{
        {u"mediaType"_s, u"application/vnd.oci.image.manifest.v1+json"_s},
        {u"digest"_s, manifestDigest},
        {u"size"_s, manifest.body.size()},
        {u"platform"_s, QJsonObject{{u"os"_s, u"linux"_s}, {u"architecture"_s, u"amd64"_s}}}};
    const QByteArray index =
        QJsonDocument(QJsonObject{{u"schemaVersion"_s, 2},
                                  {u"mediaType"_s, u"application/vnd.oci.image.index.v1+json"_s},
                                  {u"manifests"_s, QJsonArray{entry}}})
            .toJson();
    QCOMPARE(m_registry
                 ->request("PUT", u"/v2/team/app/manifests/"_s + tag, index,
                           "application/vnd.oci.image.index.v1+json")
                 .status,
             201);
}

DeletionPlan TestDeleteFromRegistry::planFor(const QStringList &names)
{
    QList<Tag> chosen;
    for (const QString &name : names)
        chosen.append(*Tag::parse(name));
    const auto snapshot = outcomeOf(new TakeSnapshotJob(*m_session, m_repository));
    if (!snapshot)
        qFatal("no snapshot: %s", qPrintable(snapshot.error().message));
    return planDeletion(*snapshot, chosen);
}

QMap<QString, QString> TestDeleteFromRegistry::tags() const
{
    const auto list = m_registry->request("GET", u"/v2/team/app/tags/list"_s);
    const QJsonArray names = QJsonDocument::fromJson(list.body)["tags"_L1].toArray();
    QMap<QString, QString> result;
    for (const auto &name : names) {
        const auto manifest =
            m_registry->request("GET", u"/v2/team/app/manifests/"_s + name.toString());
        if (manifest.status == 200)
            result.insert(name.toString(), QString::fromLatin1(manifest.digest));
    }
    return result;
}

void TestDeleteFromRegistry::leavesExactlyWhatWasPlanned()
{
    const auto report = run(planFor({u"1"_s}));
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QVERIFY(report->isComplete());
    QCOMPARE(tags(), (QMap<QString, QString>{{u"2"_s, m_two}, {u"latest"_s, m_two}}));
    QCOMPARE(m_registry->request("GET", u"/v2/team/app/manifests/"_s + m_one).status, 404);
}

void TestDeleteFromRegistry::takesTheSiblingsThatThePlanNames()
{
    const DeletionPlan plan = planFor({u"2"_s});
    QCOMPARE(plan.siblings(), QList<Tag>{*Tag::parse(u"latest")}); // D1
    const auto report = run(plan);
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QCOMPARE(report->count(State::Deleted), qsizetype(2));
    QCOMPARE(tags(), (QMap<QString, QString>{{u"1"_s, m_one}}));
}

void TestDeleteFromRegistry::keepsAnImageThatAnIndexNeeds()
{
    const DeletionPlan early = planFor({u"1"_s});
    pushIndex(u"multi"_s, m_one);
    QVERIFY(planFor({u"1"_s}).isBlocked()); // D4
    const auto report = run(early); // The index came after this preview.
    QVERIFY(report);
    QCOMPARE(report->outcomes.first().state, State::Skipped);
    QCOMPARE(tags().size(), qsizetype(4));
}

void TestDeleteFromRegistry::deletesAnIndexWithoutItsImages()
{
    pushIndex(u"multi"_s, m_one);
    const QMap<QString, QString> before = tags();
    const auto report = run(planFor({u"multi"_s}));
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QVERIFY(report->isComplete());
    QMap<QString, QString> expected = before;
    expected.remove(u"multi"_s);
    QCOMPARE(tags(), expected);
    QVERIFY(!saved(before.value(u"multi"_s)).isEmpty());
    QVERIFY(!saved(m_one).isEmpty()); // What it is made of is saved all the same.
}

void TestDeleteFromRegistry::losesNothingWhereDeletionIsTurnedOff()
{
    start({.canDelete = false});
    const QMap<QString, QString> before = tags();
    const auto report = run(planFor({u"1"_s, u"2"_s}));
    QVERIFY(!report);
    QCOMPARE(report.error().kind, Error::Kind::Unsupported);
    QCOMPARE(tags(), before);
}

void TestDeleteFromRegistry::findsOutThatARegistryIsReadOnly()
{
    qputenv("REGISTRY_STORAGE_MAINTENANCE_READONLY", "{enabled: true}");
    const RealRegistry registry;
    qunsetenv("REGISTRY_STORAGE_MAINTENANCE_READONLY");
    QVERIFY2(registry.failure().isEmpty(), qPrintable(registry.failure()));
    const Digest digest = Digest::ofBytes("x");
    const auto answer =
        registry.request("DELETE", u"/v2/team/app/manifests/"_s + digest.toString());
    QCOMPARE(answer.status, 405); // In words, where others send JSON.
    QVERIFY(!answer.body.startsWith('{'));
    RegistrySession session(m_network, *RegistryAddress::parse(registry.host()), u"http"_s);
    const auto refused = outcomeOf(session.deleteManifest(m_repository, digest));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Unsupported);
    const auto found = outcomeOf(session.probe({Capability::Deletion, m_repository}));
    QVERIFY(found);
    QCOMPARE(*found, Support::No);
}

void TestDeleteFromRegistry::losesNothingWithoutThePassword()
{
    start({.hasPassword = true});
    const QMap<QString, QString> before = tags();
    m_session->setCredentials({u"demo"_s, Secret("wrong")});
    const auto snapshot = outcomeOf(new TakeSnapshotJob(*m_session, m_repository));
    QVERIFY(!snapshot);
    QCOMPARE(snapshot.error().kind, Error::Kind::Unauthorized);
    m_session->setCredentials({u"demo"_s, Secret("secret")});
    const DeletionPlan plan = planFor({u"1"_s});
    m_session->setCredentials({u"demo"_s, Secret("changed")});
    const auto report = run(plan);
    QVERIFY(!report);
    QCOMPARE(report.error().kind, Error::Kind::Unauthorized);
    QCOMPARE(tags(), before);
}

void TestDeleteFromRegistry::savesWhatOthersCanRead()
{
    if (QStandardPaths::findExecutable(u"skopeo"_s).isEmpty())
        QSKIP("skopeo is not here");
    const QByteArray bytes = m_registry->request("GET", u"/v2/team/app/manifests/2"_s).body;
    QVERIFY(run(planFor({u"2"_s})));
    for (const QString &name : {u"2"_s, u"latest"_s}) {
        const QString layout = "oci:"_L1 + backup() + u':' + name;
        const auto raw = runProcess(u"skopeo"_s, {u"inspect"_s, u"--raw"_s, layout});
        QVERIFY2(raw.exitStatus == 0, raw.errors.constData());
        QCOMPARE(raw.output, bytes);
        const auto config = runProcess(u"skopeo"_s, {u"inspect"_s, u"--config"_s, layout});
        QVERIFY2(config.exitStatus == 0, config.errors.constData());
        QCOMPARE(QJsonDocument::fromJson(config.output)["architecture"_L1].toString(), u"amd64"_s);
    }
}

void TestDeleteFromRegistry::savesWhatBringsTheTagBack()
{
    pushIndex(u"multi"_s, m_one); // DEL-32
    const QMap<QString, QString> before = tags();
    QVERIFY(run(planFor({u"2"_s, u"multi"_s, u"1"_s})));
    QVERIFY(tags().isEmpty());
    QFile file(backup() + "/longshore-backup.json"_L1);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonDocument record = QJsonDocument::fromJson(file.readAll());
    const QJsonArray manifests = record["manifests"_L1].toArray();
    QCOMPARE(manifests.size(), qsizetype(3));
    // Images first: the registry takes no index of what it does not have.
    for (const QString &type : {u"manifest"_s, u"index"_s}) {
        for (const auto &entry : manifests) {
            const QString mediaType = entry["mediaType"_L1].toString();
            const QJsonArray names = entry["tags"_L1].toArray();
            for (const auto &name : names) {
                if (!mediaType.contains(type))
                    continue;
                const auto put =
                    m_registry->request("PUT", u"/v2/team/app/manifests/"_s + name.toString(),
                                        saved(entry["digest"_L1].toString()), mediaType.toLatin1());
                QCOMPARE(put.status, 201);
            }
        }
    }
    QCOMPARE(tags(), before);
}

QTEST_GUILESS_MAIN(TestDeleteFromRegistry)
#include "tst_deletefromregistry.moc"
