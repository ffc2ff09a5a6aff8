// SPDX-License-Identifier: Apache-2.0
#include "core/oci/digest.h"
#include "support/programrunner.h"
#include "support/sampleimages.h"

#include <QDir>
#include <QJsonArray>
#include <QRandomGenerator>
#include <QStandardPaths>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// longshorectl export from a real registry, with skopeo as the judge of what is on the disk.
class TestExportFromRegistry : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void isReadByOthers();
    void bringsSeveralPlatforms_data();
    void bringsSeveralPlatforms();
    void bringsReferrersAlong_data();
    void bringsReferrersAlong();
    void completesWhatWasKilled();

private:
    /// Whether skopeo, which checks every digest, can copy the image from our layout, and finds
    /// the manifest of the registry.
    void judge(const QString &name) const;
    [[nodiscard]] QString image(const QString &tag) const
    {
        return m_registry.host() + u"/team/app:"_s + tag;
    }
    [[nodiscard]] QString layout() const { return u"oci:"_s + m_program.filePath(u"out"_s); }

    ProgramRunner m_program{QStringLiteral(LONGSHORECTL)};
    RealRegistry m_registry;
};

void TestExportFromRegistry::initTestCase()
{
    if (QStandardPaths::findExecutable(u"skopeo"_s).isEmpty())
        QSKIP("skopeo is not here");
    if (!m_registry.failure().isEmpty())
        QSKIP(qPrintable(m_registry.failure()));
}

void TestExportFromRegistry::judge(const QString &name) const
{
    const QString source = layout() + u':' + name;
    const auto raw = runProcess(u"skopeo"_s, {u"inspect"_s, u"--raw"_s, source});
    QVERIFY2(raw.exitStatus == 0, raw.errors.constData());
    QCOMPARE(raw.output, m_registry.request("GET", u"/v2/team/app/manifests/"_s + name).body);
    const auto copied = runProcess(
        u"skopeo"_s, {u"copy"_s, source, u"dir:"_s + m_program.filePath(u"copy-"_s + name)});
    QVERIFY2(copied.exitStatus == 0, copied.errors.constData());
}

void TestExportFromRegistry::isReadByOthers()
{
    m_registry.push(u"team/app"_s, u"1"_s, {"shared", "one"});
    m_registry.push(u"team/app"_s, u"2"_s, {"shared", "two", QByteArray(3'000'000, 'x')});
    for (const QString &tag : {u"1"_s, u"2"_s}) {
        const auto result = m_program.run({u"export"_s, image(tag), layout() + u':' + tag});
        QVERIFY2(result.exitStatus == 0, result.errors.constData());
    }
    judge(u"1"_s);
    judge(u"2"_s);
}

void TestExportFromRegistry::bringsSeveralPlatforms_data()
{
    QTest::addColumn<QString>("form");
    QTest::newRow("layout") << u"oci"_s;
    QTest::newRow("archive") << u"oci-archive"_s;
}

void TestExportFromRegistry::bringsSeveralPlatforms()
{
    QFETCH(const QString, form);
    const QStringList all{u"amd64"_s, u"arm64"_s, u"s390x"_s};
    for (const QString &architecture : all)
        SampleImages::pushImage(m_registry, architecture, u"gzip"_s);
    SampleImages::pushIndex(m_registry, u"all"_s, all);
    const QString place = form + u':' + m_program.filePath(u"several-"_s + form) + u":all"_s;
    const auto exported = m_program.run(
        {u"export"_s, image(u"all"_s), place, u"--platform"_s, u"linux/amd64,linux/s390x"_s});
    QVERIFY2(exported.exitStatus == 0, exported.errors.constData());
    const auto raw = runProcess(u"skopeo"_s, {u"inspect"_s, u"--raw"_s, place});
    QVERIFY2(raw.exitStatus == 0, raw.errors.constData());
    QCOMPARE(Digest::ofBytes(raw.output).toString().toUtf8(), exported.output.trimmed());
    const QJsonArray entries = QJsonDocument::fromJson(raw.output)["manifests"_L1].toArray();
    QCOMPARE(entries.size(), qsizetype(2));
    QCOMPARE(entries.at(1)["platform"_L1]["architecture"_L1].toString(), u"s390x"_s);
    const auto copied =
        runProcess(u"skopeo"_s, {u"copy"_s, u"--all"_s, place,
                                 u"dir:"_s + m_program.filePath(u"several-copy-"_s + form)});
    QVERIFY2(copied.exitStatus == 0, copied.errors.constData());
}

void TestExportFromRegistry::bringsReferrersAlong_data()
{
    QTest::addColumn<QString>("form");
    QTest::newRow("layout") << u"oci"_s;
    QTest::newRow("archive") << u"oci-archive"_s;
}

void TestExportFromRegistry::bringsReferrersAlong()
{
    QFETCH(const QString, form);
    const QString digest = m_registry.push(u"team/app"_s, u"signed"_s, {"to be signed"});
    const QString tag = QString(digest).replace(u':', u'-') + u".sig"_s;
    m_registry.push(u"team/app"_s, tag, {"signature"});
    const QString place = form + u':' + m_program.filePath(form);
    const auto exported =
        m_program.run({u"export"_s, image(u"signed"_s), place + u":signed"_s, u"--referrers"_s});
    QVERIFY2(exported.exitStatus == 0, exported.errors.constData());
    for (const QString &name : {u"signed"_s, tag}) {
        const QString source = place + u':' + name;
        const auto raw = runProcess(u"skopeo"_s, {u"inspect"_s, u"--raw"_s, source});
        QVERIFY2(raw.exitStatus == 0, raw.errors.constData());
        QCOMPARE(raw.output, m_registry.request("GET", u"/v2/team/app/manifests/"_s + name).body);
        const auto copied =
            runProcess(u"skopeo"_s, {u"copy"_s, source,
                                     u"dir:"_s + m_program.filePath(form + u'-' + name.left(8))});
        QVERIFY2(copied.exitStatus == 0, copied.errors.constData());
    }
    // Whoever names no image means the one that there is.
    const auto imported =
        m_program.run({u"import"_s, place, m_registry.host() + u"/team/back:1"_s});
    QVERIFY2(imported.exitStatus == 0, imported.errors.constData());
    QCOMPARE(imported.output.trimmed(), digest.toUtf8());
}

void TestExportFromRegistry::completesWhatWasKilled()
{
    QList<QByteArray> layers;
    for (char letter = 'a'; letter < 'i'; ++letter)
        layers.append(QByteArray(8'000'000, letter));
    m_registry.push(u"team/app"_s, u"big"_s, layers);
    const QStringList command{u"export"_s, image(u"big"_s), layout() + u":big"_s};
    const QString blobs = m_program.filePath(u"out/blobs/sha256"_s);
    for (int kept = 1; kept < 4; ++kept) {
        const auto killed = m_program.start(command);
        QTRY_VERIFY(QDir(blobs).entryList(QDir::Files).size() >= kept
                    || killed->state() == QProcess::NotRunning);
        killed->kill();
        ProgramRunner::finish(*killed);
    }
    // What has a name is whole; parts are hidden.
    const QDir folder(blobs);
    const QStringList names = folder.entryList(QDir::Files);
    QVERIFY(!names.isEmpty());
    for (const QString &name : names) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(Digest::parse(QString(u"sha256:"_s + name))->matches(file.readAll()));
    }
    const auto result = m_program.run(command);
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    judge(u"big"_s);
    QVERIFY(folder.entryList({u".*"_s}, QDir::Files | QDir::Hidden).isEmpty());
}

QTEST_GUILESS_MAIN(TestExportFromRegistry)
#include "tst_exportfromregistry.moc"
