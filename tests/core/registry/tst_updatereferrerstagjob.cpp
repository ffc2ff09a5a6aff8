// SPDX-License-Identifier: Apache-2.0
#include "core/registry/listreferrersjob.h"
#include "core/registry/updatereferrerstagjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = ReferrersChange::Kind;

/// The list alone; tst_pushmanifestjob shows it behind what is pushed.
class TestUpdateReferrersTagJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void beginsAList();
    void addsAndTakesAway();
    void writesNothingThatIsAsWanted_data();
    void writesNothingThatIsAsWanted();
    void takesNothingFromWhereNothingIs();
    void leavesATagAloneThatIsNoList();
    void givesUpWhenOthersWriteAllTheTime();
    void tellsThatARightIsMissing();
    void describesAReferrer();

private:
    [[nodiscard]] static Descriptor referrer(const QByteArray &name)
    {
        Descriptor descriptor{MediaType::ociManifest(), Digest::ofBytes(name), name.size()};
        descriptor.artifactType = u"application/x.sbom"_s;
        descriptor.annotations.insert(u"name"_s, QString::fromUtf8(name));
        return descriptor;
    }
    Result<Done> update(const QByteArray &name, Kind kind = Kind::Add)
    {
        return outcomeOf(new UpdateReferrersTagJob(m_connection->session.client(),
                                                   m_connection->session.urls(), m_repository,
                                                   {m_subject, referrer(name), kind}));
    }
    [[nodiscard]] QStringList listed()
    {
        QStringList names;
        const auto list = outcomeOf(m_connection->session.listReferrers(m_repository, m_subject));
        for (const Descriptor &entry : list ? *list : QList<Descriptor>())
            names.append(entry.annotations.value(u"name"_s));
        return names;
    }
    /// Writes as another client does.
    void write(const QByteArray &bytes, const MediaType &type = MediaType::ociIndex())
    {
        m_connection->registry.addManifest(u"a"_s, referrersTag(m_subject).toString(), bytes, type);
    }

    std::unique_ptr<FakeConnection> m_connection;
    const RepositoryName m_repository = *RepositoryName::parse(u"a");
    const Digest m_subject = Digest::ofBytes("subject");
};

void TestUpdateReferrersTagJob::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_connection->registry.addRepository(u"a"_s);
}

void TestUpdateReferrersTagJob::beginsAList()
{
    const auto updated = update("one");
    QVERIFY2(updated, updated ? "" : qPrintable(updated.error().message));
    QCOMPARE(m_connection->registry.tags(u"a"_s), QStringList{referrersTag(m_subject).toString()});
    QCOMPARE(listed(), QStringList{u"one"_s});
    const auto list = outcomeOf(m_connection->session.listReferrers(m_repository, m_subject));
    QCOMPARE(list->first(), referrer("one"));
}

void TestUpdateReferrersTagJob::addsAndTakesAway()
{
    for (const auto *name : {"one", "two", "three"})
        QVERIFY(update(name));
    QVERIFY(update("two", Kind::Remove));
    QCOMPARE(listed(), QStringList({u"one"_s, u"three"_s}));
    QVERIFY(update("one", Kind::Remove));
    QVERIFY(update("three", Kind::Remove));
    QCOMPARE(listed(), QStringList()); // An empty list is one, too.
    QCOMPARE(m_connection->registry.tags(u"a"_s).size(), qsizetype(1));
}

void TestUpdateReferrersTagJob::writesNothingThatIsAsWanted_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("isAdded");
    QTest::newRow("it is there") << QByteArray("one") << true;
    QTest::newRow("it is not there") << QByteArray("two") << false;
}

void TestUpdateReferrersTagJob::writesNothingThatIsAsWanted()
{
    QFETCH(QByteArray, name);
    QFETCH(bool, isAdded);
    QVERIFY(update("one"));
    m_connection->registry.forgetRequests();
    QVERIFY(update(name, isAdded ? Kind::Add : Kind::Remove));
    QCOMPARE(m_connection->registry.count("PUT"), qsizetype(0));
}

void TestUpdateReferrersTagJob::takesNothingFromWhereNothingIs()
{
    QVERIFY(update("one", Kind::Remove));
    QCOMPARE(m_connection->registry.count("PUT"), qsizetype(0));
    QCOMPARE(m_connection->registry.tags(u"a"_s), QStringList());
}

void TestUpdateReferrersTagJob::leavesATagAloneThatIsNoList()
{
    const QByteArray list = R"({"schemaVersion":2,"manifests":[]})";
    write(list, MediaType::dockerManifestList());
    const auto updated = update("one");
    QVERIFY(!updated);
    QCOMPARE(updated.error().kind, Error::Kind::Unsupported);
    QCOMPARE(m_connection->registry.count("PUT"), qsizetype(0));
}

void TestUpdateReferrersTagJob::givesUpWhenOthersWriteAllTheTime()
{
    const QByteArray theirs = R"({"schemaVersion":2,"mediaType":)"
                              R"("application/vnd.oci.image.index.v1+json","manifests":[]})";
    write(theirs);
    m_connection->registry.intercept([&](const TestRequest &request, const TestConnection &c) {
        if (request.method != "PUT")
            return false;
        c.answer({412, {}, {}}); // Somebody was quicker, again.
        return true;
    });
    const auto updated = update("one");
    QVERIFY(!updated);
    QCOMPARE(updated.error().kind, Error::Kind::Changed);
    QCOMPARE(m_connection->registry.count("PUT"), qsizetype(4));
}

void TestUpdateReferrersTagJob::tellsThatARightIsMissing()
{
    m_connection->registry.failNext("PUT", u"/manifests/"_s, registryRefusal(403, "DENIED", "no"));
    const auto updated = update("one");
    QVERIFY(!updated);
    QCOMPARE(updated.error().kind, Error::Kind::Forbidden);
    QCOMPARE(m_connection->registry.count("PUT"), qsizetype(1));
}

void TestUpdateReferrersTagJob::describesAReferrer()
{
    const QByteArray subject = R"(,"subject":{"mediaType":"application/x","size":7,"digest":")"
                               + m_subject.toString().toLatin1() + R"("})";
    const auto index = parseManifest(
        R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json",)"
        R"("manifests":[],"artifactType":"application/x.list","annotations":{"a":"b"})"
            + subject + '}',
        {});
    QVERIFY(index);
    QCOMPARE(subjectOf(*index), std::optional(m_subject));
    const Descriptor described = referrerDescriptor(*index);
    QCOMPARE(described.digest, index->digest);
    QCOMPARE(described.artifactType, u"application/x.list"_s);
    QCOMPARE(described.annotations.value(u"a"_s), u"b"_s);
    const auto plain =
        parseManifest(R"({"schemaVersion":2,"manifests":[]})", MediaType::ociIndex());
    QVERIFY(plain && !subjectOf(*plain));
}

QTEST_GUILESS_MAIN(TestUpdateReferrersTagJob)
#include "tst_updatereferrerstagjob.moc"
