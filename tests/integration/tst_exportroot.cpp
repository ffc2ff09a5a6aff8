// SPDX-License-Identifier: Apache-2.0
#include "core/oci/digest.h"
#include "support/gzip.h"
#include "support/programrunner.h"
#include "support/realregistry.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// Merged root file systems of images from a real registry, with umoci as the judge of what containers
/// would see.
class TestExportRoot : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void isWhatUmociUnpacks_data();
    void isWhatUmociUnpacks();

private:
    /// A tar of what a shell leaves in an empty folder, packed by GNU tar.
    [[nodiscard]] QByteArray layer(const QString &script) const;
    void push(const QString &tag, const QStringList &scripts);
    /// Every file below a folder: type, mode, owner, time, links, extended attributes, content.
    [[nodiscard]] QByteArray listed(const QString &folder) const;
    /// What of that is the same for everybody who may write a folder.
    [[nodiscard]] QByteArray roughlyListed(const QString &folder) const;
    [[nodiscard]] QString path(const QString &name) const { return m_program.filePath(name); }
    static void run(const QString &program, const QStringList &arguments)
    {
        const auto result = runProcess(program, arguments);
        QVERIFY2(result.exitStatus == 0, result.errors.constData());
    }

    ProgramRunner m_program{QStringLiteral(LONGSHORECTL)};
    RealRegistry m_registry;
};

void TestExportRoot::initTestCase()
{
    for (const QString &program : {u"skopeo"_s, u"umoci"_s, u"tar"_s}) {
        if (QStandardPaths::findExecutable(program).isEmpty())
            QSKIP(qPrintable(program + " is not here"_L1));
    }
    if (!m_registry.failure().isEmpty())
        QSKIP(qPrintable(m_registry.failure()));
}

QByteArray TestExportRoot::layer(const QString &script) const
{
    const QString folder = path(u"layer"_s);
    QDir(folder).removeRecursively();
    QDir().mkpath(folder);
    const QString command =
        u"set -e; cd \"$0\"; umask 022; %1; find . -exec touch -h -d @1700000000 {} +; "
        "tar --format=pax --pax-option=delete=atime,delete=ctime --xattrs --sort=name "
        "--owner=0 --group=0 --numeric-owner -cf - ."_s.arg(script);
    const auto result = runProcess(u"sh"_s, {u"-c"_s, command, folder});
    if (result.exitStatus != 0)
        qWarning("%s", result.errors.constData());
    return result.output;
}

void TestExportRoot::push(const QString &tag, const QStringList &scripts)
{
    QJsonArray layers;
    QJsonArray diffIds;
    for (const QString &script : scripts) {
        const QByteArray tar = layer(script);
        const QByteArray bytes = gzipped(tar);
        diffIds.append(Digest::ofBytes(tar).toString());
        layers.append(
            QJsonObject{{u"mediaType"_s, u"application/vnd.oci.image.layer.v1.tar+gzip"_s},
                        {u"digest"_s, m_registry.pushBlob(u"team/app"_s, bytes)},
                        {u"size"_s, bytes.size()}});
    }
    const QByteArray config =
        QJsonDocument(QJsonObject{{u"architecture"_s, u"amd64"_s},
                                  {u"os"_s, u"linux"_s},
                                  {u"rootfs"_s, QJsonObject{{u"type"_s, u"layers"_s},
                                                            {u"diff_ids"_s, diffIds}}}})
            .toJson(QJsonDocument::Compact);
    const QString type = u"application/vnd.oci.image.manifest.v1+json"_s;
    const QByteArray manifest =
        QJsonDocument(
            QJsonObject{
                {u"schemaVersion"_s, 2},
                {u"mediaType"_s, type},
                {u"config"_s,
                 QJsonObject{{u"mediaType"_s, u"application/vnd.oci.image.config.v1+json"_s},
                             {u"digest"_s, m_registry.pushBlob(u"team/app"_s, config)},
                             {u"size"_s, config.size()}}},
                {u"layers"_s, layers}})
            .toJson();
    QCOMPARE(
        m_registry.request("PUT", u"/v2/team/app/manifests/"_s + tag, manifest, type.toLatin1())
            .status,
        201);
}

QByteArray TestExportRoot::listed(const QString &folder) const
{
    const QString command = u"cd \"$0\" && find . -mindepth 1 -printf "
                            u"'%P|%y|%m|%U|%G|%T@|%l|%n|%s\\n' | LC_ALL=C sort; "
                            "find . -type f -print0 | LC_ALL=C sort -z | xargs -0 -r sha256sum; "
                            "find . -type f -links +1 -printf '%i %P\\n' | LC_ALL=C sort -k2 | awk "
                            "'{if (!($1 in n)) n[$1] = $2; print $2 \" shares \" n[$1]}'"_s;
    const auto result = runProcess(u"sh"_s, {u"-c"_s, command, folder});
    return result.exitStatus == 0 ? result.output : "failed: " + result.errors;
}

QByteArray TestExportRoot::roughlyListed(const QString &folder) const
{
    const QString command = u"cd \"$0\" && find . -mindepth 1 ! -type p -printf '%P|%y|%l\\n' | "
                            "LC_ALL=C sort; find . -type f -links +1 -printf '%i %P\\n' | LC_ALL=C "
                            "sort -k2 | awk '{if (!($1 in n)) n[$1] = $2; print $2 \" shares \" "
                            "n[$1]}'; find . -type f -printf '%P %T@ ' -exec sha256sum {} \\; | "
                            "LC_ALL=C sort"_s;
    const auto result = runProcess(u"sh"_s, {u"-c"_s, command, folder});
    return result.exitStatus == 0 ? result.output : "failed: " + result.errors;
}

void TestExportRoot::isWhatUmociUnpacks_data()
{
    QTest::addColumn<QStringList>("scripts");
    const QString base =
        u"mkdir -p d/e; echo a > d/a; echo b > d/e/b; echo c > c; ln -s d/a l; ln c h"_s;
    QTest::newRow("one layer") << QStringList{base};
    QTest::newRow("file whiteout") << QStringList{base, u"mkdir d; : > d/.wh.a; : > .wh.c"_s};
    QTest::newRow("folder whiteout") << QStringList{base, u": > .wh.d"_s};
    QTest::newRow("folder anew") << QStringList{base, u": > .wh.d; mkdir d; echo n > d/n"_s};
    QTest::newRow("opaque") << QStringList{base, u"mkdir d; : > d/.wh..wh..opq; echo n > d/n"_s};
    QTest::newRow("opaque below") << QStringList{
        base, u"mkdir -p d/e; : > d/e/.wh..wh..opq; echo n > d/e/n"_s};
    QTest::newRow("file for folder") << QStringList{base, u"echo f > d"_s};
    QTest::newRow("folder for file") << QStringList{base, u"mkdir c; echo x > c/x"_s};
    QTest::newRow("link for folder") << QStringList{base, u"ln -s e d"_s};
    QTest::newRow("folder for link") << QStringList{base, u"mkdir l; echo x > l/x"_s};
    QTest::newRow("file for link") << QStringList{base, u"echo x > l"_s};
    QTest::newRow("other modes") << QStringList{
        base, u"mkdir -m 700 d; echo s > s; chmod 4755 s; mkdir -m 1777 t"_s};
    QTest::newRow("hard links") << QStringList{base, u"echo z > z; ln z y; mkdir d; ln z d/z"_s,
                                               u": > .wh.z; : > .wh.c"_s};
    QTest::newRow("gone and back") << QStringList{base, u": > .wh.c"_s, u"echo again > c"_s,
                                                  u": > .wh.d"_s, u"mkdir d; echo 1 > d/a"_s};
    QTest::newRow("long names") << QStringList{
        u"p=$(printf 'x%.0s' $(seq 120)); mkdir -p $p/$p/$p; echo 1 > $p/$p/$p/$p; "
        "ln -s $p/$p/$p/$p long; ln $p/$p/$p/$p hard; echo 2 > 'gr\u00fc\u00df \u65e5'"_s};
    QTest::newRow("sparse and empty")
        << QStringList{u"truncate -s 3000000 hole; echo end >> hole; : > empty; mkfifo pipe"_s};
}

void TestExportRoot::isWhatUmociUnpacks()
{
    QFETCH(const QStringList, scripts);
    const QString tag = QString::fromLatin1(QTest::currentDataTag()).replace(u' ', u'-');
    push(tag, scripts);
    const QString image = m_registry.host() + u"/team/app:"_s + tag;
    const QString layout = path(tag + u".oci"_s);
    run(u"skopeo"_s, {u"copy"_s, u"-q"_s, u"--src-tls-verify=false"_s, u"docker://"_s + image,
                      u"oci:"_s + layout + u":1"_s});
    run(u"umoci"_s, {u"raw"_s, u"unpack"_s, u"--rootless"_s, u"--image"_s, layout + u":1"_s,
                     path(tag + u".theirs"_s)});
    const QString tar = path(tag + u".tar"_s);
    const auto result = m_program.run({u"export"_s, image, u"rootfs:"_s + tar});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    const QString ours = path(tag + u".ours"_s);
    QVERIFY(QDir().mkpath(ours));
    run(u"tar"_s, {u"-xpf"_s, tar, u"-C"_s, ours, u"--xattrs"_s});
    const QByteArray expected = listed(path(tag + u".theirs"_s));
    QVERIFY2(!expected.startsWith("failed") && expected.size() > 10, expected.constData());
    QCOMPARE(listed(ours), expected);
    const QString folder = path(tag + u".folder"_s);
    const auto files = m_program.run({u"export"_s, image, u"rootfs-dir:"_s + folder});
    QVERIFY2(files.exitStatus == 0, files.errors.constData());
    QCOMPARE(roughlyListed(folder), roughlyListed(path(tag + u".theirs"_s)));
}

QTEST_GUILESS_MAIN(TestExportRoot)
#include "tst_exportroot.moc"
