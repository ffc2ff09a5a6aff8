// SPDX-License-Identifier: Apache-2.0
#include "support/realregistry.h"
#include "support/writtenfile.h"

#include <QDirIterator>
#include <QStandardPaths>
#include <QTest>

using namespace Qt::StringLiterals;

/// Longshore::Core as others get it: installed, found, built against, run on a real registry.
class TestInstalledLibrary : public QObject
{
    Q_OBJECT

public:
    /// All headers together, one after the other, take a slow machine longer than Qt's five minutes.
    static void initMain() { qputenv("QTEST_FUNCTION_TIMEOUT", "1200000"); }

private slots:
    void initTestCase();
    void hasHeadersThatStandAlone_data();
    void hasHeadersThatStandAlone();
    void isFoundByPkgConfig();
    void listsTagsFromOutside();

private:
    static void run(const QString &program, const QStringList &arguments)
    {
        const ProcessResult result = runProcess(program, arguments);
        if (result.exitStatus != 0)
            qFatal("%s failed:\n%s%s", qPrintable(program), result.output.constData(),
                   result.errors.constData());
    }
    [[nodiscard]] QDir headers() const { return QDir(m_prefix + "/include/longshore"_L1); }
    [[nodiscard]] QString write(const QString &name, const QByteArray &text) const;
    [[nodiscard]] QStringList strictFlags() const;

    QTemporaryDir m_folder;
    QString m_prefix = m_folder.filePath(u"installed"_s);
    QString m_build = m_folder.filePath(u"build"_s);
    QString m_common = m_folder.filePath(u"common.h"_s);
};

void TestInstalledLibrary::initTestCase()
{
    run(u"cmake"_s, {u"--install"_s, QStringLiteral(PROJECT_BUILD), u"--prefix"_s, m_prefix,
                     u"--component"_s, u"library"_s});
    run(u"cmake"_s, {u"-S"_s, QStringLiteral(LIBRARY_EXAMPLE), u"-B"_s, m_build, u"-GNinja"_s,
                     QString("-DCMAKE_PREFIX_PATH="_L1 + m_prefix), u"-DCMAKE_BUILD_TYPE=Debug"_s,
                     QString("-DCMAKE_CXX_COMPILER="_L1 + QStringLiteral(COMPILER)),
                     // A sanitized library needs a sanitized program around it.
                     QString("-DCMAKE_CXX_FLAGS="_L1 + QStringLiteral(EXAMPLE_FLAGS))});
    run(u"cmake"_s, {u"--build"_s, m_build});
    // Most of the time would go into what this brings, once for each header.
    run(QStringLiteral(COMPILER), strictFlags() << u"-x"_s << u"c++-header"_s
                                                << write(u"common.h"_s, "#include <QString>\n")
                                                << u"-o"_s << QString(m_common + ".gch"_L1));
}

QString TestInstalledLibrary::write(const QString &name, const QByteArray &text) const
{
    return writtenFile(m_folder.filePath(name), text);
}

QStringList TestInstalledLibrary::strictFlags() const
{
    QStringList flags{u"-std=c++20"_s, u"-fPIC"_s, u"-Wall"_s,      u"-Wextra"_s,
                      u"-Werror"_s,    u"-I"_s,    headers().path()};
    for (const QString &folder : QStringLiteral(QT_INCLUDES).split(u':'))
        flags << u"-isystem"_s << folder;
    return flags;
}

void TestInstalledLibrary::hasHeadersThatStandAlone_data()
{
    QTest::addColumn<QString>("room");
    const QStringList rooms =
        QDir(headers().filePath(u"core"_s)).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    QVERIFY(rooms.size() > 8);
    for (const QString &room : rooms)
        QTest::addRow("%s", qPrintable(room)) << room;
}

void TestInstalledLibrary::hasHeadersThatStandAlone()
{
    QFETCH(QString, room);
    const QDir folder(headers().filePath("core/"_L1 + room));
    QStringList sources;
    for (const QString &header : folder.entryList({u"*.h"_s}, QDir::Files)) {
        const QByteArray name = QString("core/"_L1 + room + u'/' + header).toUtf8();
        sources << write(header + ".cpp"_L1, "#include <" + name + ">\n");
    }
    QVERIFY(!sources.isEmpty());
    constexpr qsizetype atOnce = 10; // A slow machine takes minutes for all of a room.
    for (qsizetype i = 0; i < sources.size(); i += atOnce) {
        const ProcessResult result =
            runProcess(QStringLiteral(COMPILER), strictFlags() << u"-include"_s << m_common
                                                               << u"-fsyntax-only"_s
                                                               << sources.mid(i, atOnce));
        QVERIFY2(result.exitStatus == 0, result.errors.constData());
    }
}

void TestInstalledLibrary::isFoundByPkgConfig()
{
    const QString pkgConfig = QStandardPaths::findExecutable(u"pkg-config"_s);
    if (pkgConfig.isEmpty())
        QSKIP("pkg-config is not here; tests/run.sh fetches it");
    QDirIterator found(m_prefix, {u"longshore.pc"_s}, QDir::Files, QDirIterator::Subdirectories);
    QVERIFY(found.hasNext());
    qputenv("PKG_CONFIG_PATH", QFileInfo(found.next()).path().toUtf8());
    const ProcessResult flags = runProcess(pkgConfig, {u"--cflags"_s, u"--libs"_s, u"longshore"_s});
    QVERIFY2(flags.exitStatus == 0, flags.errors.constData());
    const ProcessResult result =
        runProcess(QStringLiteral(COMPILER),
                   QStringList{u"-fPIC"_s, QStringLiteral(LIBRARY_EXAMPLE "/main.cpp"), u"-o"_s,
                               m_folder.filePath(u"by_pkg_config"_s)}
                       << QStringLiteral(EXAMPLE_FLAGS).split(u' ', Qt::SkipEmptyParts)
                       << QString::fromUtf8(flags.output).simplified().split(u' '));
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
}

void TestInstalledLibrary::listsTagsFromOutside()
{
    if (!RealRegistry::isInstalled())
        QSKIP("docker-registry is not here; tests/run.sh fetches it");
    RealRegistry registry;
    QVERIFY2(registry.failure().isEmpty(), qPrintable(registry.failure()));
    for (const QString &tag : {u"1.0"_s, u"1.1"_s})
        QVERIFY(!registry.push(u"team/app"_s, tag, {"layer"}).isEmpty());
    const ProcessResult result =
        runProcess(m_build + "/list_tags"_L1, {registry.host() + "/team/app"_L1});
    QCOMPARE(result.exitStatus, 0);
    QList<QByteArray> tags = result.output.trimmed().split('\n');
    std::sort(tags.begin(), tags.end());
    QCOMPARE(tags, (QList<QByteArray>{"1.0", "1.1"}));
}

QTEST_GUILESS_MAIN(TestInstalledLibrary)
#include "tst_installedlibrary.moc"
