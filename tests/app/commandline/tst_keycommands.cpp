// SPDX-License-Identifier: Apache-2.0
#include "core/oci/signingkey.h"
#include "support/programrunner.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;

/// longshorectl key generate, verify.
class TestKeyCommands : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void generateWritesAPrivateFile();
    void generateWritesAJsonWebKey();
    void generateKeepsWhatIsThere();
    void verifyAcceptsGoodSignatures();
    void verifyRefusesBadOnes_data();
    void verifyRefusesBadOnes();
    void verifyTellsWhichOneIsBad();
    void verifyReadsNothingEndless_data();
    void verifyReadsNothingEndless();

private:
    [[nodiscard]] static QString vector(const QString &name)
    {
        return QStringLiteral(TEST_DATA "/libtrust/") + name;
    }

    std::unique_ptr<ProgramRunner> m_program;
};

void TestKeyCommands::init()
{
    m_program = std::make_unique<ProgramRunner>(QStringLiteral(LONGSHORECTL));
}

void TestKeyCommands::generateWritesAPrivateFile()
{
    const auto result = m_program->run({u"key"_s, u"generate"_s, u"key.pem"_s, u"--json"_s});
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(documentOf(result).object().value("keyId"_L1).toString().size(), qsizetype(59));
    QVERIFY(m_program->content(u"key.pem"_s).startsWith("-----BEGIN EC PRIVATE KEY-----"));
    const auto permissions = QFileInfo(m_program->filePath(u"key.pem"_s)).permissions();
    QVERIFY(!(permissions
              & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther)));
    // The key itself is in the file and nowhere else.
    QVERIFY(!result.output.contains("PRIVATE") && !result.errors.contains("PRIVATE"));
}

void TestKeyCommands::generateWritesAJsonWebKey()
{
    for (const QString &name : {u"key.jwk"_s, u"key.JSON"_s}) {
        const auto result = m_program->run({u"key"_s, u"generate"_s, name});
        QCOMPARE(result.exitStatus, 0);
        const QByteArray jwk = m_program->content(name);
        const auto key = Longshore::SigningKey::parse(Longshore::Secret(jwk));
        QVERIFY(jwk.startsWith('{') && key);
        QCOMPARE(QString::fromUtf8(result.output).trimmed(), key->keyId());
        QCOMPARE(
            QFileInfo(m_program->filePath(name)).permissions()
                & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
            QFile::Permissions());
    }
}

void TestKeyCommands::generateKeepsWhatIsThere()
{
    QCOMPARE(m_program->run({u"key"_s, u"generate"_s, u"key.pem"_s}).exitStatus, 0);
    const QByteArray first = m_program->content(u"key.pem"_s);
    const auto again = m_program->run({u"key"_s, u"generate"_s, u"key.pem"_s});
    QCOMPARE(again.exitStatus, 1);
    QCOMPARE(m_program->content(u"key.pem"_s), first);
}

void TestKeyCommands::verifyAcceptsGoodSignatures()
{
    const auto result =
        m_program->run({u"verify"_s, vector(u"manifest-three-signatures.json"_s), u"--json"_s});
    QCOMPARE(result.exitStatus, 0);
    const QJsonObject document = documentOf(result).object();
    QCOMPARE(document.value("digest"_L1).toString(),
             u"sha256:34a20776cc42d93ce0c85aa877dc84b28be3122c1f910dec7bb527697375d1ae"_s);
    QCOMPARE(document.value("keys"_L1).toArray().size(), qsizetype(3));
    QCOMPARE(document.value("keys"_L1).toArray().first().toObject().value("valid"_L1),
             QJsonValue(true));
}

void TestKeyCommands::verifyRefusesBadOnes_data()
{
    QTest::addColumn<QString>("file");
    for (const char *name : {"tampered-tag", "wrong-kid", "alg-none", "zero-signature",
                             "no-signatures", "missing-signatures", "point-not-on-curve"})
        QTest::newRow(name) << u"bad-%1.json"_s.arg(QLatin1StringView(name));
}

void TestKeyCommands::verifyRefusesBadOnes()
{
    QFETCH(const QString, file);
    QCOMPARE(m_program->run({u"verify"_s, vector(file)}).exitStatus, 5);
}

void TestKeyCommands::verifyTellsWhichOneIsBad()
{
    const auto result = m_program->run({u"verify"_s, vector(u"bad-tampered-tag.json"_s)});
    QVERIFY(result.output.contains("LJWG:GDFY"));
    QVERIFY(result.output.contains("does not fit"));
}

void TestKeyCommands::verifyReadsNothingEndless_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("missing") << u"nowhere.json"_s;
    QTest::newRow("folder") << u"."_s;
    QTest::newRow("device") << u"/dev/zero"_s;
}

void TestKeyCommands::verifyReadsNothingEndless()
{
    QFETCH(const QString, path);
    const auto result = m_program->run({u"verify"_s, path});
    QCOMPARE(result.exitStatus, 1);
    QVERIFY(result.errors.startsWith("longshorectl: "));
}

QTEST_GUILESS_MAIN(TestKeyCommands)
#include "tst_keycommands.moc"
