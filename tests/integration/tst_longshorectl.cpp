// SPDX-License-Identifier: Apache-2.0
#include "core/oci/digest.h"
#include "support/programrunner.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QStandardPaths>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// longshorectl and a real registry, with skopeo as the judge of what the registry holds.
class TestLongshorectl : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void agreesAboutTags();
    void agreesAboutAnImage();
    void printsTheManifestThatTheRegistryHolds();
    void downloadsALayer();
    void deletesWhatItWasToldAndNothingElse();
    void keepsSiblingsUnlessToldOtherwise();
    void signsIn();
    void saysThatDeletionIsTurnedOff();

private:
    /// Starts a registry with some images in it.
    void fill(const RealRegistryOptions &options);
    [[nodiscard]] QString image(const QString &tag) const
    {
        return m_registry->host() + u"/team/app:"_s + tag;
    }
    [[nodiscard]] ProcessResult skopeo(const QStringList &arguments) const
    {
        return runProcess(u"skopeo"_s, arguments);
    }
    [[nodiscard]] QJsonDocument inspect(const QString &reference) const
    {
        return documentOf(skopeo({u"inspect"_s, u"--tls-verify=false"_s, u"--creds=demo:secret"_s,
                                  u"docker://"_s + reference}));
    }
    /// The registry orders them as it likes.
    [[nodiscard]] static QStringList sorted(const QJsonValue &names)
    {
        QStringList list = names.toVariant().toStringList();
        list.sort();
        return list;
    }
    [[nodiscard]] QStringList tags() const
    {
        const auto list = skopeo({u"list-tags"_s, u"--tls-verify=false"_s,
                                  u"docker://"_s + m_registry->host() + u"/team/app"_s});
        return sorted(documentOf(list)[u"Tags"_s]);
    }

    const QByteArray m_layer = QByteArray(3'000'000, 'x') + "end";
    ProgramRunner m_program{QStringLiteral(LONGSHORECTL)};
    std::unique_ptr<RealRegistry> m_registry;
    QString m_oneDigest;
    QString m_twoDigest; ///< Of the tags "2" and "latest".
};

void TestLongshorectl::initTestCase()
{
    if (QStandardPaths::findExecutable(u"skopeo"_s).isEmpty())
        QSKIP("skopeo is not here");
    if (const RealRegistry registry; !registry.failure().isEmpty())
        QSKIP(qPrintable(registry.failure()));
}

void TestLongshorectl::init()
{
    fill({});
}

void TestLongshorectl::fill(const RealRegistryOptions &options)
{
    m_registry = std::make_unique<RealRegistry>(options);
    QVERIFY2(m_registry->failure().isEmpty(), qPrintable(m_registry->failure()));
    m_oneDigest = m_registry->push(u"team/app"_s, u"1"_s, {"small", m_layer});
    m_twoDigest = m_registry->push(u"team/app"_s, u"2"_s, {"other"});
    QCOMPARE(m_registry->push(u"team/app"_s, u"latest"_s, {"other"}), m_twoDigest);
}

void TestLongshorectl::agreesAboutTags()
{
    const QString host = m_registry->host();
    const auto listed = m_program.run({u"tags"_s, host + u"/team/app"_s, u"--json"_s});
    QCOMPARE(listed.exitStatus, 0);
    QCOMPARE(sorted(documentOf(listed).array()), tags());
    QCOMPARE(tags().size(), 3);
    QCOMPARE(m_program.run({u"repos"_s, host}).output, "team/app\n");
    const QJsonObject answer = documentOf(m_program.run({u"ping"_s, host, u"--json"_s})).object();
    QCOMPARE(answer.value(u"apiVersion"_s).toString(), u"registry/2.0"_s);
}

void TestLongshorectl::agreesAboutAnImage()
{
    const QJsonDocument judged = inspect(image(u"1"_s));
    const auto ours = documentOf(m_program.run({u"inspect"_s, image(u"1"_s), u"--json"_s}));
    QCOMPARE(ours[u"digest"_s].toString(), judged[u"Digest"_s].toString());
    QCOMPARE(ours[u"digest"_s].toString(), m_oneDigest);
    QCOMPARE(ours[u"image"_s][u"created"_s].toString(), judged[u"Created"_s].toString());
    QCOMPARE(ours[u"platforms"_s].toArray(),
             QJsonArray{QString(judged[u"Os"_s].toString() + u'/'
                                + judged[u"Architecture"_s].toString())});
    QJsonArray layers;
    const QJsonArray rows = ours[u"layers"_s].toArray();
    for (const auto &row : rows)
        layers.append(row[u"digest"_s]);
    QCOMPARE(layers, judged[u"Layers"_s].toArray());
    QCOMPARE(layers.size(), 2);
    const auto digest = m_program.run({u"digest"_s, image(u"latest"_s)});
    QCOMPARE(digest.output.trimmed(), m_twoDigest.toLatin1());
}

void TestLongshorectl::printsTheManifestThatTheRegistryHolds()
{
    const auto judged =
        skopeo({u"inspect"_s, u"--raw"_s, u"--tls-verify=false"_s, u"docker://"_s + image(u"1"_s)});
    QCOMPARE(judged.exitStatus, 0);
    QCOMPARE(m_program.run({u"manifest"_s, u"get"_s, image(u"1"_s)}).output, judged.output);
}

void TestLongshorectl::downloadsALayer()
{
    const QString digest = Digest::ofBytes(m_layer).toString();
    const QString blob = m_registry->host() + u"/team/app@"_s + digest;
    QCOMPARE(m_program.run({u"blob"_s, u"exists"_s, blob}).exitStatus, 0);
    const auto result = m_program.run({u"blob"_s, u"get"_s, blob, u"-o"_s, u"layer.tar"_s});
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(m_program.content(u"layer.tar"_s), m_layer);
    const auto judged = runProcess(u"sha256sum"_s, {m_program.filePath(u"layer.tar"_s)});
    QVERIFY(judged.output.startsWith(digest.mid(7).toLatin1()));
}

void TestLongshorectl::deletesWhatItWasToldAndNothingElse()
{
    const auto result = m_program.run({u"manifest"_s, u"delete"_s, image(u"1"_s), u"--json"_s});
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(documentOf(result)[u"tags"_s].toArray(), QJsonArray{u"1"_s});
    QVERIFY(inspect(image(u"1"_s)).isNull());
    QCOMPARE(inspect(image(u"2"_s))[u"Digest"_s].toString(), m_twoDigest);
    QCOMPARE(tags(), (QStringList{u"2"_s, u"latest"_s}));
    const QString saved =
        documentOf(result)[u"backup"_s].toString() + u"/blobs/sha256/"_s + m_oneDigest.mid(7);
    QFile file(saved);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(Digest::ofBytes(file.readAll()).toString(), m_oneDigest);
}

void TestLongshorectl::keepsSiblingsUnlessToldOtherwise()
{
    const QStringList command{u"manifest"_s, u"delete"_s, image(u"2"_s)};
    QCOMPARE(m_program.run(command).exitStatus, 7);
    QCOMPARE(tags().size(), 3);
    QCOMPARE(m_program.run(command + QStringList{u"--with-siblings"_s}).exitStatus, 0);
    QCOMPARE(tags(), QStringList{u"1"_s});
}

void TestLongshorectl::signsIn()
{
    fill({.hasPassword = true});
    const QStringList command{u"digest"_s, image(u"1"_s)};
    const QStringList signIn{u"--username"_s, u"demo"_s, u"--password-stdin"_s};
    QCOMPARE(m_program.run(command).exitStatus, 3);
    const auto wrong = m_program.run(command + signIn, "wrong");
    QCOMPARE(wrong.exitStatus, 3);
    QVERIFY2(wrong.errors.contains("rejected the sign-in for user demo"), wrong.errors.constData());
    const auto right = m_program.run(command + signIn, "secret\n");
    QCOMPARE(right.exitStatus, 0);
    QCOMPARE(right.output.trimmed(), inspect(image(u"1"_s))[u"Digest"_s].toString().toLatin1());
    const auto ping = m_program.run({u"ping"_s, m_registry->host(), u"--json"_s});
    QCOMPARE(documentOf(ping)[u"auth"_s].toString(), u"basic"_s);
}

void TestLongshorectl::saysThatDeletionIsTurnedOff()
{
    fill({.canDelete = false});
    const auto result = m_program.run({u"manifest"_s, u"delete"_s, image(u"1"_s), u"--json"_s});
    QCOMPARE(result.exitStatus, 1);
    QCOMPARE(errorKindOf(result), u"unsupported"_s);
    QVERIFY(isOneCleanLine(result.errors));
    QVERIFY(result.errors.contains("Deletion is turned off on this server."));
    QCOMPARE(inspect(image(u"1"_s))[u"Digest"_s].toString(), m_oneDigest);
}

QTEST_GUILESS_MAIN(TestLongshorectl)
#include "tst_longshorectl.moc"
