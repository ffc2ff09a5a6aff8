// SPDX-License-Identifier: Apache-2.0
#include "support/fakeregistry.h"
#include "support/programrunner.h"

#include <QJsonArray>
#include <QJsonObject>
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
    [[nodiscard]] QString image(const QString &rest) const
    {
        return m_registry->host() + u"/a"_s + rest;
    }
    [[nodiscard]] ProcessResult run(const QStringList &arguments) const
    {
        return m_program->run(arguments);
    }
    void write(const QByteArray &bytes) const
    {
        QFile file(m_program->filePath(u"m.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    /// An image whose configuration is there; it refers to m_subject if wanted.
    [[nodiscard]] QByteArray imageBytes(const QString &subject = {}) const
    {
        const QString type = u"application/vnd.oci.image.manifest.v1+json"_s;
        QJsonObject document{
            {u"schemaVersion"_s, 2},
            {u"mediaType"_s, type},
            {u"layers"_s, QJsonArray()},
            {u"config"_s,
             QJsonObject{{u"mediaType"_s, u"application/vnd.oci.image.config.v1+json"_s},
                         {u"digest"_s, Digest::ofBytes(m_config).toString()},
                         {u"size"_s, m_config.size()}}}};
        if (!subject.isEmpty())
            document.insert(
                u"subject"_s,
                QJsonObject{{u"mediaType"_s, type}, {u"digest"_s, subject}, {u"size"_s, 2}});
        return QJsonDocument(document).toJson();
    }

    std::unique_ptr<ProgramRunner> m_program;
    std::unique_ptr<FakeRegistry> m_registry;
    const QByteArray m_index = R"( {"schemaVersion": 2,  "manifests": []} )";
    const QByteArray m_config = R"({"os" : "linux"})";
};

void TestTagAdd::init()
{
    m_program = std::make_unique<ProgramRunner>(QStringLiteral(LONGSHORECTL));
    m_registry = std::make_unique<FakeRegistry>();
    m_registry->addRepository(u"a"_s);
    m_registry->addBlob(u"a"_s, m_config);
    write(m_index);
}

void TestTagAdd::addPointsTagsAtTheSameBytes()
{
    const Digest digest = m_registry->addManifest(u"a"_s, u"1"_s, m_index, MediaType::ociIndex());
    const auto result = run({u"tag"_s, u"add"_s, image(u":1"_s), u"2"_s, u"3"_s, u"--json"_s});
    QCOMPARE(result.exitStatus, 0);
    QCOMPARE(documentOf(result).object(), (QJsonObject{{u"digest"_s, digest.toString()},
                                                       {u"tags"_s, QJsonArray{u"2"_s, u"3"_s}}}));
    QCOMPARE(m_registry->tags(u"a"_s), QStringList({u"1"_s, u"2"_s, u"3"_s}));
    QCOMPARE(m_registry->requests().last().body, m_index);
}

void TestTagAdd::addTellsHowFarItCame()
{
    m_registry->addManifest(u"a"_s, u"1"_s, m_index, MediaType::ociIndex());
    m_registry->failNext("PUT", u"/manifests/3"_s, {403});
    const auto some = run({u"tag"_s, u"add"_s, image(u":1"_s), u"2"_s, u"3"_s, u"--json"_s});
    QCOMPARE(some.exitStatus, 6);
    QCOMPARE(documentOf(some)["tags"_L1].toArray(), QJsonArray{u"2"_s});
    m_registry->failNext("PUT", u"/manifests/4"_s, {403});
    const auto none = run({u"tag"_s, u"add"_s, image(u":1"_s), u"4"_s});
    QCOMPARE(none.exitStatus, 3);
    QVERIFY(isOneCleanLine(none.errors));
}

void TestTagAdd::addTellsThatTheListFailed()
{
    const Digest subject = Digest::ofBytes("subject");
    m_registry->addManifest(u"a"_s, u"sha256-"_s + subject.encoded(), imageBytes(),
                            MediaType::ociManifest());
    m_registry->addManifest(u"a"_s, u"1"_s, imageBytes(subject.toString()),
                            MediaType::ociManifest());
    const auto result = run({u"tag"_s, u"add"_s, image(u":1"_s), u"2"_s, u"3"_s, u"--json"_s});
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
    const auto result = run(QStringList{u"tag"_s, u"add"_s, image(u":1"_s)} + tags);
    QCOMPARE(result.exitStatus, 2);
    QVERIFY(isOneCleanLine(result.errors));
    QCOMPARE(m_registry->requests().size(), 0);
}

QTEST_GUILESS_MAIN(TestTagAdd)
#include "tst_tagadd.moc"
