// SPDX-License-Identifier: Apache-2.0
#include "support/repositoryrunner.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// longshorectl tag add, on a fake registry.
class TestTagAdd : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void addPointsTagsAtTheSameBytes();
    void addTellsHowFarItCame();
    void addTellsThatTheListFailed();
    void addWantsTags_data();
    void addWantsTags();

private:
    std::unique_ptr<RepositoryRunner> m_runner;
};

void TestTagAdd::init()
{
    m_runner = std::make_unique<RepositoryRunner>(QStringLiteral(LONGSHORECTL));
}

void TestTagAdd::addPointsTagsAtTheSameBytes()
{
    const Digest digest = m_runner->registry.addManifest(u"a"_s, u"1"_s, RepositoryRunner::index,
                                                         MediaType::ociIndex());
    const auto result =
        m_runner->run({u"tag"_s, u"add"_s, m_runner->image(u":1"_s), u"2"_s, u"3"_s, u"--json"_s});
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(documentOf(result).object(), (QJsonObject{{u"digest"_s, digest.toString()},
                                                       {u"tags"_s, QJsonArray{u"2"_s, u"3"_s}}}));
    QCOMPARE(m_runner->registry.tags(u"a"_s), QStringList({u"1"_s, u"2"_s, u"3"_s}));
    QCOMPARE(m_runner->registry.requests().last().body, RepositoryRunner::index);
}

void TestTagAdd::addTellsHowFarItCame()
{
    m_runner->registry.addManifest(u"a"_s, u"1"_s, RepositoryRunner::index, MediaType::ociIndex());
    m_runner->registry.failNext("PUT", u"/manifests/3"_s, {403});
    const auto some =
        m_runner->run({u"tag"_s, u"add"_s, m_runner->image(u":1"_s), u"2"_s, u"3"_s, u"--json"_s});
    QCOMPARE(some.exitStatus, 6);
    QCOMPARE(documentOf(some)["tags"_L1].toArray(), QJsonArray{u"2"_s});
    m_runner->registry.failNext("PUT", u"/manifests/4"_s, {403});
    const auto none = m_runner->run({u"tag"_s, u"add"_s, m_runner->image(u":1"_s), u"4"_s});
    QCOMPARE(none.exitStatus, 3);
    QVERIFY(isOneCleanLine(none.errors));
}

void TestTagAdd::addTellsThatTheListFailed()
{
    const Digest subject = Digest::ofBytes("subject");
    m_runner->registry.addManifest(u"a"_s, u"sha256-"_s + subject.encoded(),
                                   RepositoryRunner::imageBytes(), MediaType::ociManifest());
    m_runner->registry.addManifest(u"a"_s, u"1"_s, RepositoryRunner::imageBytes(subject.toString()),
                                   MediaType::ociManifest());
    const auto result =
        m_runner->run({u"tag"_s, u"add"_s, m_runner->image(u":1"_s), u"2"_s, u"3"_s, u"--json"_s});
    QCOMPARE(result.exitStatus, 6);
    QVERIFY(isOneCleanLine(result.errors));
    QVERIFY2(result.errors.contains("used for something else"), result.errors.constData());
    QCOMPARE(documentOf(result)["tags"_L1].toArray(), (QJsonArray{u"2"_s, u"3"_s}));
}

void TestTagAdd::addWantsTags_data()
{
    QTest::addColumn<QStringList>("tags");
    QTest::newRow("none") << QStringList();
    QTest::newRow("one that is none") << QStringList{u"2"_s, u"a b"_s};
    QTest::newRow("a digest") << QStringList{Digest::ofBytes("x").toString()};
}

void TestTagAdd::addWantsTags()
{
    QFETCH(QStringList, tags);
    const auto result =
        m_runner->run(QStringList{u"tag"_s, u"add"_s, m_runner->image(u":1"_s)} + tags);
    QCOMPARE(result.exitStatus, 2);
    QVERIFY(isOneCleanLine(result.errors));
    QCOMPARE(m_runner->registry.requests().size(), 0);
}

QTEST_GUILESS_MAIN(TestTagAdd)
#include "tst_tagadd.moc"
