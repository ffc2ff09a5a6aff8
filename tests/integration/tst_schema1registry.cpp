// SPDX-License-Identifier: Apache-2.0
#include "support/programrunner.h"

#include <QFile>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;

/// A signed schema 1 image, made and pushed by us, and judged by a registry that takes such images.
class TestSchema1Registry : public QObject
{
    Q_OBJECT

private slots:
    void pushesWhatTheRegistryVerifies();
    void tellsWhenTheKeyIsNone();

private:
    [[nodiscard]] static QString vector(const QString &name)
    {
        return QStringLiteral(TEST_DATA "/libtrust/") + name;
    }

    const ProgramRunner m_program{QStringLiteral(LONGSHORECTL)};
    const QString m_digest =
        u"sha256:34a20776cc42d93ce0c85aa877dc84b28be3122c1f910dec7bb527697375d1ae"_s;
};

void TestSchema1Registry::pushesWhatTheRegistryVerifies()
{
    if (!RealRegistry::isInstalled())
        QSKIP("docker-registry is not here; tests/run.sh fetches it");
    const RealRegistry registry(
        {.furtherConfiguration = "compatibility:\n  schema1:\n    enabled: true\n"});
    QVERIFY2(registry.failure().isEmpty(), qPrintable(registry.failure()));
    const QString repository = registry.host() + u"/vectors/schema1"_s;
    const auto run = [this](const QStringList &arguments) {
        const ProcessResult result = m_program.run(arguments);
        if (result.exitStatus != 0)
            qWarning("%s", result.errors.constData());
        return result;
    };
    QCOMPARE(run({u"key"_s, u"generate"_s, u"key.pem"_s}).exitStatus, 0);
    QCOMPARE(run({u"blob"_s, u"put"_s, repository, vector(u"layer.tar.gz"_s)}).exitStatus, 0);
    const auto pushed = run({u"manifest"_s, u"put"_s, repository + u":v1"_s,
                             vector(u"payload.json"_s), u"--sign"_s, u"key.pem"_s, u"--json"_s});
    QCOMPARE(pushed.exitStatus, 0);
    QCOMPARE(documentOf(pushed).object().value("digest"_L1).toString(), m_digest);

    // The registry signs anew what it hands out; digest and payload stay.
    const auto fetched = run({u"manifest"_s, u"get"_s, repository + u":v1"_s});
    QFile file(m_program.filePath(u"fetched.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(fetched.output) > 0);
    file.close();
    const auto verified = run({u"verify"_s, u"fetched.json"_s, u"--json"_s});
    QCOMPARE(verified.exitStatus, 0);
    QCOMPARE(documentOf(verified).object().value("digest"_L1).toString(), m_digest);
    const auto judged = runProcess(u"skopeo"_s, {u"manifest-digest"_s, file.fileName()});
    QCOMPARE(QString::fromLatin1(judged.output.trimmed()), m_digest);
}

void TestSchema1Registry::tellsWhenTheKeyIsNone()
{
    const auto result =
        m_program.run({u"manifest"_s, u"put"_s, u"127.0.0.1:1/a:1"_s, vector(u"payload.json"_s),
                       u"--sign"_s, vector(u"key2-rsa.pem"_s)});
    QCOMPARE(result.exitStatus, 2);
    QVERIFY(isOneCleanLine(result.errors));
    QVERIFY(!result.errors.contains("PRIVATE"));
}

QTEST_GUILESS_MAIN(TestSchema1Registry)
#include "tst_schema1registry.moc"
