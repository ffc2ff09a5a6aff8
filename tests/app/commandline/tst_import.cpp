// SPDX-License-Identifier: Apache-2.0
#include "support/programrunner.h"
#include "support/testlayout.h"

#include <QJsonObject>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// longshorectl import.
class TestImport : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void bringsALayoutIntoARegistry();
    void takesTheImageThatIsNamed();
    void takesOnePlatform();
    void savesWhatLosesItsTag();
    void savesNothingWhenToldSo();
    void overwritesNothingThatCannotBeSaved();
    void asksWhichImageIsMeant();
    void refusesDamagedFiles();
    void refusesWhatIsNoPlace();
    void compressesOnlyWhereNoManifestSaysHow();
    void saysWhatIsNotThere();
    void tellsWhereItFailed();

private:
    [[nodiscard]] QString target(const QString &tag = u"new"_s) const
    {
        return m_target->host() + u"/team/app:"_s + tag;
    }
    [[nodiscard]] QString place(const QString &name = {}) const
    {
        return u"oci:"_s + m_layout->path() + name;
    }

    std::unique_ptr<ProgramRunner> m_program;
    std::unique_ptr<FakeRegistry> m_target;
    std::unique_ptr<TestLayout> m_layout;
    FakeRegistry m_source; // Only makes the documents.
    std::optional<Digest> m_image;
    std::optional<Digest> m_index;
};

void TestImport::init()
{
    m_program = std::make_unique<ProgramRunner>(QStringLiteral(LONGSHORECTL));
    m_target = std::make_unique<FakeRegistry>();
    m_layout = std::make_unique<TestLayout>();
    m_image = TestImages::addImage(m_source, u"a"_s, u"1"_s);
    m_index = TestImages::addIndex(m_source, u"a"_s, u"all"_s);
    m_layout->save(m_source, u"a"_s, {{u"all"_s, *m_index}});
}

void TestImport::bringsALayoutIntoARegistry()
{
    auto result = m_program->run({u"import"_s, place(), target(), u"--json"_s});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    const QJsonObject first{{u"digest"_s, m_index->toString()},
                            {u"uploaded"_s, 6},
                            {u"skipped"_s, 0},
                            {u"mounted"_s, 0}};
    QCOMPARE(documentOf(result).object(), first);
    QCOMPARE(m_target->manifestBytes(u"team/app"_s, *m_index),
             m_source.manifestBytes(u"a"_s, *m_index));
    result = m_program->run({u"import"_s, place(), target(), u"--json"_s});
    QCOMPARE(documentOf(result).object().value(u"uploaded"_s).toInt(), 0);
    QCOMPARE(documentOf(result).object().value(u"skipped"_s).toInt(), 6);
    result = m_program->run({u"import"_s, place(), target()});
    QCOMPARE(result.output, m_index->toString().toLatin1() + '\n');
}

void TestImport::takesTheImageThatIsNamed()
{
    m_layout->save(m_source, u"a"_s, {{u"all"_s, *m_index}, {u"one"_s, *m_image}});
    for (const QString &name : {u":one"_s, QString(u"@"_s + m_image->toString())}) {
        const auto result = m_program->run({u"import"_s, place(name), target()});
        QVERIFY2(result.exitStatus == 0, result.errors.constData());
        QCOMPARE(result.output, m_image->toString().toLatin1() + '\n');
    }
}

void TestImport::takesOnePlatform()
{
    const auto result =
        m_program->run({u"import"_s, place(), target(), u"--platform"_s, u"linux/amd64"_s});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QCOMPARE(result.output, m_image->toString().toLatin1() + '\n'); // It is the same one.
    QVERIFY(!m_target->hasManifest(u"team/app"_s, *m_index));
    QCOMPARE(m_program->run({u"import"_s, place(), target(), u"--platform"_s, u"vax"_s}).exitStatus,
             2);
    QCOMPARE(m_program->run({u"import"_s, place(), target(), u"--platform"_s, u"plan9/mips"_s})
                 .exitStatus,
             4);
}

void TestImport::savesWhatLosesItsTag()
{
    const Digest old = TestImages::addImage(*m_target, u"team/app"_s, u"new"_s, {.layers = {"o"}});
    const QByteArray bytes = m_target->manifestBytes(u"team/app"_s, old);
    const auto result = m_program->run({u"import"_s, place(), target(), u"--json"_s});
    QCOMPARE(result.exitStatus, 0);
    const QJsonObject object = documentOf(result).object();
    QCOMPARE(object.value(u"replaced"_s).toString(), old.toString());
    QVERIFY(result.errors.contains(old.toString().toLatin1()));
    const QString folder = object.value(u"backup"_s).toString();
    QVERIFY(result.errors.contains(folder.toLocal8Bit()));
    QFile saved(folder + u"/blobs/sha256/"_s + old.encoded());
    QVERIFY(saved.open(QIODevice::ReadOnly));
    QCOMPARE(saved.readAll(), bytes);
    // To bring the same again takes the tag from nothing.
    const auto again = m_program->run({u"import"_s, place(), target(), u"--json"_s});
    QVERIFY(!documentOf(again).object().contains(u"backup"_s));
}

void TestImport::savesNothingWhenToldSo()
{
    TestImages::addImage(*m_target, u"team/app"_s, u"new"_s, {.layers = {"o"}});
    const auto result =
        m_program->run({u"import"_s, place(), target(), u"--no-backup"_s, u"--json"_s});
    QCOMPARE(result.exitStatus, 0);
    QVERIFY(documentOf(result).object().contains(u"replaced"_s));
    QVERIFY(!documentOf(result).object().contains(u"backup"_s));
    QVERIFY(!QFileInfo::exists(m_program->filePath(u"data/longshore/backups"_s)));
}

void TestImport::overwritesNothingThatCannotBeSaved()
{
    TestImages::addImage(*m_target, u"team/app"_s, u"new"_s, {.layers = {"o"}});
    const QString taken = m_program->filePath(u"taken"_s);
    QVERIFY(QFile(taken).open(QIODevice::WriteOnly)); // No folder can be made there.
    const auto result = m_program->run({u"import"_s, place(), target(), u"--backup"_s, taken});
    QVERIFY(result.exitStatus != 0);
    QVERIFY(isOneCleanLine(result.errors));
    QCOMPARE(m_target->count("PUT"), 0);
}

void TestImport::asksWhichImageIsMeant()
{
    m_layout->save(m_source, u"a"_s, {{u"all"_s, *m_index}, {u"one"_s, *m_image}});
    const auto result = m_program->run({u"import"_s, place(), target()});
    QCOMPARE(result.exitStatus, 2);
    QVERIFY(isOneCleanLine(result.errors));
    QVERIFY(result.errors.contains("all") && result.errors.contains("one"));
    QVERIFY(m_target->requests().isEmpty());
}

void TestImport::refusesDamagedFiles()
{
    m_layout->write(u"blobs/sha256/"_s + Digest::ofBytes("layer one").encoded(), "layer 0ne");
    const auto result = m_program->run({u"import"_s, place(), target(), u"--json"_s});
    QCOMPARE(result.exitStatus, 5);
    QVERIFY(isOneCleanLine(result.errors));
    QCOMPARE(errorKindOf(result), u"digest-mismatch"_s);
    QCOMPARE(m_target->tags(u"team/app"_s), QStringList());
}

void TestImport::refusesWhatIsNoPlace()
{
    const auto result = m_program->run({u"import"_s, m_layout->path(), target()});
    QCOMPARE(result.exitStatus, 2);
    QVERIFY(isOneCleanLine(result.errors));
    QVERIFY(result.errors.contains("docker-archive:FILE"));
    QCOMPARE(m_program->run({u"import"_s, place(), u"Not A Name"_s}).exitStatus, 2);
    const QString files = u"rootfs:"_s + m_layout->path();
    QCOMPARE(m_program->run({u"import"_s, files, target()}).exitStatus, 2);
    QVERIFY(m_target->requests().isEmpty());
}

void TestImport::compressesOnlyWhereNoManifestSaysHow()
{
    const auto result = m_program->run({u"import"_s, place(), target(), u"--compress"_s});
    QCOMPARE(result.exitStatus, 2);
    QVERIFY2(isOneCleanLine(result.errors), result.errors.constData());
    QVERIFY(result.errors.contains("Docker archives"));
    QCOMPARE(m_target->count("PUT"), 0);
}

void TestImport::saysWhatIsNotThere()
{
    for (const QString &wrong : {place(u":other"_s), place(u"-other"_s)}) {
        const auto result = m_program->run({u"import"_s, wrong, target()});
        QCOMPARE(result.exitStatus, 4);
        QVERIFY(isOneCleanLine(result.errors));
    }
    QVERIFY(QFile::remove(m_layout->blobPath(Digest::ofBytes("layer one"))));
    const auto result = m_program->run({u"import"_s, place(), target()});
    QCOMPARE(result.exitStatus, 4);
    QVERIFY(result.errors.contains(Digest::ofBytes("layer one").encoded().toLatin1()));
}

void TestImport::tellsWhereItFailed()
{
    m_target->behaviour.signIn = FakeRegistry::SignIn::Basic;
    const auto result = m_program->run({u"import"_s, place(), target()});
    QCOMPARE(result.exitStatus, 3);
    QVERIFY(isOneCleanLine(result.errors));
    QVERIFY2(!result.errors.contains("oci:"), result.errors.constData());
}

QTEST_GUILESS_MAIN(TestImport)
#include "tst_import.moc"
