// SPDX-License-Identifier: Apache-2.0
#include "support/programrunner.h"
#include "support/testarchive.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonObject>
#include <QStandardPaths>
#include <QTest>

using namespace Qt::StringLiterals;

/// Podman and umoci as makers and judges of images: what they write is imported, and what we write is
/// the same image to Podman.
class TestPodman : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void importsWhatPodmanWrites_data();
    void importsWhatPodmanWrites();
    void importsWhatUmociWrites();
    void writesWhatPodmanReads_data();
    void writesWhatPodmanReads();
    void cleanupTestCase();

private:
    /// With storage of its own, which needs nothing of the system.
    [[nodiscard]] ProcessResult podman(const QStringList &arguments) const
    {
        return runProcess(u"podman"_s,
                          QStringList{u"--root"_s, m_program.filePath(u"root"_s), u"--runroot"_s,
                                      m_program.filePath(u"run"_s), u"--storage-driver"_s, u"vfs"_s}
                              + arguments);
    }
    /// Podman makes a name of the path, in which there may be no capital letter.
    [[nodiscard]] QString placeFor(const QString &name) const
    {
        const QString folder =
            QDir::tempPath() + u"/longshore-podman-%1"_s.arg(QCoreApplication::applicationPid());
        return QDir().mkpath(folder) ? QString(folder + u'/' + name) : QString();
    }
    void removeImages() const
    {
        const auto removed = podman({u"rmi"_s, u"--all"_s, u"--force"_s});
        if (removed.exitStatus != 0)
            qWarning() << removed.errors;
    }
    /// What Podman calls an image after it was pulled from there: the digest of its configuration.
    [[nodiscard]] QByteArray pulled(const QString &place) const;
    [[nodiscard]] QString reference(const QString &tag) const
    {
        return m_registry.host() + u"/team/app:"_s + tag;
    }
    [[nodiscard]] ProcessResult import(const QString &place, const QString &tag) const
    {
        return m_program.run({u"import"_s, place, reference(tag)});
    }

    ProgramRunner m_program{QStringLiteral(LONGSHORECTL)};
    RealRegistry m_registry;
    QByteArray m_id; ///< Of an image that Podman has made.
};

void TestPodman::initTestCase()
{
    if (QStandardPaths::findExecutable(u"podman"_s).isEmpty())
        QSKIP("podman is not here");
    if (!m_registry.failure().isEmpty())
        QSKIP(qPrintable(m_registry.failure()));
    if (const auto info = podman({u"info"_s}); info.exitStatus != 0)
        QSKIP(QByteArray("podman cannot work here: " + info.errors).constData());
    QFile tar(m_program.filePath(u"files.tar"_s));
    QVERIFY(tar.open(QIODevice::WriteOnly));
    tar.write(TestArchive().add("etc/motd", "hello").bytes());
    tar.close();
    const auto imported = podman({u"import"_s, tar.fileName(), u"localhost/demo:1"_s});
    QVERIFY2(imported.exitStatus == 0, imported.errors.constData());
    m_id = imported.output.trimmed().replace("sha256:", "");
    const auto pushed =
        podman({u"push"_s, u"--tls-verify=false"_s, u"localhost/demo:1"_s, reference(u"made"_s)});
    QVERIFY2(pushed.exitStatus == 0, pushed.errors.constData());
}

QByteArray TestPodman::pulled(const QString &place) const
{
    removeImages(); // So that it has to look.
    const auto result = podman({u"pull"_s, u"--quiet"_s, u"--tls-verify=false"_s, place});
    return result.exitStatus == 0 ? result.output.trimmed() : result.errors;
}

void TestPodman::importsWhatPodmanWrites_data()
{
    QTest::addColumn<QString>("form"); // As Podman calls it.
    QTest::addColumn<QString>("place"); // As we do.
    QTest::newRow("docker archive") << u"docker-archive"_s << u"docker-archive"_s;
    QTest::newRow("docker folder") << u"docker-dir"_s << u"dir"_s;
    QTest::newRow("archive") << u"oci-archive"_s << u"oci-archive"_s;
    QTest::newRow("layout") << u"oci-dir"_s << u"oci"_s;
}

void TestPodman::importsWhatPodmanWrites()
{
    QFETCH(const QString, form);
    QFETCH(const QString, place);
    const QString path = m_program.filePath(form);
    QCOMPARE(pulled(reference(u"made"_s)), m_id);
    const auto saved =
        podman({u"save"_s, u"--format"_s, form, u"-o"_s, path, reference(u"made"_s)});
    QVERIFY2(saved.exitStatus == 0, saved.errors.constData());
    const auto imported = import(QString(place + u':' + path), form);
    QVERIFY2(imported.exitStatus == 0, imported.errors.constData());
    QCOMPARE(pulled(reference(form)), m_id);
}

void TestPodman::importsWhatUmociWrites()
{
    if (QStandardPaths::findExecutable(u"umoci"_s).isEmpty())
        QSKIP("umoci is not here");
    const QString layout = placeFor(u"umoci"_s);
    const QString image = layout + u":1"_s;
    for (const QStringList &step : {QStringList{u"init"_s, u"--layout"_s, layout},
                                    {u"new"_s, u"--image"_s, image},
                                    {u"insert"_s, u"--rootless"_s, u"--image"_s, image,
                                     m_program.filePath(u"files.tar"_s), u"/files.tar"_s}}) {
        const auto done = runProcess(u"umoci"_s, step);
        QVERIFY2(done.exitStatus == 0, done.errors.constData());
    }
    const auto imported = import(QString(u"oci:"_s + image), u"umoci"_s);
    QVERIFY2(imported.exitStatus == 0, imported.errors.constData());
    QCOMPARE(pulled(reference(u"umoci"_s)), pulled(QString(u"oci:"_s + image)));
}

void TestPodman::writesWhatPodmanReads_data()
{
    QTest::addColumn<QString>("form");
    QTest::addColumn<QString>("behind");
    QTest::newRow("docker archive") << u"docker-archive"_s << QString();
    QTest::newRow("folder") << u"dir"_s << QString();
    QTest::newRow("archive") << u"oci-archive"_s << u":1"_s;
    QTest::newRow("layout") << u"oci"_s << u":1"_s;
}

void TestPodman::writesWhatPodmanReads()
{
    QFETCH(const QString, form);
    QFETCH(const QString, behind);
    const QString place = form + u':' + placeFor(u"ours-"_s + form) + behind;
    const auto exported = m_program.run({u"export"_s, reference(u"made"_s), place});
    QVERIFY2(exported.exitStatus == 0, exported.errors.constData());
    QCOMPARE(pulled(place), m_id);
}

void TestPodman::cleanupTestCase()
{
    removeImages();
    QDir(placeFor({})).removeRecursively();
}

QTEST_GUILESS_MAIN(TestPodman)
#include "tst_podman.moc"
