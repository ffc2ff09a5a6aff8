// SPDX-License-Identifier: Apache-2.0
#include "support/realregistry.h"

#include <QDirIterator>
#include <QTest>

using namespace Qt::StringLiterals;

/// Longshore::Core as others get it: installed, found, built against, run on a real registry.
class TestInstalledLibrary : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void hasHeadersThatStandAlone();
    void listsTagsFromOutside();

private:
    static void run(const QString &program, const QStringList &arguments)
    {
        const ProcessResult result = runProcess(program, arguments);
        if (result.exitStatus != 0)
            qFatal("%s failed:\n%s%s", qPrintable(program), result.output.constData(),
                   result.errors.constData());
    }

    QTemporaryDir m_folder;
    QString m_prefix = m_folder.filePath(u"installed"_s);
    QString m_build = m_folder.filePath(u"build"_s);
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
}

void TestInstalledLibrary::hasHeadersThatStandAlone()
{
    const QDir headers(m_prefix + "/include/longshore"_L1);
    QFile source(m_folder.filePath(u"all.cpp"_s));
    QVERIFY(source.open(QIODevice::WriteOnly));
    QDirIterator files(headers.path(), {u"*.h"_s}, QDir::Files, QDirIterator::Subdirectories);
    int count = 0;
    while (files.hasNext()) {
        source.write("#include <" + headers.relativeFilePath(files.next()).toUtf8() + ">\n");
        ++count;
    }
    source.close();
    QVERIFY(count > 80);
    QStringList arguments{u"-std=c++20"_s, u"-fPIC"_s,     u"-fsyntax-only"_s,
                          u"-Wall"_s,      u"-Wextra"_s,   u"-Werror"_s,
                          u"-I"_s,         headers.path(), source.fileName()};
    for (const QString &folder : QStringLiteral(QT_INCLUDES).split(u':'))
        arguments << u"-isystem"_s << folder;
    run(QStringLiteral(COMPILER), arguments);
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
