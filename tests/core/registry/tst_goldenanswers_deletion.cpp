// SPDX-License-Identifier: Apache-2.0
#include "support/outcome.h"
#include "support/recordedregistry.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;
using Requests = RecordedRegistry::Requests;

/// What we make of docker-registry 2.8.2 when it deletes, and when it may not.
class TestGoldenAnswersDeletion : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_connection = std::make_unique<RecordedConnection>(); }
    void cleanup() { QCOMPARE(registry().complaint(), QString()); }
    void deletesAManifest();
    void deletesABlob();
    void tellsWhatIsNotThere();
    void tellsThatDeletionIsTurnedOff();
    void doesNotDeleteTagsAlone_data();
    void doesNotDeleteTagsAlone();
    void findsOutWhetherItMayDelete_data();
    void findsOutWhetherItMayDelete();

private:
    [[nodiscard]] RecordedRegistry &registry() const { return m_connection->registry; }
    [[nodiscard]] RegistrySession &session() const { return m_connection->session; }
    [[nodiscard]] Result<Done> deleteManifest() const
    {
        return outcomeOf(session().deleteManifest(m_connection->repository, m_manifest));
    }
    [[nodiscard]] Result<Done> deleteBlob() const
    {
        return outcomeOf(session().deleteBlob(m_connection->repository, m_blob));
    }

    const Digest m_manifest =
        *Digest::parse(u"sha256:add9685769f2920fde447e7c482c753fb864f5a0ae941eb3adf9733662f92413");
    const Digest m_blob = Digest::ofBytes("monolithic");
    std::unique_ptr<RecordedConnection> m_connection;
};

void TestGoldenAnswersDeletion::deletesAManifest()
{
    registry().play({u"DELETE digest"_s});
    QVERIFY(deleteManifest());
}

void TestGoldenAnswersDeletion::deletesABlob()
{
    registry().play({u"DELETE blob"_s});
    QVERIFY(deleteBlob());
}

void TestGoldenAnswersDeletion::tellsWhatIsNotThere()
{
    registry().play({u"DELETE digest again"_s, u"DELETE blob again"_s});
    const auto manifest = deleteManifest();
    QVERIFY(!manifest);
    QCOMPARE(manifest.error().kind, Kind::NotFound);
    QCOMPARE(manifest.error().serverCode, u"MANIFEST_UNKNOWN"_s);
    const auto blob = deleteBlob();
    QVERIFY(!blob);
    QCOMPARE(blob.error().kind, Kind::NotFound);
    QCOMPARE(blob.error().serverCode, u"BLOB_UNKNOWN"_s);
}

void TestGoldenAnswersDeletion::tellsThatDeletionIsTurnedOff()
{
    registry().play({u"DELETE digest, off"_s, u"DELETE blob, off"_s}, Requests::Any);
    for (const auto &refused : {deleteManifest(), deleteBlob()}) {
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, Kind::Unsupported);
        QCOMPARE(refused.error().httpStatus, 405);
        QVERIFY(refused.error().message.contains("storage.delete.enabled"_L1));
    }
}

void TestGoldenAnswersDeletion::doesNotDeleteTagsAlone_data()
{
    QTest::addColumn<QString>("answer");
    QTest::newRow("where digests are deleted") << u"DELETE tag"_s;
    QTest::newRow("where nothing is") << u"DELETE tag, off"_s;
}

void TestGoldenAnswersDeletion::doesNotDeleteTagsAlone()
{
    QFETCH(const QString, answer);
    registry().play({answer});
    const auto refused =
        outcomeOf(session().deleteTag(m_connection->repository, *Tag::parse(u"oci")));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Kind::Unsupported);
}

void TestGoldenAnswersDeletion::findsOutWhetherItMayDelete_data()
{
    // D6: also in a repository that does not exist.
    QTest::addColumn<QString>("answer");
    QTest::addColumn<Support>("support");
    QTest::newRow("on") << u"DELETE unknown digest"_s << Support::Yes;
    QTest::newRow("on, in no repository") << u"DELETE in unknown repo"_s << Support::Yes;
    QTest::newRow("off") << u"DELETE unknown digest, off"_s << Support::No;
}

void TestGoldenAnswersDeletion::findsOutWhetherItMayDelete()
{
    QFETCH(const QString, answer);
    registry().play({answer}, Requests::Any);
    const auto found = outcomeOf(session().probe({Capability::Deletion, m_connection->repository}));
    QVERIFY2(found, found ? "" : qPrintable(found.error().message));
    QTEST(*found, "support");
}

QTEST_GUILESS_MAIN(TestGoldenAnswersDeletion)
#include "tst_goldenanswers_deletion.moc"
