// SPDX-License-Identifier: Apache-2.0
#include "support/programrunner.h"
#include "support/testimages.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// longshorectl export --delta, and import of what that makes.
class TestDelta : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void goesToARegistryThatHasTheRest_data();
    void goesToARegistryThatHasTheRest();
    void sendsNothingWhereTheRestIsMissing();
    void refusesWhatIsNoEarlierExport();

private:
    [[nodiscard]] QString image(const QString &tag) const
    {
        return m_registry->host() + u"/a:"_s + tag;
    }
    [[nodiscard]] QString target(const QString &tag) const
    {
        return m_target->host() + u"/b:"_s + tag;
    }
    [[nodiscard]] QString place(const QString &form, const QString &name) const
    {
        return form + u':' + m_program->filePath(name);
    }

    std::unique_ptr<ProgramRunner> m_program;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<FakeRegistry> m_target;
    std::optional<Digest> m_image;
};

void TestDelta::init()
{
    m_program = std::make_unique<ProgramRunner>(QStringLiteral(LONGSHORECTL));
    m_registry = std::make_unique<FakeRegistry>();
    m_target = std::make_unique<FakeRegistry>();
    TestImages::addImage(*m_registry, u"a"_s, u"1"_s);
    m_image =
        TestImages::addImage(*m_registry, u"a"_s, u"2"_s, {.layers = {"layer one", "only in 2"}});
    const auto first = m_program->run({u"export"_s, image(u"1"_s), place(u"oci"_s, u"old"_s)});
    QVERIFY2(first.exitStatus == 0, first.errors.constData());
}

void TestDelta::goesToARegistryThatHasTheRest_data()
{
    QTest::addColumn<QString>("form");
    QTest::newRow("layout") << u"oci"_s;
    QTest::newRow("archive") << u"oci-archive"_s;
}

void TestDelta::goesToARegistryThatHasTheRest()
{
    QFETCH(const QString, form);
    const auto delta = m_program->run({u"export"_s, image(u"2"_s), place(form, u"new"_s),
                                       u"--delta"_s, place(u"oci"_s, u"old"_s), u"--json"_s});
    QVERIFY2(delta.exitStatus == 0, delta.errors.constData());
    QVERIFY(delta.errors.contains("left out"));
    QVERIFY(documentOf(delta)
                .object()
                .value("leftOut"_L1)
                .toArray()
                .contains(Digest::ofBytes("layer one").toString()));
    QCOMPARE(m_program->run({u"import"_s, place(u"oci"_s, u"old"_s), target(u"1"_s)}).exitStatus,
             0);
    const auto result =
        m_program->run({u"import"_s, place(form, u"new"_s), target(u"2"_s), u"--json"_s});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QCOMPARE(documentOf(result).object().value("digest"_L1).toString(), m_image->toString());
    QVERIFY(documentOf(result).object().value("skipped"_L1).toInt() > 0);
}

void TestDelta::sendsNothingWhereTheRestIsMissing()
{
    QCOMPARE(m_program
                 ->run({u"export"_s, image(u"2"_s), place(u"oci-archive"_s, u"new"_s), u"--delta"_s,
                        place(u"oci"_s, u"old"_s)})
                 .exitStatus,
             0);
    const auto result = m_program->run(
        {u"import"_s, place(u"oci-archive"_s, u"new"_s), target(u"2"_s), u"--json"_s});
    QCOMPARE(result.exitStatus, 4);
    QVERIFY(isOneCleanLine(result.errors));
    QVERIFY2(result.errors.contains("lacks"), result.errors.constData());
    // The registry may hold them, but elsewhere.
    const QString repository = target(u"2"_s).section(u':', 0, -2);
    QVERIFY2(result.errors.contains(repository.toUtf8()), result.errors.constData());
    QVERIFY(result.output.contains(Digest::ofBytes("layer one").toString().toLatin1()));
    QCOMPARE(m_target->count("POST") + m_target->count("PUT") + m_target->count("PATCH"),
             qsizetype(0));
}

void TestDelta::refusesWhatIsNoEarlierExport()
{
    const auto run = [this](const QString &form, const QString &earlier) {
        return m_program->run(
            {u"export"_s, image(u"2"_s), place(form, u"new"_s), u"--delta"_s, earlier});
    };
    QCOMPARE(run(u"oci"_s, u"old"_s).exitStatus, 2); // No form.
    QCOMPARE(run(u"oci"_s, place(u"oci"_s, u"old:1"_s)).exitStatus, 2);
    QCOMPARE(run(u"oci"_s, place(u"rootfs"_s, u"old"_s)).exitStatus, 2);
    QCOMPARE(run(u"dir"_s, place(u"oci"_s, u"old"_s)).exitStatus, 2);
    QCOMPARE(run(u"oci"_s, place(u"oci"_s, u"nothing"_s)).exitStatus, 4);
    QVERIFY(!QFile::exists(m_program->filePath(u"new/index.json"_s)));
}

QTEST_GUILESS_MAIN(TestDelta)
#include "tst_delta.moc"
