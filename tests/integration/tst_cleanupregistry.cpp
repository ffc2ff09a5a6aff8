// SPDX-License-Identifier: Apache-2.0
#include "core/oci/digest.h"
#include "support/programrunner.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// longshorectl cleanup on a real registry. Plain HTTP tells what the registry holds, never our own
/// client; the plan tells what it should hold.
class TestCleanupRegistry : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void leavesExactlyWhatWasPlanned();
    void findsNothingTheSecondTime();
    void changesNothingByALook();
    void savesWhatOthersCanPutBack();

private:
    QString push(const QString &tag, const QByteArray &content, int days);
    QString pushManifest(const QString &reference, const QJsonObject &manifest,
                         const QString &type);
    QString pushIndex(const QString &tag, const QStringList &parts);
    [[nodiscard]] QString digestOf(const QString &reference) const;
    [[nodiscard]] ProcessResult run(const QStringList &options) const
    {
        return m_program->run(QStringList{u"cleanup"_s, m_registry->host() + u"/team/app"_s,
                                          u"--older-than"_s, u"90d"_s, u"--json"_s}
                              + options);
    }
    [[nodiscard]] ProcessResult apply() const
    {
        return run({u"--apply"_s, u"--yes-delete"_s, u"4"_s, u"--backup"_s, u"saved"_s, u"--plan"_s,
                    u"plan.json"_s});
    }

    std::unique_ptr<RealRegistry> m_registry;
    std::unique_ptr<ProgramRunner> m_program;
    QMap<QString, QString> m_tags; ///< And their digests, as they were pushed.
    QString m_loosePart; ///< Of the old index, without a tag.
    QString m_sharedPart; ///< Of both indexes, without a tag.
};

void TestCleanupRegistry::initTestCase()
{
    if (!RealRegistry::isInstalled())
        QSKIP("docker-registry is not here; tests/run.sh fetches it");
}

void TestCleanupRegistry::init()
{
    m_program = std::make_unique<ProgramRunner>(QStringLiteral(LONGSHORECTL));
    m_registry = std::make_unique<RealRegistry>();
    QVERIFY2(m_registry->failure().isEmpty(), qPrintable(m_registry->failure()));
    m_tags.clear();
    push(u"latest"_s, "latest", 400);
    push(u"new"_s, "new", 3);
    push(u"odd"_s, "odd", -1);
    const QString alone = push(u"old"_s, "old", 300);
    push(u"old-too"_s, "shared", 300);
    push(u"release-1"_s, "shared", 300);
    push(u"part"_s, "part", 300);
    push(u"old-part"_s, "old part", 300);
    m_loosePart = push({}, "loose part", 300);
    m_sharedPart = push({}, "shared part", 300);
    pushIndex(u"multi-new"_s, {m_tags.value(u"new"_s), m_tags.value(u"part"_s), m_sharedPart});
    pushIndex(u"multi-old"_s, {m_tags.value(u"old-part"_s), m_loosePart, m_sharedPart});
    push(QString(alone).replace(u':', u'-') + u".sig"_s, "signature", 3);
    push(m_tags.value(u"new"_s).replace(u':', u'-') + u".sig"_s, "other signature", 300);
    QCOMPARE(m_tags.size(), qsizetype(12));
    QVERIFY(!m_tags.values().contains(QString()));
}

/// An image that is so many days old, or of unknown age; without a tag when that is empty.
QString TestCleanupRegistry::push(const QString &tag, const QByteArray &content, int days)
{
    const QString repository = u"team/app"_s;
    const auto layer = [&](const QByteArray &bytes, const QString &type) {
        return QJsonObject{{u"mediaType"_s, type},
                           {u"digest"_s, m_registry->pushBlob(repository, bytes)},
                           {u"size"_s, bytes.size()}};
    };
    QJsonObject config{{u"architecture"_s, u"amd64"_s}, {u"os"_s, u"linux"_s}};
    const QDateTime midnight(QDate::currentDate(), QTime(0, 0), Qt::UTC);
    if (days >= 0)
        config.insert(u"created"_s, midnight.addDays(-days).toString(Qt::ISODate));
    const QJsonObject manifest{
        {u"schemaVersion"_s, 2},
        {u"mediaType"_s, u"application/vnd.oci.image.manifest.v1+json"_s},
        {u"config"_s,
         layer(QJsonDocument(config).toJson(), u"application/vnd.oci.image.config.v1+json"_s)},
        {u"layers"_s, QJsonArray{layer(content, u"application/vnd.oci.image.layer.v1.tar"_s)}}};
    return pushManifest(tag, manifest, u"application/vnd.oci.image.manifest.v1+json"_s);
}

QString TestCleanupRegistry::pushManifest(const QString &tag, const QJsonObject &manifest,
                                          const QString &type)
{
    const QByteArray bytes = QJsonDocument(manifest).toJson();
    const QString digest = Digest::ofBytes(bytes).toString();
    const QString path = u"/v2/team/app/manifests/"_s + (tag.isEmpty() ? digest : tag);
    const auto answer = m_registry->request("PUT", path, bytes, type.toLatin1());
    if (answer.status != 201)
        return {};
    if (!tag.isEmpty())
        m_tags.insert(tag, digest);
    return digest;
}

QString TestCleanupRegistry::pushIndex(const QString &tag, const QStringList &parts)
{
    QJsonArray entries;
    for (const QString &digest : parts) {
        const auto part = m_registry->request("GET", u"/v2/team/app/manifests/"_s + digest);
        entries.append(QJsonObject{
            {u"mediaType"_s, u"application/vnd.oci.image.manifest.v1+json"_s},
            {u"digest"_s, digest},
            {u"size"_s, part.body.size()},
            {u"platform"_s, QJsonObject{{u"os"_s, u"linux"_s}, {u"architecture"_s, u"amd64"_s}}}});
    }
    const QString type = u"application/vnd.oci.image.index.v1+json"_s;
    return pushManifest(
        tag, {{u"schemaVersion"_s, 2}, {u"mediaType"_s, type}, {u"manifests"_s, entries}}, type);
}

/// Empty when the registry does not have it.
QString TestCleanupRegistry::digestOf(const QString &reference) const
{
    const auto answer = m_registry->request("GET", u"/v2/team/app/manifests/"_s + reference);
    return answer.status == 200 ? QString::fromLatin1(answer.digest) : QString();
}

void TestCleanupRegistry::leavesExactlyWhatWasPlanned()
{
    const auto result = apply();
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    const QJsonDocument plan = QJsonDocument::fromJson(m_program->content(u"plan.json"_s));
    QStringList deleted;
    const QJsonArray decisions = plan[u"decisions"_s].toArray();
    QCOMPARE(decisions.size(), m_tags.size());
    for (const auto &decision : decisions) {
        const QString tag = decision[u"tag"_s].toString();
        const QString digest = decision[u"digest"_s].toString();
        QCOMPARE(digest, m_tags.value(tag));
        const bool isDeleted = decision[u"decision"_s].toString() == "delete"_L1;
        if (isDeleted)
            deleted.append(tag);
        QCOMPARE(digestOf(tag), isDeleted ? QString() : digest);
        QCOMPARE(digestOf(digest), isDeleted ? QString() : digest);
    }
    deleted.sort();
    QStringList expected{u"multi-old"_s, u"old"_s, u"old-part"_s,
                         m_tags.value(u"old"_s).replace(u':', u'-') + u".sig"_s};
    expected.sort();
    QCOMPARE(deleted, expected);
    // Of what has no tag, only what nothing else is made of.
    QCOMPARE(digestOf(m_loosePart), QString());
    QCOMPARE(digestOf(m_sharedPart), m_sharedPart);
    const QJsonArray children = documentOf(result)[u"children"_s].toArray();
    QCOMPARE(children.size(), qsizetype(1));
    QCOMPARE(children.at(0)[u"digest"_s].toString(), m_loosePart);
    QCOMPARE(children.at(0)[u"outcome"_s].toString(), u"deleted"_s);
}

void TestCleanupRegistry::findsNothingTheSecondTime()
{
    QCOMPARE(apply().exitStatus, 0);
    const auto again = run({u"--apply"_s});
    QVERIFY2(again.exitStatus == 0, again.errors.constData());
    QCOMPARE(documentOf(again)[u"totals"_s][u"delete"_s].toInt(), 0);
    QCOMPARE(documentOf(again)[u"totals"_s][u"tags"_s].toInt(), 8);
}

void TestCleanupRegistry::changesNothingByALook()
{
    const auto result = run({});
    QCOMPARE(result.exitStatus, 0);
    QMap<QString, QString> decided;
    const QJsonArray decisions = documentOf(result)[u"decisions"_s].toArray();
    for (const auto &decision : decisions)
        decided.insert(decision[u"tag"_s].toString(), decision[u"decision"_s].toString());
    QCOMPARE(decided.value(u"latest"_s), u"protected"_s);
    QCOMPARE(decided.value(u"release-1"_s), u"protected"_s);
    QCOMPARE(decided.value(u"old-too"_s), u"keep"_s);
    QCOMPARE(decided.value(u"part"_s), u"blocked"_s);
    QCOMPARE(decided.value(u"odd"_s), u"left-alone"_s);
    QCOMPARE(decided.value(u"multi-new"_s), u"left-alone"_s);
    for (auto tag = m_tags.begin(); tag != m_tags.end(); ++tag)
        QCOMPARE(digestOf(tag.key()), *tag);
    QCOMPARE(digestOf(m_loosePart), m_loosePart);
}

void TestCleanupRegistry::savesWhatOthersCanPutBack()
{
    // DEL-32
    QCOMPARE(apply().exitStatus, 0);
    const auto saved = [this](const QString &digest) {
        return m_program->content(u"saved/blobs/sha256/"_s + digest.mid(7));
    };
    const auto put = [&](const QString &tag, const QString &digest, const QByteArray &type) {
        const QString path = u"/v2/team/app/manifests/"_s + (tag.isEmpty() ? digest : tag);
        return m_registry->request("PUT", path, saved(digest), type).status;
    };
    const QByteArray image = "application/vnd.oci.image.manifest.v1+json";
    QCOMPARE(put({}, m_loosePart, image), 201);
    for (const QString &tag : {u"old"_s, u"old-part"_s})
        QCOMPARE(put(tag, m_tags.value(tag), image), 201);
    QCOMPARE(put(u"multi-old"_s, m_tags.value(u"multi-old"_s),
                 "application/vnd.oci.image.index.v1+json"),
             201);
    for (const QString &tag : {u"old"_s, u"old-part"_s, u"multi-old"_s})
        QCOMPARE(digestOf(tag), m_tags.value(tag));
}

QTEST_GUILESS_MAIN(TestCleanupRegistry)
#include "tst_cleanupregistry.moc"
