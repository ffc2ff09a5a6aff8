// SPDX-License-Identifier: Apache-2.0
#include "support/programrunner.h"
#include "support/testimages.h"

#include <QJsonObject>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// longshorectl export to a name that is taken.
class TestExportTaken : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void leavesAnArchiveThatIsThere();
    void takesAnotherNameForAnArchive();
    void refusesWhatDecidesNothing();

private:
    [[nodiscard]] QString image() const { return m_registry->host() + u"/a:1"_s; }
    [[nodiscard]] QString place(const QString &form = u"oci"_s) const
    {
        return form + u':' + m_program->filePath(u"out"_s);
    }

    std::unique_ptr<ProgramRunner> m_program;
    std::unique_ptr<FakeRegistry> m_registry;
};

void TestExportTaken::init()
{
    m_program = std::make_unique<ProgramRunner>(QStringLiteral(LONGSHORECTL));
    m_registry = std::make_unique<FakeRegistry>();
    TestImages::addImage(*m_registry, u"a"_s, u"1"_s);
}

void TestExportTaken::leavesAnArchiveThatIsThere()
{
    const QStringList command{u"export"_s, image(),         place(u"oci-archive"_s),
                              u"--json"_s, u"--existing"_s, u"skip"_s};
    QVERIFY(!documentOf(m_program->run(command)).object().contains("skipped"_L1));
    const QByteArray before = m_program->content(u"out"_s);
    const auto result = m_program->run(command);
    QCOMPARE(result.exitStatus, 0);
    QVERIFY(result.errors.contains("left as it is"));
    QVERIFY(documentOf(result).object().value("skipped"_L1).toBool());
    QCOMPARE(documentOf(result).object().value("bytes"_L1).toInt(), 0);
    QVERIFY(m_program->content(u"out"_s) == before);
}

void TestExportTaken::takesAnotherNameForAnArchive()
{
    const QStringList command{u"export"_s, image(),         place(u"oci-archive"_s),
                              u"--json"_s, u"--existing"_s, u"rename"_s};
    QCOMPARE(m_program->run(command).exitStatus, 0);
    const QByteArray first = m_program->content(u"out"_s);
    const auto result = m_program->run(command);
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QCOMPARE(documentOf(result).object().value("file"_L1).toString(),
             m_program->filePath(u"out (2)"_s));
    QVERIFY(m_program->content(u"out"_s) == first);
    QVERIFY(m_program->content(u"out (2)"_s) == first);
}

void TestExportTaken::refusesWhatDecidesNothing()
{
    const QString archive = place(u"oci-archive"_s);
    for (const QStringList &options :
         {QStringList{archive, u"--existing"_s, u"burn"_s},
          QStringList{archive, u"--existing"_s, u"skip"_s, u"--overwrite"_s},
          QStringList{place(), u"--existing"_s, u"skip"_s}}) { // Folders are completed.
        const auto result = m_program->run(QStringList{u"export"_s, image()} + options);
        QCOMPARE(result.exitStatus, 2);
        QVERIFY(isOneCleanLine(result.errors));
    }
}

QTEST_GUILESS_MAIN(TestExportTaken)
#include "tst_export_taken.moc"
