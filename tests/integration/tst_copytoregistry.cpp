// SPDX-License-Identifier: Apache-2.0
#include "support/programrunner.h"
#include "support/sampleimages.h"

#include <QJsonObject>
#include <QStandardPaths>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// longshorectl copy between real registries and within one, with skopeo as the judge of what is
/// there in the end.
class TestCopyToRegistry : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void copiesAnIndexToAnotherRegistry();
    void mountsWithinARegistry();

private:
    ProgramRunner m_program{QStringLiteral(LONGSHORECTL)};
    RealRegistry m_registry;
    std::optional<Digest> m_index;
};

void TestCopyToRegistry::initTestCase()
{
    if (QStandardPaths::findExecutable(u"skopeo"_s).isEmpty())
        QSKIP("skopeo is not here");
    if (!m_registry.failure().isEmpty())
        QSKIP(qPrintable(m_registry.failure()));
    SampleImages::pushImage(m_registry, u"amd64"_s, u"gzip"_s);
    SampleImages::pushImage(m_registry, u"arm64"_s, u"zstd"_s);
    m_index = SampleImages::pushIndex(m_registry, u"all"_s, {u"amd64"_s, u"arm64"_s});
}

void TestCopyToRegistry::copiesAnIndexToAnotherRegistry()
{
    const RealRegistry other;
    QCOMPARE(other.failure(), QString());
    const auto copied = m_program.run({u"copy"_s, m_registry.host() + u"/team/app:all"_s,
                                       other.host() + u"/team/app:1.0"_s, u"--json"_s});
    QVERIFY2(copied.exitStatus == 0, copied.errors.constData());
    // Two configurations, and two layers each.
    QCOMPARE(documentOf(copied).object().value(u"uploaded"_s).toInt(), 6);
    QCOMPARE(other.request("GET", u"/v2/team/app/manifests/1.0"_s).body,
             m_registry.request("GET", u"/v2/team/app/manifests/all"_s).body);
    const auto inspected =
        runProcess(u"skopeo"_s, {u"inspect"_s, u"--raw"_s, u"--tls-verify=false"_s,
                                 u"docker://"_s + other.host() + u"/team/app:1.0"_s});
    QVERIFY(Digest::ofBytes(inspected.output) == *m_index);
}

void TestCopyToRegistry::mountsWithinARegistry()
{
    const auto copied = m_program.run({u"copy"_s, m_registry.host() + u"/team/app:all"_s,
                                       m_registry.host() + u"/team/mounted:all"_s, u"--json"_s});
    QVERIFY2(copied.exitStatus == 0, copied.errors.constData());
    QCOMPARE(documentOf(copied).object().value(u"mounted"_s).toInt(), 6);
    QCOMPARE(documentOf(copied).object().value(u"uploaded"_s).toInt(), 0);
    const QTemporaryDir folder;
    const auto pulled =
        runProcess(u"skopeo"_s, {u"copy"_s, u"--all"_s, u"--src-tls-verify=false"_s,
                                 u"docker://"_s + m_registry.host() + u"/team/mounted:all"_s,
                                 u"dir:"_s + folder.path()});
    QVERIFY2(pulled.exitStatus == 0, pulled.errors.constData());
}

QTEST_GUILESS_MAIN(TestCopyToRegistry)
#include "tst_copytoregistry.moc"
