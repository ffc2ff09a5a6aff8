// SPDX-License-Identifier: Apache-2.0
#include "core/oci/keepplatforms.h"
#include "support/programrunner.h"
#include "support/testimages.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// longshorectl with --platform for several platforms.
class TestPlatforms : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void takesSeveral_data();
    void takesSeveral();
    void copiesSeveral();
    void bringsSeveralBack();
    void putsAllOfThemIntoNames();
    void refusesWhatIsNoPlatform_data();
    void refusesWhatIsNoPlatform();
    void refusesSeveralWhereOneIsMeant();

private:
    [[nodiscard]] QString image(const QString &tag = u"1"_s) const
    {
        return m_registry->host() + u"/a:"_s + tag;
    }
    [[nodiscard]] QString place(const QString &form = u"oci"_s) const
    {
        return form + u':' + m_program->filePath(u"out"_s);
    }
    [[nodiscard]] QByteArray smallerDigest() const
    {
        const auto whole = parseManifest(m_registry->manifestBytes(u"a"_s, *m_index), {});
        return keepPlatforms(
                   *whole, {*Platform::parse(u"linux/amd64"_s), *Platform::parse(u"linux/s390x"_s)})
            ->digest.toString()
            .toUtf8();
    }

    std::unique_ptr<ProgramRunner> m_program;
    std::unique_ptr<FakeRegistry> m_registry;
    std::optional<Digest> m_index;
};

void TestPlatforms::init()
{
    m_program = std::make_unique<ProgramRunner>(QStringLiteral(LONGSHORECTL));
    m_registry = std::make_unique<FakeRegistry>();
    m_index =
        TestImages::addIndex(*m_registry, u"a"_s, u"1"_s, {u"amd64"_s, u"arm64"_s, u"s390x"_s});
}

void TestPlatforms::takesSeveral_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("commas") << QStringList{u"--platform"_s, u"linux/amd64,linux/s390x"_s};
    QTest::newRow("again") << QStringList{u"--platform"_s, u"linux/s390x"_s,
                                          u"--platform=linux/amd64"_s};
    QTest::newRow("twice the same") << QStringList{u"--platform"_s, u"linux/amd64,linux/s390x"_s,
                                                   u"--platform"_s, u"linux/amd64"_s};
}

void TestPlatforms::takesSeveral()
{
    QFETCH(const QStringList, options);
    const auto result = m_program->run(QStringList{u"export"_s, image(), place()} + options);
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QVERIFY(smallerDigest() != m_index->toString().toUtf8());
    QCOMPARE(result.output.trimmed(), smallerDigest());
    QVERIFY(m_program->content(u"out/index.json"_s).contains(smallerDigest()));
}

void TestPlatforms::copiesSeveral()
{
    const auto result = m_program->run({u"copy"_s, image(), m_registry->host() + u"/b:2"_s,
                                        u"--platform"_s, u"linux/amd64,linux/s390x"_s});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QCOMPARE(result.output.trimmed(), smallerDigest());
    QCOMPARE(m_registry->tagged(u"b"_s, u"2"_s).toUtf8(), smallerDigest());
}

void TestPlatforms::bringsSeveralBack()
{
    QCOMPARE(m_program->run({u"export"_s, image(), place()}).exitStatus, 0);
    const auto result = m_program->run({u"import"_s, place(), m_registry->host() + u"/b:2"_s,
                                        u"--platform"_s, u"linux/amd64,linux/s390x"_s});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QCOMPARE(m_registry->tagged(u"b"_s, u"2"_s).toUtf8(), smallerDigest());
}

void TestPlatforms::putsAllOfThemIntoNames()
{
    const auto result =
        m_program->run({u"export"_s, image(), place(u"oci-archive"_s) + u"_{platform}.tar"_s,
                        u"--platform"_s, u"linux/amd64,linux/s390x"_s});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QVERIFY(QFile::exists(m_program->filePath(u"out_linux_amd64+linux_s390x.tar"_s)));
}

void TestPlatforms::refusesWhatIsNoPlatform_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("exitStatus");
    QTest::newRow("all and one") << u"all,linux/amd64"_s << 2;
    QTest::newRow("an empty one") << u"linux/amd64,"_s << 2;
    QTest::newRow("one word") << u"linux/amd64,vax"_s << 2;
    QTest::newRow("nothing") << QString() << 2;
    QTest::newRow("one that is not there") << u"linux/amd64,plan9/mips"_s << 4;
}

void TestPlatforms::refusesWhatIsNoPlatform()
{
    QFETCH(const QString, text);
    QFETCH(const int, exitStatus);
    const auto result = m_program->run({u"export"_s, image(), place(), u"--platform"_s, text});
    QCOMPARE(result.exitStatus, exitStatus);
    QVERIFY(isOneCleanLine(result.errors));
    QVERIFY(!QFile::exists(m_program->filePath(u"out/index.json"_s)));
}

void TestPlatforms::refusesSeveralWhereOneIsMeant()
{
    const QStringList two{u"--platform"_s, u"linux/amd64,linux/s390x"_s};
    const auto docker =
        m_program->run(QStringList{u"export"_s, image(), place(u"docker-archive"_s)} + two);
    QCOMPARE(docker.exitStatus, 2);
    QVERIFY2(docker.errors.contains("linux/s390x"), docker.errors.constData());
    TestImages::addImage(*m_registry, u"a"_s, u"one"_s);
    QCOMPARE(m_program->run(QStringList{u"export"_s, image(u"one"_s), place()} + two).exitStatus,
             2);
    const QStringList append{u"append"_s, image(u"one"_s), QStringLiteral(LONGSHORECTL), u"--tag"_s,
                             u"2"_s};
    QCOMPARE(m_program->run(append + two).exitStatus, 2);
    QCOMPARE(m_registry->tags(u"a"_s), QStringList({u"1"_s, u"one"_s}));
}

QTEST_GUILESS_MAIN(TestPlatforms)
#include "tst_platforms.moc"
